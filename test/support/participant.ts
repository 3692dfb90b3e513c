/**
 * A shared VPC in the answers of its owner and of a participant: each is shown what AWS shows that account, and no more
 * (semantics 1.25; VPC guide, vpc-share-limitations).
 */
import type { Document } from './aws.ts';
import { documents } from './aws.ts';
import { account, instanceOf } from './identity.ts';
import { changed, type GroupSpec, type Spec } from './spec.ts';

export const participant = '222222222222';

export interface Sharing {
  /** The subnets of VPC A that are shared. */
  readonly subnets: ReadonlySet<string>;
  /** The participant's interfaces. */
  readonly interfaces: ReadonlySet<string>;
  /** Groups of the owner's that are shared with the participant. */
  readonly lent: ReadonlySet<string>;
  /** Folders and files say whose answers they are. */
  readonly named: boolean;
  /** Tables and network ACLs of subnets that are not shared are shown as well, which no page settles. */
  readonly tables: boolean;
  /** What the participant's own account blocks, which is nothing to the owner's VPC. */
  readonly block: string;
}

type Json = Record<string, unknown>;

/** The participant's copy of a group of the owner's, which it may not attach to an interface of its own. */
const ownGroup = (id: string): string => `${id}-own`;

/** The network in which these interfaces have groups of the participant's, with the same rules, unless theirs are shared. */
export function shared(spec: Spec, { interfaces, lent }: Sharing): Spec {
  const used = new Set(
    spec.interfaces.flatMap(({ id, groups }) => (interfaces.has(id) ? groups.filter((one) => !lent.has(one)) : [])),
  );
  const copies = spec.groups
    .filter(({ id }) => used.has(id))
    .map((one): GroupSpec => ({ ...one, id: ownGroup(one.id) }));
  // What admitted the one admits the other.
  const both = (lines: readonly string[]): readonly string[] =>
    lines.flatMap((line) => {
      const peer = line.split(' ').at(-1)!;
      return used.has(peer) ? [line, line.replace(/\S+$/, ownGroup(peer))] : [line];
    });
  const groups = [...spec.groups, ...copies].map((one) => ({ ...one, in: both(one.in), out: both(one.out) }));
  return changed(spec, {
    groups,
    interfaces: spec.interfaces.flatMap(({ id, groups: own }) =>
      interfaces.has(id) ? [{ id, groups: own.map((one) => (used.has(one) ? ownGroup(one) : one)) }] : [],
    ),
  });
}

const isOwn = (group: unknown): boolean => String(group).endsWith('-own');

/** Every answer with whose each thing is. */
function owned(spec: Spec, { interfaces }: Sharing): readonly Document[] {
  const instances = new Set(spec.interfaces.filter(({ id }) => interfaces.has(id)).map((one) => instanceOf(one)));
  const text = (json: unknown): string =>
    JSON.stringify(json, (_, value: unknown) => {
      const item = value as Json | null;
      if (typeof value !== 'object' || item === null || Array.isArray(item)) return value;
      const isTheirs =
        interfaces.has(item['NetworkInterfaceId'] as string) && 'OwnerId' in item
          ? true
          : 'IpPermissions' in item && isOwn(item['GroupId']);
      if (isTheirs) return { ...item, OwnerId: participant };
      if ('UserId' in item && isOwn(item['GroupId'])) return { ...item, UserId: participant };
      if ('InstanceOwnerId' in item && instances.has(item['InstanceId'] as string))
        return { ...item, InstanceOwnerId: participant };
      if (
        'Instances' in item &&
        (item['Instances'] as Json[]).some((one) => instances.has(one['InstanceId'] as string))
      )
        return { ...item, OwnerId: participant };
      return value;
    });
  return documents(spec).map(({ file, json }) => ({ file, json: JSON.parse(text(json)) as unknown }));
}

const listOf = (json: unknown, key: string): readonly Json[] => (json as Record<string, readonly Json[]>)[key] ?? [];

/** The owner describes interfaces and groups of participants as well, and not their instances. */
export const ownersAnswers = (spec: Spec, sharing: Sharing): readonly Document[] =>
  owned(spec, sharing).map(({ file, json }) => ({
    file: `${account}/us-east-1/${file}`,
    json:
      file === 'describe-instances.json'
        ? { Reservations: listOf(json, 'Reservations').filter((one) => one['OwnerId'] === account) }
        : file === 'describe-security-groups.json'
          ? { SecurityGroups: [...listOf(json, 'SecurityGroups'), ...spec.vpcs.map(({ id }) => defaultGroup(id))] }
          : json,
  }));

/** That of each VPC, which nobody can share. */
const defaultGroup = (vpc: string) => ({
  GroupId: `sg-default-${vpc}`,
  GroupName: 'default',
  Description: 'default VPC security group',
  VpcId: vpc,
  OwnerId: account,
  IpPermissions: [],
  IpPermissionsEgress: [],
});

/** Asked as a participant these have nothing to tell. */
const empty: Readonly<Record<string, string>> = {
  'describe-nat-gateways.json': 'NatGateways',
  'describe-egress-only-internet-gateways.json': 'EgressOnlyInternetGateways',
  'describe-vpc-endpoints.json': 'VpcEndpoints',
  'describe-vpc-peering-connections.json': 'VpcPeeringConnections',
  'describe-vpn-gateways.json': 'VpnGateways',
  'describe-vpn-connections.json': 'VpnConnections',
  'describe-transit-gateways.json': 'TransitGateways',
  'describe-transit-gateway-attachments.json': 'TransitGatewayAttachments',
  'describe-transit-gateway-vpc-attachments.json': 'TransitGatewayVpcAttachments',
  'describe-carrier-gateways.json': 'CarrierGateways',
  'elbv2/describe-load-balancers.json': 'LoadBalancers',
  'elb/describe-load-balancers.json': 'LoadBalancerDescriptions',
  'describe-target-groups.json': 'TargetGroups',
  'describe-addresses.json': 'Addresses',
  'describe-client-vpn-endpoints.json': 'ClientVpnEndpoints',
  'network-firewall/list-firewalls.json': 'Firewalls',
};

export function participantsAnswers(spec: Spec, sharing: Sharing): readonly Document[] {
  const { subnets, interfaces, lent, named, tables, block } = sharing;
  const isShared = (id: unknown): boolean => subnets.has(id as string);
  const ofShared = (one: Json): boolean =>
    one['VpcId'] === 'vpc-a' &&
    (tables ||
      (one['Associations'] as Json[]).some(({ SubnetId, Main }) => isShared(SubnetId) || Main === true) ||
      one['IsDefault'] === true);
  const associated = (one: Json): Json =>
    tables
      ? one
      : {
          ...one,
          Associations: (one['Associations'] as Json[]).filter(
            ({ SubnetId }) => SubnetId === undefined || isShared(SubnetId),
          ),
        };
  const shown: Readonly<Record<string, (json: unknown) => unknown>> = {
    'describe-vpcs.json': (json) => ({ Vpcs: listOf(json, 'Vpcs').filter(({ VpcId }) => VpcId === 'vpc-a') }),
    'describe-vpc-attribute.enableDnsSupport.vpc-a.json': (json) => json,
    'describe-vpc-attribute.enableDnsHostnames.vpc-a.json': (json) => json,
    'describe-subnets.json': (json) => ({
      Subnets: listOf(json, 'Subnets').filter(({ SubnetId }) => isShared(SubnetId)),
    }),
    'describe-route-tables.json': (json) => ({
      RouteTables: listOf(json, 'RouteTables').filter(ofShared).map(associated),
    }),
    'describe-network-acls.json': (json) => ({
      NetworkAcls: listOf(json, 'NetworkAcls').filter(ofShared).map(associated),
    }),
    'describe-security-groups.json': (json) => ({
      SecurityGroups: listOf(json, 'SecurityGroups').filter(
        ({ GroupId }) => isOwn(GroupId) || lent.has(GroupId as string),
      ),
    }),
    'describe-network-interfaces.json': (json) => ({
      NetworkInterfaces: listOf(json, 'NetworkInterfaces').filter(({ NetworkInterfaceId }) =>
        interfaces.has(NetworkInterfaceId as string),
      ),
    }),
    'describe-instances.json': (json) => ({
      Reservations: listOf(json, 'Reservations').filter(({ OwnerId }) => OwnerId === participant),
    }),
    'describe-internet-gateways.json': (json) => ({
      InternetGateways: listOf(json, 'InternetGateways').filter(({ Attachments }) =>
        (Attachments as Json[]).some(({ VpcId }) => VpcId === 'vpc-a'),
      ),
    }),
    'describe-managed-prefix-lists.json': (json) => ({
      PrefixLists: listOf(json, 'PrefixLists').filter(({ OwnerId }) => OwnerId === 'AWS'),
    }),
    'get-managed-prefix-list-entries.pl-s3.json': (json) => json,
  };
  const answers = [
    ...owned(spec, sharing).flatMap(({ file, json }) => {
      const part = shown[file];
      return part === undefined || file in empty ? [] : [{ file, json: part(json) }];
    }),
    ...Object.entries(empty).map(([file, key]) => ({ file, json: { [key]: [] } })),
    {
      file: 'describe-vpc-block-public-access-options.json',
      json: { VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: block, State: 'default-state' } },
    },
  ];
  return named ? answers.map(({ file, json }) => ({ file: `${participant}/us-east-1/${file}`, json })) : answers;
}
