/** Route tables of transit gateways and core networks: longest prefix, then static, prefix list, propagated (semantics 7.5 to 7.8, 14.4). */
import { invariant } from '../base/invariant.ts';
import { type Address, formatAddress } from '../net/address.ts';
import { type Prefix, formatPrefix, prefixContains } from '../net/prefix.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import type {
  TransitGatewayAttachment,
  TransitGatewayRoute,
  TransitGatewayRouteTable,
} from '../network/transit-gateway.ts';
import { passes, prefers, up } from '../network/unknown.ts';
import type { Vpc } from '../network/vpc.ts';
import type { Ended } from './place.ts';
import { entryFor } from './prefix-list.ts';
import { type Trip, drop, isFact, note, side } from './trip.ts';
import { wayTaken } from './way.ts';

const stepAt = (table: TransitGatewayRouteTable) =>
  ({ resource: table.id, kind: table.kind, source: table.source }) as const;

/** The attachment by which the packet goes on; ended when nothing leads on. */
export function decideAt(trip: Trip, table: TransitGatewayRouteTable): TransitGatewayAttachment | Ended {
  const { routes, learns } = table;
  if (isUnread(routes)) return anywhere(trip, table, unreadKey(routes));
  const found = lookUp(trip, table, routes, trip.packet.dst);
  const isDiverted = learns !== undefined && side(trip, unreadKey(learns)) && !isKeptBy(trip, table, routes);
  if (isDiverted) {
    // What else the table goes by, once it has learnt something, is an unknown of its own.
    const isKept = found !== undefined && found.route.state !== 'blackhole' && side(trip, passes(table.id));
    const shown = isKept ? found.route.attachments : [];
    const named = taken(trip, table);
    if (isKept && shown.includes(named ?? '')) return byRoute(trip, table, found, named);
    const learnt = learns.from.find((id) => id === named) ?? (isKept ? undefined : learns.from[0]);
    return learnt === undefined
      ? byRoute(trip, table, isKept ? found : undefined, named)
      : byLearnt(trip, table, learnt);
  }
  const isSent = found !== undefined && found.route.state !== 'blackhole';
  return byRoute(trip, table, found, isSent ? taken(trip, table) : undefined);
}

/**
 * BGP's routes rank behind static ones and those of VPCs (semantics 7.5): where one of these leads to an attached VPC's
 * own block, or to a part of it, only a still smaller part could win over it. What a core network learns is not BGP's alone.
 */
function isKeptBy(trip: Trip, table: TransitGatewayRouteTable, routes: readonly TransitGatewayRoute[]): boolean {
  if (table.kind === 'core-network-route-table' || !isFact(trip, '7.5-learnt')) return false;
  const { transitGatewayAttachments, vpcs } = trip.network;
  const sides = [...transitGatewayAttachments.values()].filter(({ gateway }) => gateway === table.gateway);
  const vpcOf = (id: string): Vpc | undefined => {
    const behind = sides.find((one) => one.id === id)?.behind;
    return behind?.kind === 'vpc' ? vpcs.get(behind.vpc) : undefined;
  };
  const blocks = sides.flatMap(({ id }) => vpcOf(id)?.cidrs ?? []);
  return routes.some(({ destination, origin, state, attachments }) => {
    if (destination.kind === 'prefix-list' || state === 'unknown') return false;
    if (origin === 'propagated' && attachments.some((id) => vpcOf(id) === undefined)) return false;
    const { prefix } = destination;
    const { family, base, length } = prefix;
    const isInside = blocks.some((block) => prefixContains(block, { family, value: base }) && length >= block.length);
    return isInside && prefixContains(prefix, trip.packet.dst);
  });
}

/** By the route that wins, and of its attachments the one named, else the first (semantics 7.8). */
function byRoute(
  trip: Trip,
  table: TransitGatewayRouteTable,
  found: Candidate | undefined,
  named: string | undefined,
): TransitGatewayAttachment | Ended {
  const called = `${nameOf(table)} \`${table.id}\``;
  if (found === undefined)
    return drop(trip, {
      ...stepAt(table),
      code: 'TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT',
      detail: `${called} has no route to ${formatAddress(trip.packet.dst)}`,
    });
  const { route, prefix } = found;
  const written = route.destination.kind === 'prefix' ? formatPrefix(prefix) : route.destination.id;
  const block = route.destination.kind === 'prefix' ? written : `\`${written}\` (${formatPrefix(prefix)})`;
  const { attachments } = route;
  const chosen = route.state === 'blackhole' ? undefined : (attachments.find((id) => id === named) ?? attachments[0]);
  const step = { ...stepAt(table), rule: `${written} -> ${chosen ?? 'blackhole'}`, source: route.source };
  if (chosen === undefined)
    return drop(trip, {
      ...step,
      code: 'TGW_RTB_BAD_STATE_ROUTE',
      detail: `${called}: ${block} is a blackhole, and no shorter prefix takes over`,
    });
  note(trip, { ...step, action: 'forward', detail: `${called}: ${block} leads to \`${chosen}\`` });
  return attachmentOf(trip, chosen);
}

/** By a route that no answer shows, which may be there to any block (semantics 14.4). */
function byLearnt(trip: Trip, table: TransitGatewayRouteTable, id: string): TransitGatewayAttachment {
  note(trip, {
    ...stepAt(table),
    action: 'forward',
    rule: `learnt -> ${id}`,
    detail: `${nameOf(table)} \`${table.id}\` is taken to have learnt a route that leads to \`${id}\``,
  });
  return attachmentOf(trip, id);
}

/** What AWS calls such a table. */
const nameOf = ({ kind }: TransitGatewayRouteTable): string =>
  kind === 'core-network-route-table' ? 'core network route table' : 'transit gateway route table';

function attachmentOf(trip: Trip, id: string): TransitGatewayAttachment {
  const attachment = trip.network.transitGatewayAttachments.get(id);
  invariant(attachment !== undefined, `${id} is an attachment of the network`);
  return attachment;
}

/** A table whose routes were not read may lead to any attachment of the gateway: which is then a choice. */
function anywhere(trip: Trip, table: TransitGatewayRouteTable, key: string): TransitGatewayAttachment | Ended {
  const named = taken(trip, table);
  const chosen = named === undefined ? undefined : trip.network.transitGatewayAttachments.get(named);
  const said = `the routes of \`${table.id}\` were not read`;
  if (!side(trip, key) || chosen?.gateway !== table.gateway)
    return drop(trip, { ...stepAt(table), code: 'TGW_RTB_ROUTES_ARE_UNKNOWN', detail: said });
  note(trip, { ...stepAt(table), action: 'forward', detail: `${said}; one is taken to lead to \`${chosen.id}\`` });
  return chosen;
}

/** The attachment that the choices name for this time. */
const taken = (trip: Trip, { id }: TransitGatewayRouteTable): string | undefined =>
  wayTaken(trip, trip.request.choices.equals, id);

interface Candidate {
  readonly route: TransitGatewayRoute;
  /** The block of it that contains the destination. */
  readonly prefix: Prefix;
}

function lookUp(
  trip: Trip,
  table: TransitGatewayRouteTable,
  routes: readonly TransitGatewayRoute[],
  dst: Address,
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const route of routes) {
    if (route.state === 'unknown' && !side(trip, up(route.attachments[0] ?? table.id))) continue;
    const { destination } = route;
    const prefix = destination.kind === 'prefix' ? destination.prefix : entryFor(trip, destination.id, dst, table.id);
    if (prefix === undefined || !prefixContains(prefix, dst)) continue;
    const each = { route, prefix };
    if (best === undefined || beats(trip, table, each, best)) best = each;
  }
  return best;
}

function beats(trip: Trip, table: TransitGatewayRouteTable, a: Candidate, b: Candidate): boolean {
  if (a.prefix.length !== b.prefix.length) return a.prefix.length > b.prefix.length;
  const byRank = rank(a.route) - rank(b.route);
  if (byRank !== 0) return byRank < 0;
  const [one, two] = [a.route.destination, b.route.destination];
  if (one.kind !== 'prefix-list' || two.kind !== 'prefix-list') return false;
  // Nothing tells which of two lists with the same block wins.
  const preferred = (list: string): boolean => side(trip, prefers(table.id, list));
  return preferred(one.id) === preferred(two.id) ? one.id < two.id : preferred(one.id);
}

/** A static route hides the propagated one of its block (semantics 7.6). */
function rank({ destination, origin }: TransitGatewayRoute): number {
  if (destination.kind === 'prefix-list') return 1;
  switch (origin) {
    case 'static':
      return 0;
    case 'propagated':
      return 2;
  }
}
