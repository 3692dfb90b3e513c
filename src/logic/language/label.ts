/** What the endings of a string say: the set of the patterns that hold by them, each set one number. */
import { markAt, type Place, type Trie } from './trie.ts';

export interface Labels {
  /** Of the strings that go on from both places. */
  readonly free: (places: Places) => number;
  /** Of the string that has just been read. */
  readonly exact: (places: Places) => number;
  /** The patterns of a label, ascending. */
  readonly patterns: (label: number) => readonly number[];
}

/** In the trie of the patterns that fold case, and in that of those that do not. */
export interface Places {
  readonly folding: Place;
  readonly exact: Place;
}

const NONE: readonly number[] = [];

export function createLabels(folding: Trie, exact: Trie): Labels {
  const labels = new Map<string, number>();
  const sets: (readonly number[])[] = [];
  const byMarks = new Map<number, number>();

  function labelOf(patterns: readonly number[]): number {
    const sorted = [...new Set(patterns)].sort((a, b) => a - b);
    const key = sorted.join();
    const label = labels.get(key) ?? sets.push(sorted) - 1;
    labels.set(key, label);
    return label;
  }

  function free(places: Places): number {
    const mark = markAt(folding, places.folding);
    const other = markAt(exact, places.exact);
    const key = mark * exact.size + other;
    const known = byMarks.get(key);
    if (known !== undefined) return known;
    const label = labelOf([...folding.endings(mark), ...exact.endings(other)]);
    byMarks.set(key, label);
    return label;
  }

  return {
    free,
    exact: (places) => {
      const label = free(places);
      const wholes = places.folding < 0 ? NONE : folding.wholes(places.folding);
      const others = places.exact < 0 ? NONE : exact.wholes(places.exact);
      return wholes.length + others.length === 0 ? label : labelOf([...sets[label]!, ...wholes, ...others]);
    },
    patterns: (label) => sets[label]!,
  };
}
