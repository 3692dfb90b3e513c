/**
 * One flow generalised to a family of flows that all changed alike: as wide as its path certainly allows, cut back until
 * the other side delivers none of it, then the same between other places. Every step is a proof; what fails is left out.
 */
import { type Header, type Variable, fields, predicate as p, variableOf } from '../dataplane/index.ts';
import { type Intervals, contains, intersect, isSubset, overlaps, subtract, unionAll } from '../net/interval.ts';
import {
  type Demand,
  type Domain,
  type Path,
  type SideOf,
  certain,
  demandsOf,
  isTrue,
  narrow,
  valuesOf,
} from '../verify/index.ts';
import type { Fixed } from './closure.ts';
import type { Desk, Flow, FlowValues } from './desk.ts';
import { type FlowScope, type FlowSet, endsIn, predicateOf, single } from './family.ts';
import { isIn } from './graph.ts';

export interface Widened {
  readonly set: FlowSet;
  readonly path: Path;
  /** Of the path found: the flow, and what else it takes. */
  readonly values: ReadonlyMap<Variable, bigint>;
  /** Sides of unknowns without which the flow would not go that way. */
  readonly sides: ReadonlyMap<string, boolean>;
}

export interface Scope extends FlowScope {
  readonly desk: Desk;
  readonly flow: ReadonlySet<Variable>;
}

/**
 * In the order in which fields are made as wide as they can be. Where rules admit several stretches of ports, what comes
 * after them stays as it is, and source ports, which replies alone meet rules with, come last.
 */
const widening = [
  'flags',
  'fragment',
  'payload',
  'icmpType',
  'icmpCode',
  'src',
  'dst',
  'dstPort',
  'protocol',
  'srcPort',
] as const;

/**
 * The same for a flow whose addresses stay what they are so: where kinds of packets are let through by one rule each, all
 * of them together are told of single addresses alone.
 */
const addressesFirst = ['dst', 'src', ...widening.filter((field) => field !== 'src' && field !== 'dst')] as const;

/** In the order in which the other side's flows are cut off. */
const cutting = [
  'dstPort',
  'protocol',
  'icmpType',
  'icmpCode',
  'dst',
  'src',
  'payload',
  'srcPort',
  'fragment',
  'flags',
] as const;

/** How often a family is cut before it is the one flow. */
const cuts = 60;

/** How many places are tried for a family besides its own. */
const triedPlaces = 60;

const variableAt = (first: Header, field: (typeof widening)[number]): Variable => first[field] as Variable;

export async function widened(scope: Scope, found: Flow): Promise<Widened> {
  const { desk, flow, limit } = scope;
  const { first } = desk;
  const path = found.paths[0]!;
  const demands = demandsOf(path);
  const sides = sidesNeeded(demands, found);
  const side: SideOf = (key) => sides.get(key);
  const point = new Map<Variable, bigint>();
  for (const variable of flow) point.set(variable, found.values.get(variable) ?? variable.domain[0]!.lo);
  const values = settled(demands, new Map([...found.values, ...point]), flow, side);
  const wide = (order: readonly (typeof widening)[number][]): Map<Variable, Intervals> => {
    const box = new Map<Variable, Intervals>([...values].map(([variable, value]) => [variable, single(value)]));
    for (const field of order) {
      const variable = variableAt(first, field);
      const wider = intersect(certain(testing(demands, box, variable), box, variable, side), valuesOf(limit, variable));
      if (contains(wider, point.get(variable)!)) box.set(variable, wider);
    }
    return box;
  };
  const box = widest(
    (['src', 'dst'] as const).map((field) => variableAt(first, field)),
    wide(widening),
    () => wide(addressesFirst),
  );
  const own = await cut(scope, new Map([...box].filter(([variable]) => flow.has(variable))), point);
  const set = setOf(scope, own);
  // What the path does not meet is as low as it can be, so that few ways of choosing are told apart.
  const met = new Set(demands.flatMap(({ header }) => fields.flatMap((field) => variableOf(header[field]) ?? [])));
  const chosen = (variable: Variable): bigint =>
    (met.has(variable) ? values.get(variable) : undefined) ?? variable.domain[0]!.lo;
  const fixed: Fixed = {
    values: { get: (variable) => (flow.has(variable) ? undefined : chosen(variable)) },
    sides: new Map([...desk.mineLeansOn.unknowns].map((one) => [one, sides.get(one) === true] as const)),
  };
  return { set: await elsewhere(scope, set, point, fixed, keyOf(scope, fixed)), path, values, sides };
}

/** The one box, or the other where an address is the flow's alone in the one and not in the other. */
function widest(
  addresses: readonly Variable[],
  one: Map<Variable, Intervals>,
  other: () => Map<Variable, Intervals>,
): Map<Variable, Intervals> {
  const alone = addresses.filter((variable) => isPoint(one.get(variable)));
  if (alone.length === 0) return one;
  const made = other();
  return alone.some((variable) => !isPoint(made.get(variable))) ? made : one;
}

/** Those of the demands that something of the box does not meet, whatever the variable is: the others hold anyhow. */
function testing(demands: readonly Demand[], box: Domain, variable: Variable): readonly Demand[] {
  const others = new Map([...box].filter(([one]) => one !== variable));
  return demands.filter(({ header, predicate }) => narrow(others, header, predicate, true) !== undefined);
}

/** A name for what is fixed besides the flow, as far as the part looks at it. */
const keyOf = ({ desk }: Scope, { values, sides }: Fixed): string =>
  JSON.stringify([
    [...desk.mineLeansOn.variables].map((variable) => `${variable.id}=${values.get(variable) ?? ''}`),
    [...desk.mineLeansOn.unknowns].map((key) => `${key}=${sides.get(key) === true}`),
  ]);

/** What AWS and others choose on the path, at the lowest values that will do, so that few are told apart. */
function settled(
  demands: readonly Demand[],
  values: ReadonlyMap<Variable, bigint>,
  flow: ReadonlySet<Variable>,
  side: SideOf,
): ReadonlyMap<Variable, bigint> {
  const now = new Map(values);
  for (const variable of values.keys()) {
    if (flow.has(variable)) continue;
    const box = new Map([...now].map(([one, value]) => [one, single(value)] as const));
    const [lowest] = certain(demands, box, variable, side);
    if (lowest !== undefined) now.set(variable, lowest.lo);
  }
  return now;
}

/** The sides without which the flow would not go its way. */
function sidesNeeded(demands: readonly Demand[], { values, sides }: Flow): ReadonlyMap<string, boolean> {
  const value = (variable: Variable): bigint => values.get(variable) ?? variable.domain[0]!.lo;
  const needed = new Map(sides);
  for (const [key, side] of sides) {
    needed.delete(key);
    if (!demands.every((demand) => isTrue(demand, value, (one) => needed.get(one)))) needed.set(key, side);
  }
  return needed;
}

/** Less of the box, with the point in it, of which the other side delivers nothing; the point if nothing else is found. */
async function cut(
  { desk, limit }: Scope,
  whole: ReadonlyMap<Variable, Intervals>,
  point: FlowValues,
): Promise<ReadonlyMap<Variable, Intervals>> {
  const { first } = desk;
  const box = new Map(whole);
  const order = cutting.map((field) => variableAt(first, field));
  const within = () => p.and(...[...box, ...limit].map(([variable, values]) => isIn(first, variable, values)));
  for (let turn = 0; turn < cuts; turn++) {
    const found = await desk.delivered(within());
    if (found.kind === 'none') return box;
    if (found.kind === 'unknown') break;
    const demands = demandsOf(found.paths[0]!);
    let open = [...order].reverse();
    let pending = [...order].reverse();
    for (;;) {
      const possible = left(box, demands);
      // Nothing of the box goes that way: it is taken as cut off.
      if (possible === undefined) break;
      const away = order.find((variable) => !contains(valuesOf(possible, variable), point.get(variable)!));
      if (away !== undefined) {
        box.set(away, subtract(box.get(away) ?? away.domain, valuesOf(possible, away)));
        break;
      }
      // Several fields together keep the point out: each is held at the values that do so where the others are the point's.
      const [softly, ...others] = open.filter((variable) => !isPoint(box.get(variable)));
      if (softly !== undefined) {
        const has = box.get(softly) ?? softly.domain;
        const going = left(new Map([...pointBox(point), [softly, has]]), demands);
        const stays = going === undefined ? has : subtract(has, valuesOf(going, softly));
        if (contains(stays, point.get(softly)!)) box.set(softly, stays);
        open = others;
        continue;
      }
      // That is not enough: all but some of them are held at the point's own.
      const [next, ...rest] = pending.filter((variable) => !isPoint(box.get(variable)));
      if (next === undefined) return pointBox(point);
      box.set(next, single(point.get(next)!));
      pending = rest;
    }
  }
  return pointBox(point);
}

const pointBox = (point: FlowValues): ReadonlyMap<Variable, Intervals> =>
  new Map([...point].map(([variable, value]) => [variable, single(value)]));

const isPoint = (set: Intervals | undefined): boolean => set?.length === 1 && set[0]!.lo === set[0]!.hi;

/** What of the box may go the way of the demands; undefined where nothing does. */
function left(box: Domain, demands: readonly Demand[]): Domain | undefined {
  let domain: Domain | undefined = box;
  for (let round = 0; round < 2; round++)
    for (const { header, predicate } of demands) {
      domain = narrow(domain, header, predicate);
      if (domain === undefined) return undefined;
    }
  return domain;
}

function setOf({ ends, flow }: Scope, box: ReadonlyMap<Variable, Intervals>): FlowSet {
  const parts = [...box].filter(([variable]) => flow.has(variable) && variable !== ends.from && variable !== ends.to);
  return { from: box.get(ends.from)!, to: box.get(ends.to)!, box: new Map(parts), ownSource: false };
}

/** The same flows to other places, then from other places, as far as they changed alike. */
async function elsewhere(scope: Scope, set: FlowSet, point: FlowValues, fixed: Fixed, key: string): Promise<FlowSet> {
  const { ends, first, limit } = scope;
  const [src, dst] = [variableAt(first, 'src'), variableAt(first, 'dst')];
  let now = set;
  /** All that the end holds, within the limit, is in the family's box, the point too. */
  const holdsAll = (which: 'from' | 'to', variable: Variable, by: 'own' | 'published'): boolean => {
    const held = intersect(heldAt(scope, set[which], by), valuesOf(limit, variable));
    return contains(held, point.get(variable)!) && isSubset(held, set.box.get(variable) ?? variable.domain);
  };
  const freed = (variable: Variable) => new Map([...now.box].filter(([one]) => one !== variable));
  const by = (['own', 'published'] as const).find((which) => holdsAll('to', dst, which));
  if (by !== undefined) {
    const others = numbersWith(scope, valuesOf(limit, ends.to), dst, by);
    const trial: FlowSet = { ...now, box: freed(dst), ownDestination: by };
    const alike = likely(scope, 'to', dst, by, others, point, fixed);
    now = (await asMany(scope, trial, 'to', alike, fixed, key)) ?? now;
  }
  if (holdsAll('from', src, 'own')) {
    const others = numbersWith(scope, valuesOf(limit, ends.from), src, 'own');
    const alike = likely(scope, 'from', src, 'own', others, point, fixed);
    now = (await asMany(scope, { ...now, box: freed(src), ownSource: true }, 'from', alike, fixed, key)) ?? now;
  }
  return now;
}

/** What the one end of those numbers holds. */
const heldAt = ({ ends, plane, first }: Scope, numbers: Intervals, by: 'own' | 'published'): Intervals =>
  ends.heldBy(plane, endsIn(ends, numbers)[0]!, first.family, by);

/** The ends of those numbers that hold addresses within the limit. */
const numbersWith = (
  { ends, plane, first, limit }: Scope,
  numbers: Intervals,
  variable: Variable,
  by: 'own' | 'published',
): Intervals =>
  unionAll(
    endsIn(ends, numbers).flatMap((end) =>
      overlaps(ends.heldBy(plane, end, first.family, by), valuesOf(limit, variable))
        ? [single(BigInt(end.number))]
        : [],
    ),
  );

/** Of the ends those for which one flow, like the point but for its place and address there, changed as well. */
function likely(
  { ends, plane, first, limit, desk }: Scope,
  which: 'from' | 'to',
  variable: Variable,
  by: 'own' | 'published',
  numbers: Intervals,
  point: FlowValues,
  fixed: Fixed,
): Intervals {
  return unionAll(
    endsIn(ends, numbers).flatMap((end) => {
      const number = BigInt(end.number);
      const [lowest] = intersect(ends.heldBy(plane, end, first.family, by), valuesOf(limit, variable));
      if (lowest === undefined) return [];
      const flow = new Map([...point, [ends[which], number], [variable, lowest.lo]]);
      return desk.delivers(flow, fixed) && !desk.othersDeliver(flow) ? [single(number)] : [];
    }),
  );
}

/** The family with as many places on that side as hold for it; undefined where only its own does. */
async function asMany(
  scope: Scope,
  set: FlowSet,
  which: 'from' | 'to',
  candidates: Intervals,
  fixed: Fixed,
  key: string,
): Promise<FlowSet | undefined> {
  const { desk, ends } = scope;
  const own = set[which];
  let numbers = candidates;
  for (let turn = 0; turn < triedPlaces && !isSubset(numbers, own); turn++) {
    const trial = { ...set, [which]: numbers };
    const flows = predicateOf(scope, trial);
    const delivered = await desk.delivered(flows);
    if (delivered.kind === 'unknown') return undefined;
    let bad = delivered.kind === 'found' ? delivered.values.get(ends[which]) : undefined;
    if (bad === undefined) {
      const missing = await desk.missing(flows, fixed, key);
      if (missing.kind === 'unknown') return undefined;
      if (missing.kind === 'none') return trial;
      bad = missing.values.get(ends[which]);
    }
    if (bad === undefined || contains(own, bad)) return undefined;
    numbers = subtract(numbers, single(bad));
  }
  return undefined;
}
