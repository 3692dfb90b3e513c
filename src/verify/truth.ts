/**
 * What a path demands, taken at its word: the conjunction of its guards, evaluated on values and on boxes. Nothing here
 * is approximate but in one direction: a set given by `certain` contains only values for which all demands hold.
 */
import {
  type Header,
  type Predicate,
  type Symbol,
  type Variable,
  reduce,
  valueOf,
  variableOf,
} from '../dataplane/index.ts';
import { type Intervals, contains, intersect, isSubset, none, overlaps, subtract, union } from '../net/interval.ts';
import type { Path } from './search.ts';

export interface Demand {
  readonly header: Header;
  readonly predicate: Predicate;
}

/** The side of an unknown, or undefined where neither is certain. */
export type SideOf = (key: string) => boolean | undefined;

/** A set for every variable: any combination of members is meant. */
export type Box = ReadonlyMap<Variable, Intervals>;

/** Everything that a packet has to satisfy to go that way. */
export function demandsOf({ start, steps }: Path): readonly Demand[] {
  const last = steps.at(-1)?.to ?? start;
  return [
    { header: start.context.header, predicate: start.start },
    ...steps.map(({ from, guard }) => ({ header: from.context.header, predicate: guard })),
    { header: last.context.header, predicate: last.end },
  ];
}

export function isTrue({ header, predicate }: Demand, value: (v: Variable) => bigint, side: SideOf): boolean {
  return holds(header, predicate, value, side, false);
}

function holds(
  header: Header,
  predicate: Predicate,
  value: (v: Variable) => bigint,
  side: SideOf,
  negated: boolean,
): boolean {
  const inner = (one: Predicate): boolean => holds(header, one, value, side, negated);
  switch (predicate.kind) {
    case 'true':
      return !negated;
    case 'false':
      return negated;
    case 'in': {
      const actual = valueOf(header[predicate.field], value);
      return (actual !== undefined && contains(predicate.set, actual)) !== negated;
    }
    case 'and':
      return negated ? predicate.of.some(inner) : predicate.of.every(inner);
    case 'or':
      return negated ? predicate.of.every(inner) : predicate.of.some(inner);
    case 'not':
      return holds(header, predicate.of, value, side, !negated);
    case 'at':
      return holds(predicate.header, predicate.of, value, side, negated);
    case 'same':
      return (valueOf(predicate.a, value) === valueOf(predicate.b, value)) !== negated;
    case 'unknown':
      return side(predicate.key) === !negated;
  }
}

/** The values of `free` for which all demands hold, whatever members of the box the other variables take. */
export function certain(demands: readonly Demand[], box: Box, free: Variable, side: SideOf): Intervals {
  let left = free.domain;
  for (const { header, predicate } of demands) {
    left = intersect(left, certainOf(header, predicate, { box, free, side }, false));
    if (left.length === 0) return none;
  }
  return left;
}

interface Scope {
  readonly box: Box;
  readonly free: Variable;
  readonly side: SideOf;
}

function certainOf(header: Header, predicate: Predicate, scope: Scope, negated: boolean): Intervals {
  const all = scope.free.domain;
  const when = (yes: boolean): Intervals => (yes ? all : none);
  switch (predicate.kind) {
    case 'true':
      return when(!negated);
    case 'false':
      return when(negated);
    case 'in':
      return certainIn(header[predicate.field], predicate.set, scope, negated);
    case 'and':
      return fold(header, predicate.of, scope, negated, negated);
    case 'or':
      return fold(header, predicate.of, scope, negated, !negated);
    case 'not':
      return certainOf(header, predicate.of, scope, !negated);
    case 'at':
      return certainOf(predicate.header, predicate.of, scope, negated);
    case 'unknown':
      return when(scope.side(predicate.key) === !negated);
    case 'same':
      return certainSame(predicate.a, predicate.b, scope, negated);
  }
}

function fold(header: Header, parts: readonly Predicate[], scope: Scope, negated: boolean, any: boolean): Intervals {
  let out = any ? none : scope.free.domain;
  for (const part of parts) {
    const one = certainOf(header, part, scope, negated);
    out = any ? union(out, one) : intersect(out, one);
    if (!any && out.length === 0) return out;
  }
  return out;
}

/** An equality is certain only where one side has a single value; the free variable keeps the one it has if both hang on it. */
function certainSame(a: Symbol, b: Symbol, scope: Scope, negated: boolean): Intervals {
  const { box, free } = scope;
  const single = (variable: Variable): bigint | undefined => {
    const set = box.get(variable);
    return set?.length === 1 && set[0]!.lo === set[0]!.hi ? set[0]!.lo : undefined;
  };
  const held = (symbol: Symbol): bigint | undefined => {
    const variable = variableOf(symbol);
    if (variable === free || (variable !== undefined && single(variable) === undefined)) return undefined;
    return valueOf(symbol, (one) => single(one)!);
  };
  for (const [known, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const value = held(known);
    if (value !== undefined) return certainIn(other, [{ lo: value, hi: value }], scope, negated);
  }
  const involved = [a, b].flatMap((symbol) => variableOf(symbol) ?? []);
  if (involved.some((variable) => single(variable) === undefined)) return none;
  const value = (variable: Variable): bigint => single(variable)!;
  if ((valueOf(a, value) === valueOf(b, value)) === negated) return none;
  return involved.includes(free) ? [{ lo: single(free)!, hi: single(free)! }] : free.domain;
}

function certainIn(symbol: Symbol, values: Intervals, { box, free }: Scope, negated: boolean): Intervals {
  const all = free.domain;
  const when = (yes: boolean): Intervals => (yes ? all : none);
  const reduced = reduce(symbol, values);
  if (typeof reduced === 'boolean') return when(reduced !== negated);
  const { variable, set } = reduced;
  if (variable === free) return negated ? subtract(all, set) : intersect(all, set);
  const held = box.get(variable) ?? variable.domain;
  return when(negated ? !overlaps(held, set) : isSubset(held, set));
}
