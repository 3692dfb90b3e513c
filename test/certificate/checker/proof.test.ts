/** The checker of proofs: what it accepts cannot be true, and it accepts what the definition of DRAT does. */
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it, test } from 'vitest';
import { type Refuted, refute } from '../../../src/certificate/checker/proof.ts';
import {
  type Clause,
  type Step,
  adding,
  cooksProof,
  deleting,
  forced,
  mayBeAdded,
  packed,
  packedSteps,
  pigeons,
  proofOf,
  same,
  satisfiable,
} from './clauses.ts';

const checked = (variables: number, clauses: readonly Clause[], steps: readonly Step[]): Refuted =>
  refute(variables, packed(clauses), packedSteps(steps));

describe('a known proof', () => {
  it('of two bits that cannot be anything is accepted, and as soon as it is enough', () => {
    const all = [
      [1, 2],
      [1, -2],
      [-1, 2],
      [-1, -2],
    ];
    expect(checked(2, all, adding([1], []))).toEqual({ refuted: true, needed: 1, kept: 0 });
    expect(checked(2, all, adding([]))).toMatchObject({ refuted: false });
    expect(checked(2, all, [])).toEqual({ refuted: false, why: 'the steps end, and no contradiction is found' });
  });

  it('needs no step where the clauses contradict each other at once', () => {
    expect(checked(2, [[1], [-1, 2], [-2]], [])).toMatchObject({ refuted: true, needed: 0 });
    expect(checked(1, [[1], [-1]], [])).toMatchObject({ refuted: true, needed: 0 });
    expect(checked(1, [[], [1]], [])).toEqual({ refuted: true, needed: 0, kept: 0 });
    expect(checked(0, [[]], [])).toMatchObject({ refuted: true });
    expect(checked(0, [], [])).toMatchObject({ refuted: false });
  });

  test.each([2, 3, 4])('by cases, that %i holes do not hold one pigeon more', (n) => {
    const { variables, clauses } = pigeons(n);
    const proof = proofOf(variables, clauses);
    expect(checked(variables, clauses, adding(...(proof ?? [])))).toMatchObject({ refuted: true });
  });

  test.each([2, 3, 6, 12])('by new variables, that %i holes do not hold one pigeon more', (n) => {
    const { variables, steps } = cooksProof(n);
    expect(checked(variables, pigeons(n).clauses, steps)).toMatchObject({ refuted: true, kept: 0 });
  });

  it('by new variables, refused where a definition is led by another literal', () => {
    const { variables, steps } = cooksProof(4);
    const turned = steps.map(({ add, clause }, i) => ({ add, clause: i === 0 ? clause.toReversed() : clause }));
    expect(checked(variables, pigeons(4).clauses, turned)).toEqual({
      refuted: false,
      why: 'step 1 adds a clause that does not follow from those before it',
    });
  });

  it('by new variables, refused where a variable is defined twice over', () => {
    const { variables, steps } = cooksProof(4);
    const [q, sits] = steps[0]!.clause;
    const twice = [...steps.slice(0, 4), ...adding([-q!, sits!]), ...steps.slice(4)];
    expect(checked(variables, pigeons(4).clauses, twice)).toMatchObject({ refuted: false });
  });
});

describe('a clause that is deleted', () => {
  const clauses = [
    [1, 2],
    [1, -2],
    [-1, 2],
    [-1, -2],
  ];

  it('supports nothing after it', () => {
    expect(checked(2, clauses, [...deleting([2, 1]), ...adding([1])])).toMatchObject({ refuted: false });
    expect(checked(2, clauses, [...deleting([-2, -1]), ...adding([1])])).toEqual({
      refuted: false,
      why: 'the steps end, and no contradiction is found',
    });
  });

  it('must be there, and is gone once for each time', () => {
    for (const absent of [[2], [1, 2, 3], [], [3, 1]])
      expect(checked(3, clauses, deleting(absent))).toEqual({
        refuted: false,
        why: 'step 1 deletes a clause that is not there',
      });
    const twice = [...clauses, [2, 1]];
    expect(checked(2, twice, [...deleting([1, 2]), ...adding([1])])).toMatchObject({ refuted: true });
    expect(checked(2, twice, deleting([1, 2], [1, 2], [1, 2]))).toMatchObject({
      why: expect.stringContaining('step 3'),
    });
  });

  it('stays where a literal is known by it, and is counted', () => {
    const given = [[1], [-1, 2], [-2, 3, 4], [-2, 3, -4], [-2, -3, 4], [-2, -3, -4]];
    expect(checked(4, given, [...deleting([1], [-1, 2]), ...adding([3])])).toEqual({
      refuted: true,
      needed: 3,
      kept: 2,
    });
  });

  it('makes room for one that it stood against', () => {
    // While [-1, 2] is there, nothing lets [1, -2] in; without it, no clause speaks against 1.
    expect(
      mayBeAdded(
        [
          [-1, 2],
          [2, 3],
          [-2, 3],
        ],
        [1, -3],
      ),
    ).toBe(false);
    expect(
      checked(
        3,
        [
          [-1, 2],
          [2, 3],
          [-2, 3],
        ],
        adding([1, -3]),
      ),
    ).toMatchObject({ why: expect.stringContaining('step 1 adds') });
    expect(
      checked(
        3,
        [
          [-1, 2],
          [2, 3],
          [-2, 3],
        ],
        [...deleting([2, -1]), ...adding([1, -3])],
      ),
    ).toMatchObject({
      why: 'the steps end, and no contradiction is found',
    });
  });
});

const variables = 5;
const literal = fc.integer({ min: 1, max: variables }).chain((v) => fc.constantFrom(v, -v));
const clauseOf = (maxLength: number, minLength = 1): fc.Arbitrary<Clause> =>
  fc.uniqueArray(literal, { minLength, maxLength, selector: Math.abs });
const formula = fc.array(clauseOf(3), { minLength: 4, maxLength: 30 });

/** What the definition makes of the steps; undefined where it leaves open which clause a literal is known by. */
function byDefinition(clauses: readonly Clause[], steps: readonly Step[]): string | undefined {
  const there = [...clauses];
  for (const [i, { add, clause }] of steps.entries()) {
    const known = forced(there, []);
    if (known === undefined) return `refuted after ${i}`;
    if (add) {
      if (!mayBeAdded(there, clause)) return `step ${i + 1} adds a clause that does not follow from those before it`;
      there.push(clause);
      continue;
    }
    const index = there.findIndex((each) => same(each, clause));
    if (index === -1) return `step ${i + 1} deletes a clause that is not there`;
    if (clause.some((each) => known.has(each) && clause.every((other) => other === each || known.has(-other))))
      return undefined;
    there.splice(index, 1);
  }
  return forced(there, []) === undefined
    ? `refuted after ${steps.length}`
    : 'the steps end, and no contradiction is found';
}

describe('random clauses', () => {
  const seen = { refuted: 0, refused: 0, open: 0, blocked: 0 };

  property.prop(
    [formula, fc.array(fc.record({ add: fc.boolean(), clause: clauseOf(3), of: fc.nat() }), { maxLength: 12 })],
    {
      numRuns: 4000,
    },
  )('and random steps are judged as by the definition', (clauses, drawn) => {
    const steps = drawn.map(({ add, clause, of }) => ({ add, clause: add ? clause : clauses[of % clauses.length]! }));
    const expected = byDefinition(clauses, steps);
    const judged = checked(variables, clauses, steps);
    if (judged.refuted) expect(satisfiable(variables, clauses)).toBe(false);
    if (expected === undefined) seen.open++;
    else expect(judged.refuted ? `refuted after ${judged.needed}` : judged.why).toBe(expected);
    seen[judged.refuted ? 'refuted' : 'refused']++;
  });

  property.prop([formula, clauseOf(4)], { numRuns: 3000 })(
    'let in whatever may be added, and nothing else',
    (clauses, clause) => {
      fc.pre(forced(clauses, []) !== undefined);
      const judged = checked(variables, clauses, adding(clause));
      const may = mayBeAdded(clauses, clause);
      expect(!judged.refuted && judged.why.startsWith('step 1')).toBe(!may);
      if (
        may &&
        forced(
          clauses,
          clause.map((each) => -each),
        ) !== undefined
      )
        seen.blocked++;
      if (may && satisfiable(variables, clauses)) expect(satisfiable(variables, [...clauses, clause])).toBe(true);
    },
  );

  property.prop([fc.array(clauseOf(3), { minLength: 20, maxLength: 40 }), fc.infiniteStream(fc.nat())], {
    numRuns: 1500,
  })('that cannot be true have a proof, and a changed one proves nothing false', (clauses, draws) => {
    const draw = (below: number): number => (draws.next().value ?? 0) % below;
    const proof = proofOf(variables, clauses);
    expect(proof === undefined).toBe(satisfiable(variables, clauses));
    if (proof === undefined) return;
    expect(checked(variables, clauses, adding(...proof))).toMatchObject({ refuted: true });
    const steps = [...adding(...proof)];
    const given = [...clauses];
    for (let changes = 1 + draw(3); changes > 0; changes--) {
      const i = draw(steps.length + 1);
      const { add = true, clause = [] } = steps[i] ?? {};
      const k = draw(clause.length + 1);
      const kinds = [
        () => steps.splice(i, 1),
        () => steps.splice(i, 0, { add: false, clause: given[draw(given.length)]! }),
        () => steps.splice(i, 1, { add, clause: clause.toSpliced(k, 1) }),
        () => steps.splice(i, 1, { add, clause: clause.map((each, at) => (at === k ? -each : each)) }),
        () => steps.splice(draw(steps.length + 1), 0, ...steps.splice(i, 1)),
        () => given.splice(draw(given.length), 1),
      ];
      kinds[draw(kinds.length)]!();
    }
    const judged = checked(variables, given, steps);
    if (judged.refuted) expect(satisfiable(variables, given)).toBe(false);
  });

  test('were of every kind', () => {
    expect(seen.refuted).toBeGreaterThan(200);
    expect(seen.refused).toBeGreaterThan(200);
    expect(seen.blocked).toBeGreaterThan(50);
    expect(seen.open).toBeLessThan(2000);
  });
});
