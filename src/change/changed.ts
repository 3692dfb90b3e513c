/**
 * The part of one product in which flows go a way that the other does not have: every path of it takes a step, a start
 * or an end that the other lacks, or whose guard there admits less. A path without one is a path of the other as well,
 * from and to the same places: where nothing is left, nothing has changed.
 */
import { type Header, type Predicate, predicate as p } from '../dataplane/index.ts';
import { type Domain, type State, type Step, everywhere, narrow } from '../verify/index.ts';
import { type Arc, type Node, type Part, leadingIn, partOf } from './graph.ts';
import type { Pair, Side } from './planes.ts';
import type { Sameness } from './same.ts';

/** Whether there is nothing at that header for which the first holds and the second does not, as a proof. */
export type Implies = (header: Header, domain: Domain, first: Predicate, second: Predicate) => Promise<boolean>;

export async function changedPart(
  { family, ends, always }: Pair,
  mine: Side,
  other: Side,
  same: Sameness,
  implies: Implies,
): Promise<Part> {
  /** What of `guard` none of the others admits; false where that is nothing. */
  const rest = async (state: State, guard: Predicate, others: readonly Predicate[]): Promise<Predicate> => {
    if (guard.kind === 'false' || others.some((one) => same(guard, one))) return p.no;
    const { header } = state.context;
    const more = p.and(guard, p.not(p.anyOf(others)));
    if (narrow(state.domain, header, more) === undefined) return p.no;
    if (others.length > 0 && (await implies(header, state.domain, guard, p.anyOf(others)))) return p.no;
    return more;
  };
  const { states } = mine.product;
  const leading = leadingIn(states);
  const twins = new Map(states.map((state) => [state, other.byKey.get(mine.keyOf(state))] as const));
  const fresh = new Map<Step, Predicate>();
  const starts = new Map<State, Predicate>();
  const stops = new Map<State, Predicate>();
  for (const state of states) {
    const twin = twins.get(state);
    starts.set(state, await rest(state, state.start, twin === undefined ? [] : [twin.start]));
    stops.set(state, await rest(state, state.end, twin === undefined ? [] : [twin.end]));
    const there = new Map<State, Predicate[]>();
    for (const { to, guard } of twin?.out ?? []) there.set(to, [...(there.get(to) ?? []), guard]);
    for (const step of leading(state)) {
      const twinOfEnd = twins.get(step.to);
      const guards = twinOfEnd === undefined ? [] : (there.get(twinOfEnd) ?? []);
      fresh.set(step, await rest(state, step.guard, guards));
    }
  }
  const changes = [starts, stops, fresh].some((found) => [...found.values()].some(({ kind }) => kind !== 'false'));
  const before = changes
    ? leadingTo(
        states,
        (state) => isChanged(stops.get(state)!) || leading(state).some((step) => isChanged(fresh.get(step)!)),
      )
    : new Set<State>();
  const behind = changes
    ? comingFrom(
        states.flatMap((state) => [
          ...(isChanged(starts.get(state)!) ? [state] : []),
          ...leading(state).flatMap((step) => (isChanged(fresh.get(step)!) ? [step.to] : [])),
        ]),
        leading,
      )
    : new Set<State>();
  const nodes = new Map<State, { readonly as: Node; readonly changed: Node }>();
  const nodesOf = (state: State): { readonly as: Node; readonly changed: Node } => {
    let found = nodes.get(state);
    if (found !== undefined) return found;
    const { place, context, domain } = state;
    const common = { place, context, cap: domain };
    const began = (start: Predicate): Predicate =>
      start.kind === 'false'
        ? p.no
        : p.and(start, p.at(mine.product.first, always), ends.is('from', numberOf(ends.at(mine.plane, place).number)));
    const ended = (end: Predicate): Predicate =>
      end.kind === 'false' ? p.no : p.and(end, ends.delivered(mine.plane, state));
    const arc = (step: Step, guard: Predicate, changed: boolean): readonly Arc[] => {
      const { to, facts } = step;
      if (guard.kind === 'false' || !(changed ? behind : before).has(to)) return [];
      const there = p.and(guard, ends.delivered(mine.plane, step));
      return [{ to: () => nodesOf(to)[changed ? 'changed' : 'as'], guard: there, facts }];
    };
    found = {
      as: {
        ...common,
        start: began(state.start),
        end: ended(stops.get(state)!),
        out: leading(state).flatMap((step) => [...arc(step, step.guard, false), ...arc(step, fresh.get(step)!, true)]),
      },
      changed: {
        ...common,
        start: began(starts.get(state)!),
        end: ended(state.end),
        out: leading(state).flatMap((step) => arc(step, step.guard, true)),
      },
    };
    nodes.set(state, found);
    return found;
  };
  const all = [...[...before].map((state) => nodesOf(state).as), ...[...behind].map((state) => nodesOf(state).changed)];
  const wide = partOf(family, mine.product.first, all, everywhere);
  // What can be delivered at all says what can set out.
  return wide.delivered === undefined ? wide : partOf(family, mine.product.first, all, sent(wide));
}

const isChanged = ({ kind }: Predicate): boolean => kind !== 'false';

/** The states from which one of those is reached, these too. */
function leadingTo(states: readonly State[], wanted: (state: State) => boolean): ReadonlySet<State> {
  const found = new Set(states.filter(wanted));
  for (const state of found) for (const { from } of state.into) found.add(from);
  return found;
}

/** The states that are reached from those, these too. */
function comingFrom(states: readonly State[], leading: (state: State) => readonly Step[]): ReadonlySet<State> {
  const found = new Set(states);
  for (const state of found) for (const { to } of leading(state)) found.add(to);
  return found;
}

const numberOf = (number: number) => [{ lo: BigInt(number), hi: BigInt(number) }];

/** What is said of the header as it is sent, and of the places. */
const sent = ({ delivered }: Part): Domain => delivered ?? everywhere;
