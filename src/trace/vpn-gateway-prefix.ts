/** What a virtual private gateway knows of on premises, and what brings packets to it from there (semantics 8.2, 8.4, 8.5). */
import { type Prefix, prefixContains } from '../net/prefix.ts';
import type { VpnConnection, VpnGateway } from '../network/vpn-gateway.ts';
import { declaredOnPremises, passes } from '../network/unknown.ts';
import { bringsByDirectConnect } from './direct-connect-gateway.ts';
import { type Trip, side } from './trip.ts';
import { whyNotCarried } from './vpn-connection.ts';

/** The prefix by which it sends the packet on premises, or that one is taken to be there; undefined where it drops it. */
export function knows(trip: Trip, gateway: VpnGateway): Prefix | 'taken' | undefined {
  const { dst } = trip.packet;
  const around = (prefix: Prefix): boolean => prefixContains(prefix, dst);
  const connections = dst.family === 'ipv4' ? connectionsOf(trip, gateway) : [];
  const declared = declaredOnPremises(trip.request.sides, [gateway.id, ...connections.map(({ id }) => id)]);
  const learnt = propagatedTo(trip, gateway).find(around) ?? declared.find(around);
  if (learnt !== undefined) return learnt;
  for (const connection of connections) {
    const route = connection.staticRoutes.find(around);
    if (route !== undefined && carries(trip, connection, 'outward')) return route;
  }
  // What BGP or Direct Connect told it and no answer shows.
  return side(trip, passes(gateway.id)) ? 'taken' : undefined;
}

/** Some connection carries what comes from on premises, or Direct Connect does, of which answers do not show all. */
export function bringsIn(trip: Trip, gateway: VpnGateway): boolean {
  if (side(trip, passes(gateway.id))) return true;
  // What carried a flow out carries its reply back.
  const carried = trip.direction === 'return' && trip.flow.lines.includes(gateway.id);
  if (bringsByDirectConnect(trip, gateway, carried || isOverDirectConnect(trip, gateway))) return true;
  return connectionsOf(trip, gateway).some((each) => carries(trip, each, 'inward'));
}

const connectionsOf = (trip: Trip, { id }: VpnGateway): readonly VpnConnection[] =>
  [...trip.network.vpnConnections.values()].filter(({ gateway }) => gateway === id);

/** VPN connections carry IPv4 alone on such a gateway (conflict D19). */
const carries = (trip: Trip, connection: VpnConnection, way: 'outward' | 'inward'): boolean =>
  trip.packet.dst.family === 'ipv4' && whyNotCarried(trip, connection, way) === undefined;

/** A route of IPv6 that the gateway propagates shows that Direct Connect brings it. */
const isOverDirectConnect = (trip: Trip, gateway: VpnGateway): boolean =>
  trip.packet.dst.family === 'ipv6' && propagatedTo(trip, gateway).some(({ family }) => family === 'ipv6');

/** Destinations of the routes that it propagates, in any table: what BGP or a static route of VPN told it. */
function propagatedTo(trip: Trip, { id }: VpnGateway): readonly Prefix[] {
  const out: Prefix[] = [];
  for (const { routes } of trip.network.routeTables.values())
    for (const { origin, target, state, destination } of routes)
      if (origin === 'propagated' && target.kind === 'vpn-gateway' && target.id === id && state !== 'blackhole')
        if (destination.kind === 'prefix') out.push(destination.prefix);
  return out;
}
