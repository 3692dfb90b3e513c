import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { evaluate } from '../../src/logic/evaluate.ts';
import type { IntervalSet } from '../../src/logic/membership.ts';
import { createTerms, type Term, type Terms } from '../../src/logic/term.ts';
import {
  constantValue,
  constantVector,
  equalVectors,
  freshVector,
  inIntervals,
  isConstant,
  type Vector,
  valueOf,
} from '../../src/logic/vector.ts';

/** Gives the vector's variables the bits of a value. */
function valuationOf(vector: Vector, value: bigint): (variable: Term) => boolean {
  const bits = new Map(vector.map((bit, i) => [bit, ((value >> BigInt(vector.length - 1 - i)) & 1n) === 1n]));
  return (variable) => bits.get(variable)!;
}

/** Distinct ends, cut two by two into intervals; neighbours may touch. */
const intervals = (width: number, most: number): fc.Arbitrary<IntervalSet> =>
  fc
    .tuple(
      fc.uniqueArray(fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n }), { maxLength: 2 * most }),
      fc.boolean(),
    )
    .map(([ends, single]) => {
      const sorted = [...ends].sort((a, b) => (a < b ? -1 : 1));
      if (single) return sorted.map((end) => ({ lo: end, hi: end }));
      return Array.from({ length: sorted.length >> 1 }, (_, i) => ({ lo: sorted[2 * i]!, hi: sorted[2 * i + 1]! }));
    });

const has = (set: IntervalSet, value: bigint) => set.some(({ lo, hi }) => lo <= value && value <= hi);

const membership = (terms: Terms, vector: Vector, term: Term, value: bigint) =>
  evaluate(terms, term, valuationOf(vector, value));

test('every set of integers of three bits is the set that its term accepts', () => {
  for (let members = 0; members < 256; members++) {
    const set: { lo: bigint; hi: bigint }[] = [];
    for (let i = 0; i < 8; i++) {
      if (((members >> i) & 1) === 0) continue;
      const last = set.at(-1);
      if (last !== undefined && last.hi === BigInt(i) - 1n) last.hi = BigInt(i);
      else set.push({ lo: BigInt(i), hi: BigInt(i) });
    }
    const terms = createTerms();
    const vector = freshVector(terms, 'x', 3);
    const term = inIntervals(terms, vector, set);
    for (let i = 0; i < 8; i++) expect(membership(terms, vector, term, BigInt(i))).toBe(((members >> i) & 1) === 1);
    if (members === 0) expect(term).toBe(terms.false);
    if (members === 255) expect(term).toBe(terms.true);
  }
});

test.prop([fc.integer({ min: 0, max: 7 }).chain((width) => fc.tuple(fc.constant(width), intervals(width, 12)))])(
  'a set of small integers is exactly the set that its term accepts',
  ([width, set]) => {
    const terms = createTerms();
    const vector = freshVector(terms, 'x', width);
    const term = inIntervals(terms, vector, set);
    for (let value = 0n; value < 1n << BigInt(width); value++)
      expect(membership(terms, vector, term, value)).toBe(has(set, value));
  },
);

test.prop([
  fc
    .constantFrom(16, 32, 33, 128)
    .chain((width) =>
      fc.tuple(
        fc.constant(width),
        intervals(width, 20),
        fc.array(fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n })),
      ),
    ),
])('a set of wide integers is right at its ends, beside them and elsewhere', ([width, set, others]) => {
  const terms = createTerms();
  const vector = freshVector(terms, 'x', width);
  const term = inIntervals(terms, vector, set);
  const near = set.flatMap(({ lo, hi }) => [lo - 1n, lo, lo + 1n, hi - 1n, hi, hi + 1n]);
  for (const value of [...near, ...others]) {
    if (value < 0n || value >> BigInt(width) !== 0n) continue;
    expect(membership(terms, vector, term, value)).toBe(has(set, value));
  }
});

test('prefixes share the octets that they have in common', () => {
  const terms = createTerms();
  const vector = freshVector(terms, 'x', 32);
  const size = terms.size;
  const slash = (base: bigint, length: bigint) => [{ lo: base, hi: base | ((1n << (32n - length)) - 1n) }];
  inIntervals(terms, vector, slash(0x0a010200n, 24n));
  expect(terms.size - size).toBe(4);
  inIntervals(terms, vector, slash(0x0a010300n, 24n));
  expect(terms.size - size).toBe(6);
  inIntervals(terms, vector, slash(0x0a010000n, 16n));
  expect(terms.size - size).toBe(7);
});

test('ten thousand intervals take nodes in proportion', () => {
  const terms = createTerms();
  const vector = freshVector(terms, 'x', 32);
  const set = Array.from({ length: 10_000 }, (_, i) => {
    const lo = BigInt(i) * 400_000n + BigInt((i * 7919) % 100_000);
    return { lo, hi: lo + BigInt((i * 104_729) % 250_000) };
  });
  inIntervals(terms, vector, set);
  expect(terms.size).toBeLessThan(10_000 * 40);
});

test.prop([fc.bigInt({ min: 0n, max: 255n }), fc.bigInt({ min: 0n, max: 255n })])(
  'a vector equals a constant at that value alone',
  (a, b) => {
    const terms = createTerms();
    const vector = freshVector(terms, 'x', 8);
    const term = equalVectors(terms, vector, constantVector(terms, a, 8));
    expect(membership(terms, vector, term, b)).toBe(a === b);
    const other = freshVector(terms, 'y', 8);
    const values = valuationOf([...vector, ...other], (a << 8n) | b);
    expect(evaluate(terms, equalVectors(terms, vector, other), values)).toBe(a === b);
  },
);

test.prop([fc.constantFrom(0, 1, 31, 32, 33, 64, 128), fc.bigInt({ min: 0n, max: (1n << 128n) - 1n })])(
  'a constant vector has the value it was made of',
  (width, any) => {
    const value = any & ((1n << BigInt(width)) - 1n);
    const terms = createTerms();
    const constant = constantVector(terms, value, width);
    expect(isConstant(constant)).toBe(true);
    expect(constantValue(terms, constant)).toBe(value);
    const vector = freshVector(terms, 'x', width);
    expect(constantValue(terms, vector)).toBe(width === 0 ? 0n : undefined);
    expect(valueOf(vector, valuationOf(vector, value))).toBe(value);
  },
);
