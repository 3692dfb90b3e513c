/** The addresses of VPC Lattice: where its members are asked for, and what its services send from (semantics 14.1, 9.39). */
import type { Address, Family } from '../net/address.ts';
import { type Intervals, contains } from '../net/interval.ts';
import { intervalsOf } from '../net/prefix.ts';
import { latticeAddresses, latticeResources, latticeServices } from '../net/special.ts';
import type { Network } from '../network/network.ts';
import { isUnread, type Resource } from '../network/resource.ts';
import type { ServiceNetwork } from '../network/service-network.ts';

/** Of what the Region is asked: a service network, for its services' addresses; a service, for those that it sends from. */
type Regional = Pick<Resource, 'region'>;

/** What AWS's own prefix lists of its Region tell of the family; undefined where none of it was read, or the Region is not told. */
export function listedAddresses(
  { prefixLists }: Network,
  { region = '' }: Regional,
  family: Family,
): Intervals | undefined {
  const names = new Set([`com.amazonaws.${region}.vpc-lattice`, `com.amazonaws.${region}.ipv6.vpc-lattice`]);
  const entries = [...prefixLists.values()].flatMap(({ name = '', entries: own }) =>
    names.has(name) && !isUnread(own) ? own : [],
  );
  const listed = intervalsOf(
    entries.filter((entry) => entry.family === family),
    family,
  );
  return listed.length === 0 ? undefined : listed;
}

/** Where services of the network stand, or what a service sends from, for all that is told. */
export const serviceAddresses = (network: Network, of: Regional, family: Family): Intervals =>
  listedAddresses(network, of, family) ?? latticeServices[family];

/** A VPC that is associated with the service network reaches such a member there. */
export const standsAt = (
  network: Network,
  of: ServiceNetwork,
  kind: 'service' | 'resource',
  { family, value }: Address,
): boolean => contains(kind === 'service' ? serviceAddresses(network, of, family) : latticeResources[family], value);

/** Some member of some service network may be there. */
export const mayStandAt = (network: Network, address: Address): boolean =>
  contains(latticeAddresses[address.family], address.value) ||
  [...network.serviceNetworks.values()].some(
    (each) => standsAt(network, each, 'service', address) || standsAt(network, each, 'resource', address),
  );
