import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { type Cnf, toCnf } from '../../src/logic/cnf.ts';
import { createEvaluator } from '../../src/logic/evaluate.ts';
import { createTerms, type Term } from '../../src/logic/term.ts';
import { build, steps } from './random-terms.ts';

function clausesOf({ literals }: Cnf): number[][] {
  const clauses: number[][] = [[]];
  for (const literal of literals) {
    if (literal === 0) clauses.push([]);
    else clauses.at(-1)!.push(literal);
  }
  clauses.pop();
  return clauses;
}

/** Whether the clauses can hold with some of the variables fixed, by trying. */
function satisfiable(clauses: readonly (readonly number[])[], fixed: ReadonlySet<number>): boolean {
  const left: number[][] = [];
  for (const clause of clauses) {
    if (clause.some((literal) => fixed.has(literal))) continue;
    const open = clause.filter((literal) => !fixed.has(-literal));
    if (open.length === 0) return false;
    left.push(open);
  }
  const shortest = left.sort((a, b) => a.length - b.length)[0];
  if (shortest === undefined) return true;
  const [first] = shortest;
  if (satisfiable(left, new Set([first!]))) return true;
  return shortest.length > 1 && satisfiable(left, new Set([-first!]));
}

/** What each number stands for. */
const meaningsOf = ({ variables, termOf }: Cnf): readonly Term[] =>
  Array.from({ length: variables }, (_, i) => termOf(i + 1));

test.prop([steps, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), fc.array(fc.nat(), { maxLength: 3 })], {
  numRuns: 60,
})(
  'the clauses hold under exactly the assignments under which the terms do, whatever section defines what',
  (made, picks, named) => {
    const terms = createTerms();
    const all = build(terms, 4, 0, made).map(([t]) => t);
    const roots = picks.map((n) => all[all.length - 1 - (n % Math.min(8, all.length))]! ^ (n & 1));
    const gates = named.map((n) => all[n % all.length]! ^ (n & 1));
    const sections = roots.map((root, i) => ({ roots: [root], gates: gates.slice(i, i + 1) }));
    const cnf = toCnf(terms, sections, all.filter((t) => terms.isVariable(t)).slice(0, 2));
    const clauses = clausesOf(cnf);
    const meanings = meaningsOf(cnf);
    expect(clauses.length).toBe(cnf.clauses);
    expect(cnf.sizes.length).toBe(sections.length + 1);
    expect(cnf.sizes.reduce((sum, size) => sum + size, 0)).toBe(cnf.clauses);
    expect(new Set(meanings).size).toBe(cnf.variables);
    for (const clause of clauses)
      for (const literal of clause) expect(Math.abs(literal)).toBeLessThanOrEqual(cnf.variables);
    for (let assignment = 0; assignment < 16; assignment++) {
      const bit = (v: Term) => ((assignment >> Number(terms.nameOf(v).slice(1))) & 1) === 1;
      const fixed = meanings.flatMap((t, i) => (terms.isVariable(t) ? [bit(t) ? i + 1 : -i - 1] : []));
      const value = createEvaluator(terms, bit);
      expect(satisfiable(clauses, new Set(fixed))).toBe(roots.every(value));
    }
  },
);

test('a gate that is needed in one direction is defined in that direction alone', () => {
  const terms = createTerms();
  const [a, b, c] = ['a', 'b', 'c'].map((name) => terms.variable(name)) as [Term, Term, Term];
  const gate = terms.and([a, b]);
  const one = toCnf(terms, [{ roots: [terms.or([gate, c])] }], [a, b, c]);
  expect(meaningsOf(one)).toEqual([a, b, c, gate]);
  expect([one.variables, one.clauses]).toEqual([4, 3]);
  expect(clausesOf(one)).toEqual([
    [4, 3],
    [-4, 1],
    [-4, 2],
  ]);
  const wide = terms.and(['a', 'b', 'd', 'e', 'f'].map((name) => terms.variable(name)));
  const both = toCnf(terms, [{ roots: [terms.or([wide, c]), terms.or([terms.not(wide), terms.not(c)])] }], []);
  expect(both.clauses).toBe(2 + 5 + 1);
});

test('false is the empty clause, true is none, and a conjunction is a clause for each part', () => {
  const terms = createTerms();
  const [a, b] = [terms.variable('a'), terms.variable('b')];
  expect(clausesOf(toCnf(terms, [{ roots: [terms.false] }], []))).toEqual([[]]);
  expect(clausesOf(toCnf(terms, [{ roots: [terms.true] }], []))).toEqual([]);
  expect(clausesOf(toCnf(terms, [{ roots: [terms.and([a, terms.not(b)])] }], []))).toEqual([[1], [-2]]);
});
