/** Of sets in order, what each has that none before it has: many rules that differ in one field alone become two. */
import { type Intervals, unionAll } from '../../net/interval.ts';

/**
 * The values that the first of the sets to have them is marked with, by mark. Linear in the number of intervals, but for
 * sorting their ends: what is taken once is skipped from then on (Tarjan, 1975).
 */
export function firstTaken<Mark>(sets: readonly (readonly [Mark, Intervals])[]): ReadonlyMap<Mark, Intervals> {
  const ends = new Set<bigint>();
  for (const [, set] of sets) for (const { lo, hi } of set) ends.add(lo).add(hi + 1n);
  const cuts = [...ends].sort((a, b) => (a < b ? -1 : 1));
  const index = new Map(cuts.map((cut, i) => [cut, i]));
  /** From each piece between two cuts on, the next that nobody has taken. */
  const next = Array.from({ length: cuts.length + 1 }, (_, i) => i);
  const free = (from: number): number => {
    let at = from;
    while (next[at] !== at) {
      next[at] = next[next[at]!]!;
      at = next[at]!;
    }
    return at;
  };
  const taken = new Map<Mark, Intervals[number][]>();
  for (const [mark, set] of sets) {
    const own = taken.get(mark) ?? [];
    taken.set(mark, own);
    for (const { lo, hi } of set) {
      const end = index.get(hi + 1n)!;
      for (let at = free(index.get(lo)!); at < end; at = free(at)) {
        own.push({ lo: cuts[at]!, hi: cuts[at + 1]! - 1n });
        next[at] = at + 1;
      }
    }
  }
  return new Map([...taken].map(([mark, own]) => [mark, unionAll([own])]));
}
