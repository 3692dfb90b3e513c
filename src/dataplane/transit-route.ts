/** Transit gateway route tables: for every route the destinations that it wins (semantics 7.5 to 7.8). */
import { groupBy } from '../base/group.ts';
import type { Family } from '../net/address.ts';
import { type Intervals, intersect, isEmpty, subtract } from '../net/interval.ts';
import { type Prefix, everything, formatPrefix, intervalsOf, prefixesOverlap, rangeOf } from '../net/prefix.ts';
import { type Unread, isUnread, unreadKey, unreadRoute } from '../network/resource.ts';
import type { TransitGatewayRoute, TransitGatewayRouteTable } from '../network/transit-gateway.ts';
import { passes, prefers, up } from '../network/unknown.ts';
import { type Plane, fact, once, open } from './plane.ts';
import { type Predicate, and, anyOf, isIn, not, yes } from './predicate.ts';
import { entriesOf, mayBeListed, mayHold } from './prefix-list.ts';

/** Attachments that a packet may go out by, and for which packets. */
export interface TransitChoice {
  readonly attachments: readonly string[];
  readonly guard: Predicate;
}

interface Candidate {
  readonly route: TransitGatewayRoute;
  readonly prefix: Prefix;
  /** Static 0, prefix list 1, propagated 2. */
  readonly rank: number;
}

/** A blackhole has no entry: what it wins is dropped (semantics 7.7). */
export const transitChoices = (
  plane: Plane,
  table: TransitGatewayRouteTable,
  family: Family,
): readonly TransitChoice[] =>
  once(plane, `transit routes ${table.id} ${family}`, () => {
    if (!isUnread(table.routes)) return withLearnt(plane, table, select(plane, table, table.routes, family), family);
    // A table that nobody read may lead to any attachment.
    const guard = open(plane, unreadKey(table.routes));
    return [...plane.network.transitGatewayAttachments.values()].flatMap(({ id, gateway }) =>
      gateway === table.gateway ? [{ attachments: [id], guard }] : [],
    );
  });

/**
 * What the table may have learnt besides could divert any packet, or none. Where it did learn something, what is sent to
 * one destination may still go by the routes, and what is sent to another not: a flow and its reply may come by both.
 */
function withLearnt(
  plane: Plane,
  table: TransitGatewayRouteTable,
  choices: readonly TransitChoice[],
  family: Family,
): readonly TransitChoice[] {
  const { id, learns } = table;
  if (learns === undefined) return choices;
  const taken = and(isIn('dst', outranked(plane, table, family)), fact(plane, '7.5-learnt'));
  const learnt = and(open(plane, unreadKey(learns)), not(taken));
  const byRoutes = plane.exacting ? not(learnt) : anyOf([not(learnt), open(plane, passes(id))]);
  return [
    ...choices.map(({ attachments, guard }) => ({ attachments, guard: and(guard, byRoutes) })),
    ...learns.from.map((attachment) => ({ attachments: [attachment], guard: learnt })),
  ];
}

/**
 * Destinations in blocks of attached VPCs to which the table of a transit gateway has a route that BGP's rank behind, so
 * that only one to a part of such a block could take them (semantics 7.5). A core network's policy leaves more open.
 */
const outranked = (plane: Plane, table: TransitGatewayRouteTable, family: Family): Intervals => {
  const { transitGateways, transitGatewayAttachments, vpcs } = plane.network;
  if (isUnread(table.routes) || table.kind !== 'transit-gateway-route-table') return [];
  const attached = transitGateways.get(table.gateway)!.vpcs.flatMap((vpc) => vpcs.get(vpc)!.cidrs);
  const toVpc = (id: string): boolean => transitGatewayAttachments.get(id)!.behind.kind === 'vpc';
  return intervalsOf(
    table.routes.flatMap(({ destination, origin, state, attachments }) => {
      if (destination.kind !== 'prefix' || state === 'unknown') return [];
      if (origin === 'propagated' && !attachments.every(toVpc)) return [];
      const { prefix } = destination;
      const within = attached.some((block) => block.length <= prefix.length && prefixesOverlap(block, prefix));
      return within ? [prefix] : [];
    }),
    family,
  );
};

function select(
  plane: Plane,
  table: TransitGatewayRouteTable,
  routes: readonly TransitGatewayRoute[],
  family: Family,
): readonly TransitChoice[] {
  const choices: TransitChoice[] = [];
  let elsewhere: Predicate = yes;
  const take = ({ attachments, state }: TransitGatewayRoute, guard: Predicate): void => {
    if (state !== 'blackhole') choices.push({ attachments, guard: and(elsewhere, guard) });
  };
  for (const [list, entries] of unreadLists(plane, routes, family)) {
    const matches = mayBeListed(plane, list, unreadRoute(entries, table.id), 'dst', family);
    const route = routes.find(({ destination }) => destination.kind === 'prefix-list' && destination.id === list)!;
    take(route, matches);
    elsewhere = and(elsewhere, not(matches));
  }
  let left: Intervals = everything(family);
  /** Routes that may not be there, and so leave what they win to the next. */
  const doubtful: { readonly range: Intervals; readonly there: Predicate }[] = [];
  for (const { route, prefix, wins } of inTurn(plane, table, candidatesOf(plane, routes, family))) {
    const won = intersect([rangeOf(prefix)], left);
    if (isEmpty(won)) continue;
    const before = doubtful
      .filter(({ range }) => !isEmpty(intersect(range, won)))
      .map(({ range, there }) => not(and(isIn('dst', range), there)));
    const there = and(wins, route.state === 'unknown' ? open(plane, up(route.attachments[0] ?? table.id)) : yes);
    take(route, and(isIn('dst', won), there, ...before));
    if (there.kind === 'true') left = subtract(left, won);
    else doubtful.push({ range: won, there });
  }
  return choices;
}

/** Of prefix lists with the same block that lead different ways, first whichever is preferred: nothing tells which wins. */
const inTurn = (
  plane: Plane,
  table: TransitGatewayRouteTable,
  candidates: readonly Candidate[],
): readonly (Candidate & { readonly wins: Predicate })[] =>
  [...groupBy(candidates, ({ prefix, rank }) => `${formatPrefix(prefix)} ${rank}`).values()].flatMap((tied) => {
    const lists = tied
      .map((one) => ({ ...one, list: one.route.destination.kind === 'prefix-list' ? one.route.destination.id : '' }))
      .sort((a, b) => (a.list < b.list ? -1 : 1));
    const ways = new Set(lists.map(({ route }) => [route.state, ...route.attachments].join(' ')));
    const preferred = lists.map((one) => ({ ...one, wins: open(plane, prefers(table.id, one.list)) }));
    return [...(ways.size > 1 ? preferred : []), ...lists.map((one) => ({ ...one, wins: yes }))];
  });

/** In order of selection. */
function candidatesOf(plane: Plane, routes: readonly TransitGatewayRoute[], family: Family): readonly Candidate[] {
  const candidates = routes.flatMap((route): readonly Candidate[] => {
    const { destination, origin } = route;
    if (destination.kind === 'prefix')
      return [{ route, prefix: destination.prefix, rank: origin === 'static' ? 0 : 2 }];
    const entries = entriesOf(plane, destination.id);
    return isUnread(entries) ? [] : entries.map((prefix) => ({ route, prefix, rank: 1 }));
  });
  return candidates
    .filter(({ prefix }) => prefix.family === family)
    .sort((a, b) => b.prefix.length - a.prefix.length || a.rank - b.rank);
}

/** Prefix lists whose entries no call read, in the order of their ids. */
const unreadLists = (
  plane: Plane,
  routes: readonly TransitGatewayRoute[],
  family: Family,
): readonly (readonly [string, Unread])[] =>
  routes
    .flatMap(({ destination }): readonly (readonly [string, Unread])[] => {
      if (destination.kind !== 'prefix-list' || !mayHold(plane, destination.id, family)) return [];
      const entries = entriesOf(plane, destination.id);
      return isUnread(entries) ? [[destination.id, entries]] : [];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
