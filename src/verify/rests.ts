/**
 * What a proof of absence rests on: of all that closes ways (`dataplane/opening.ts`) and of what is declared, a set that
 * suffices with everything else held open, and of which nothing can be left out. From a core of the solver, made smaller
 * by leaving out: kind by kind, then one by one.
 */
import { type Closer, closerOf, createPlane, takenKey, unknownsIn } from '../dataplane/index.ts';
import type { Network } from '../network/network.ts';
import type { Question } from '../policy/question.ts';
import type { Term } from '../logic/term.ts';
import type { Step } from './product.ts';
import type { Found } from './search.ts';
import { type Session, type SessionOptions, openSession, planeOptionsFor } from './session.ts';

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
  const asked = questions.flatMap((question) => question.families.map((family) => ({ question, family })));
  const sessions: Session[] = [];
  try {
    for (const { question, family } of asked) {
      const plane = createPlane(network, { ...planeOptionsFor(network, question, switches), opening });
      const session = openSession(plane, question, family, { ...switches, states: mostStates[opening] });
      sessions.push(session);
      if (session.product.truncated) return undefined;
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

async function smallest(
  sessions: readonly Session[],
  opening: 'all' | 'rules',
  questions: readonly Question[],
  deadline: number,
): Promise<Rests> {
  const sides = new Map(questions.flatMap((question) => [...question.sides]));
  const prover = createProver(sessions, sides, deadline);
  const first = await prover.closedBy(await prover.all());
  if (first.kind === 'unknown') return { kind: 'untold', reason: first.reason };
  if (first.kind === 'open')
    return { kind: 'untold', reason: 'what closes the ways is not among what can be held open' };
  let best: Shrunk | undefined;
  // Either from the one end or from the other: the smaller is shown. Of few things there are hardly fewer.
  for (const order of [turns, turns.toReversed()]) {
    if (best !== undefined && best.least && best.keys.length <= 2) break;
    const found = await shrink(prover, await prover.all(), order);
    if (best === undefined || (found.least && found.keys.length < best.keys.length)) best = found;
  }
  const { keys, least } = best!;
  const everything = await prover.all();
  const on: Rested[] = [];
  for (const key of keys) {
    const without = await prover.closedBy(everything.filter((one) => one !== key));
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

/** Leaves out what can be left out, in that order. */
async function shrink(
  prover: Prover,
  all: readonly string[],
  order: readonly (readonly Support['kind'][])[],
): Promise<Shrunk> {
  let keys = all;
  let least = true;
  const tryWithout = async (out: ReadonlySet<string>): Promise<void> => {
    const fewer = keys.filter((key) => !out.has(key));
    if (fewer.length === keys.length) return;
    const found = await prover.closedBy(fewer);
    if (found.kind === 'unknown') least = false;
    if (found.kind === 'closed') keys = fewer.filter((key) => found.core.has(key));
  };
  for (const kinds of order) await tryWithout(new Set(keys.filter((key) => kinds.includes(kindOf(key)))));
  // A core is taken even where no kind can be left out as a whole.
  const found = await prover.closedBy(keys);
  if (found.kind === 'closed') keys = keys.filter((key) => found.core.has(key));
  const rank = (key: string): number => order.findIndex((kinds) => kinds.includes(kindOf(key)));
  for (const key of keys.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)))
    if (keys.includes(key)) await tryWithout(new Set([key]));
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
  const routes = prover.byRoutes(closer.id);
  const ways = [];
  for (const { route, prover: over, close } of routes) {
    const closedBy = await fewest(over, key, keys);
    await close();
    if (closedBy === undefined) return undefined;
    ways.push({ route, closedBy });
  }
  return ways;
}

async function fewest(prover: Prover, key: string, keys: readonly string[]): Promise<readonly string[] | undefined> {
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

type Closed =
  | { readonly kind: 'closed'; readonly core: ReadonlySet<string> }
  | { readonly kind: 'open' }
  | { readonly kind: 'unknown'; readonly reason: string };

interface Prover {
  /** Everything that closes some way of some session. */
  all(): Promise<readonly string[]>;
  /** Whether no session has a flow with these as they are, and everything else open. */
  closedBy(keys: readonly string[]): Promise<Closed>;
  /** Where a table leads by its routes: of each, by its place there, the same of the flows that go by it. */
  byRoutes(
    table: string,
  ): readonly { readonly route: number; readonly prover: Prover; readonly close: () => Promise<void> }[];
}

function createProver(sessions: readonly Session[], sides: ReadonlyMap<string, boolean>, deadline: number): Prover {
  const declaredIn = (session: Session, keys: readonly string[]): ReadonlyMap<string, boolean> =>
    new Map(
      keys.flatMap((key) => {
        if (!session.alphabet.unknowns.has(key)) return [];
        return [[key, false] as const];
      }),
    );
  const find = (session: Session, keys: readonly string[]): Promise<Found> =>
    session.find({
      side: 'may',
      declared: declaredIn(session, keys),
      core: true,
      timeoutMs: deadline - Date.now(),
    });
  let known: readonly string[] | undefined;
  return {
    async all() {
      if (known !== undefined) return known;
      // What closes ways is known once a session was encoded.
      for (const session of sessions) await session.find({ side: 'may', timeoutMs: deadline - Date.now() });
      const keys = sessions.flatMap(({ alphabet }) => [...alphabet.unknowns.keys()]);
      known = [...new Set(keys)].filter((key) => closerOf(key) !== undefined || sideIn(sides, key) === false).sort();
      return known;
    },
    async closedBy(keys) {
      const core = new Set<string>();
      for (const session of sessions) {
        const found = await find(session, keys);
        if (found.kind === 'found') return { kind: 'open' };
        if (found.kind === 'unknown') return found;
        for (const key of found.core === undefined ? keys : keysOf(session, found.core)) core.add(key);
      }
      return { kind: 'closed', core };
    },
    byRoutes: (table) => {
      const [first] = sessions;
      const routes = first?.plane.network.routeTables.get(table)?.routes ?? [];
      return [...routes.keys()].flatMap((route) => {
        const key = takenKey(table, route);
        const over = sessions.flatMap((session) => {
          const steps = stepsBy(session, key);
          return steps.length === 0 ? [] : [session.over(steps)];
        });
        if (over.length === 0) return [];
        const close = async (): Promise<void> => {
          for (const session of over) await session.close();
        };
        return [{ route, prover: createProver(over, sides, deadline), close }];
      });
    },
  };
}

/** The steps that bear the mark of a route. */
const stepsBy = ({ product }: Pick<Session, 'product'>, key: string): readonly Step[] => {
  const useful = new Set(product.states);
  return product.states.flatMap(({ out }) =>
    out.filter(({ guard, to }) => useful.has(to) && unknownsIn(guard).has(key)),
  );
};

/** The unknowns that a core speaks of. */
function keysOf({ alphabet: { terms, unknowns } }: Session, core: readonly Term[]): readonly string[] {
  const used = new Set(core);
  return [...unknowns].flatMap(([key, { value, declared }]) =>
    [value, terms.not(value), declared].some((term) => used.has(term)) ? [key] : [],
  );
}
