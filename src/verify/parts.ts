/** Values that no guard of a product tells apart: one of each stretch stands for all of it. */
import { type Predicate, type Variable, reduce } from '../dataplane/index.ts';
import { type Interval, type Intervals, contains } from '../net/interval.ts';
import { simplify } from './domain.ts';
import type { Product } from './product.ts';

const known = new WeakMap<Product, ReadonlyMap<Variable, ReadonlySet<Intervals>>>();

/** Every set that some guard of the product tests the variable against; the guards are gone through once. */
export function testedSets(product: Product, variable: Variable): readonly Intervals[] {
  return [...(testsIn(product).get(variable) ?? [])];
}

function testsIn(product: Product): ReadonlyMap<Variable, ReadonlySet<Intervals>> {
  let tests = known.get(product);
  if (tests === undefined) known.set(product, (tests = testsOf(product)));
  return tests;
}

/** Every variable that some guard of the product tests. */
export const testedVariables = (product: Product): readonly Variable[] => [...testsIn(product).keys()];

function testsOf(product: Product): ReadonlyMap<Variable, ReadonlySet<Intervals>> {
  const tests = new Map<Variable, Set<Intervals>>();
  const add = (variable: Variable, set: Intervals): void => {
    const sets = tests.get(variable);
    if (sets === undefined) tests.set(variable, new Set([set]));
    else sets.add(set);
  };
  const visit = (header: Product['first'], predicate: Predicate): void => {
    switch (predicate.kind) {
      case 'in': {
        const reduced = reduce(header[predicate.field], predicate.set);
        if (typeof reduced !== 'boolean') add(reduced.variable, reduced.set);
        return;
      }
      case 'and':
      case 'or':
        for (const part of predicate.of) visit(header, part);
        return;
      case 'not':
        visit(header, predicate.of);
        return;
      case 'at':
        visit(predicate.header, predicate.of);
        return;
      case 'true':
      case 'false':
      case 'unknown':
      case 'same':
    }
  };
  for (const state of product.states) {
    const { header } = state.context;
    visit(header, state.start);
    visit(header, state.end);
    for (const { guard } of state.out) visit(header, simplify(state.domain, header, guard));
  }
  return tests;
}

/** A stretch of values, and a key that stretches share which no test tells apart. */
export interface Stretch extends Interval {
  readonly key: string;
}

/** The set cut wherever some test begins or ends. */
export function stretches(set: Intervals, tested: readonly Intervals[]): readonly Stretch[] {
  const cuts = new Set<bigint>();
  for (const test of tested)
    for (const { lo, hi } of test) {
      cuts.add(lo);
      cuts.add(hi + 1n);
    }
  const sorted = [...cuts].sort((a, b) => (a < b ? -1 : 1));
  return set.flatMap(({ lo, hi }) => {
    const inside = [lo, ...sorted.filter((cut) => cut > lo && cut <= hi)];
    return inside.map((start, i) => ({
      lo: start,
      hi: (inside[i + 1] ?? hi + 1n) - 1n,
      key: tested.map((test) => (contains(test, start) ? '1' : '0')).join(''),
    }));
  });
}

/** The first stretch of every part of the set that the tests tell apart; its lowest value stands for the part. */
export function representatives(set: Intervals, tested: readonly Intervals[]): readonly Stretch[] {
  const byKey = new Map<string, Stretch>();
  for (const stretch of stretches(set, tested)) if (!byKey.has(stretch.key)) byKey.set(stretch.key, stretch);
  return [...byKey.values()];
}
