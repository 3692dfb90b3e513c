/**
 * The endings that patterns name, as a trie read from the end of strings: what a string ends in is told by the deepest
 * node that it reaches, so that one walk finds all of them, as in the keyword tree of Aho and Corasick (1975).
 */
import { folded } from './bytes.ts';

export interface Trie {
  readonly size: number;
  /** The child of a node at a byte, or -1. */
  readonly child: (node: number, byte: number) => number;
  /** The bytes of the children: a dot before all others, so that what a dot sets apart stands together. */
  readonly bytes: (node: number) => readonly number[];
  /** The nearest node, itself or above, at which strings that go on are told apart: where an ending stands, or the root. */
  readonly mark: (node: number) => number;
  /** The patterns that hold for strings which end in the node's. */
  readonly endings: (mark: number) => readonly number[];
  /** The patterns that hold for the node's string alone. */
  readonly wholes: (node: number) => readonly number[];
}

/** Where a walk is: at a node, or, written ~mark, off the trie below a mark. */
export type Place = number;

export interface Entry {
  readonly bytes: string;
  readonly whole: boolean;
  readonly pattern: number;
}

export const ROOT = 0;
/** No node is below itself: the root stands for none. */
const NONE = ROOT;
const NO_PATTERNS: readonly number[] = [];

/** `fold`: bytes are given in any case, and kept in lower case. */
export function buildTrie(entries: readonly Entry[], fold: boolean): Trie {
  const most = entries.reduce((sum, { bytes }) => sum + bytes.length, 1);
  const firstChild = new Int32Array(most);
  const sibling = new Int32Array(most);
  const byteOf = new Uint8Array(most);
  const parents = new Int32Array(most);
  let size = 1;
  const ownEndings = new Map<number, number[]>();
  const wholes = new Map<number, number[]>();

  function child(node: number, byte: number): number {
    let below = firstChild[node]!;
    while (below !== NONE && byteOf[below] !== byte) below = sibling[below]!;
    return below === NONE ? -1 : below;
  }

  /** Children stand in order. */
  function addChild(node: number, byte: number): number {
    let before = NONE;
    let after = firstChild[node]!;
    while (after !== NONE && rank(byteOf[after]!) < rank(byte)) {
      before = after;
      after = sibling[after]!;
    }
    const added = size++;
    byteOf[added] = byte;
    parents[added] = node;
    sibling[added] = after;
    if (before === NONE) firstChild[node] = added;
    else sibling[before] = added;
    return added;
  }

  for (const entry of entries) {
    let node = ROOT;
    for (let i = entry.bytes.length - 1; i >= 0; i--) {
      const code = entry.bytes.charCodeAt(i);
      const byte = fold ? folded(code) : code;
      const below = child(node, byte);
      node = below < 0 ? addChild(node, byte) : below;
    }
    const marks = entry.whole ? wholes : ownEndings;
    const there = marks.get(node);
    if (there === undefined) marks.set(node, [entry.pattern]);
    else there.push(entry.pattern);
  }

  // Parents come before their children.
  const marks = new Int32Array(size);
  for (let node = 1; node < size; node++) marks[node] = ownEndings.has(node) ? node : marks[parents[node]!]!;
  const above = (mark: number) => (mark === ROOT ? undefined : marks[parents[mark]!]!);
  const endings = new Map<number, readonly number[]>();

  function endingsOf(mark: number): readonly number[] {
    const known = endings.get(mark);
    if (known !== undefined) return known;
    const all: number[] = [];
    for (let at: number | undefined = mark; at !== undefined; at = above(at)) all.push(...(ownEndings.get(at) ?? []));
    endings.set(mark, all);
    return all;
  }

  return {
    size,
    child,
    bytes: (node) => {
      const bytes: number[] = [];
      for (let below = firstChild[node]!; below !== NONE; below = sibling[below]!) bytes.push(byteOf[below]!);
      return bytes;
    },
    mark: (node) => marks[node]!,
    endings: endingsOf,
    wholes: (node) => wholes.get(node) ?? NO_PATTERNS,
  };
}

/** One byte further towards the start of a string, the byte folded where the trie is. */
export function walk(trie: Trie, place: Place, byte: number): Place {
  if (place < 0) return place;
  const below = trie.child(place, byte);
  return below < 0 ? ~trie.mark(place) : below;
}

export const markAt = (trie: Trie, place: Place): number => (place < 0 ? ~place : trie.mark(place));

const DOT = 46;

/** The order of children: a dot, then by letters, small before capital. */
export const rank = (byte: number): number => (byte === DOT ? -1 : 2 * folded(byte) + (byte === folded(byte) ? 0 : 1));
