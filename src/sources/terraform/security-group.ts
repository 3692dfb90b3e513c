/**
 * Security groups with their rules, written in them or beside them (semantics 2.6, 16.1 to 16.3). Terraform removes
 * AWS's rule that lets everything out, so egress is told always, and is empty where nothing is written.
 */
import { Unknown, type Value } from '../declared/value.ts';
import { apart } from './apart.ts';
import { blocks } from './given.ts';
import type { Json, JsonObject } from './json.ts';
import { holdsTrue, isList } from './json.ts';
import {
  defined,
  filled,
  type Given,
  hanging,
  label,
  link,
  links,
  isConfigured,
  tags,
  text,
  type Told,
  told,
  type Translation,
  value,
} from './translation.ts';

export const securityGroup: Translation = (at) => [
  told(at, 'AWS::EC2::SecurityGroup', {
    VpcId: link(at, 'vpc_id', 'vpc'),
    GroupName: label(at, 'name'),
    ...rulesOf(at),
    Tags: tags(at),
  }),
];

/** The VPC's default one, adopted: emptied, then holding what is written in it. */
export const defaultSecurityGroup: Translation = (at) => [
  told(at, 'AWS::EC2::SecurityGroup', {
    Adopts: { VpcId: link(at, 'vpc_id', 'vpc') ?? new Unknown('AWS takes the default VPC') },
    ...rulesOf(at),
    Tags: tags(at),
  }),
];

const rulesOf = (at: Given): Told['properties'] => ({
  SecurityGroupIngress: inline(at, 'ingress'),
  SecurityGroupEgress: inline(at, 'egress'),
});

type Direction = 'ingress' | 'egress';

function inline(at: Given, direction: Direction): Value {
  const taken = isConfigured(at, direction) === true ? new Set<string>() : besideBefore(at, direction);
  return blocks(at, direction).flatMap((one): readonly Value[] => {
    if (one instanceof Unknown) return [one];
    const left = without(one, taken);
    return left === undefined ? [] : [defined(ruleOf(left, direction))];
  });
}

const peers = [
  ['cidr_blocks', 'CidrIps'],
  ['ipv6_cidr_blocks', 'CidrIpv6s'],
] as const;

/** A rule of `ingress`, `egress` or `aws_security_group_rule`; its peers add up. */
function ruleOf(at: Given, direction: Direction): Told['properties'] {
  const side = direction === 'ingress' ? 'Source' : 'Destination';
  return {
    ...trafficOf(at, 'protocol'),
    ...Object.fromEntries(peers.map(([argument, property]) => [property, filled(value(at, argument))])),
    [`${side}PrefixListIds`]: filled(links(at, 'prefix_list_ids', ['prefix-list'])),
    [`${side}SecurityGroupIds`]: filled(links(at, 'security_groups', ['security-group'])),
    Self: value(at, 'self') === false ? undefined : value(at, 'self'),
    Description: label(at, 'description'),
  };
}

/** `-1` has no ports, whatever is written (semantics 16.2). */
function trafficOf(at: Given, key: string): Told['properties'] {
  const written = value(at, key);
  const IpProtocol = typeof written === 'string' ? written.toLowerCase() : written;
  if (IpProtocol === '-1' || IpProtocol === 'all') return { IpProtocol: '-1' };
  return { IpProtocol, FromPort: value(at, 'from_port'), ToPort: value(at, 'to_port') };
}

/** `aws_security_group_rule`. */
export const securityGroupRule: Translation = (at) => {
  const direction = text(at, 'type') === 'egress' ? 'egress' : 'ingress';
  const side = direction === 'ingress' ? 'Source' : 'Destination';
  return [
    hanging(typeOf(direction), {
      GroupId: link(at, 'security_group_id', 'security-group'),
      ...ruleOf(at, direction),
      [`${side}SecurityGroupId`]: link(at, 'source_security_group_id', 'security-group'),
    }),
  ];
};

/** `aws_vpc_security_group_ingress_rule` and `_egress_rule`: one peer each (semantics 16.3). */
export const vpcSecurityGroupRule =
  (direction: Direction): Translation =>
  (at) => {
    const side = direction === 'ingress' ? 'Source' : 'Destination';
    return [
      {
        type: typeOf(direction),
        properties: {
          GroupId: link(at, 'security_group_id', 'security-group'),
          ...trafficOf(at, 'ip_protocol'),
          CidrIp: value(at, 'cidr_ipv4'),
          CidrIpv6: value(at, 'cidr_ipv6'),
          [`${side}PrefixListId`]: link(at, 'prefix_list_id', 'prefix-list'),
          [`${side}SecurityGroupId`]: link(at, 'referenced_security_group_id', 'security-group'),
          Description: label(at, 'description'),
        },
      },
    ];
  };

const typeOf = (direction: Direction): string =>
  direction === 'ingress' ? 'AWS::EC2::SecurityGroupIngress' : 'AWS::EC2::SecurityGroupEgress';

export const vpcAssociation: Translation = (at) => [
  hanging('AWS::EC2::SecurityGroupVpcAssociation', {
    GroupId: link(at, 'security_group_id', 'security-group'),
    VpcId: link(at, 'vpc_id', 'vpc'),
  }),
];

/** What is beside the group before the plan, as the group shows it: one text a peer. */
function besideBefore(at: Given, direction: Direction): ReadonlySet<string> {
  const id = text(at, 'id');
  const older = apart(at, ['aws_security_group_rule'], 'security_group_id', id).flatMap((one) =>
    one.type !== direction
      ? []
      : [
          ...peerKeys.flatMap((key) => entries(one, key).map((peer) => atom(one, 'protocol', key, peer))),
          ...(typeof one.source_security_group_id === 'string'
            ? [atom(one, 'protocol', 'security_groups', one.source_security_group_id)]
            : []),
          ...(one.self === true ? [atom(one, 'protocol', 'self', '')] : []),
        ],
  );
  const newer = apart(at, [`aws_vpc_security_group_${direction}_rule`], 'security_group_id', id).flatMap((one) =>
    newKeys.flatMap(([key, as]) => {
      const peer = one[key];
      if (typeof peer !== 'string') return [];
      // A group shows a rule that names it as `self`.
      return [atom(one, 'ip_protocol', as, peer), ...(peer === id ? [atom(one, 'ip_protocol', 'self', '')] : [])];
    }),
  );
  return new Set([...older, ...newer]);
}

const peerKeys = ['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids', 'security_groups'] as const;
const newKeys = [
  ['cidr_ipv4', 'cidr_blocks'],
  ['cidr_ipv6', 'ipv6_cidr_blocks'],
  ['prefix_list_id', 'prefix_list_ids'],
  ['referenced_security_group_id', 'security_groups'],
] as const;

const entries = (one: JsonObject, key: string): readonly string[] => {
  const found = one[key];
  return isList(found) ? found.filter((each): each is string => typeof each === 'string') : [];
};

const numbers: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6', all: '-1' };

const plainText = (json: Json | undefined, otherwise: string): string =>
  typeof json === 'string' || typeof json === 'number' ? String(json) : otherwise;

function atom(one: JsonObject, protocolKey: string, peerKey: string, peer: string): string {
  const written = plainText(one[protocolKey], '-1').toLowerCase();
  const protocol = numbers[written] ?? written;
  const port = (json: Json | undefined): string => (protocol === '-1' ? '' : plainText(json, ''));
  return [protocol, port(one.from_port), port(one.to_port), peerKey, peer].join(' ');
}

/** The rule without the peers that are managed beside the group; undefined where none is left. */
function without(at: Given, taken: ReadonlySet<string>): Given | undefined {
  if (taken.size === 0) return at;
  const { values } = at;
  const kept: Record<string, Json> = { ...values };
  let had = false;
  for (const key of peerKeys) {
    const all = entries(values, key);
    const left = all.filter((peer) => !taken.has(atom(values, 'protocol', key, peer)));
    had ||= left.length < all.length;
    kept[key] = isList(values[key]) ? left : (values[key] ?? null);
  }
  if (values.self === true && taken.has(atom(values, 'protocol', 'self', ''))) {
    kept.self = false;
    had = true;
  }
  const empty = peerKeys.every((key) => entries(kept, key).length === 0) && kept.self !== true;
  return had && empty && !holdsTrue(at.unknown) ? undefined : { ...at, values: kept };
}
