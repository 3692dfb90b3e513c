/** Virtual private gateways: from the interfaces of their VPC to the prefixes that they know, and back (semantics 8.1 to 8.6, 8.14). */
import type { Family } from '../net/address.ts';
import { type Intervals, union, unionAll, single } from '../net/interval.ts';
import { intervalsOf } from '../net/prefix.ts';
import type { VpnGateway } from '../network/vpn-gateway.ts';
import { declaredOnPremises, passes } from '../network/unknown.ts';
import { settled } from './condition.ts';
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import { directConnectBrings, gatewaysOf } from './direct-connect-gateway.ts';
import { type Edge, edge } from './edge.ts';
import { edgeTold } from './edge-table.ts';
import { arriveOnPremises, connectionCarries } from './line.ts';
import type { Place } from './place.ts';
import { type Plane, heldIn, once, open } from './plane.ts';
import { type Predicate, and, anyOf, isIn, no } from './predicate.ts';

/** Out of its VPC, from an interface's private address, to what it knows to be behind it (semantics 8.2). */
export function enterVpnGateway(plane: Plane, gateway: VpnGateway, from: Departure, context: Context): readonly Edge[] {
  const { id, vpc } = gateway;
  if (vpc !== from.vpc || context.owes) return [];
  const { family } = context.header;
  const senders = union(heldIn(plane, vpc, family), natAddresses(plane, vpc, family));
  const guard = and(from.leaves(undefined), settled(plane, gateway), isIn('src', senders));
  return waysOut(plane, gateway, context).flatMap((way) =>
    arriveOnPremises(and(guard, way.guard), id, context, [...from.crosses, id, ...way.by]),
  );
}

const natAddresses = (plane: Plane, vpc: string, family: Family): Intervals =>
  once(plane, `nat addresses ${vpc} ${family}`, () =>
    unionAll(
      [...plane.network.natGateways.values()].flatMap((nat) =>
        nat.vpc === vpc
          ? nat.addresses.flatMap(({ privateIp }) => (privateIp?.family === family ? [single(privateIp.value)] : []))
          : [],
      ),
    ),
  );

/** A way through the gateway, by a VPN connection or by what is not told apart. */
interface Way {
  readonly guard: Predicate;
  readonly by: readonly string[];
}

/**
 * By a connection to its static routes; to propagated and declared prefixes, and to what BGP or Direct Connect brought
 * besides, by a line that is not shown, which may be a connection that speaks BGP, or a Direct Connect gateway.
 */
function waysOut(plane: Plane, gateway: VpnGateway, context: Context): readonly Way[] {
  const { id } = gateway;
  const { family } = context.header;
  // A VPN connection on a virtual private gateway carries IPv4 alone (semantics 8.5).
  const connections = family === 'ipv4' ? connectionsOf(plane, id) : [];
  const declared = declaredOnPremises(plane.sides, [id, ...connections.map((one) => one.id)]);
  const learnt = anyOf([
    isIn('dst', propagated(plane, id, family)),
    isIn('dst', intervalsOf(declared, family)),
    open(plane, passes(id)),
  ]);
  const joined = gatewaysOf(plane, id).map((one) => one.id);
  const byConnection = connections.map((one): Way => {
    const known = isIn('dst', intervalsOf(one.staticRoutes, 'ipv4'));
    const mayBe = one.dynamic ? and(learnt, open(plane, passes(one.id))) : no;
    return { guard: and(anyOf([known, mayBe]), connectionCarries(plane, one, 'out', context)), by: [one.id] };
  });
  const others =
    gateway.unread !== undefined ||
    connections.some(({ dynamic }) => dynamic) ||
    [...plane.network.virtualInterfaces.values()].some((one) => one.gateway === id);
  // Where nothing else tells it anything, the one Direct Connect gateway does.
  if (joined.length > 0 && !others)
    return [...byConnection, { guard: learnt, by: joined }, { guard: and(learnt, open(plane, passes(id))), by: [] }];
  const byDirectConnect = joined.map((one): Way => ({ guard: and(learnt, open(plane, passes(one))), by: [one] }));
  return [...byConnection, ...byDirectConnect, { guard: learnt, by: [] }];
}

/** The destinations of routes that the gateway has propagated into some table. */
const propagated = (plane: Plane, id: string, family: Context['header']['family']) =>
  once(plane, `propagated ${id} ${family}`, () =>
    intervalsOf(
      [...plane.network.routeTables.values()].flatMap(({ routes }) =>
        routes.flatMap(({ target, origin, destination, state }) =>
          target.kind === 'vpn-gateway' &&
          target.id === id &&
          origin === 'propagated' &&
          state !== 'blackhole' &&
          destination.kind === 'prefix'
            ? [destination.prefix]
            : [],
        ),
      ),
      family,
    ),
  );

const connectionsOf = (plane: Plane, gateway: string) =>
  [...plane.network.vpnConnections.values()].filter((one) => one.gateway === gateway);

/** From on premises into its VPC: by the edge table, or to whoever holds the destination (semantics 4.26, 8.6). */
export function enterByVpnGateway(plane: Plane, gateway: VpnGateway, context: Context): readonly Edge[] {
  const { id, vpc, routeTable: table } = gateway;
  if (vpc === undefined) return [];
  const { family } = context.header;
  const reply = context.phase === 'reply';
  const holders = union(heldIn(plane, vpc, family), reply ? natAddresses(plane, vpc, family) : []);
  const guard = and(settled(plane, gateway), edgeTold(plane, gateway), isIn('dst', holders));
  const to: Place = table === undefined ? { kind: 'local', vpc } : { kind: 'gateway-table', table, vpc, branch: 'all' };
  return waysIn(plane, gateway, context).flatMap((way) =>
    edge(and(guard, way.guard), to, { ...context, clean: false }, [id, ...way.by, vpc]),
  );
}

function waysIn(plane: Plane, gateway: VpnGateway, context: Context): readonly Way[] {
  const { id } = gateway;
  const { header, phase, outBy } = context;
  const byConnection = (header.family === 'ipv4' ? connectionsOf(plane, id) : []).map((one): Way => ({
    guard: connectionCarries(plane, one, 'in', context),
    by: [one.id],
  }));
  // What carried a flow out carries its reply back, where that is advertised; a route of IPv6 shows Direct Connect.
  const shown =
    (phase === 'reply' && outBy === id) || (header.family === 'ipv6' && propagated(plane, id, 'ipv6').length > 0);
  const direct = directConnectBrings(plane, gateway, header.family, shown);
  return [...byConnection, ...direct, { guard: open(plane, passes(id)), by: [] }];
}
