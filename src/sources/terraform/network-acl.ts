/** Network ACLs with their entries, written in them or beside them. */
import { Unknown, type Value } from '../declared/value.ts';
import { apart } from './apart.ts';
import { blocks } from './given.ts';
import { adopts } from './route-table.ts';
import {
  defined,
  type Given,
  hanging,
  isConfigured,
  link,
  links,
  tags,
  text,
  type Told,
  told,
  type Translation,
  value,
} from './translation.ts';

const protocols: Readonly<Record<string, number>> = { all: -1, tcp: 6, udp: 17, icmp: 1, icmpv6: 58 };

/** A protocol by number, where it is written by its name. */
function protocolOf(at: Given, key: string): Value | undefined {
  const found = value(at, key);
  if (typeof found !== 'string') return found;
  return protocols[found.toLowerCase()] ?? (/^-?\d+$/.test(found) ? Number(found) : found);
}

function portsAndTypes(at: Given): Told['properties'] {
  const From = value(at, 'from_port');
  const To = value(at, 'to_port');
  const Type = value(at, 'icmp_type');
  const Code = value(at, 'icmp_code');
  return {
    ...(From === undefined && To === undefined ? {} : { PortRange: defined({ From, To }) }),
    ...(Type === undefined && Code === undefined ? {} : { Icmp: defined({ Type, Code }) }),
  };
}

export const networkAclRule: Translation = (at) => [
  hanging('AWS::EC2::NetworkAclEntry', {
    NetworkAclId: link(at, 'network_acl_id', 'network-acl'),
    RuleNumber: value(at, 'rule_number'),
    Egress: value(at, 'egress') ?? false,
    Protocol: protocolOf(at, 'protocol'),
    RuleAction: value(at, 'rule_action'),
    CidrBlock: value(at, 'cidr_block'),
    Ipv6CidrBlock: value(at, 'ipv6_cidr_block'),
    ...portsAndTypes(at),
  }),
];

export const networkAclAssociation: Translation = (at) => [
  hanging('AWS::EC2::SubnetNetworkAclAssociation', {
    SubnetId: link(at, 'subnet_id', 'subnet'),
    NetworkAclId: link(at, 'network_acl_id', 'network-acl'),
  }),
];

/** The entries of a direction. What `aws_network_acl_rule` manages beside it shows there too, and is told by itself. */
function entriesOf(at: Given, direction: 'ingress' | 'egress'): readonly Value[] {
  const egress = direction === 'egress';
  const beside =
    isConfigured(at, direction) === true ? [] : apart(at, ['aws_network_acl_rule'], 'network_acl_id', text(at, 'id'));
  const taken = new Set(beside.flatMap((one) => ((one.egress === true) === egress ? [one.rule_number] : [])));
  return blocks(at, direction).flatMap((one): readonly Value[] => {
    if (one instanceof Unknown) return [one];
    const RuleNumber = value(one, 'rule_no');
    if (typeof RuleNumber === 'number' && taken.has(RuleNumber)) return [];
    return [
      defined({
        RuleNumber,
        Egress: egress,
        Protocol: protocolOf(one, 'protocol'),
        RuleAction: value(one, 'action'),
        CidrBlock: value(one, 'cidr_block'),
        Ipv6CidrBlock: value(one, 'ipv6_cidr_block'),
        ...portsAndTypes(one),
      }),
    ];
  });
}

function subnetsOf(at: Given): Value | undefined {
  const beside =
    isConfigured(at, 'subnet_ids') === true
      ? []
      : apart(at, ['aws_network_acl_association'], 'network_acl_id', text(at, 'id'));
  const taken = new Set(beside.map((one) => one.subnet_id));
  const found = links(at, 'subnet_ids', ['subnet']);
  return Array.isArray(found) ? (found as readonly Value[]).filter((one) => !taken.has(one as string)) : found;
}

const contents = (at: Given): Told['properties'] => ({
  Entries: [...entriesOf(at, 'ingress'), ...entriesOf(at, 'egress')],
  SubnetIds: subnetsOf(at),
  Tags: tags(at),
});

export const networkAcl: Translation = (at) => [
  told(at, 'AWS::EC2::NetworkAcl', { VpcId: link(at, 'vpc_id', 'vpc'), ...contents(at) }),
];

/** The VPC's default one, adopted: emptied, then holding what is written in it (semantics 2.6). */
export const defaultNetworkAcl: Translation = (at) => {
  const id = text(at, 'id') ?? text(at, 'default_network_acl_id');
  return [
    {
      type: 'AWS::EC2::NetworkAcl',
      ...(id === undefined ? {} : { id }),
      properties: { Adopts: adopts(at, 'default_network_acl_id', 'network-acl'), ...contents(at) },
    },
  ];
};
