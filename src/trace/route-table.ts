/** Route tables: longest prefix, then AWS's ranks, then the local route's privilege (semantics 4.4 to 4.18). */
import { type Address, formatAddress } from '../net/address.ts';
import { type Prefix, formatPrefix, prefixContains } from '../net/prefix.ts';
import type { Route, RouteTable, RouteTarget } from '../network/route-table.ts';
import { prefers } from '../network/unknown.ts';
import { entryFor } from './prefix-list.ts';
import type { Ended } from './place.ts';
import { type Trip, drop, isFact, note, side } from './trip.ts';

interface Candidate {
  readonly route: Route;
  /** The block of it that contains the destination. */
  readonly prefix: Prefix;
}

/** The route that wins for the destination, a blackhole too; undefined when none applies. */
export function lookUp(trip: Trip, table: RouteTable, dst: Address): Candidate | undefined {
  let candidates = table.routes.flatMap((route): readonly Candidate[] => {
    const { destination } = route;
    const prefix = destination.kind === 'prefix' ? destination.prefix : entryFor(trip, destination.id, dst, table.id);
    return prefix !== undefined && prefixContains(prefix, dst) ? [{ route, prefix }] : [];
  });
  if (!isFact(trip, '4.16')) candidates = candidates.filter(({ route }) => route.state !== 'blackhole');
  if (isFact(trip, '4.9') && candidates.some(({ route }) => route.target.kind === 'local'))
    candidates = candidates.filter(({ route }) => route.origin !== 'propagated');
  return candidates.sort((a, b) => order(trip, table, a, b))[0];
}

/** Negative when `a` wins. */
function order(trip: Trip, table: RouteTable, a: Candidate, b: Candidate): number {
  const byRank = b.prefix.length - a.prefix.length || rank(a.route) - rank(b.route);
  if (byRank !== 0) return byRank;
  const [one, two] = [a.route.destination, b.route.destination];
  if (one.kind === 'prefix-list' && two.kind === 'prefix-list') {
    const preferred = (list: string): number => (side(trip, prefers(table.id, list)) ? 0 : 1);
    return preferred(one.id) - preferred(two.id) || compare(one.id, two.id);
  }
  // Nothing tells which of equal propagated and advertised routes AWS takes (semantics 4.30).
  const preferred = ({ target }: Route): number => (side(trip, prefers(table.id, targetName(target))) ? 0 : 1);
  return preferred(a.route) - preferred(b.route) || compare(targetName(a.route.target), targetName(b.route.target));
}

/** A route that replaced the local one carries its block with another target, and wins over it (semantics 4.8). */
function rank(route: Route): number {
  if (route.target.kind === 'local') return 1;
  switch (route.origin) {
    case 'local':
    case 'static':
      return route.destination.kind === 'prefix' ? 0 : 2;
    case 'propagated':
    case 'advertised':
      return 3;
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const targetName = (target: RouteTarget): string => (target.kind === 'local' ? 'local' : target.id);

/** Looks up the packet's destination and notes what decides; ended when nothing leads on. */
export function decide(trip: Trip, table: RouteTable): RouteTarget | Ended {
  const found = lookUp(trip, table, trip.packet.dst);
  const dst = formatAddress(trip.packet.dst);
  if (found === undefined)
    return drop(trip, {
      resource: table.id,
      kind: 'route-table',
      code: 'NO_ROUTE_TO_DESTINATION',
      detail: `route table \`${table.id}\` has no route to ${dst}`,
      source: table.source,
    });
  const { route: chosen } = found;
  const written = chosen.destination.kind === 'prefix' ? formatPrefix(found.prefix) : chosen.destination.id;
  const step = {
    resource: table.id,
    kind: 'route-table',
    rule: `${written} -> ${targetName(chosen.target)}`,
    source: chosen.source,
  } as const;
  const block =
    chosen.destination.kind === 'prefix' ? written : `\`${chosen.destination.id}\` (${formatPrefix(found.prefix)})`;
  if (chosen.state === 'blackhole')
    return drop(trip, {
      ...step,
      code: 'BAD_STATE_ROUTE',
      detail: `route table \`${table.id}\`: ${block} is a blackhole, and no shorter prefix takes over`,
    });
  note(trip, {
    ...step,
    action: 'forward',
    detail: `route table \`${table.id}\`: ${block} leads to \`${targetName(chosen.target)}\``,
  });
  return chosen.target;
}
