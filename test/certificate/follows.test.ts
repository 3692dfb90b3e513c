/** What a certificate leaves out is held against all there is by other means: what loses a flow is seen to. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { follows, letsAllThrough } from '../../src/certificate/follows.ts';
import { lean } from '../../src/certificate/lean.ts';
import { weaken } from '../../src/certificate/weakening.ts';
import { type Predicate, predicate as p } from '../../src/dataplane/index.ts';
import { partsOf } from '../../src/explain/on-payload.ts';
import { type Product, type State, explore, planeFor } from '../../src/verify/index.ts';
import { asked, domain, guard, holds, packet, sent } from './guards.ts';
import { networkOf } from '../support/network.ts';
import { randomNetwork } from '../support/random-network.ts';
import { questionOf, randomQuestion } from '../support/random-question.ts';

const packets = fc.array(packet, { minLength: 40, maxLength: 40 });

test('what is seen to follow does', () => {
  const seen = { yes: 0, no: 0 };
  fc.assert(
    fc.property(guard, guard, guard, packets, (one, other, third, sents) => {
      const pairs = [
        [one, other],
        [p.and(one, third), p.or(one, other)],
        [p.and(one, other), p.and(other, third)],
        [p.not(p.or(one, third)), p.not(other)],
      ] as const;
      for (const [before, after] of pairs) {
        const said = follows(sent, before, after);
        seen[said ? 'yes' : 'no']++;
        if (!said) continue;
        for (const values of sents)
          for (const unknown of [true, false])
            if (holds(sent, before, values, unknown)) expect(holds(sent, after, values, unknown)).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
  expect(seen.yes).toBeGreaterThan(1_000);
  expect(seen.no).toBeGreaterThan(1_000);
});

test('what is left of a guard is seen to follow from it', () => {
  fc.assert(
    fc.property(domain, guard, asked, (there, of, about) => {
      expect(follows(sent, of, weaken(there, sent, of, about).left)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

const without = (product: Product, state: State, part: Partial<State>): Product => ({
  ...product,
  states: product.states.map((one) => (one === state ? { ...one, ...part } : one)),
});
const narrower = (of: Predicate): Predicate => p.and(of, p.equals('srcPort', 4711), p.equals('flags', 77));

/** Each loses a flow, if one can come there as far as the guard tells that is damaged. */
function* damaged(explored: Product, product: Product): Iterable<readonly [string, Product]> {
  const given = new Map(explored.states.map((one) => [one.index, one]));
  for (const state of product.states) {
    const { header } = state.context;
    const { start, end, into } = given.get(state.index)!;
    const cuts = (explored.cuts?.get(given.get(state.index)!) ?? []).map((cut) => cut.guard);
    const possible = (of: Predicate): boolean => !follows(header, of, p.no);
    if ([end, ...cuts].some(possible)) {
      yield ['end', without(product, state, { end: narrower(state.end) })];
      yield ['state', { ...product, states: product.states.filter((one) => one !== state) }];
    }
    if (state.start.kind === 'true') continue;
    if (possible(start)) yield ['start', without(product, state, { start: narrower(state.start) })];
    for (const step of state.into) {
      const all = into.filter(({ from }) => from.index === step.from.index);
      if (all.length > 1 || follows(step.from.context.header, all[0]!.guard, p.no)) continue;
      const others = state.into.filter((one) => one !== step);
      yield ['way', without(product, state, { into: others })];
      yield ['guard', without(product, state, { into: [...others, { ...step, guard: narrower(step.guard) }] })];
    }
  }
}

test('what loses no flow is seen to, and whatever loses one is seen to', () => {
  const seen = { whole: 0, end: 0, state: 0, start: 0, way: 0, guard: 0 } as Record<string, number>;
  const missed: string[] = [];
  fc.assert(
    fc.property(randomNetwork, randomQuestion, (spec, shape) => {
      const network = networkOf(spec);
      const question = partsOf(questionOf(network, shape))[0]!;
      const plane = planeFor(network, question, { pruning: true, grouping: true });
      const explored = explore(plane, question, question.families[0]!, { pruning: true, cuts: true });
      if (explored.truncated !== undefined || explored.states.length === 0) return;
      const { product } = lean(explored);
      expect(letsAllThrough(explored, product)).toBe(true);
      seen['whole']!++;
      for (const [what, damage] of [...damaged(explored, product)].slice(0, 60)) {
        seen[what]!++;
        if (letsAllThrough(explored, damage)) missed.push(what);
      }
    }),
    { numRuns: 30 },
  );
  for (const times of Object.values(seen)) expect(times).toBeGreaterThan(5);
  expect(missed).toEqual([]);
});
