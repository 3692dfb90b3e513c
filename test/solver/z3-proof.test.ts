/** Clauses refuted by Z3, its proof checked by the checker of certificates. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { refute as check } from '../../src/certificate/checker/proof.ts';
import { propagate } from '../../src/logic/propagation.ts';
import { refute } from '../../src/solver/z3-proof.ts';

const flat = (clauses: readonly (readonly number[])[]): Int32Array =>
  Int32Array.from(clauses.flatMap((one) => [...one, 0]));

const count = (numbers: Int32Array): number => numbers.filter((n) => n === 0).length;

/** `n` pigeons in one hole less. */
function pigeons(n: number): { readonly variables: number; readonly clauses: number[][] } {
  const at = (pigeon: number, hole: number): number => pigeon * (n - 1) + hole + 1;
  const every = Array.from({ length: n }, (_, pigeon) => Array.from({ length: n - 1 }, (__, hole) => at(pigeon, hole)));
  const clauses = [...every];
  for (let hole = 0; hole < n - 1; hole++)
    for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) clauses.push([-at(b, hole), -at(a, hole)]);
  return { variables: n * (n - 1), clauses };
}

function stepsIn(proof: Int32Array): number {
  let steps = 0;
  for (let i = 0; i < proof.length; i++) {
    steps++;
    for (i++; proof[i] !== 0; i++);
  }
  return steps;
}

test.each([3, 5, 7])('%d pigeons do not fit, by a proof that the checker accepts', async (n) => {
  const { variables, clauses } = pigeons(n);
  const literals = flat(clauses);
  const found = await refute({ variables, literals }, 60_000);
  expect(found.kind).toBe('unsat');
  if (found.kind !== 'unsat') return;
  const judged = check(
    variables,
    { numbers: literals, count: count(literals) },
    { numbers: found.proof, count: stepsIn(found.proof) },
  );
  expect(judged.refuted).toBe(true);
  // Without its steps nothing is shown.
  expect(
    check(variables, { numbers: literals, count: count(literals) }, { numbers: Int32Array.of(0, 0), count: 1 }).refuted,
  ).toBe(false);
});

const variables = 6;
const clause = fc
  .uniqueArray(fc.integer({ min: 1, max: variables }), { minLength: 2, maxLength: 3 })
  .chain((names) => fc.tuple(...names.map((name) => fc.constantFrom(name, -name))));

test('random clauses have the model that Z3 tells, or the proof', async () => {
  const seen = { sat: 0, unsat: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(clause, { minLength: 20, maxLength: 60 }), async (clauses) => {
      const rest = propagate(variables, flat(clauses));
      if (rest.kind === 'contradiction') return;
      const found = await refute({ variables, literals: rest.literals }, 60_000);
      if (found.kind === 'unknown') throw new Error(found.reason);
      seen[found.kind]++;
      if (found.kind === 'sat') {
        const value = (variable: number): boolean => rest.forced(variable) ?? found.value(variable);
        expect(clauses.every((one) => one.some((literal) => value(Math.abs(literal)) === literal > 0))).toBe(true);
        return;
      }
      const numbers = flat(clauses);
      expect(
        check(variables, { numbers, count: clauses.length }, { numbers: found.proof, count: stepsIn(found.proof) })
          .refuted,
      ).toBe(true);
    }),
    { numRuns: 300 },
  );
  expect(Math.min(seen.sat, seen.unsat)).toBeGreaterThan(20);
});
