/**
 * The flows that one side delivers and the other does not, family by family until none is left, which is a proof; then
 * those of which it depends on what is not known whether both deliver them.
 */
import { type Predicate, type Variable, predicate as p } from '../dataplane/index.ts';
import { protocols } from '../net/protocol.ts';
import { syn } from '../net/tcp-flags.ts';
import { type Domain, type Found, type Path, demandsOf, everywhere, isTrue } from '../verify/index.ts';
import { changedPart } from './changed.ts';
import type { Implies } from './changed.ts';
import { type Desk, type Flow, equals, openDesk } from './desk.ts';
import { flowVariables, predicateOf, single } from './family.ts';
import { onlyOf } from './graph.ts';
import type { End } from './places.ts';
import { type Pair, type Side, toldApart } from './planes.ts';
import type { Sameness } from './same.ts';
import { wholePart } from './whole.ts';
import { type Scope, type Widened, widened } from './widen.ts';

export interface Doubt {
  readonly from: End;
  readonly to: End;
  /** What is not known, and the side on which the flow is delivered on the one side alone. */
  readonly sides: ReadonlyMap<string, boolean>;
}

export interface Difference {
  /** No flow outside is in any family. */
  readonly limit: Domain;
  readonly families: readonly Widened[];
  readonly doubts: readonly Doubt[];
  /** Why there may be more; absent where all are found. */
  readonly unfinished?: string;
  /** Whether the solver was asked. */
  readonly decidedBy: 'z3' | 'pruning';
}

/** Interfaces that have to stand for themselves alone before the question can be answered. */
export interface Apart {
  readonly apart: readonly string[];
}

export interface Limits {
  /** As `Date.now()` counts. */
  readonly deadline: number;
  /** After so many families the rest is not told apart. */
  readonly most: number;
}

/** How many pairs of places are told for which it depends. */
const mostDoubts = 12;

/** What people think of first: a whole packet, the first of a connection. */
const usual: Predicate = p.and(
  p.equals('fragment', 0),
  p.or(p.not(p.equals('protocol', protocols.tcp)), p.equals('flags', syn)),
);

export async function differenceOf(
  pair: Pair,
  mine: Side,
  other: Side,
  same: Sameness,
  implies: Implies,
  { deadline, most }: Limits,
): Promise<Difference | Apart> {
  const { ends } = pair;
  const nothing = { limit: everywhere, families: [], doubts: [], decidedBy: 'pruning' as const };
  const cuts = [mine, other].flatMap(({ product }) => product.truncated ?? []);
  // What is missing in one of them would seem to be a change.
  if (cuts.includes('time')) return { ...nothing, unfinished: inTime('timeout') };
  const cutShort =
    cuts.length === 0
      ? {}
      : {
          unfinished: `some ${pair.family} paths, which cross the same elements again and again or are too many, are not followed to their end`,
        };
  if (cuts.includes('states')) return { ...nothing, ...cutShort };
  const part = await changedPart(pair, mine, other, same, implies);
  if (part.states.length === 0 || part.delivered === undefined) return { ...nothing, ...cutShort };
  const flow = flowVariables(mine.product.first, ends);
  const limit = onlyOf(part.delivered, flow);
  const whole = wholePart(pair, other, limit);
  const apart = [...toldApart(part), ...toldApart(whole)];
  if (apart.length > 0) return { apart };
  const desk = openDesk(part, whole, flow, deadline);
  const scope: Scope = { desk, ends, plane: mine.plane, first: desk.first, flow, limit };
  const families: Widened[] = [];
  const doubts: Doubt[] = [];
  const done = (unfinished?: string): Difference => ({
    limit,
    families,
    doubts,
    decidedBy: 'z3',
    ...(unfinished === undefined ? cutShort : { unfinished }),
  });
  try {
    desk.deny(atLowest(scope, desk));
    for (const where of [usual, p.yes])
      for (;;) {
        const found = await desk.changed(where);
        if (found.kind === 'unknown') return done(inTime(found.reason));
        if (found.kind === 'none') break;
        const there = await deliveredElse(scope, found);
        if (there.kind === 'unknown') return done(inTime(there.reason));
        if (there.kind === 'found') continue;
        const family = await widened(scope, found);
        families.push(family);
        desk.leaveOut(predicateOf(scope, family.set));
        if (families.length >= most) return done(`there are more than ${most} families of them`);
      }
    const shared = sharedOf(desk);
    if (shared.size + desk.leansOn.unknowns.size === 0) return done();
    desk.denyNothing();
    desk.deny({ ...atLowest(scope, desk, shared), sides: new Map() });
    for (;;) {
      const found = await desk.changed(p.yes);
      if (found.kind === 'unknown') return done(inTime(found.reason));
      if (found.kind === 'none') return done();
      const alike = await deliveredElse(scope, found, shared);
      if (alike.kind === 'unknown') return done(inTime(alike.reason));
      if (alike.kind === 'found') continue;
      const [from, to] = [ends.from, ends.to].map((one) => found.values.get(one) ?? 0n) as [bigint, bigint];
      const there = await desk.delivered(equals(pointOf(scope, found), desk.first));
      const sides = new Map([
        ...sidesOf(found),
        ...(there.kind === 'found' ? against(sidesOf(there), found.sides) : []),
      ]);
      doubts.push({ from: ends.all[Number(from)]!, to: ends.all[Number(to)]!, sides });
      desk.leaveOut(p.and(ends.is('from', single(from)), ends.is('to', single(to))));
      if (doubts.length >= mostDoubts) return done('there are more flows of which it depends on what is not known');
    }
  } finally {
    await desk.close();
  }
}

const inTime = (reason: string): string =>
  reason === 'timeout' ? 'the time given ran out' : `the solver stopped: ${reason}`;

/** What an element of which nothing is known sends on: the same on both sides, where a flow is to be the same. */
const sharedOf = ({ leansOn, mineLeansOn }: Desk): ReadonlySet<Variable> =>
  new Set(
    [...leansOn.variables].filter(
      (variable) => mineLeansOn.variables.has(variable) && variable.name.startsWith('emitted.'),
    ),
  );

const atLowest = ({ flow }: Scope, desk: Desk, shared: ReadonlySet<Variable> = new Set()) => ({
  values: {
    get: (variable: Variable) => (flow.has(variable) || shared.has(variable) ? undefined : variable.domain[0]!.lo),
  },
  sides: new Map([...desk.leansOn.unknowns].map((key) => [key, true] as const)),
});

/** The flow's own values. */
const pointOf = ({ flow }: Scope, { values }: Flow): ReadonlyMap<Variable, bigint> =>
  new Map([...flow].map((variable) => [variable, values.get(variable) ?? variable.domain[0]!.lo]));

/** Sides that the other way needs, as they are where it does not lead. */
const against = (
  needed: ReadonlyMap<string, boolean>,
  sides: ReadonlyMap<string, boolean>,
): ReadonlyMap<string, boolean> =>
  new Map([...needed].flatMap(([key, side]) => (sides.get(key) === side ? [] : [[key, !side] as const])));

/**
 * The flow as the other side delivers it after all, by other choices than were denied so far; then these are denied as
 * well. Where `shared` is given, what is not known is there as it is here, these variables too.
 */
async function deliveredElse(scope: Scope, found: Flow, shared?: ReadonlySet<Variable>): Promise<Found> {
  const { desk, flow } = scope;
  const { leansOn, first } = desk;
  // Then what was denied is all that there is.
  if (leansOn.variables.size + leansOn.unknowns.size === 0) return { kind: 'none' };
  const alike = shared ?? new Set<Variable>();
  const point = new Map([
    ...pointOf(scope, found),
    ...[...alike].map((one) => [one, found.values.get(one) ?? one.domain[0]!.lo] as const),
  ]);
  const sides =
    shared === undefined ? [] : [...leansOn.unknowns].map((key) => sideIs(key, found.sides.get(key) === true));
  const there = await desk.delivered(p.and(equals(point, first), ...sides));
  if (there.kind !== 'found') return there;
  const get = (variable: Variable): bigint | undefined =>
    flow.has(variable) || alike.has(variable) ? undefined : (there.values.get(variable) ?? variable.domain[0]!.lo);
  const taken = [...leansOn.unknowns].map((key) => [key, there.sides.get(key) === true] as const);
  desk.deny({ values: { get }, sides: new Map(shared === undefined ? taken : []) });
  return there;
}

const sideIs = (key: string, side: boolean): Predicate => (side ? p.unknown(key) : p.not(p.unknown(key)));

/** The sides without which the flow would not go its way on the one side. */
function sidesOf({ paths, values, sides }: Flow): ReadonlyMap<string, boolean> {
  const demands = paths.flatMap((path: Path) => demandsOf(path));
  const value = (variable: Variable): bigint => values.get(variable) ?? variable.domain[0]!.lo;
  const needed = new Map(sides);
  for (const [key, side] of sides) {
    needed.delete(key);
    if (!demands.every((demand) => isTrue(demand, value, (one) => needed.get(one)))) needed.set(key, side);
  }
  return needed;
}
