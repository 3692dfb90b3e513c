/**
 * The product of the forwarding graph with a question: every state on some path from a source, with what can arrive
 * there, then only those from which an end is reached. Trusts `narrow` never to drop a possible packet.
 */
import {
  type Context,
  type Edge,
  type Header,
  type Place,
  type Plane,
  type Predicate,
  answer,
  closedBy,
  contextKey,
  depthOf,
  freeHeader,
  heldOpen,
  placeKey,
  predicate as p,
  successors,
} from '../dataplane/index.ts';
import type { Family } from '../net/address.ts';
import type { Question } from '../policy/question.ts';
import { type Automaton, automatonOf, exceptionId } from './automaton.ts';
import { type Domain, everywhere, grownBy, joinAll, narrow, within } from './domain.ts';
import { type Start, arrivalAt, departureFrom, leftPremises, listens, startsOf, trafficOf } from './meaning.ts';

export interface State {
  readonly index: number;
  readonly place: Place;
  readonly context: Context;
  /** Waypoints crossed. */
  readonly seen: number;
  /** By exception: what it takes for the flow to have begun at its `from`. */
  readonly from: readonly Predicate[];
  /** What can be there. */
  domain: Domain;
  readonly out: Step[];
  readonly into: Step[];
  /** How a flow begins here; false for most. */
  start: Predicate;
  /** What it takes to count as an end here; false for most. */
  end: Predicate;
  /** What it takes for a packet to have arrived here, its reply aside; false for most. */
  arrival: Predicate;
}

export interface Step {
  readonly from: State;
  readonly to: State;
  readonly guard: Predicate;
  readonly facts: readonly string[];
  /** Ids of the resources whose rules and routes the guard is. */
  readonly crosses: readonly string[];
}

/** A way that was not followed, since what its guard demands was found not to be possible there. */
export interface Cut {
  readonly to: Place;
  /** In the terms of the state that it leaves, what it takes for anything to come of it included. */
  readonly guard: Predicate;
  readonly crosses: readonly string[];
}

export interface Product {
  readonly family: Family;
  readonly first: Header;
  readonly states: readonly State[];
  /** Some start exists at all; without one the question is about nothing. */
  readonly started: boolean;
  /** Some packet might arrive, whatever becomes of its reply. */
  readonly arrives: boolean;
  /** Why some paths are not followed to their end; nothing is proved then. */
  readonly truncated?: Truncation;
  /** Something of this network may come on premises. */
  readonly onPremises: boolean;
  /** Where they are asked for: of every state the ways that were not followed. */
  readonly cuts?: ReadonlyMap<State, readonly Cut[]>;
}

/** Round and round the same translators, more states than are looked at, or no time left: then no state is kept. */
export type Truncation = 'turns' | 'states' | 'time';

/** How many translations may lie on one address, and how often its makers may have met it before. */
const turns = 6;

export interface ProductOptions {
  readonly pruning: boolean;
  /**
   * Take nothing on faith: whoever takes a way that was not followed is taken to have arrived, so that a proof that
   * nobody arrives is one that nobody could take it.
   */
  readonly cuts?: boolean;
  /** How many states are looked at before the rest is given up, and nothing proved; `mostStates` unless given. */
  readonly states?: number;
  /** When looking at states ends, as `Date.now()` counts, and nothing is proved of the rest; never unless given. */
  readonly deadline?: number;
}

/** How many states are looked at between two looks at the clock. */
const tick = 32;

/** More than any network of the bench comes to; beyond it memory, not time, is what runs out. */
const mostStates = 300_000;

export function explore(
  plane: Plane,
  question: Question,
  family: Family,
  { pruning, cuts: withCuts = false, states: most = mostStates, deadline = Infinity }: ProductOptions,
): Product {
  const first = freeHeader(plane.symbols, 'sent', family);
  const automaton = automatonOf(question);
  const states = new Map<string, State>();
  /** Those to look at, in the order in which something came to them; the ones before `next` were looked at. */
  const queue: State[] = [];
  let next = 0;
  const waiting = new Set<State>();
  const grown = new Map<State, number>();
  /** What has come to a state since it was last looked at: joined at once, since one by one is quadratic. */
  const arrivals = new Map<State, Domain[]>();
  let truncated: Truncation | undefined;

  const schedule = (state: State): void => {
    if (waiting.has(state)) return;
    waiting.add(state);
    queue.push(state);
  };
  const enter = (
    place: Place,
    context: Context,
    seen: number,
    from: State['from'],
    domain: Domain,
  ): State | undefined => {
    const began = from.map(({ kind }) => kind).join();
    const key = `${placeKey(place)}|${contextKey(context)}|${seen}|${began}`;
    const found = states.get(key);
    if (found === undefined && states.size >= most) {
      truncated = 'states';
      return undefined;
    }
    if (found === undefined) {
      const made = {
        index: states.size,
        place,
        context,
        seen,
        from,
        domain,
        out: [],
        into: [],
        start: p.no,
        end: p.no,
        arrival: p.no,
      };
      states.set(key, made);
      schedule(made);
      return made;
    }
    const came = arrivals.get(found);
    if (came === undefined) arrivals.set(found, [domain]);
    else came.push(domain);
    schedule(found);
    return found;
  };
  /** Takes in what has arrived; false where the state has seen all of it before. */
  const takeIn = (state: State, known: boolean): boolean => {
    const came = arrivals.get(state) ?? [];
    arrivals.delete(state);
    if (!known) {
      state.domain = joinAll([state.domain, ...came]);
      return true;
    }
    const fresh = came.filter((domain) => !within(domain, state.domain));
    if (fresh.length === 0) return false;
    const times = (grown.get(state) ?? 0) + 1;
    grown.set(state, times);
    state.domain = grownBy(state.domain, fresh, times);
    return true;
  };
  /** What can be behind the guard; without pruning, anything unless the guard contradicts itself. */
  const behind = (domain: Domain, header: Header, guard: Predicate): Domain | undefined =>
    pruning ? narrow(domain, header, guard) : narrow(everywhere, header, guard) && everywhere;

  const starts = startsOf(plane, question, first);
  const impossible: Start[] = [];
  for (const start of starts) {
    const { place, context, guard, ids } = start;
    const domain = behind(everywhere, context.header, guard);
    if (domain === undefined) {
      if (withCuts) impossible.push(start);
      continue;
    }
    const from = question.except.map((one) => (one.from === undefined ? p.yes : departureFrom(one.from, start)));
    const state = enter(place, context, automaton.bits(ids, 'forward'), from, domain);
    if (state !== undefined) state.start = p.or(state.start, guard);
  }

  const moves = new Map<State, readonly { move: Move; step?: Step }[]>();
  while (next < queue.length) {
    if (next % tick === 0 && Date.now() >= deadline) {
      truncated = 'time';
      break;
    }
    const state = queue[next++]!;
    waiting.delete(state);
    let outward = moves.get(state);
    if (!takeIn(state, outward !== undefined)) continue;
    if (outward === undefined)
      moves.set(state, (outward = movesFrom(plane, question, automaton, state).map((move) => ({ move }))));
    for (const entry of outward) {
      const { move } = entry;
      const domain = behind(state.domain, state.context.header, move.guard);
      if (domain === undefined) continue;
      if (pruning && (narrow(domain, move.context.header, move.ahead) === undefined || isVain(plane, automaton, move)))
        continue;
      const { src, dst, srcPort } = move.context.header;
      if (Math.max(depthOf(src), depthOf(dst), depthOf(srcPort)) > turns) {
        truncated ??= 'turns';
        continue;
      }
      const to = enter(move.place, move.context, move.seen, state.from, domain);
      if (to === undefined || entry.step !== undefined) continue;
      const step: Step = { from: state, to, guard: move.guard, facts: move.facts, crosses: move.crosses };
      (entry as { step?: Step }).step = step;
      state.out.push(step);
      to.into.push(step);
    }
  }
  const all = [...states.values()];
  const arrives = all.some(
    ({ domain, context, arrival }) => arrival.kind !== 'false' && behind(domain, context.header, arrival) !== undefined,
  );
  const onPremises = all.some(({ place, context }) => place.kind === 'onprem' && context.root !== 'onprem');
  const cut = truncated === undefined ? {} : { truncated };
  const found = { family, first, started: starts.length > 0, arrives, ...cut, onPremises };
  // What can be where is not all known where time ran out, so that no flow is looked for either.
  if (truncated === 'time') return { ...found, states: [] };
  if (!withCuts) return { ...found, states: onlyUseful(all) };
  const cuts = new Map(
    [...moves].flatMap(([state, outward]) => {
      const left = outward.flatMap(({ move, step }) =>
        step === undefined ? (cutOf(plane, automaton, move) ?? []) : [],
      );
      return left.length === 0 ? [] : [[state, left] as const];
    }),
  );
  const unfollowed = impossible.map((start, i) => unfollowedStart(all.length + i, start));
  return { ...found, states: [...all, ...unfollowed], cuts };
}

/** What it takes to go a way that was not followed; undefined where nothing leads on from there in any case. */
function cutOf(plane: Plane, automaton: Automaton, move: Move): Cut | undefined {
  const guard = p.and(move.guard, p.at(move.context.header, move.ahead));
  if (guard.kind === 'false' || isVain(plane, automaton, move)) return undefined;
  return { to: move.place, guard, crosses: move.crosses };
}

/** Where nothing was found to begin: whatever begins there has arrived. */
const unfollowedStart = (index: number, { place, context, guard }: Start): State => ({
  index,
  place,
  context,
  seen: 0,
  from: [],
  domain: everywhere,
  out: [],
  into: [],
  start: guard,
  end: p.yes,
  arrival: p.no,
});

interface Move {
  readonly place: Place;
  readonly context: Context;
  readonly seen: number;
  readonly guard: Predicate;
  readonly facts: readonly string[];
  readonly crosses: readonly string[];
  /** Where it cannot be, nothing comes of the move. */
  readonly ahead: Predicate;
}

/** The moves out of a state, and what it takes to end there. */
function movesFrom(plane: Plane, question: Question, automaton: Automaton, state: State): readonly Move[] {
  const { place, context, seen } = state;
  if (place.kind === 'replied') {
    if (automaton.complete(seen, true)) state.end = p.yes;
    return [];
  }
  const moves: Move[] = [];
  for (const one of successors(plane, place, context))
    if (automaton.passes(one.crosses, one.context.phase)) moves.push(moveTo(question, automaton, seen, one));
    else if (plane.opening !== undefined)
      moves.push(moveTo(question, automaton, seen, unbarred(plane, automaton, one)));
  if (context.phase === 'reply') return moves;
  const arrival = p.and(
    arrivalAt(plane, question, question.to, place, context),
    leftPremises(question, place, context),
    listens(plane, question, place),
    notExcused(plane, question, automaton, state),
  );
  if (arrival.kind === 'false') return moves;
  if (automaton.complete(seen, false)) state.arrival = arrival;
  if (!plane.replies) {
    state.end = state.arrival;
    return moves;
  }
  for (const { guard, to, context: after, crosses, facts = [] } of answer(plane, place, context)) {
    const behind = seen | automaton.bits(crosses, after.phase);
    moves.push({ place: to, context: after, seen: behind, guard: p.and(arrival, guard), facts, crosses, ahead: p.yes });
  }
  return moves;
}

/** Through what the question leaves out, as far as that is held open. */
const unbarred = (plane: Plane, automaton: Automaton, one: Edge): Edge => ({
  ...one,
  guard: p.and(one.guard, ...automaton.bars(one.crosses).map((id) => heldOpen(plane, { kind: 'exception', id }))),
});

/** It ends where nothing leads on, with a part of the prescribed way not behind it. */
const isVain = (plane: Plane, automaton: Automaton, { place, context, seen }: Move): boolean =>
  place.kind === 'arrived' && !automaton.complete(seen, false) && successors(plane, place, context).length === 0;

/** What makes up a packet makes up another for each part of a prescribed way behind it (engine.md, step 4). */
function moveTo({ via, viaBoth }: Question, automaton: Automaton, before: number, one: Edge): Move {
  const { to: place, context, guard, crosses, facts = [], ahead = p.yes } = one;
  const seen = before | automaton.bits(crosses, context.phase);
  const staged = context.phase === 'forward' && seen > 0 && via.length + viaBoth.length > 0;
  return { place, context: staged ? { ...context, stage: seen } : context, seen, guard, facts, crosses, ahead };
}

/** No exception matches the flow, delivered here, in all its parts. */
function notExcused(plane: Plane, question: Question, automaton: Automaton, state: State): Predicate {
  const { place, context, seen, from } = state;
  const { first } = context;
  return p.and(
    ...question.except.map((exception, i) => {
      if (!automaton.excused(seen, i)) return p.yes;
      const began = exception.from === undefined ? p.yes : from[i]!;
      const arrived = exception.to === undefined ? p.yes : arrivalAt(plane, question, exception.to, place, context);
      const matches = p.and(
        began,
        arrived,
        p.at(first, trafficOf(plane, question, exception.traffic ?? [], first.family)),
      );
      return closedBy(plane, { kind: 'exception', id: exceptionId('except', i) }, p.not(matches));
    }),
  );
}

/** Only the states from which an end can be reached; the rest is cut off. */
export function onlyUseful(states: readonly State[]): readonly State[] {
  const useful = new Set(states.filter(({ end }) => end.kind !== 'false'));
  const queue = [...useful];
  for (let state = queue.pop(); state !== undefined; state = queue.pop())
    for (const { from } of state.into)
      if (!useful.has(from)) {
        useful.add(from);
        queue.push(from);
      }
  return states.filter((state) => useful.has(state));
}
