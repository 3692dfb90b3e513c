/** A packet on its way out of something that stands in a subnet: to a neighbour, or by the subnet's table (semantics 4.2, 4.3). */
import { invariant } from '../base/invariant.ts';
import { formatAddress } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import { prefixContains } from '../net/prefix.ts';
import { linkLocal } from '../net/special.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import type { RouteTarget } from '../network/route-table.ts';
import type { Subnet } from '../network/subnet.ts';
import { returnByPlatform } from './balanced-reply.ts';
import { passWithin } from './classic-load-balancer.ts';
import { passAcl } from './network-acl.ts';
import { emissionOf } from './emission.ts';
import { homeOf } from './delivery.ts';
import { emit } from './opaque-gateway.ts';
import type { Place } from './place.ts';
import { returnToLattice } from './proxied-reply.ts';
import { decide, lookUp } from './route-table.ts';
import { type Trip, drop, side } from './trip.ts';
import { returnToNat, wayBackToNat } from './vpc-peering.ts';

const end: Place = { kind: 'ended' };

export function leaveSubnet(trip: Trip, subnet: Subnet): Place {
  const { dst } = trip.packet;
  const toLattice = returnToLattice(trip, subnet);
  if (toLattice !== undefined) return toLattice;
  const returned = returnByPlatform(trip, subnet);
  if (returned !== undefined) return returned;
  if (contains(linkLocal[dst.family], dst.value))
    return drop(trip, {
      resource: subnet.id,
      kind: 'subnet',
      code: 'NO_ROUTE_TO_DESTINATION',
      detail: `${formatAddress(dst)} is link-local, and no router forwards to it`,
      source: subnet.source,
    });
  if (subnet.cidrs.some((cidr) => prefixContains(cidr, dst)))
    return passWithin(trip, subnet) ? { kind: 'local', vpc: subnet.vpc, subnet } : end;
  const way = wayBackToNat(trip, subnet);
  // The ACL alone can stop it (semantics 5.21).
  if (way !== undefined) return passAcl(trip, subnet, 'outbound') ? returnToNat(trip, way) : end;
  if (isUnread(subnet.routeTable)) return unreadTable(trip, subnet, unreadKey(subnet.routeTable));

  const table = trip.network.routeTables.get(subnet.routeTable);
  invariant(table !== undefined, `route table ${subnet.routeTable} of ${subnet.id} is in the network`);
  const ahead = lookUp(trip, table, dst)?.route.target;
  const crosses = ahead === undefined || standsIn(trip, ahead) !== subnet.id;
  if (crosses && !passAcl(trip, subnet, 'outbound')) return end;
  const target = decide(trip, table);
  if (target.kind === 'ended') return target;
  return { kind: 'routed', target, from: { vpc: subnet.vpc, subnet, regionalNat: false } };
}

/**
 * The subnet of a NAT gateway or interface: no network ACL lies before one in the packet's own subnet. One does before
 * a firewall endpoint (semantics 3.6, 3.17).
 */
function standsIn(trip: Trip, target: RouteTarget): string | undefined {
  if (target.kind === 'nat-gateway') return trip.network.natGateways.get(target.id)?.subnet;
  if (target.kind === 'network-interface') return trip.network.interfaces.get(target.id)?.subnet;
  return undefined;
}

/** A table that was not read may lead anywhere; what it does to this packet is then a choice, else local delivery. */
function unreadTable(trip: Trip, subnet: Subnet, key: string): Place {
  if (!passAcl(trip, subnet, 'outbound')) return end;
  const said = `the route table of \`${subnet.id}\` was not read`;
  const step = { resource: subnet.id, kind: 'route-table', source: subnet.source } as const;
  if (!side(trip, key)) return drop(trip, { ...step, code: 'UNKNOWN_DESTINATION', detail: said });
  // A reply may find its way by a route that nobody read.
  if (trip.home !== undefined) return { kind: 'ended', delivery: homeOf(trip.home) };
  const emission = emissionOf(trip, key);
  if (emission !== undefined) return emit(trip, step, key, emission);
  return { kind: 'local', vpc: subnet.vpc, subnet };
}
