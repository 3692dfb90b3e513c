/** What clauses force by themselves, held against every valuation. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { propagate } from '../../src/logic/propagation.ts';

const variables = 5;

const clause = fc
  .uniqueArray(fc.integer({ min: 1, max: variables }), { minLength: 1, maxLength: 3 })
  .chain((names) => fc.tuple(...names.map((name) => fc.constantFrom(name, -name))));

const models = (clauses: readonly (readonly number[])[]): readonly (readonly boolean[])[] =>
  Array.from({ length: 2 ** variables }, (_, bits) =>
    Array.from({ length: variables + 1 }, (__, i) => ((bits >> (i - 1)) & 1) === 1),
  ).filter((values) => clauses.every((one) => one.some((literal) => values[Math.abs(literal)] === literal > 0)));

const split = (literals: Int32Array): number[][] => {
  const out: number[][] = [];
  let one: number[] = [];
  for (const literal of literals)
    if (literal === 0) {
      out.push(one);
      one = [];
    } else one.push(literal);
  return out;
};

test('what is left and what is forced have the models of the clauses, and nothing more is forced', () => {
  const seen = { contradiction: 0, forced: 0, untouched: 0 };
  fc.assert(
    fc.property(fc.array(clause, { maxLength: 14 }), (clauses) => {
      const found = propagate(variables, Int32Array.from(clauses.flatMap((one) => [...one, 0])));
      if (found.kind === 'contradiction') {
        seen.contradiction++;
        expect(models(clauses)).toEqual([]);
        return;
      }
      const left = split(found.literals);
      const forced = Array.from({ length: variables }, (_, i) => i + 1).flatMap((variable) => {
        const value = found.forced(variable);
        return value === undefined ? [] : [[value ? variable : -variable]];
      });
      seen[forced.length > 0 ? 'forced' : 'untouched']++;
      expect(models([...left, ...forced])).toEqual(models(clauses));
      expect(left.every((one) => one.length > 1)).toBe(true);
      expect(left.flat().filter((literal) => forced.some(([own]) => Math.abs(own!) === Math.abs(literal)))).toEqual([]);
    }),
    { numRuns: 3000 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
});

test('an empty clause is a contradiction', () => {
  expect(propagate(0, Int32Array.of(0))).toEqual({ kind: 'contradiction' });
});
