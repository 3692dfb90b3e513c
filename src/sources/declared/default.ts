/** What AWS makes with a VPC: its default security group, default network ACL and main route table (semantics 2.5, 3.4, 4.1). */
import { aclType, groupType, tableType, vpcType } from './kinds.ts';
import { idOf, inner, known, text } from './property.ts';
import { type At, complain, derive, type Reading } from './reading.ts';
import { Unknown } from './value.ts';

export type Default = 'DefaultSecurityGroup' | 'DefaultNetworkAcl' | 'MainRouteTable';

interface Kind {
  readonly type: string;
  readonly suffix: string;
  /** Where what runs already tells of it. */
  readonly runs: 'defaultGroups' | 'defaultAcls' | 'mainTables';
}

const kinds: Readonly<Record<Default, Kind>> = {
  DefaultSecurityGroup: { type: groupType, suffix: 'default-security-group', runs: 'defaultGroups' },
  DefaultNetworkAcl: { type: aclType, suffix: 'default-network-acl', runs: 'defaultAcls' },
  MainRouteTable: { type: tableType, suffix: 'main-route-table', runs: 'mainTables' },
};

export const isDefault = (attribute: string): attribute is Default => Object.hasOwn(kinds, attribute);

/** Its identity: that of the resource that adopts it, else AWS's id where that is known. */
export function defaultOf(vpc: At, which: Default): string {
  const { type, suffix, runs } = kinds[which];
  const adopter = adopterOf(vpc.in, type, vpc.of.id);
  if (adopter !== undefined) return adopter.of.id;
  const told = known(text(vpc, which)) ?? vpc.in.around[runs].get(vpc.of.id);
  return derive(vpc.in, told ?? `${vpc.of.id}/${suffix}`, type);
}

/** The declared resource that is the VPC's default one of the type. */
export const adopterOf = (reading: Reading, type: string, vpc: string): At | undefined =>
  reading.byType.get(type)?.find((at) => adoptedFrom(at) === vpc);

/** The VPC whose default one the resource is; undefined where it is a resource of its own. */
export function adoptedFrom(at: At): string | undefined {
  const adopts = inner(at, 'Adopts');
  return adopts === undefined || adopts instanceof Unknown ? undefined : known(idOf(adopts, 'VpcId', vpcType));
}

/** The VPC that a resource stands in; one that stands for whichever it will be, where that is not known. */
export function vpcOf(at: At): string {
  const told = adoptedFrom(at) ?? idOf(at, 'VpcId', vpcType);
  if (typeof told === 'string') return told;
  // Set apart from all others it would reach nothing, which nobody knows.
  if (told instanceof Unknown)
    complain(
      at,
      'unknown-vpc',
      'VpcId',
      `the VPC in which it stands is not known: ${told.why}.`,
      'Give the parameter a value (`--parameter NAME=vpc-…`; the address of a resource of another stack is one too), or plan again once the VPC exists.',
    );
  const id = told === undefined ? 'default-vpc' : `${at.of.address}/VpcId`;
  const { address: by, source } = at.of;
  if (!at.in.outside.named.has(id)) at.in.outside.named.set(id, { type: vpcType, by, source });
  return id;
}
