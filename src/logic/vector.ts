/** Vectors of terms as unsigned integers: fresh, constant, equal, and within a set of intervals. */
import { invariant } from '../base/invariant.ts';
import { unsigned, type Term, type Terms } from './term.ts';

/** The most significant bit first. */
export type Vector = readonly Term[];

/** Closed intervals, ascending and disjoint. */
export type IntervalSet = readonly { readonly lo: bigint; readonly hi: bigint }[];

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

/**
 * Whether the vector's value is in the set: a binary trie over the set, in which a run of bits that leave one half of
 * their block empty is a single conjunction, and a run that leave one half full a single disjunction. Its size is
 * linear in the number of intervals; equal subtries are one term.
 */
export function inIntervals(terms: Terms, vector: Vector, set: IntervalSet): Term {
  const lows = packBits(
    set.map(({ lo }) => lo),
    vector.length,
    false,
  );
  const highs = packBits(
    set.map(({ hi }) => hi),
    vector.length,
    true,
  );
  for (let i = 0; i < set.length; i++)
    invariant(
      set[i]!.lo <= set[i]!.hi && (i === 0 || set[i - 1]!.hi < set[i]!.lo),
      'intervals are ascending and disjoint',
    );

  /**
   * Membership in the block that the bits before `at` lead to, of the intervals from `first` to `last` that meet it.
   * `below` and `above`: the first begins before the block; the last ends after it.
   */
  function within(at: number, first: number, last: number, below: boolean, above: boolean): Term {
    const bits: Term[] = [];
    // Parallel to the bits: whether the bit is a conjunct of what follows, or a disjunct.
    const conjunct: boolean[] = [];
    let rest: Term;
    for (;;) {
      if (first > last) {
        rest = terms.false;
        break;
      }
      if (covers(at, first, last, below, above)) {
        rest = terms.true;
        break;
      }
      const bit = vector[at]!;
      const middle = at;
      const lastInLower = highest(first, last, (i) => (below && i === first) || !isSet(lows, i, middle));
      const straddles = lastInLower >= first && ((above && lastInLower === last) || isSet(highs, lastInLower, at));
      const firstInUpper = straddles ? lastInLower : lastInLower + 1;
      at++;
      const lowerEmpty = lastInLower < first;
      const upperEmpty = firstInUpper > last;
      if (lowerEmpty || covers(at, first, lastInLower, below, straddles)) {
        bits.push(lowerEmpty ? bit : bit ^ 1);
        conjunct.push(lowerEmpty);
        first = firstInUpper;
        below = straddles;
      } else if (upperEmpty || covers(at, firstInUpper, last, straddles, above)) {
        bits.push(upperEmpty ? bit ^ 1 : bit);
        conjunct.push(upperEmpty);
        last = lastInLower;
        above = straddles;
      } else {
        const upper = within(at, firstInUpper, last, straddles, above);
        rest = terms.ite(bit, upper, within(at, first, lastInLower, below, straddles));
        break;
      }
    }
    for (let end = bits.length; end > 0;) {
      const run = [rest];
      const conjunction = conjunct[end - 1]!;
      while (end > 0 && conjunct[end - 1] === conjunction) run.push(bits[--end]!);
      rest = conjunction ? terms.and(run) : terms.or(run);
    }
    return rest;
  }

  /** Whether a single interval covers the whole block. */
  const covers = (at: number, first: number, last: number, below: boolean, above: boolean): boolean =>
    first === last && (below || at >= lows.tail[first]!) && (above || at >= highs.tail[last]!);

  return within(0, 0, set.length - 1, false, false);
}

/** Integers as words of 32 bits, the most significant first, and where each integer's tail of equal bits begins. */
interface PackedBits {
  readonly words: Uint32Array;
  readonly stride: number;
  readonly tail: Int32Array;
}

/** The tail is the longest suffix of zeros, or of ones. */
function packBits(values: readonly bigint[], width: number, tailOf: boolean): PackedBits {
  const stride = Math.max(1, Math.ceil(width / 32));
  const padding = BigInt(stride * 32 - width);
  const words = new Uint32Array(values.length * stride);
  const tail = new Int32Array(values.length);
  const packed = { words, stride, tail };
  values.forEach((value, i) => {
    invariant(value >= 0n && value >> BigInt(width) === 0n, 'an interval fits its vector');
    let left = value << padding;
    for (let j = stride - 1; j >= 0; j--) {
      words[i * stride + j] = Number(left & 0xffffffffn);
      left >>= 32n;
    }
    let at = width;
    while (at > 0 && isSet(packed, i, at - 1) === tailOf) at--;
    tail[i] = at;
  });
  return packed;
}

const isSet = ({ words, stride }: PackedBits, i: number, at: number): boolean =>
  ((words[i * stride + (at >> 5)]! >>> (31 - (at & 31))) & 1) === 1;

/** The highest index from `first` to `last` that satisfies what all below it do too; `first - 1` if none does. */
function highest(first: number, last: number, satisfies: (i: number) => boolean): number {
  let low = first - 1;
  let high = last;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (satisfies(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
