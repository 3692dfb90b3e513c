/** The forwarding graph, edge by edge: from a place and a packet there to wherever it may be next. */
import { clientVpnOf } from '../network/client-vpn-endpoint.ts';
import type { RouteTarget } from '../network/route-table.ts';
import { followAny } from './any-route.ts';
import { comeByService } from './consumer.ts';
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import type { Edge } from './edge.ts';
import { leaveFirewallEndpoint } from './firewall-endpoint.ts';
import { leaveGuest } from './guest.ts';
import { enterFromInternet, leftTheNetwork } from './internet.ts';
import { openAt } from './internet-gateway.ts';
import { leaveService } from './lattice-service.ts';
import { leave } from './leaving.ts';
import { deliverLocally, deliverable } from './local-delivery.ts';
import { leaveNatGateway } from './nat-gateway.ts';
import { enterByServices, handOn, isHandedOn, leaveHandedOn, rewrite, rewriteAny } from './balancer.ts';
import { leaveOnPremises } from './on-premises.ts';
import { enterByClientVpn, leaveClientVpn } from './client-vpn-endpoint.ts';
import { enterFromOutside, leaveOpaqueGateway } from './opaque-gateway.ts';
import { takenBy } from './opening.ts';
import type { Place } from './place.ts';
import type { Plane } from './plane.ts';
import { type Predicate, and, no, yes } from './predicate.ts';
import { leaveResourceGateway } from './resource-gateway.ts';
import { choicesOf } from './route-table.ts';
import { follow } from './route-target.ts';
import { forward } from './subnet.ts';
import { leaveFirewall } from './transit-gateway-firewall.ts';
import { leaveTransitGateway } from './transit-gateway.ts';

export function successors(plane: Plane, place: Place, context: Context): readonly Edge[] {
  switch (place.kind) {
    case 'leaving':
      return leave(plane, place.of, context);
    case 'subnet':
      return forward(plane, place.id, context);
    case 'local':
      return deliverLocally(plane, place.vpc, context);
    case 'nat-gateway':
      return leaveNatGateway(plane, place.id, place.zone, context);
    case 'firewall-endpoint':
      return leaveFirewallEndpoint(plane, place.id, context);
    case 'guest':
      return [...leaveGuest(plane, place.of, context), ...rewrite(plane, place.of, context)];
    case 'appliance':
      return [...leaveGuest(plane, place.of, context, place.endpoint), ...rewriteAny(plane, place.of, context)];
    case 'opaque':
      if (plane.network.endpointServices.has(place.id)) return comeByService(plane, place.id, context);
      return isHandedOn(plane, place.id)
        ? leaveHandedOn(plane, place.id, context)
        : leaveOpaqueGateway(plane, place.id, context);
    case 'network-function':
      return leaveFirewall(plane, place.id, place.zone, context);
    case 'client-vpn':
      return leaveClientVpn(plane, place, context);
    case 'lattice': {
      const service = plane.network.latticeServices.get(place.id);
      return service === undefined
        ? leaveResourceGateway(plane, place, context)
        : leaveService(plane, service, place, context);
    }
    case 'gateway-table':
      return consult(plane, place, context);
    case 'internet': {
      const began = context.origin === 'internet';
      const turning = !began && context.phase === 'forward';
      const outside = began && context.phase === 'forward' ? comeIn(plane, context) : [];
      const brought = turning ? enterByServices(plane, context).map((one) => reachedOutside(plane, one, context)) : [];
      const into = enterFromInternet(plane, context, turning).map((one) => lookedAhead(plane, one));
      return [...into, ...brought, ...outside];
    }
    case 'transit-gateway':
      return leaveTransitGateway(plane, place, context);
    case 'onprem': {
      const begins = context.origin === 'onprem' && context.phase === 'forward' && place.line === undefined;
      const outside = begins ? comeIn(plane, context) : [];
      return [...leaveOnPremises(plane, place, context), ...outside];
    }
    case 'arrived':
      return [...handOn(plane, place.of, context), ...rewrite(plane, place.of, context)];
    case 'service':
    case 'dns':
    case 'link-local':
    case 'replied':
      return [];
  }
}

/** By opaque gateways, by Client VPN, and by interfaces of other services that bring in what is outside. */
const comeIn = (plane: Plane, context: Context): readonly Edge[] => [
  ...enterFromOutside(plane, context),
  ...enterByClientVpn(plane, context),
  ...enterByServices(plane, context, (nic) => clientVpnOf(plane.network, nic)?.families.includes('ipv6') ?? true),
];

/** Into a VPC in which nobody may be there to take it: of many VPCs most are not worth a look. */
function lookedAhead(plane: Plane, one: Edge): Edge {
  const ahead = one.to.kind === 'local' ? deliverable(plane, one.to.vpc, one.context) : undefined;
  return ahead === undefined ? one : { ...one, ahead };
}

/** What leaves this network may come to an address at which a service of AWS's takes it in again (semantics 1.22, 14). */
const reachedOutside = (plane: Plane, one: Edge, context: Context): Edge => ({
  ...one,
  guard: and(one.guard, leftTheNetwork(plane, context)),
});

/** A table that belongs to no subnet (semantics 4.21, 5.30). */
function consult(plane: Plane, place: Extract<Place, { kind: 'gateway-table' }>, context: Context): readonly Edge[] {
  const table = plane.network.routeTables.get(place.table)!;
  const edge = [...plane.network.internetGateways.values()].some(({ routeTable }) => routeTable === table.id);
  const regional = place.branch === 'to-internet';
  const from: Departure = { vpc: place.vpc, edge, regional, leaves: () => yes, crosses: [table.id] };
  const way = (target: RouteTarget): Predicate => {
    const outward = target.kind === 'internet-gateway';
    if (place.branch !== 'all' && outward !== (place.branch === 'to-internet')) return no;
    return edge ? openAt(plane, place.vpc, target, context) : yes;
  };
  const routed = choicesOf(plane, table, context.header.family).flatMap(({ route, guard }) => {
    const open = way(route.target);
    if (open.kind === 'false') return [];
    return follow(plane, route.target, from, context).map((one) => ({
      ...one,
      guard: and(open, guard, one.guard, takenBy(plane, table, route)),
    }));
  });
  return [...routed, ...followAny(plane, table, from, context, way)];
}
