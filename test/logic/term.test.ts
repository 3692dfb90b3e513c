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
