import { test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { createEvaluator } from '../../src/logic/evaluate.ts';
import { createTerms } from '../../src/logic/term.ts';
import { build, steps } from './random-terms.ts';

test.prop([steps], { numRuns: 100 })('every term has the value of what it was built from', (made) => {
  for (let assignment = 0; assignment < 16; assignment++) {
    const terms = createTerms();
    const all = build(terms, 4, assignment, made);
    const value = createEvaluator(terms, (v) => ((assignment >> Number(terms.nameOf(v).slice(1))) & 1) === 1);
    for (const [term, expected] of all) expect(value(term)).toBe(expected);
  }
});

test('a chain of a hundred thousand gates and a gate of a hundred thousand children are evaluated', () => {
  const terms = createTerms();
  const variables = Array.from({ length: 100_000 }, (_, i) => terms.variable(`v${i}`));
  let chain = terms.false;
  variables.forEach((v, i) => {
    chain = i % 2 === 0 ? terms.or([v, chain]) : terms.and([terms.not(v), chain]);
  });
  const wide = terms.or(variables.map((v, i) => terms.and([v, variables[(i + 1) % variables.length]!])));
  const value = createEvaluator(terms, (v) => v === variables[0]);
  expect(value(chain)).toBe(true);
  expect(value(wide)).toBe(false);
});
