/** Vectors of terms as unsigned integers: fresh, constant, equal, in a set of intervals. */
import { invariant } from '../base/invariant.ts';
import { type IntervalSet, membership, packIntervals } from './membership.ts';
import { unsigned, type Term, type Terms } from './term.ts';

/** The most significant bit first. */
export type Vector = readonly Term[];

/** The variables `name.0`, the most significant bit, to `name.(width - 1)`. */
export const freshVector = (terms: Terms, name: string, width: number): Vector =>
  Array.from({ length: width }, (_, i) => terms.variable(`${name}.${i}`));

export function constantVector(terms: Terms, value: bigint, width: number): Vector {
  invariant(value >= 0n && value >> BigInt(width) === 0n, 'a constant fits its vector');
  return Array.from({ length: width }, (_, i) =>
    ((value >> BigInt(width - 1 - i)) & 1n) === 1n ? terms.true : terms.false,
  );
}

export function equalVectors(terms: Terms, a: Vector, b: Vector): Term {
  invariant(a.length === b.length, 'only vectors of one width are compared');
  return terms.and(a.map((bit, i) => terms.iff(bit, b[i]!)));
}

/** Whether every bit is a constant. */
export const isConstant = (vector: Vector): boolean => vector.every((bit) => unsigned(bit) === 0);

/** The value of a vector of constants. */
export const constantValue = (terms: Terms, vector: Vector): bigint | undefined =>
  isConstant(vector) ? valueOf(vector, (bit) => bit === terms.true) : undefined;

/** The integer that the bits make under a valuation of terms (an evaluator's, say). */
export function valueOf(vector: Vector, valuation: (bit: Term) => boolean): bigint {
  let value = 0n;
  let word = 0;
  let taken = 0;
  for (const bit of vector) {
    word = word * 2 + (valuation(bit) ? 1 : 0);
    if (++taken === 32) {
      value = (value << 32n) | BigInt(word);
      word = 0;
      taken = 0;
    }
  }
  return (value << BigInt(taken)) | BigInt(word);
}

/** Whether the vector's value is in the set; linear in the set's length. */
export const inIntervals = (terms: Terms, vector: Vector, set: IntervalSet): Term =>
  membership(terms, vector, packIntervals(set, vector.length));
