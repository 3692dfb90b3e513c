/** VPCs, subnets, route tables, network ACLs and security groups as `aws ec2 describe-*` prints them. */
import type { NetworkAcl, NetworkAclEntry, RouteTable, SecurityGroup, Subnet, Vpc } from '@aws-sdk/client-ec2';
import { invariant } from '../../src/base/invariant.ts';
import { account, instanceOf, region, zoneId, zoneName } from './identity.ts';
import { aclEntry, isIpv6, permission, route } from './lines.ts';
import type { BlockMode, Spec, SubnetSpec, TableSpec } from './spec.ts';

const cidrState = { State: 'associated' } as const;

export function describeVpc(spec: Spec, { id, cidrs }: Spec['vpcs'][number]): Vpc {
  return {
    VpcId: id,
    State: 'available',
    OwnerId: account,
    IsDefault: false,
    CidrBlock: cidrs[0]!,
    CidrBlockAssociationSet: cidrs
      .filter((cidr) => !isIpv6(cidr))
      .map((cidr, i) => ({ AssociationId: `vpc-cidr-assoc-${id}-${i}`, CidrBlock: cidr, CidrBlockState: cidrState })),
    Ipv6CidrBlockAssociationSet: cidrs.filter(isIpv6).map((cidr, i) => ({
      AssociationId: `vpc-cidr-assoc-${id}-6${i}`,
      Ipv6CidrBlock: cidr,
      Ipv6CidrBlockState: cidrState,
    })),
    BlockPublicAccessStates: { InternetGatewayBlockMode: blockMode(spec, id) },
  };
}

export function describeSubnet(spec: Spec, { id, vpc, cidrs, zone, mapPublic }: SubnetSpec): Subnet {
  const ipv4 = cidrs.find((cidr) => !isIpv6(cidr));
  return {
    SubnetId: id,
    SubnetArn: `arn:aws:ec2:${region}:${account}:subnet/${id}`,
    VpcId: vpc,
    OwnerId: account,
    State: 'available',
    ...(ipv4 === undefined ? {} : { CidrBlock: ipv4 }),
    Ipv6CidrBlockAssociationSet: cidrs.filter(isIpv6).map((cidr, i) => ({
      AssociationId: `subnet-cidr-assoc-${id}-${i}`,
      Ipv6CidrBlock: cidr,
      Ipv6CidrBlockState: cidrState,
    })),
    Ipv6Native: ipv4 === undefined,
    AvailabilityZone: zoneName(zone),
    AvailabilityZoneId: zoneId(zone),
    MapPublicIpOnLaunch: mapPublic ?? false,
    AssignIpv6AddressOnCreation: false,
    EnableDns64: false,
    BlockPublicAccessStates: { InternetGatewayBlockMode: blockMode(spec, id, vpc) },
  };
}

/** The account's mode with the exclusions of the subnet, else of its VPC, applied (semantics 4.35 to 4.37). */
function blockMode(spec: Spec, ...resources: readonly string[]): BlockMode {
  const [block] = spec.block;
  if (block === undefined) return 'off';
  const exclusion = resources.map((id) => block.exclusions.find(({ resource }) => resource === id)).find(Boolean);
  if (exclusion === undefined) return block.mode;
  if (exclusion.mode === 'allow-bidirectional') return 'off';
  return block.mode === 'block-bidirectional' ? 'block-ingress' : block.mode;
}

export function describeTable(spec: Spec, { id, vpc, main, edge, routes }: TableSpec): RouteTable {
  const home = spec.vpcs.find((item) => item.id === vpc);
  invariant(home !== undefined, `the VPC of ${id} is in the network`);
  const written = new Set(routes.map((line) => line.split(' ')[0]));
  const local = home.cidrs.filter((cidr) => !written.has(cidr)).map((cidr) => `${cidr} local`);
  const endpoints = spec.gatewayEndpoints
    .filter(({ tables }) => tables.includes(id))
    .map((item) => `${item.list} ${item.id}`);
  const instances = new Map(spec.interfaces.map((item) => [item.id, instanceOf(item)]));
  const association = (suffix: string) => ({
    RouteTableAssociationId: `rtbassoc-${id}-${suffix}`,
    RouteTableId: id,
    AssociationState: { State: 'associated' as const },
  });
  return {
    RouteTableId: id,
    VpcId: vpc,
    OwnerId: account,
    Associations: [
      ...(main === true ? [{ ...association('main'), Main: true }] : []),
      ...(edge === undefined ? [] : [{ ...association(edge), Main: false, GatewayId: edge }]),
      ...spec.subnets
        .filter(({ table }) => table === id)
        .map((subnet) => Object.assign(association(subnet.id), { Main: false, SubnetId: subnet.id })),
    ],
    PropagatingVgws: [],
    Routes: [...local, ...routes, ...endpoints].map((line) => route(line, (eni) => instances.get(eni))),
    Tags: [],
  };
}

export function describeAcls(spec: Spec): NetworkAcl[] {
  return spec.acls.map(({ id, vpc, default: isDefault, in: inbound, out }) => ({
    NetworkAclId: id,
    VpcId: vpc,
    OwnerId: account,
    IsDefault: isDefault ?? false,
    Associations: spec.subnets
      .filter((subnet) => subnet.acl === id || (subnet.acl === undefined && isDefault === true && subnet.vpc === vpc))
      .map((subnet) => ({ NetworkAclAssociationId: `aclassoc-${subnet.id}`, NetworkAclId: id, SubnetId: subnet.id })),
    Entries: [...entriesOf(spec, vpc, inbound, false), ...entriesOf(spec, vpc, out, true)],
    Tags: [],
  }));
}

/** The entries of one direction, the implicit `*` after them: a second one where the VPC has IPv6 (semantics 3.3). */
function entriesOf(spec: Spec, vpc: string, lines: readonly string[], egress: boolean): readonly NetworkAclEntry[] {
  const dual = spec.vpcs.some(({ id, cidrs }) => id === vpc && cidrs.some(isIpv6));
  const implicit = dual ? ['32767 deny all 0.0.0.0/0', '32768 deny all ::/0'] : ['32767 deny all 0.0.0.0/0'];
  return [...lines, ...implicit].map((line) => aclEntry(line, egress));
}

export function describeGroups(spec: Spec): SecurityGroup[] {
  return spec.groups.map(({ id, vpc, in: ingress, out }) => ({
    GroupId: id,
    GroupName: id.replace(/^sg-/, ''),
    Description: id,
    VpcId: vpc,
    OwnerId: account,
    IpPermissions: ingress.map(permission),
    IpPermissionsEgress: out.map(permission),
    Tags: [],
  }));
}
