/** Edits of routes of a VPC's tables (semantics section 4), and what becomes of routes when their target goes. */
import { formatPrefix, samePrefix, includesPrefix } from '../net/prefix.ts';
import type { AnyResource, Network } from '../network/network.ts';
import type { Route, RouteDestination, RouteTable, RouteTarget } from '../network/route-table.ts';
import { type Draft, note, put, toEach } from './draft.ts';
import type { EditOf, NamedPeer } from './edit.ts';
import { some, thing } from './selection.ts';

const isDynamic = ({ origin }: Route): boolean => origin === 'propagated' || origin === 'advertised';

export function setVpcRoute(draft: Draft, edit: EditOf<'set-route'>, tables: readonly RouteTable[]): void {
  const destination = destinationOf(draft, edit.destination);
  if (destination === undefined) return;
  const asked = edit.target === 'local' ? ({ kind: 'local' } as const) : targetOf(draft, edit.target, destination);
  if (asked === undefined) return;
  toEach(draft, 'target', tables, undefined, (table) => {
    if ('id' in asked && !isAttached(draft, asked, table)) return undefined;
    const before = table.routes.find((route) => !isDynamic(route) && sameDestination(route.destination, destination));
    if (before !== undefined && isOfEndpoint(before)) {
      draft.wrong('destination', ofEndpoint(before, table));
      return undefined;
    }
    if (before?.state === 'active' && targetText(before.target) === targetText(asked))
      return `\`${table.id}\` has the route ${routeText(before)} already.`;
    const local = isLocalBlock(draft.network, table, destination);
    if (local && !mayReplaceLocal(asked)) {
      draft.wrong('target', {
        code: 'invalid-route',
        message: `${destinationText(destination)} is the local route of \`${table.id}\`, which can lead to a network interface, a NAT gateway or a firewall endpoint only.`,
        hint: 'Name one of these, or `local`.',
      });
      return undefined;
    }
    const route: Route = {
      destination,
      target: asked,
      state: 'active',
      origin: local && asked.kind === 'local' ? 'local' : 'static',
      source: draft.source,
    };
    const routes =
      before === undefined ? [...table.routes, route] : table.routes.map((one) => (one === before ? route : one));
    put(draft, 'routeTables', { ...table, routes });
    note(draft, table, 'route', before && routeText(before), routeText(route));
    return undefined;
  });
}

export function removeVpcRoute(draft: Draft, edit: EditOf<'remove-route'>, tables: readonly RouteTable[]): void {
  const destination = destinationOf(draft, edit.destination);
  if (destination === undefined) return;
  const texts = tables.flatMap(({ routes }) =>
    routes.filter(({ origin }) => origin === 'static').map((route) => `\`${destinationText(route.destination)}\``),
  );
  const hint = texts.length === 0 ? 'It has no static route.' : `Static routes are for ${some(texts)}.`;
  toEach(draft, 'destination', tables, hint, (table) => {
    const found = table.routes.filter((route) => sameDestination(route.destination, destination));
    const gone = found.find((route) => !isDynamic(route));
    if (gone === undefined) {
      const [dynamic] = found;
      if (dynamic === undefined) return `\`${table.id}\` has no route for ${destinationText(destination)}.`;
      draft.wrong('destination', {
        code: 'not-static',
        message: `${routeText(dynamic)} of \`${table.id}\` is ${dynamic.origin}, and no static route.`,
        hint: 'It goes when the gateway that it comes from is detached.',
      });
      return undefined;
    }
    if (isOfEndpoint(gone)) {
      draft.wrong('destination', ofEndpoint(gone, table));
      return undefined;
    }
    if (isLocalBlock(draft.network, table, destination)) {
      draft.wrong('destination', {
        code: 'invalid-route',
        message: `${destinationText(destination)} is the local route of \`${table.id}\`, which no table is without.`,
        hint: `\`${table.id} route ${destinationText(destination)} -> local\` gives it back its own target.`,
      });
      return undefined;
    }
    put(draft, 'routeTables', { ...table, routes: table.routes.filter((route) => route !== gone) });
    note(draft, table, 'route', routeText(gone), undefined);
    return undefined;
  });
}

function destinationOf(draft: Draft, asked: NamedPeer): RouteDestination | undefined {
  if (asked.kind === 'prefix') return asked;
  const found = thing(draft, 'destination', asked.name, 'prefix list', 'prefix-list');
  return found && { kind: 'prefix-list', id: found.id };
}

const sameDestination = (one: RouteDestination, other: RouteDestination): boolean =>
  one.kind === 'prefix' && other.kind === 'prefix'
    ? samePrefix(one.prefix, other.prefix)
    : one.kind === 'prefix-list' && other.kind === 'prefix-list' && one.id === other.id;

/** The route of a gateway endpoint is the endpoint's own (semantics 4.14). */
const isOfEndpoint = ({ target }: Route): boolean => target.kind === 'gateway-endpoint';

const ofEndpoint = (route: Route, { id }: RouteTable) => ({
  code: 'invalid-route',
  message: `${routeText(route)} of \`${id}\` is the route of a gateway endpoint, which cannot be edited.`,
  hint: 'Remove the endpoint, and its routes go.',
});

const isLocalBlock = ({ vpcs }: Network, { vpc }: RouteTable, destination: RouteDestination): boolean =>
  destination.kind === 'prefix' && includesPrefix(vpcs.get(vpc)?.cidrs ?? [], destination.prefix);

/** Semantics 4.8. */
const mayReplaceLocal = ({ kind }: RouteTarget): boolean =>
  kind === 'local' || kind === 'network-interface' || kind === 'nat-gateway' || kind === 'firewall-endpoint';

const kinds = [
  'internet-gateway',
  'egress-only-internet-gateway',
  'nat-gateway',
  'vpc-endpoint',
  'network-firewall',
  'network-interface',
  'instance',
  'transit-gateway',
  'core-network',
  'vpc-peering',
  'vpn-gateway',
  'local-gateway',
  'carrier-gateway',
  'odb-network',
] as const;

function targetOf(draft: Draft, name: string, destination: RouteDestination): RouteTarget | undefined {
  const found = thing(draft, 'target', name, 'target of routes', ...kinds);
  if (found === undefined) return undefined;
  switch (found.kind) {
    case 'vpc-endpoint':
      if (found.endpointType === 'GatewayLoadBalancer') return { kind: 'firewall-endpoint', id: found.id };
      draft.wrong('target', {
        code: 'invalid-route',
        message: `\`${found.id}\` is an endpoint of type ${found.endpointType}, to which no route can be made.`,
        hint: 'The routes of a gateway endpoint come and go with it; an interface endpoint is reached at its addresses.',
      });
      return undefined;
    case 'network-firewall':
      return onlyOne(draft, name, 'endpoints', found.endpoints, (id) => ({ kind: 'firewall-endpoint', id }));
    case 'instance':
      return onlyOne(draft, name, 'interfaces', found.interfaces, (id) => interfaceTarget(draft.network, id));
    case 'network-interface':
      return interfaceTarget(draft.network, found.id);
    case 'egress-only-internet-gateway':
      if (destination.kind === 'prefix' && destination.prefix.family === 'ipv4') {
        draft.wrong('target', {
          code: 'invalid-route',
          message: `\`${found.id}\` is for IPv6 alone, and ${destinationText(destination)} is an IPv4 block.`,
          hint: 'Name an IPv6 block such as `::/0`.',
        });
        return undefined;
      }
      return { kind: found.kind, id: found.id };
    case 'internet-gateway':
    case 'nat-gateway':
    case 'transit-gateway':
    case 'core-network':
    case 'vpc-peering':
    case 'vpn-gateway':
    case 'local-gateway':
    case 'carrier-gateway':
    case 'odb-network':
      return { kind: found.kind, id: found.id };
  }
}

function onlyOne(
  draft: Draft,
  name: string,
  what: string,
  ids: readonly string[],
  target: (id: string) => RouteTarget,
): RouteTarget | undefined {
  const [only, ...others] = ids;
  if (only !== undefined && others.length === 0) return target(only);
  draft.wrong('target', {
    code: 'ambiguous',
    message: `\`${name}\` has ${only === undefined ? 'no' : ids.length} ${what}, and a route leads to one.`,
    hint: only === undefined ? 'Name another target.' : `Name one of ${some(ids.map((id) => `\`${id}\``))}.`,
  });
  return undefined;
}

function interfaceTarget({ interfaces }: Network, id: string): RouteTarget {
  const instance = interfaces.get(id)?.instance;
  return { kind: 'network-interface', id, ...(instance === undefined ? {} : { instance }) };
}

/** AWS makes no route to a gateway that is not attached to the table's VPC; what stands in a VPC is checked with all routes. */
function isAttached(draft: Draft, target: RouteTarget & { readonly id: string }, table: RouteTable): boolean {
  const vpcs = vpcsOf(draft.network, target.id);
  if (vpcs === undefined || vpcs.includes(table.vpc)) return true;
  draft.wrong('target', {
    code: 'not-attached',
    message: `\`${target.id}\` is not attached to \`${table.vpc}\`, the VPC of \`${table.id}\`.`,
    hint: vpcs.length === 0 ? 'It is attached to no VPC.' : `It is attached to ${some(vpcs.map((id) => `\`${id}\``))}.`,
  });
  return false;
}

/** Of gateways: the VPCs of the input to which they are attached. */
function vpcsOf(network: Network, id: string): readonly string[] | undefined {
  const many = network.transitGateways.get(id) ?? network.vpcPeerings.get(id) ?? network.opaqueGateways.get(id);
  if (many !== undefined) return many.vpcs;
  const one =
    network.internetGateways.get(id) ?? network.egressOnlyInternetGateways.get(id) ?? network.vpnGateways.get(id);
  return one === undefined ? undefined : one.vpc === undefined ? [] : [one.vpc];
}

/**
 * What becomes of the routes to something that is gone, or that left the VPC: static ones stay as blackholes
 * (semantics 4.16), propagated ones were its own and go with it, and so does the route of a gateway endpoint. `vpc`: in
 * that VPC's tables alone.
 */
export function severRoutes(draft: Draft, ids: ReadonlySet<string>, vpc?: string): void {
  const leads = (route: Route): boolean => 'id' in route.target && ids.has(route.target.id);
  const withdrawn = new Set<string>();
  for (const table of draft.network.routeTables.values()) {
    if ((vpc !== undefined && table.vpc !== vpc) || !table.routes.some(leads)) continue;
    const routes = table.routes.flatMap((route): readonly Route[] => {
      if (!leads(route)) return [route];
      const goes = isDynamic(route) || isOfEndpoint(route);
      if (isDynamic(route)) withdrawn.add(targetText(route.target));
      const after = goes ? undefined : blackhole(draft.network, route);
      if (goes || route.state !== 'blackhole') note(draft, table, 'route', routeText(route), after && routeText(after));
      return after === undefined ? [] : [after];
    });
    put(draft, 'routeTables', { ...table, routes });
  }
  for (const id of withdrawn)
    draft.notes.push(`The routes that \`${id}\` propagated are taken to be withdrawn, so that shorter ones decide.`);
}

/** As it is read: of a target that is there no more, its id is all that is known. */
function blackhole(network: Network, route: Route): Route {
  const { target } = route;
  if (!('id' in target)) return route;
  const there = holds(network, target.id);
  return { ...route, target: there ? target : { kind: 'unknown', id: target.id }, state: 'blackhole' };
}

const holds = (network: Network, id: string): boolean =>
  [
    network.internetGateways,
    network.egressOnlyInternetGateways,
    network.natGateways,
    network.endpoints,
    network.interfaces,
    network.transitGateways,
    network.vpcPeerings,
    network.vpnGateways,
    network.carrierGateways,
    network.opaqueGateways,
  ].some((map: ReadonlyMap<string, AnyResource>) => map.has(id));

const destinationText = (destination: RouteDestination): string =>
  destination.kind === 'prefix' ? formatPrefix(destination.prefix) : destination.id;

const targetText = (target: RouteTarget): string => (target.kind === 'local' ? 'local' : target.id);

export const routeText = ({ destination, target, state }: Route): string =>
  `${destinationText(destination)} -> ${targetText(target)}${state === 'blackhole' ? ' (blackhole)' : ''}`;
