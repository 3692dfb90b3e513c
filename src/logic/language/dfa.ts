/**
 * All searches at once as one deterministic automaton: the subset construction (Rabin and Scott 1959), as far as strings
 * reach, over letters, which are sets of bytes that no search tells apart.
 */
import { byteSet, hasByte, NEWLINE } from './bytes.ts';
import { advance, ANYTHING, EXPECTATIONS, mayEnd, type Nfa, searching, settle, type Search } from './nfa.ts';
import { sizeOf } from './regex.ts';

export interface Dfa {
  readonly states: number;
  readonly start: number;
  readonly letters: number;
  /** The letter of each of the 256 bytes. */
  readonly letterOf: Uint8Array;
  /** The state after state s and letter l, at s * letters + l. */
  readonly next: Int32Array;
  /** The languages, ascending, that are found in the strings that end in each state. */
  readonly found: readonly (readonly number[])[];
}

/** Beyond these the construction is given up: positions of the expressions, states, and steps of threads. */
const MOST_POSITIONS = 1 << 17;
const MOST_STATES = 1 << 15;
const MOST_STEPS = 1 << 23;

const DOT = 46;

/** Undefined where the automaton would be too large. */
export function determinize(searches: readonly Search[]): Dfa | undefined {
  if (searches.reduce((sum, { of }) => sum + sizeOf(of) + 2, 0) > MOST_POSITIONS) return undefined;
  const nfa = searching(searches);
  const { letterOf, examples } = lettersOf(nfa);
  const letters = examples.length;
  const members = nfa.sets.map((set) => Uint8Array.from({ length: 256 }, (_, byte) => (hasByte(set, byte) ? 1 : 0)));

  const known = new Map<string, number>();
  const states: (readonly number[])[] = [];
  const next: number[] = [];
  let steps = 0;

  function stateOf(settled: ReadonlySet<number>): number {
    const threads = withoutFinished(nfa, settled);
    const key = threads.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, states.length);
    return states.push(threads) - 1;
  }

  function after(threads: readonly number[], byte: number): number[] {
    const advanced: number[] = [];
    for (const thread of threads) {
      const moved = advance(nfa, thread, byte, (set) => members[set]![byte] === 1);
      if (moved >= 0) advanced.push(moved);
    }
    return advanced;
  }

  const begin = (dotted: boolean) => {
    const entries = nfa.entries.filter((entry) => entry.dotted === dotted);
    return settle(
      nfa,
      entries.map(({ node }) => node * EXPECTATIONS + ANYTHING),
      true,
      false,
    );
  };
  const start = stateOf(new Set([...begin(false), ...settle(nfa, after([...begin(true)], DOT), false, false)]));
  for (let state = 0; state < states.length; state++) {
    const threads = states[state]!;
    for (const byte of examples) {
      const settled = settle(nfa, after(threads, byte), false, byte === NEWLINE);
      steps += 1 + threads.length + settled.size;
      if (steps > MOST_STEPS) return undefined;
      next.push(stateOf(settled));
      if (states.length > MOST_STATES) return undefined;
    }
  }

  return {
    states: states.length,
    start,
    letters,
    letterOf,
    next: Int32Array.from(next),
    found: states.map((threads) => foundIn(nfa, threads)),
  };
}

/** The threads, ascending, of the searches that still can fail, and one for each that cannot. */
function withoutFinished(nfa: Nfa, settled: ReadonlySet<number>): number[] {
  const finished = new Map<number, number>();
  for (const thread of settled) {
    const at = Math.floor(thread / EXPECTATIONS);
    if (nfa.nodes[at]!.kind === 'found' && thread % EXPECTATIONS === ANYTHING) {
      finished.set(nfa.languages[at]!, thread);
    }
  }
  const kept = [...settled].filter((thread) => {
    const last = finished.get(nfa.languages[Math.floor(thread / EXPECTATIONS)]!);
    return last === undefined || last === thread;
  });
  return kept.sort((a, b) => a - b);
}

function foundIn(nfa: Nfa, threads: readonly number[]): number[] {
  const found = new Set<number>();
  for (const thread of threads) {
    const at = Math.floor(thread / EXPECTATIONS);
    if (nfa.nodes[at]!.kind === 'found' && mayEnd(thread)) found.add(nfa.languages[at]!);
  }
  return [...found].sort((a, b) => a - b);
}

/** The bytes by what can tell them apart, and one byte of each letter. */
function lettersOf(nfa: Nfa): { readonly letterOf: Uint8Array; readonly examples: readonly number[] } {
  const linewise = nfa.nodes.some(({ kind, ...node }) => kind === 'anchor' && 'at' in node && node.at !== 'start');
  const letterOf = new Uint8Array(256);
  let count = 1;
  for (const set of linewise ? [...nfa.sets, byteSet(NEWLINE)] : nfa.sets) {
    const split = new Map<number, number>();
    let letters = 0;
    for (let byte = 0; byte < 256; byte++) {
      const key = letterOf[byte]! * 2 + (hasByte(set, byte) ? 1 : 0);
      const letter = split.get(key) ?? letters++;
      split.set(key, letter);
      letterOf[byte] = letter;
    }
    count = letters;
  }
  const examples = Array.from({ length: count }, (_, letter) => letterOf.indexOf(letter));
  return { letterOf, examples };
}
