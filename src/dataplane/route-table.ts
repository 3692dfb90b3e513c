/** Route selection: for every route the set of destinations that it wins (semantics 4.4 to 4.19). */
import type { Family } from '../net/address.ts';
import { type Intervals, intersect, isEmpty, subtract, union, unionAll } from '../net/interval.ts';
import { type Prefix, everything, formatPrefix, rangeOf } from '../net/prefix.ts';
import { isUnread, unreadKey, unreadRoute } from '../network/resource.ts';
import type { Route, RouteTable } from '../network/route-table.ts';
import { prefers, up } from '../network/unknown.ts';
import { closedBy } from './opening.ts';
import { type Plane, fact, once, open } from './plane.ts';
import { entriesOf, mayBeListed, mayHold } from './prefix-list.ts';
import { type Predicate, and, anyOf, isIn, no, not, yes } from './predicate.ts';

/** A route and exactly the destinations for which it is selected. */
export interface Choice {
  readonly route: Route;
  readonly guard: Predicate;
}

interface Candidate {
  readonly route: Route;
  readonly prefix: Prefix;
  /** Static block 0, local 1, prefix list 2, propagated or advertised 3. */
  readonly rank: number;
  readonly list?: string;
}

/** The routes that can be selected for some destination; a selected blackhole has no entry, and so drops (4.16). */
export const choicesOf = (plane: Plane, table: RouteTable, family: Family): readonly Choice[] =>
  once(plane, `routes ${table.id} ${family}`, () => select(plane, table, family));

/** That the subnet's table has some route for the destination, wherever it leads. */
export function someRoute(plane: Plane, subnet: string, family: Family): Predicate {
  const { routeTable } = plane.network.subnets.get(subnet)!;
  if (isUnread(routeTable)) return open(plane, unreadKey(routeTable));
  const some = anyOf(choicesOf(plane, plane.network.routeTables.get(routeTable)!, family).map(({ guard }) => guard));
  return closedBy(plane, { kind: 'route-table', id: routeTable }, some);
}

function select(plane: Plane, table: RouteTable, family: Family): readonly Choice[] {
  const { candidates, unread } = expand(plane, table, family);
  const noFallThrough = fact(plane, '4.16').kind === 'true';
  const localFirst = fact(plane, '4.9').kind === 'true';
  const local = localFirst
    ? unionAll(candidates.flatMap((c) => (c.route.target.kind === 'local' ? [[rangeOf(c.prefix)]] : [])))
    : [];
  const choices: Choice[] = [];
  let elsewhere: Predicate = yes;
  for (const { route, id, key } of unread) {
    const matches = mayBeListed(plane, id, key, 'dst', family);
    choices.push(...choice(plane, route, and(elsewhere, matches)));
    elsewhere = and(elsewhere, not(matches));
  }
  let left: Intervals = everything(family);
  for (const tied of tiers(candidates)) {
    const usable = tied.filter(({ route }) => noFallThrough || route.state !== 'blackhole');
    if (usable.length === 0) continue;
    const { prefix } = usable[0]!;
    // A propagated route gives way to the local one even where it is longer (semantics 4.9).
    const inside = usable.filter(({ route }) => route.origin !== 'propagated');
    for (const [range, able] of [
      [intersect([rangeOf(prefix)], local), inside],
      [subtract([rangeOf(prefix)], local), usable],
    ] as const) {
      const won = intersect(range, left);
      if (isEmpty(won) || able.length === 0) continue;
      left = subtract(left, range);
      for (const { candidate, preferred } of preferences(plane, table, able))
        choices.push(...choice(plane, candidate.route, and(elsewhere, isIn('dst', won), preferred)));
    }
  }
  return merge(choices);
}

/** A route whose state is neither active nor blackhole works on the may side only. */
function choice(plane: Plane, route: Route, guard: Predicate): readonly Choice[] {
  switch (route.state) {
    case 'active':
      return [{ route, guard }];
    case 'unknown':
      return [{ route, guard: and(guard, open(plane, up('id' in route.target ? route.target.id : 'local'))) }];
    case 'blackhole':
      return [];
  }
}

/** Candidates in order of selection, those of equal prefix and rank together. */
function tiers(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const sorted = [...candidates].sort((a, b) => b.prefix.length - a.prefix.length || a.rank - b.rank);
  const out = new Map<string, Candidate[]>();
  for (const candidate of sorted) {
    const key = `${formatPrefix(candidate.prefix)} ${candidate.rank}`;
    out.set(key, [...(out.get(key) ?? []), candidate]);
  }
  return [...out.values()];
}

const targetKey = ({ target }: Route): string => (target.kind === 'local' ? 'local' : `${target.kind} ${target.id}`);

/** Which of equal candidates is taken; between prefix lists AWS picks one and keeps it (semantics 4.12). */
function preferences(
  plane: Plane,
  table: RouteTable,
  tied: readonly Candidate[],
): readonly { candidate: Candidate; preferred: Predicate }[] {
  const first = tied[0]!;
  if (tied.every(({ route }) => targetKey(route) === targetKey(first.route)))
    return [{ candidate: first, preferred: yes }];
  // Lists are told apart by their ids, propagated routes by their targets'.
  const nameOf = ({ list, route }: Candidate): string => list ?? ('id' in route.target ? route.target.id : 'local');
  const lists = [...tied].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const keys = lists.map((one) => prefers(table.id, nameOf(one)));
  const declared = keys.some((key) => plane.sides.get(key) === true);
  // Whoever declares which list wins has declared that the others do not.
  const wants = keys.map((key) => (declared && plane.sides.get(key) !== true ? no : open(plane, key)));
  return lists.map((candidate, i) => {
    const taken = and(wants[i]!, ...wants.slice(0, i).map(not));
    const byDefault = i === 0 ? and(...wants.map(not)) : undefined;
    return { candidate, preferred: byDefault === undefined ? taken : anyOf([taken, byDefault]) };
  });
}

function expand(
  plane: Plane,
  table: RouteTable,
  family: Family,
): { candidates: readonly Candidate[]; unread: readonly { route: Route; key: string; id: string }[] } {
  const candidates: Candidate[] = [];
  const unread: { route: Route; key: string; id: string }[] = [];
  for (const route of table.routes) {
    const { destination, origin } = route;
    const propagated = origin === 'propagated' || origin === 'advertised';
    if (destination.kind === 'prefix') {
      if (destination.prefix.family === family)
        candidates.push({
          route,
          prefix: destination.prefix,
          rank: propagated ? 3 : route.target.kind === 'local' ? 1 : 0,
        });
      continue;
    }
    const entries = entriesOf(plane, destination.id);
    if (isUnread(entries)) {
      // Rules of groups name the list by its own key: here its absence counts too, of another address.
      const key = unreadRoute(entries, table.id);
      if (mayHold(plane, destination.id, family)) unread.push({ route, key, id: destination.id });
    } else
      for (const prefix of entries)
        if (prefix.family === family) candidates.push({ route, prefix, rank: 2, list: destination.id });
  }
  return { candidates, unread: unread.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** One choice a route: the destinations of its several prefixes together. */
function merge(choices: readonly Choice[]): readonly Choice[] {
  const out = new Map<Route, Choice>();
  for (const { route, guard } of choices) {
    const before = out.get(route);
    const joined =
      before?.guard.kind === 'in' && guard.kind === 'in'
        ? isIn('dst', union(before.guard.set, guard.set))
        : before === undefined
          ? guard
          : anyOf([before.guard, guard]);
    out.set(route, { route, guard: joined });
  }
  return [...out.values()];
}
