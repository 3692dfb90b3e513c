/** Terms built at random, beside the plain values of what they were built from. */
import { fc } from '@fast-check/vitest';
import type { Term, Terms } from '../../src/logic/term.ts';

/** A step that makes a new term of earlier ones, each named by a number modulo how many there are. */
type Step = readonly [kind: 'and' | 'or' | 'ite' | 'iff' | 'implies' | 'not', operands: readonly number[]];

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.tuple(
    fc.constantFrom('and', 'or', 'ite', 'iff', 'implies', 'not'),
    fc.array(fc.nat(1000), { minLength: 3, maxLength: 7 }),
  ),
  { maxLength: 40 },
);

/** The constants, the variables, what the steps make, and the plain value of each under an assignment. */
export function build(terms: Terms, variables: number, assignment: number, made: readonly Step[]): [Term, boolean][] {
  const all: [Term, boolean][] = [
    [terms.true, true],
    [terms.false, false],
  ];
  for (let i = 0; i < variables; i++) all.push([terms.variable(`v${i}`), ((assignment >> i) & 1) === 1]);
  for (const [kind, operands] of made) {
    const picked = operands.map((n) => all[n % all.length]!);
    const t = picked.map(([term]) => term);
    const v = picked.map(([, value]) => value);
    switch (kind) {
      case 'and':
        all.push([terms.and(t), v.every(Boolean)]);
        break;
      case 'or':
        all.push([terms.or(t), v.some(Boolean)]);
        break;
      case 'ite':
        all.push([terms.ite(t[0]!, t[1]!, t[2]!), v[0]! ? v[1]! : v[2]!]);
        break;
      case 'iff':
        all.push([terms.iff(t[0]!, t[1]!), v[0] === v[1]]);
        break;
      case 'implies':
        all.push([terms.implies(t[0]!, t[1]!), !v[0]! || v[1]!]);
        break;
      case 'not':
        all.push([terms.not(t[0]!), !v[0]!]);
        break;
    }
  }
  return all;
}
