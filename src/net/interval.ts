/** Sets of unsigned integers as sorted, disjoint, non-adjacent closed intervals. */

export interface Interval {
  readonly lo: bigint;
  readonly hi: bigint;
}

/** In ascending order; neighbours neither overlap nor touch. */
export type Intervals = readonly Interval[];

export const none: Intervals = [];

export const interval = (lo: bigint, hi: bigint): Intervals => (lo > hi ? none : [{ lo, hi }]);

export const single = (value: bigint): Intervals => [{ lo: value, hi: value }];

export const isEmpty = (set: Intervals): boolean => set.length === 0;

/** The set of all members of the parts, which may come in any order and overlap. */
export function unionAll(parts: readonly Intervals[]): Intervals {
  const all = parts.flat().sort((a, b) => (a.lo < b.lo ? -1 : a.lo > b.lo ? 1 : 0));
  const out: { lo: bigint; hi: bigint }[] = [];
  for (const { lo, hi } of all) {
    const last = out.at(-1);
    if (last !== undefined && lo <= last.hi + 1n) {
      if (hi > last.hi) last.hi = hi;
    } else out.push({ lo, hi });
  }
  return out;
}

export const union = (a: Intervals, b: Intervals): Intervals =>
  a.length === 0 ? b : b.length === 0 ? a : unionAll([a, b]);

export function intersect(a: Intervals, b: Intervals): Intervals {
  const out: Interval[] = [];
  let i = 0;
  let j = 0;
  // A big set against a small one: skip to the first interval that can matter.
  if (a.length > 16 && b.length > 0) i = firstEndingAt(a, b[0]!.lo);
  if (b.length > 16 && a.length > 0) j = firstEndingAt(b, a[0]!.lo);
  while (i < a.length && j < b.length) {
    const x = a[i]!;
    const y = b[j]!;
    const lo = x.lo > y.lo ? x.lo : y.lo;
    const hi = x.hi < y.hi ? x.hi : y.hi;
    if (lo <= hi) out.push({ lo, hi });
    if (x.hi < y.hi) i++;
    else j++;
  }
  return out;
}

/** The members of `a` that are not in `b`. */
export function subtract(a: Intervals, b: Intervals): Intervals {
  if (a.length === 0 || b.length === 0) return a;
  const out: Interval[] = [];
  let j = 0;
  for (const { lo, hi } of a) {
    let from = lo;
    while (j < b.length && b[j]!.hi < from) j++;
    let k = j;
    while (k < b.length && b[k]!.lo <= hi) {
      const cut = b[k]!;
      if (cut.lo > from) out.push({ lo: from, hi: cut.lo - 1n });
      from = cut.hi + 1n;
      if (from > hi) break;
      k++;
    }
    if (from <= hi) out.push({ lo: from, hi });
  }
  return out;
}

export function contains(set: Intervals, value: bigint): boolean {
  const at = firstEndingAt(set, value);
  return at < set.length && set[at]!.lo <= value;
}

export const isSubset = (a: Intervals, b: Intervals): boolean => isEmpty(subtract(a, b));

export const overlaps = (a: Intervals, b: Intervals): boolean => !isEmpty(intersect(a, b));

export const sameIntervals = (a: Intervals, b: Intervals): boolean =>
  a.length === b.length && a.every((x, i) => x.lo === b[i]!.lo && x.hi === b[i]!.hi);

/** How many integers are in the set. */
export const size = (set: Intervals): bigint => set.reduce((sum, { lo, hi }) => sum + hi - lo + 1n, 0n);

/** The index of the first interval whose end is at or after `value`. */
function firstEndingAt(set: Intervals, value: bigint): number {
  let lo = 0;
  let hi = set.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (set[mid]!.hi < value) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}
