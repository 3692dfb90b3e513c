/** The addresses of VPC Lattice: where its members are asked for, and what its services send from (semantics 14.1, 9.39). */
import type { Address, Family } from '../net/address.ts';
import { type Intervals, contains } from '../net/interval.ts';
import { intervalsOf } from '../net/prefix.ts';
import { latticeAddresses, latticeResources, latticeServices } from '../net/special.ts';
import type { Network } from '../network/network.ts';
import { isUnread } from '../network/resource.ts';

const listName = /^com\.amazonaws\.[^.]+\.(?:ipv6\.)?vpc-lattice$/;

/** What AWS's own prefix lists tell of the family, in whichever Region; undefined where none of it was read. */
export function listedAddresses({ prefixLists }: Network, family: Family): Intervals | undefined {
  const entries = [...prefixLists.values()].flatMap(({ name = '', entries: own }) =>
    listName.test(name) && !isUnread(own) ? own : [],
  );
  const listed = intervalsOf(
    entries.filter((entry) => entry.family === family),
    family,
  );
  return listed.length === 0 ? undefined : listed;
}

/** Where services stand, and what they send from, for all that is told. */
export const serviceAddresses = (network: Network, family: Family): Intervals =>
  listedAddresses(network, family) ?? latticeServices[family];

/** An associated VPC reaches such a member there. */
export const standsAt = (network: Network, kind: 'service' | 'resource', { family, value }: Address): boolean =>
  contains(kind === 'service' ? serviceAddresses(network, family) : latticeResources[family], value);

/** Some member may be there. */
export const mayStandAt = (network: Network, address: Address): boolean =>
  contains(latticeAddresses[address.family], address.value) ||
  standsAt(network, 'service', address) ||
  standsAt(network, 'resource', address);
