/**
 * Deciding whether some flow of a question exists, on both sides of what is unknown (engine.md, two bounds): there is
 * none if the may side has none, there is one if the must side has one, else it depends on named assumptions.
 */
import { forwards } from '../network/unknown.ts';
import type { Plane, Variable } from '../dataplane/index.ts';
import type { Intervals } from '../net/interval.ts';
import type { Product } from './product.ts';
import type { FindRequest, Session } from './session.ts';
import { demandsOf, isTrue } from './truth.ts';
import type { Found, Path } from './search.ts';

export type Existence = { readonly kind: 'none' } | { readonly kind: 'some'; readonly flow: FoundFlow } | Open;

export interface Open {
  readonly kind: 'open';
  readonly reason: string;
  /** Declared sides that settle it, and to what. */
  readonly settle: Declared;
  readonly settlesTo: 'none' | 'some';
  /** One under one setting of the unknowns; absent where time ran out first. */
  readonly flow?: FoundFlow;
}

/** A flow on one side: `certain` where no unknown could take it away. */
export interface FoundFlow {
  readonly paths: readonly Path[];
  /** What each copy fixes. */
  readonly fixed: readonly ReadonlyMap<Variable, bigint>[];
  readonly values: ReadonlyMap<Variable, bigint>;
  readonly sides: ReadonlyMap<string, boolean>;
  readonly certain: boolean;
  /** A service whose addresses nobody read: this flow is one of those that reach every address that may be theirs. */
  readonly wherever?: string;
  /** Then all of those, each for some of the addresses. */
  readonly others?: readonly FlowTo[];
}

/** A flow to all of these IPv4 addresses, but for its destination the same. */
export interface FlowTo {
  readonly plane: Plane;
  readonly flow: FoundFlow;
  readonly reached: Intervals;
}

/** `prefers` tells which settlement is looked for first. */
export async function exists(
  session: Session,
  prefers: 'none' | 'some',
  base: Omit<FindRequest, 'side' | 'declared'>,
): Promise<Existence> {
  const deadline = Date.now() + base.timeoutMs;
  const find = (request: Omit<FindRequest, 'timeoutMs'>): Promise<Found> =>
    session.find({ ...base, ...request, timeoutMs: deadline - Date.now() });
  const may = await find({ side: 'may' });
  if (may.kind === 'unknown') return timedOut(may.reason);
  if (may.kind === 'none') return noneIn(session.product);
  if (session.alphabet.unknowns.size === 0) return { kind: 'some', flow: { ...may, certain: true } };
  const must = await find({ side: 'must' });
  if (must.kind === 'unknown') return timedOut(must.reason);
  if (must.kind === 'found') return { kind: 'some', flow: { ...must, certain: true } };
  const shown = await plainest(session, may, find);
  const settled = await settlement(session, prefers, shown, find);
  return { kind: 'open', reason: 'it depends on what is not known', ...settled, flow: { ...shown, certain: false } };
}

/** A flow by what elements do as a rule, where there is one: appliances give back what they pass. */
async function plainest(
  session: Session,
  found: Extract<Found, { kind: 'found' }>,
  find: (request: Omit<FindRequest, 'timeoutMs'>) => Promise<Found>,
): Promise<Extract<Found, { kind: 'found' }>> {
  const odd = oddOf(session);
  if (!odd.some((key) => found.sides.get(key) === true)) return found;
  const plain = await find({ side: 'may', declared: new Map(odd.map((key) => [key, false])) });
  return plain.kind === 'found' ? plain : found;
}

/** That appliances which are not in the input send on what they like. */
const oddOf = ({ plane, alphabet }: Session): readonly string[] =>
  [...plane.network.endpoints.keys()].map(forwards).filter((key) => alphabet.unknowns.has(key));

export const timedOut = (reason: string): Existence => ({
  kind: 'open',
  reason: reason === 'timeout' ? 'the time given ran out' : `the solver stopped: ${reason}`,
  settle: new Map(),
  settlesTo: 'none',
});

/** None among the paths that were followed: a proof where these are all. */
function noneIn({ family, truncated }: Product): Existence {
  if (truncated === undefined) return { kind: 'none' };
  if (truncated === 'time') return timedOut('timeout');
  return {
    kind: 'open',
    reason: `some ${family} paths, which cross the same elements again and again or are too many, are not followed to their end`,
    settle: new Map(),
    settlesTo: 'none',
  };
}

type Declared = ReadonlyMap<string, boolean>;

/** How many checks the search for a smallest settlement may cost. */
const patience = 24;

/**
 * A smallest set of declared sides that settles the question. The flow found stands on some sides: whatever settles
 * that there is none takes one of them away, and all of them together settle that there is one.
 */
async function settlement(
  session: Session,
  prefers: 'none' | 'some',
  found: Extract<Found, { kind: 'found' }>,
  find: (request: Omit<FindRequest, 'timeoutMs'>) => Promise<Found>,
): Promise<Pick<Open, 'settle' | 'settlesTo'>> {
  const some = (settle: Declared) => ({ settle, settlesTo: 'some' }) as const;
  const stands = sidesNeeded(found);
  if (prefers === 'some' && stands.size === 1) return some(stands);
  // Either side of what an appliance passes closes what it may send on besides: that is asked first.
  const odd = oddOf(session);
  for (const [key, side] of [...stands].sort(([a], [b]) => Number(odd.includes(b)) - Number(odd.includes(a)))) {
    const settle = new Map([[key, !side]]);
    if ((await find({ side: 'may', declared: settle })).kind === 'none') return { settle, settlesTo: 'none' };
  }
  if (stands.size === 1) return some(stands);
  const keys = [...session.alphabet.unknowns.keys()].sort();
  const smaller = keys.flatMap((key) => [new Map([[key, true]]), new Map([[key, false]])]);
  for (const declared of smaller.slice(0, patience))
    if ((await find({ side: 'must', declared })).kind === 'found') return some(declared);
  return some(stands);
}

/** The sides without which the flow, just as it was found, would not go its way. */
function sidesNeeded({ paths, values, sides }: Extract<Found, { kind: 'found' }>): Declared {
  const demands = paths.flatMap(demandsOf);
  const value = (variable: Variable): bigint => values.get(variable) ?? variable.domain[0]!.lo;
  const needed = new Map(sides);
  for (const key of sides.keys()) {
    const side = needed.get(key)!;
    needed.delete(key);
    if (!demands.every((demand) => isTrue(demand, value, (one) => needed.get(one)))) needed.set(key, side);
  }
  return needed;
}
