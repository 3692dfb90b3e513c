/**
 * What a proof of absence rests on: of all that closes ways (`dataplane/opening.ts`) and of what is declared, a set that
 * suffices with everything else held open, and of which nothing can be left out. Found by leaving out, kind by kind, where
 * each flow that comes of it tells what else cannot be left out.
 */
import { type Closer, type Variable, closerOf, createPlane, takenKey, unknownsIn } from '../dataplane/index.ts';
import type { Network } from '../network/network.ts';
import type { Question } from '../policy/question.ts';
import type { Step } from './product.ts';
import type { Found } from './search.ts';
import { unknownsOf, unsettled } from './settled.ts';
import { type Session, type SessionOptions, openSession, planeOptionsFor } from './session.ts';
import { demandsOf, isTrue } from './truth.ts';
import { type Walked, walked } from './walk.ts';

/** Something that the proof rests on; of what is declared, that something does not happen. */
export type Support = Closer | { readonly kind: 'assumption'; readonly id: string };

export interface Rested {
  readonly on: Support;
  /** Held open by itself, with all else as it is, it lets a forbidden flow through. */
  readonly alone: boolean;
  /** Of a route table: what closes the ways by each of its routes, where that was worked out. */
  readonly ways?: readonly Way[];
}

/** What goes by a route of the table, at that place of it, is closed by these beside the table; by none where it leads to no end. */
export interface Way {
  readonly route: number;
  readonly closedBy: readonly Support[];
}

export type Rests =
  | {
      readonly kind: 'told';
      /** Empty where no such flow is possible at all. */
      readonly on: readonly Rested[];
      /** Nothing of it can be left out; time ran out otherwise. */
      readonly least: boolean;
      /** What was held open besides: everything, or rules alone, with routes as they are. */
      readonly opening: 'all' | 'rules';
    }
  | { readonly kind: 'untold'; readonly reason: string };

/** The questions are all to have no flow; each is asked in each of its families. */
export async function restsOn(
  network: Network,
  questions: readonly Question[],
  switches: SessionOptions,
  timeoutMs: number,
): Promise<Rests> {
  const deadline = Date.now() + timeoutMs;
  const whole = await restsWith('all', network, questions, switches, deadline);
  return (
    whole ?? (await restsWith('rules', network, questions, switches, deadline)) ?? { kind: 'untold', reason: tooMany }
  );
}

/** Undefined where there are too many paths. */
async function restsWith(
  opening: 'all' | 'rules',
  network: Network,
  questions: readonly Question[],
  switches: SessionOptions,
  deadline: number,
): Promise<Rests | undefined> {
  const sessions: Session[] = [];
  try {
    for (const question of questions) {
      const plane = createPlane(network, { ...planeOptionsFor(network, question, switches), opening });
      for (const family of question.families) {
        const session = openSession(plane, question, family, { ...switches, states: mostStates[opening] });
        sessions.push(session);
        if (session.product.truncated) return undefined;
      }
    }
    return await smallest(
      sessions.filter((session) => session.open),
      opening,
      questions,
      deadline,
    );
  } finally {
    for (const session of sessions) await session.close();
  }
}

const tooMany = 'there are too many paths once everything is open';

/** With everything open there are many more than there are ever on the way of a flow. */
const mostStates = { all: 2_000, rules: 20_000 };

/** What is left out first, where either would do: a reviewer knows routes better than rules. */
const turns: readonly (readonly Support['kind'][])[] = [
  ['network-firewall', 'dns-resolver'],
  ['security-group'],
  ['network-acl'],
  ['block-public-access'],
  ['public-address'],
  ['transit-gateway-route-table'],
  ['route-table'],
  ['assumption'],
  ['exception'],
];

/** Of so few things there are hardly fewer. */
const few = 3;

async function smallest(
  sessions: readonly Session[],
  opening: 'all' | 'rules',
  questions: readonly Question[],
  deadline: number,
): Promise<Rests> {
  const sides = new Map(questions.flatMap((question) => [...question.sides]));
  const prover = createProver(sessions, sides, deadline);
  const { all } = prover;
  const first = await prover.closedBy(all);
  if (first.kind === 'unknown') return { kind: 'untold', reason: first.reason };
  if (first.kind === 'open')
    return { kind: 'untold', reason: 'what closes the ways is not among what can be held open' };
  let best: Shrunk | undefined;
  // Either from the one end or from the other: the smaller is shown.
  for (const order of [turns, turns.toReversed()]) {
    if (best !== undefined && best.least && best.keys.length <= few) break;
    const found = await shrink(prover, order);
    if (best === undefined || (found.least && found.keys.length < best.keys.length)) best = found;
  }
  const { keys, least } = best!;
  const on: Rested[] = [];
  for (const key of keys) {
    const without = await prover.closedBy(all.filter((one) => one !== key));
    const ways = await waysOf(prover, key, keys);
    on.push({
      on: supportOf(key),
      alone: without.kind === 'open',
      ...(ways === undefined
        ? {}
        : {
            ways: ways.map(({ route, closedBy }) => ({
              route,
              closedBy: closedBy.map((one) => supportOf(one)),
            })),
          }),
    });
  }
  return { kind: 'told', on, least, opening };
}

interface Shrunk {
  readonly keys: readonly string[];
  readonly least: boolean;
}

/** Leaves out what can be left out, in that order: as many at once as there are of a kind, else of each half of them. */
async function shrink(prover: Prover, order: readonly (readonly Support['kind'][])[]): Promise<Shrunk> {
  let keys = prover.all;
  let least = true;
  const leaveOut = async (some: readonly string[]): Promise<void> => {
    if (some.length === 0) return;
    const out = new Set(some);
    const fewer = keys.filter((key) => !out.has(key));
    const found = await prover.closedBy(fewer);
    if (found.kind === 'closed') {
      keys = fewer;
      return;
    }
    if (some.length === 1) {
      least &&= found.kind === 'open';
      return;
    }
    const half = Math.ceil(some.length / 2);
    await leaveOut(some.slice(0, half));
    await leaveOut(some.slice(half));
  };
  for (const kinds of order) await leaveOut(prover.all.filter((key) => kinds.includes(kindOf(key))));
  return { keys, least };
}

/** What of the rest closes each way by a route of the table; undefined where that is not known of all of them. */
async function waysOf(
  prover: Prover,
  key: string,
  keys: readonly string[],
): Promise<readonly { readonly route: number; readonly closedBy: readonly string[] }[] | undefined> {
  const closer = closerOf(key);
  if (closer?.kind !== 'route-table') return undefined;
  const ways = [];
  for (const { route, prover: over } of prover.byRoutes(closer.id)) {
    const closedBy = await fewest(over, key, keys);
    if (closedBy === undefined) return undefined;
    ways.push({ route, closedBy });
  }
  return ways;
}

async function fewest(
  prover: Pick<Prover, 'closedBy'>,
  key: string,
  keys: readonly string[],
): Promise<readonly string[] | undefined> {
  let left = keys.filter((one) => one !== key);
  for (const one of left) {
    const fewer = left.filter((other) => other !== one);
    const found = await prover.closedBy([key, ...fewer]);
    if (found.kind === 'unknown') return undefined;
    if (found.kind === 'closed') left = fewer;
  }
  return left;
}

const kindOf = (key: string): Support['kind'] => closerOf(key)?.kind ?? 'assumption';

const supportOf = (key: string): Support => closerOf(key) ?? { kind: 'assumption', id: key };

/** What is declared of a list holds in every table that uses it. */
const sideIn = (sides: ReadonlyMap<string, boolean>, key: string): boolean | undefined =>
  sides.get(key) ?? sides.get(key.split('@', 1)[0]!);

type Closed = { readonly kind: 'closed' | 'open' } | { readonly kind: 'unknown'; readonly reason: string };

interface Prover {
  /** Everything that closes some way of some session. */
  readonly all: readonly string[];
  /** Whether no session has a flow with these as they are, and everything else open. */
  closedBy(keys: readonly string[]): Promise<Closed>;
  /** Where a table leads by its routes: of each, by its place there, the same of the flows that go by it. */
  byRoutes(table: string): readonly { readonly route: number; readonly prover: Pick<Prover, 'closedBy'> }[];
}

function createProver(sessions: readonly Session[], sides: ReadonlyMap<string, boolean>, deadline: number): Prover {
  const asked = sessions.map((session) => ({ session, ...unknownsOf(session.product) }));
  const mentioned = [...new Set(asked.flatMap(({ all }) => [...all]))];
  const all = mentioned.filter((key) => closerOf(key) !== undefined || sideIn(sides, key) === false).sort();
  const denied = new Set(asked.flatMap((one) => [...one.denied]));
  // Whatever only lets more through is open as far as it is not among those that close.
  const opens = all.filter((key) => closerOf(key) !== undefined && !denied.has(key));
  const over = (of: readonly Over[]): Pick<Prover, 'closedBy'> => createCourt(of, all, opens, deadline);
  return {
    all,
    closedBy: over(sessions.map((session) => ({ session }))).closedBy,
    byRoutes: (table) => {
      const [first] = sessions;
      const routes = first?.plane.network.routeTables.get(table)?.routes ?? [];
      return [...routes.keys()].flatMap((route) => {
        const key = takenKey(table, route);
        const by = sessions.flatMap((session) => {
          const steps = stepsBy(session, key);
          return steps.length === 0 ? [] : [{ session, steps }];
        });
        return by.length === 0 ? [] : [{ route, prover: over(by) }];
      });
    },
  };
}

interface Over {
  readonly session: Session;
  /** Flows that go over one of these alone. */
  readonly steps?: readonly Step[];
}

/** Remembers of each flow that it was shown what it takes to be open, and of what closes all that it does. */
function createCourt(
  asked: readonly Over[],
  all: readonly string[],
  opens: readonly string[],
  deadline: number,
): Pick<Prover, 'closedBy'> {
  const needs: (readonly string[])[] = [];
  const closing = asked.map((): (readonly string[])[] => []);
  return {
    async closedBy(keys) {
      const kept = new Set(keys);
      if (needs.some((need) => !need.some((key) => kept.has(key)))) return { kind: 'open' };
      const sides = new Map([...opens.map((key) => [key, true] as const), ...keys.map((key) => [key, false] as const)]);
      for (const [i, { session, steps }] of asked.entries()) {
        if (closing[i]!.some((closed) => closed.every((key) => kept.has(key)))) continue;
        const under = session.settled(sides, steps);
        const found = await flowIn(under, sides, deadline);
        if (found.kind === 'unknown') return found;
        if (found.kind === 'found') {
          needs.push(needed(found, all));
          return { kind: 'open' };
        }
        closing[i]!.push(keys);
      }
      return { kind: 'closed' };
    },
  };
}

/** A flow, and the sides on which it stands. */
type Flowing = Walked & { readonly side: (key: string) => boolean | undefined };

async function flowIn(
  session: Session,
  settledSides: ReadonlyMap<string, boolean>,
  deadline: number,
): Promise<({ readonly kind: 'found' } & Flowing) | Exclude<Found, { kind: 'found' }>> {
  const whatever = (key: string): boolean => settledSides.get(key) ?? true;
  const easy = walked(session.product, whatever);
  if (easy !== undefined) return { kind: 'found', ...easy, side: whatever };
  const found = await session.find({ side: 'may', timeoutMs: deadline - Date.now() });
  await session.close();
  return found.kind === 'found' ? { ...found, side: (key) => settledSides.get(key) ?? found.sides.get(key) } : found;
}

/** Of all these, what has to be open for the flow: with nothing else of them it goes its way too. */
function needed({ paths, values, side: before }: Flowing, all: readonly string[]): readonly string[] {
  const demands = paths.flatMap((path) => demandsOf(unsettled(path)));
  const mentioned = new Set(demands.flatMap(({ predicate }) => [...unknownsIn(predicate)]));
  const ofAll = new Set(all);
  const candidates = all.filter((key) => mentioned.has(key) && before(key) === true);
  const open = new Set(candidates);
  const value = (variable: Variable): bigint => values.get(variable) ?? variable.domain[0]!.lo;
  const side = (key: string): boolean | undefined => (ofAll.has(key) ? open.has(key) : before(key));
  for (const key of candidates) {
    open.delete(key);
    if (!demands.every((demand) => isTrue(demand, value, side))) open.add(key);
  }
  return [...open];
}

/** The steps that bear the mark of a route. */
const stepsBy = ({ product }: Pick<Session, 'product'>, key: string): readonly Step[] => {
  const useful = new Set(product.states);
  return product.states.flatMap(({ out }) =>
    out.filter(({ guard, to }) => useful.has(to) && unknownsIn(guard).has(key)),
  );
};
