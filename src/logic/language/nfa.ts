/**
 * Regular expressions as one nondeterministic automaton (Thompson 1968), whose threads may expect something of the rest.
 *
 * An anchor that looks ahead is not decided where it stands: its thread goes on and expects the rest of the string to be
 * empty, say. The five expectations that anchors can leave are a chain of ever smaller languages, and each byte takes
 * one to another (the derivative of its language, Brzozowski 1964).
 */
import { invariant } from '../../base/invariant.ts';
import { type ByteSet, NEWLINE } from './bytes.ts';
import { type Anchor, beginsAtStart, type Regex } from './regex.ts';

/** What a thread expects of the bytes that are still to come, each implied by the next. */
export const ANYTHING = 0;
const SOMETHING = 1;
const NEWLINE_FIRST = 2;
const ONE_NEWLINE = 3;
const NOTHING = 4;
/** Node n with expectation e is thread n * EXPECTATIONS + e. */
export const EXPECTATIONS = 5;
const IMPOSSIBLE = -1;

export type Node =
  /** Reads a byte of one of the automaton's sets. */
  | { readonly kind: 'read'; readonly set: number; readonly next: number }
  /** Goes on at each of two. */
  | { readonly kind: 'fork'; readonly next: number; other: number }
  | { readonly kind: 'anchor'; readonly at: Anchor; readonly next: number }
  /** Begins the search at every byte. */
  | { readonly kind: 'search'; readonly next: number }
  /** The search has found its language. */
  | { readonly kind: 'found' };

export interface Search {
  readonly language: number;
  readonly of: Regex;
  /** What is searched is a dot and the string after it. */
  readonly dotted: boolean;
}

export interface Nfa {
  readonly nodes: readonly Node[];
  /** The language that each node searches for. */
  readonly languages: readonly number[];
  /** Distinct. */
  readonly sets: readonly ByteSet[];
  /** Where each search begins. */
  readonly entries: readonly { readonly node: number; readonly dotted: boolean }[];
}

export function searching(searches: readonly Search[]): Nfa {
  const nodes: Node[] = [];
  const languages: number[] = [];
  const sets = new Map<ByteSet, number>();
  let current = 0;

  function add(node: Node): number {
    languages.push(current);
    return nodes.push(node) - 1;
  }

  function setOf(set: ByteSet): number {
    const known = sets.get(set) ?? sets.size;
    sets.set(set, known);
    return known;
  }

  /** The node at which a regular expression begins that goes on at `next`. */
  function build(regex: Regex, next: number): number {
    switch (regex.kind) {
      case 'bytes':
        return add({ kind: 'read', set: setOf(regex.set), next });
      case 'anchor':
        return add({ kind: 'anchor', at: regex.at, next });
      case 'sequence':
        return regex.of.reduceRight((after, part) => build(part, after), next);
      case 'choice': {
        const branches = regex.of.map((branch) => build(branch, next));
        return branches.reduceRight((other, branch) => add({ kind: 'fork', next: branch, other }));
      }
      case 'repeat': {
        let entry = next;
        if (regex.max === undefined) {
          const loop = add({ kind: 'fork', next, other: next });
          const node = nodes[loop]!;
          invariant(node.kind === 'fork', 'a loop is a fork');
          node.other = build(regex.of, loop);
          entry = loop;
        } else {
          for (let i = regex.min; i < regex.max; i++) {
            entry = add({ kind: 'fork', next, other: build(regex.of, entry) });
          }
        }
        for (let i = 0; i < regex.min; i++) entry = build(regex.of, entry);
        return entry;
      }
    }
  }

  const entries = searches.map(({ language, of, dotted }) => {
    current = language;
    const node = build(of, add({ kind: 'found' }));
    return { node: beginsAtStart(of) ? node : add({ kind: 'search', next: node }), dotted };
  });
  return { nodes, languages, sets: [...sets.keys()], entries };
}

const expectingBoth = (a: number, b: number): number =>
  (a === NOTHING) === (b === NOTHING) || a === ANYTHING || b === ANYTHING ? Math.max(a, b) : IMPOSSIBLE;

/** What is expected after a byte, or less than zero where the byte disappoints. */
function expectedAfter(expectation: number, byte: number): number {
  if (expectation <= SOMETHING) return ANYTHING;
  if (byte !== NEWLINE) return IMPOSSIBLE;
  if (expectation === NEWLINE_FIRST) return ANYTHING;
  return expectation === ONE_NEWLINE ? NOTHING : IMPOSSIBLE;
}

/** Whether the string may end here. */
export const mayEnd = (thread: number): boolean => {
  const expectation = thread % EXPECTATIONS;
  return expectation === ANYTHING || expectation === NOTHING;
};

/** What an anchor adds to what is expected; several are alternatives, none is a refusal. */
function expectedBy(at: Anchor, atStart: boolean, afterNewline: boolean): readonly number[] {
  switch (at) {
    case 'start':
      return atStart ? [ANYTHING] : [];
    case 'line-start':
      if (atStart) return [ANYTHING];
      return afterNewline ? [SOMETHING] : [];
    case 'end':
      return [NOTHING];
    case 'last-line-end':
      return [NOTHING, ONE_NEWLINE];
    case 'line-end':
      return [NOTHING, NEWLINE_FIRST];
  }
}

/** The threads at nodes that read or have found, reached from these without a byte. */
export function settle(nfa: Nfa, threads: readonly number[], atStart: boolean, afterNewline: boolean): Set<number> {
  const seen = new Set(threads);
  const settled = new Set<number>();
  const stack = [...threads];
  function reach(node: number, expectation: number): void {
    const thread = node * EXPECTATIONS + expectation;
    if (seen.has(thread)) return;
    seen.add(thread);
    stack.push(thread);
  }
  for (let thread = stack.pop(); thread !== undefined; thread = stack.pop()) {
    const expectation = thread % EXPECTATIONS;
    const node = nfa.nodes[(thread - expectation) / EXPECTATIONS]!;
    switch (node.kind) {
      case 'read':
      case 'found':
        settled.add(thread);
        break;
      case 'fork':
        reach(node.next, expectation);
        reach(node.other, expectation);
        break;
      case 'search':
        settled.add(thread);
        reach(node.next, expectation);
        break;
      case 'anchor':
        for (const more of expectedBy(node.at, atStart, afterNewline)) {
          const both = expectingBoth(expectation, more);
          if (both !== IMPOSSIBLE) reach(node.next, both);
        }
        break;
    }
  }
  return settled;
}

/** The thread after a byte, before it is settled; less than zero where it dies. `reads`: the byte is in the set. */
export function advance(nfa: Nfa, thread: number, byte: number, reads: (set: number) => boolean): number {
  const expectation = thread % EXPECTATIONS;
  const at = (thread - expectation) / EXPECTATIONS;
  const node = nfa.nodes[at]!;
  const after = expectedAfter(expectation, byte);
  if (after === IMPOSSIBLE) return IMPOSSIBLE;
  if (node.kind !== 'read') return at * EXPECTATIONS + after;
  return reads(node.set) ? node.next * EXPECTATIONS + after : IMPOSSIBLE;
}
