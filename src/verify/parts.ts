/** Values that no guard of a product tells apart: one of each stretch stands for all of it. */
import { type Predicate, type Variable, reduce } from '../dataplane/index.ts';
import { type Interval, type Intervals, contains } from '../net/interval.ts';
import { simplify } from './domain.ts';
import type { Product } from './product.ts';

/** Every set that some guard of the product tests the variable against. */
export function testedSets(product: Product, variable: Variable): readonly Intervals[] {
  const sets = new Set<Intervals>();
  const visit = (header: Product['first'], predicate: Predicate): void => {
    switch (predicate.kind) {
      case 'in': {
        const reduced = reduce(header[predicate.field], predicate.set);
        if (typeof reduced !== 'boolean' && reduced.variable === variable) sets.add(reduced.set);
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
  return [...sets];
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

/** One value of every part of the set that the tests tell apart. */
export function representatives(set: Intervals, tested: readonly Intervals[]): readonly bigint[] {
  const byKey = new Map<string, bigint>();
  for (const { lo, key } of stretches(set, tested)) if (!byKey.has(key)) byKey.set(key, lo);
  return [...byKey.values()];
}
