/** Which subnets a network ACL is associated with: those that an association names, and those that the ACL lists. */
import { aclType, subnetType } from './kinds.ts';
import { idOf, references } from './property.ts';
import type { At, Reading } from './reading.ts';
import { aroundOutside, satellitesOf } from './satellite.ts';
import { Unknown } from './value.ts';

const association = 'AWS::EC2::SubnetNetworkAclAssociation';

export interface AclSubnets {
  readonly subnets: readonly string[];
  /** False where an association of some ACL with some subnet is not known: any may then be this one's. */
  readonly understood: boolean;
}

export function subnetsOf(reading: Reading, id: string, own?: At): AclSubnets {
  const { certain } = satellitesOf(reading, association, 'NetworkAclId', id, aclType);
  const told = certain.map((at) => idOf(at, 'SubnetId', subnetType)).filter((one) => typeof one === 'string');
  const listed = own === undefined ? [] : references(own, 'SubnetIds', subnetType).known;
  return { subnets: [...new Set([...told, ...listed])], understood: areKnown(reading) };
}

/** Subnets whose network ACL is not declared, with its id. */
export const associatedOutside = (reading: Reading): readonly (readonly [subnet: string, acl: string])[] =>
  aroundOutside(reading, association, 'NetworkAclId', aclType).flatMap(([acl, all]) =>
    all.flatMap((at) => {
      const subnet = idOf(at, 'SubnetId', subnetType);
      return typeof subnet === 'string' ? [[subnet, acl] as const] : [];
    }),
  );

/** Some subnet that runs may get another network ACL, or some network ACL that runs another subnet. */
export function mayChangeOutside(reading: Reading): boolean {
  const isOpen = (told: string | Unknown | undefined): boolean =>
    told instanceof Unknown && told.candidates.length === 0;
  const isOutside = (told: string | Unknown | undefined): boolean =>
    typeof told === 'string' && !reading.byId.has(told) && !reading.derived.has(told);
  return (
    (reading.byType.get(association) ?? []).some((at) => {
      const ends = [idOf(at, 'SubnetId', subnetType), idOf(at, 'NetworkAclId', aclType)];
      return ends.some(isOpen) || (at.of.uncertain !== undefined && ends.some(isOutside));
    }) || (reading.byType.get(aclType) ?? []).some((at) => references(at, 'SubnetIds', subnetType).unknown.some(isOpen))
  );
}

const memo = new WeakMap<Reading, boolean>();

function areKnown(reading: Reading): boolean {
  const before = memo.get(reading);
  if (before !== undefined) return before;
  const known =
    (reading.byType.get(association) ?? []).every(
      (at) =>
        at.of.uncertain === undefined &&
        !(idOf(at, 'SubnetId', subnetType) instanceof Unknown) &&
        !(idOf(at, 'NetworkAclId', aclType) instanceof Unknown),
    ) &&
    (reading.byType.get(aclType) ?? []).every((at) => references(at, 'SubnetIds', subnetType).unknown.length === 0);
  memo.set(reading, known);
  return known;
}
