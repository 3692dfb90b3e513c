/** Internet gateways: one-to-one translation outward and inward, edge tables, Block Public Access (semantics 4.21 to 4.39, 5.1 to 5.8). */
import { type Intervals, intersect, single, unionAll } from '../net/interval.ts';
import { privateIpv4, publicUnicast } from '../net/special.ts';
import type { InternetGateway } from '../network/gateway.ts';
import { isUnread } from '../network/resource.ts';
import type { RouteTarget } from '../network/route-table.ts';
import type { Subnet } from '../network/subnet.ts';
import type { Vpc } from '../network/vpc.ts';
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import { type Edge, edge } from './edge.ts';
import type { Header } from './header.ts';
import { edgeTold } from './edge-table.ts';
import { addressesOf } from './interface-class.ts';
import { settled } from './condition.ts';
import { firewallOf, holdsFirewall } from './firewall-endpoint.ts';
import { closedBy, heldOpen } from './opening.ts';
import { type Plane, blocksOf, fact, once } from './plane.ts';
import { type Predicate, and, at, constant, isIn, no, not, yes } from './predicate.ts';
import { returnToRegional } from './reply.ts';
import { standInside, standOutside } from './stand-in.ts';

/** Out of the VPC: the source becomes its public address (semantics 1.7, 5.2, 5.5). */
export function leaveByInternetGateway(plane: Plane, id: string, from: Departure, context: Context): readonly Edge[] {
  const gateway = plane.network.internetGateways.get(id);
  // What only a group reference let out never meets a public address (semantics 2.16).
  if (gateway?.vpc !== from.vpc || context.owes) return [];
  const { header } = context;
  const allowed = and(from.leaves(undefined), mayLeave(plane, from, context), settled(plane, gateway));
  const outside = { ...context, clean: false };
  const crosses = [...from.crosses, id];
  if (header.family === 'ipv6') {
    const senders = intersect(ipv6Holders(plane, from.vpc), publicUnicast.ipv6);
    const guard = and(allowed, isIn('src', senders), isIn('dst', publicUnicast.ipv6));
    return edge(guard, { kind: 'internet' }, outside, crosses);
  }
  const mapping = plane.publicAddresses(from.vpc);
  // A regional NAT gateway's address is its own: from anyone else it is spoofed (semantics 1.16).
  const spoofed = from.regional === true || context.natted ? no : isIn('src', regionalAddresses(plane, from.vpc));
  const translated = { ...header, src: plane.symbols.translated(mapping, header.src) };
  const mapped = [
    { guard: and(isIn('src', mapping.domain), not(spoofed)), header: translated },
    ...standOutside(plane, from.vpc, context),
    ...asItself(plane, from.vpc, 'src', context),
  ];
  const outward = and(allowed, not(isIn('dst', privateIpv4)));
  return mapped.flatMap((one) =>
    edge(and(outward, one.guard), { kind: 'internet' }, { ...outside, header: one.header }, crosses),
  );
}

/** Where it is asked what rests on nobody having a public address: every address of the VPC is its own. */
const asItself = (
  plane: Plane,
  vpc: string,
  field: 'src' | 'dst',
  { header }: Context,
): readonly { readonly guard: Predicate; readonly header: Header }[] => {
  const held = heldOpen(plane, { kind: 'public-address', id: vpc });
  return held.kind === 'false' ? [] : [{ guard: and(held, isIn(field, blocksOf(plane, vpc, header.family))), header }];
};

/** Public addresses that stand on packets inside the VPC already: those of regional NAT gateways. */
const regionalAddresses = (plane: Plane, vpc: string): Intervals =>
  once(plane, `regional ${vpc}`, () =>
    unionAll(
      [...plane.network.natGateways.values()].flatMap((nat) =>
        nat.vpc === vpc && nat.subnet === undefined
          ? nat.addresses.flatMap(({ publicIp }) => (publicIp === undefined ? [] : [single(publicIp.value)]))
          : [],
      ),
    ),
  );

/** Whether Block Public Access lets a flow out at the subnet it last left (semantics 4.36, 4.39); replies pass by state. */
export function mayLeave(plane: Plane, from: Departure, context: Context): Predicate {
  if (context.phase === 'reply') return yes;
  const where = from.subnet === undefined ? plane.network.vpcs.get(from.vpc)! : plane.network.subnets.get(from.subnet)!;
  return closedBy(plane, { kind: 'block-public-access', id: where.id }, leavesFrom(plane, where, context));
}

function leavesFrom(plane: Plane, where: Vpc | Subnet, context: Context): Predicate {
  switch (where.internetGatewayBlockMode) {
    case 'off':
      // An exclusion does not cover what a network firewall of the subnet sends (semantics 4.38).
      return constant(!(isExcluded(where) && context.inspected === 'firewall' && holdsFirewall(plane, where.id)));
    case 'block-ingress':
      return context.natted ? yes : no;
    case 'block-bidirectional':
      return no;
  }
}

const isExcluded = (where: Vpc | Subnet): boolean => where.kind === 'subnet' && where.excludedFromBlock === true;

/** Into the VPC, from the internet: the mapped destination becomes private (semantics 5.4, 5.6). */
export function enterByInternetGateway(plane: Plane, gateway: InternetGateway, context: Context): readonly Edge[] {
  const { vpc } = gateway;
  if (vpc === undefined) return [];
  const { header } = context;
  if (header.family === 'ipv6') {
    const holders = intersect(ipv6Holders(plane, vpc), publicUnicast.ipv6);
    return enterVpc(plane, gateway, vpc, and(isIn('dst', holders), settled(plane, gateway)), context);
  }
  const mapping = plane.publicAddresses(vpc);
  const translated = { ...header, dst: plane.symbols.translated(mapping.inverse, header.dst) };
  const inward = and(not(isIn('src', privateIpv4)), settled(plane, gateway));
  return [
    { guard: isIn('dst', mapping.inverse.domain), header: translated },
    ...standInside(plane, vpc, context),
    ...asItself(plane, vpc, 'dst', context),
  ].flatMap((one) => enterVpc(plane, gateway, vpc, and(one.guard, inward), { ...context, header: one.header }));
}

/**
 * Behind the gateway: the edge association's table, else local delivery (semantics 4.2, 4.21, 4.23); a reply to a
 * regional NAT gateway goes to the gateway itself, which stands in no subnet.
 */
function enterVpc(
  plane: Plane,
  gateway: InternetGateway,
  vpc: string,
  guard: Predicate,
  context: Context,
): readonly Edge[] {
  const { header } = context;
  const crosses = [gateway.id, vpc];
  const regional = returnToRegional(plane, context);
  if (regional !== undefined)
    return regional.map((one) => ({ ...one, guard: and(guard, one.guard), crosses: [...crosses, ...one.crosses] }));
  const inside = at(
    header,
    and(routedOut(plane, gateway, vpc, context), isIn('dst', blocksOf(plane, vpc, header.family))),
  );
  const known = edgeTold(plane, gateway);
  const { routeTable: table } = gateway;
  return table === undefined
    ? edge(
        and(guard, inside, known, at(header, openToInternet(plane, vpc, context))),
        { kind: 'local', vpc },
        context,
        crosses,
      )
    : edge(and(guard, inside), { kind: 'gateway-table', table, vpc, branch: 'all' }, context, crosses);
}

/** Behind an edge table it is the subnet next to the gateway that counts: the appliance's (semantics 4.39). */
export function openAt(plane: Plane, vpc: string, target: RouteTarget, context: Context): Predicate {
  const subnet =
    target.kind === 'network-interface'
      ? plane.network.interfaces.get(target.id)?.subnet
      : target.kind === 'firewall-endpoint'
        ? plane.network.endpoints.get(target.id)?.subnets[0]
        : undefined;
  if (subnet === undefined) return openToInternet(plane, vpc, context);
  const { internetGatewayBlockMode: mode, excludedFromBlock } = plane.network.subnets.get(subnet)!;
  const toFirewall = target.kind === 'firewall-endpoint' && firewallOf(plane, target.id) !== target.id;
  const lets = context.phase === 'reply' || (mode === 'off' && !(toFirewall && excludedFromBlock === true));
  return closedBy(plane, { kind: 'block-public-access', id: subnet }, constant(lets));
}

/** Where fact 5.6 is denied, an address counts as public only if its subnet has a route to the gateway. */
function routedOut(plane: Plane, gateway: InternetGateway, vpc: string, { phase, header }: Context): Predicate {
  if (phase === 'reply' || fact(plane, '5.6').kind === 'true') return yes;
  const routed = [...plane.network.subnets.values()].filter(({ vpc: of, routeTable }) => {
    if (of !== vpc || isUnread(routeTable)) return of === vpc;
    const table = plane.network.routeTables.get(routeTable)!;
    return table.routes.some(({ target }) => target.kind === 'internet-gateway' && target.id === gateway.id);
  });
  return isIn('dst', unionAll(routed.map(({ id }) => blocksOf(plane, id, header.family))));
}

/** The (private) destination stands in a subnet where Block Public Access is off (semantics 4.36, 4.39). */
export function openToInternet(plane: Plane, vpc: string, context: Context): Predicate {
  if (context.phase === 'reply') return yes;
  const { family } = context.header;
  return once(plane, `open to the internet ${vpc} ${family}`, () => {
    const blocked = [...plane.network.subnets.values()].filter(
      (subnet) => subnet.vpc === vpc && subnet.internetGatewayBlockMode !== 'off',
    );
    const within = (ids: readonly Subnet[]): Predicate =>
      not(isIn('dst', unionAll(ids.map(({ id }) => blocksOf(plane, id, family)))));
    if (plane.opening === undefined) return within(blocked);
    return and(...blocked.map((one) => closedBy(plane, { kind: 'block-public-access', id: one.id }, within([one]))));
  });
}

/** IPv6 addresses of attached interfaces that take internet gateway traffic (semantics 1.10, 1.11). */
const ipv6Holders = (plane: Plane, vpc: string): Intervals =>
  once(plane, `ipv6 holders ${vpc}`, () =>
    unionAll(
      (plane.classesOfVpc.get(vpc) ?? [])
        .flatMap(({ interfaces }) => interfaces)
        .flatMap((nic) => (nic.denyAllIgwTraffic ? [] : [addressesOf(nic, 'ipv6')])),
    ),
  );
