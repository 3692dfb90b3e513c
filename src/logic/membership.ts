/**
 * Membership of a bit vector in a set of intervals: a binary trie over the set, as terms.
 *
 * A run of bits each of which leaves the other half of its block empty is one conjunction, a run of bits each of which
 * leaves the other half full is one disjunction, and only where both halves are cut does the trie branch: its size is
 * linear in the number of intervals. Equal subtries are one term.
 */
import { invariant } from '../base/invariant.ts';
import type { Term, Terms } from './term.ts';

/** Closed intervals, ascending and disjoint. */
export type IntervalSet = readonly { readonly lo: bigint; readonly hi: bigint }[];

/** The ends of intervals as words of 32 bits, the first bit in the highest bit of the first word. */
export interface PackedIntervals {
  readonly count: number;
  readonly stride: number;
  readonly lows: readonly number[];
  readonly highs: readonly number[];
  /** From where on each low end has only zeros, and each high end only ones. */
  readonly zeros: readonly number[];
  readonly ones: readonly number[];
}

/** The bits before `at` lead to a block; these are the intervals that meet it. */
interface Block {
  readonly at: number;
  readonly first: number;
  readonly last: number;
  /** Whether the first interval begins before the block. */
  readonly below: boolean;
  /** Whether the last interval ends after it. */
  readonly above: boolean;
}

/** Bits that are joined to one term wherever they stand together, so that prefixes share them. */
const OCTET = 8;

export function membership(terms: Terms, vector: readonly Term[], set: PackedIntervals): Term {
  const { stride, lows, highs, zeros, ones } = set;

  function within(block: Block): Term {
    let { at, first, last, below, above } = block;
    // Runs of one connective, outermost first, and whether the current one is a conjunction.
    const runs: Term[][] = [];
    let run: Term[] = [];
    let conjunction = true;
    let rest: Term;
    for (;;) {
      if (first > last) {
        rest = terms.false;
        break;
      }
      if (first === last && (below || at >= zeros[first]!) && (above || at >= ones[last]!)) {
        rest = terms.true;
        break;
      }
      const bit = vector[at]!;
      const word = at >> 5;
      const mask = 1 << (31 - (at & 31));
      at++;
      // The last interval that begins in the lower half of the block.
      let middle = first - 1;
      for (let high = last; middle < high;) {
        const probe = (middle + high + 1) >> 1;
        if ((below && probe === first) || (lows[probe * stride + word]! & mask) === 0) middle = probe;
        else high = probe - 1;
      }
      const straddles =
        middle >= first && ((above && middle === last) || (highs[middle * stride + word]! & mask) !== 0);
      const upper = straddles ? middle : middle + 1;
      const lowerEmpty = middle < first;
      const upperEmpty = upper > last;
      const lowerFull = middle === first && (below || at >= zeros[first]!) && (straddles || at >= ones[middle]!);
      const upperFull = upper === last && (straddles || at >= zeros[upper]!) && (above || at >= ones[last]!);
      if (!(lowerEmpty || upperEmpty || lowerFull || upperFull)) {
        const then = within({ at, first: upper, last, below: straddles, above });
        rest = terms.ite(bit, then, within({ at, first, last: middle, below, above: straddles }));
        break;
      }
      // One half is decided: the bit joins the run of its connective, and the other half goes on.
      const intoUpper = lowerEmpty || (lowerFull && !upperEmpty);
      if (conjunction !== (lowerEmpty || upperEmpty)) {
        runs.push(run);
        run = [];
        conjunction = !conjunction;
      }
      if (intoUpper) {
        first = upper;
        below = straddles;
      } else {
        last = middle;
        above = straddles;
      }
      run.push(intoUpper === conjunction ? bit : bit ^ 1);
    }
    for (;;) {
      if (run.length > 0) {
        at -= run.length;
        const parts = byOctets(run, at, conjunction);
        parts.push(rest);
        rest = conjunction ? terms.and(parts) : terms.or(parts);
      }
      const outer = runs.pop();
      if (outer === undefined) return rest;
      run = outer;
      conjunction = !conjunction;
    }
  }

  /** The run, which begins at a bit of the vector, with each octet that it spans joined to one term. */
  function byOctets(run: readonly Term[], from: number, conjunction: boolean): Term[] {
    if (run.length <= OCTET) return [...run];
    const parts: Term[] = [];
    for (let i = 0; i < run.length;) {
      if ((from + i) % OCTET === 0 && i + OCTET <= run.length) {
        const octet = run.slice(i, i + OCTET);
        parts.push(conjunction ? terms.and(octet) : terms.or(octet));
        i += OCTET;
      } else parts.push(run[i++]!);
    }
    return parts;
  }

  return within({ at: 0, first: 0, last: set.count - 1, below: false, above: false });
}

export function packIntervals(set: IntervalSet, width: number): PackedIntervals {
  const stride = Math.max(1, (width + 31) >> 5);
  const lows: number[] = [];
  const highs: number[] = [];
  const zeros: number[] = [];
  const ones: number[] = [];
  for (let i = 0; i < set.length; i++) {
    const { lo, hi } = set[i]!;
    invariant(lo <= hi && (i === 0 ? lo >= 0n : set[i - 1]!.hi < lo), 'intervals are ascending and disjoint');
    packBits(lows, lo, width, stride);
    packBits(highs, hi, width, stride);
    zeros.push(width - trailingZeros(lows, stride, width, 0));
    ones.push(width - trailingZeros(highs, stride, width, -1));
  }
  return { count: set.length, stride, lows, highs, zeros, ones };
}

/** Appends the words of an integer, aligned to the left. */
function packBits(words: number[], value: bigint, width: number, stride: number): void {
  if (stride === 1) {
    const number = Number(value);
    invariant(number < 2 ** width, 'an interval fits its vector');
    words.push((number << (32 - width)) | 0);
    return;
  }
  invariant(value >> BigInt(width) === 0n, 'an interval fits its vector');
  const aligned = value << BigInt(32 * stride - width);
  for (let j = stride - 1; j >= 0; j--) words.push(Number(BigInt.asIntN(32, aligned >> BigInt(32 * j))));
}

/** How many zeros the last integer ends in, once its words are combined with `flip`; at most its width. */
function trailingZeros(words: readonly number[], stride: number, width: number, flip: 0 | -1): number {
  const padding = 32 * stride - width;
  let zeros = 0;
  for (let j = 0; j < stride; j++) {
    let word = words[words.length - 1 - j]! ^ flip;
    if (j === 0) word = padding === 32 ? 0 : (word >>> padding) << padding;
    if (word !== 0) return 32 * j + (31 - Math.clz32(word & -word)) - padding;
    zeros = 32 * (j + 1);
  }
  return zeros - padding;
}
