/**
 * All searches at once as one deterministic automaton: the subset construction (Rabin and Scott 1959), as far as strings
 * reach, over letters, which are sets of bytes that no search tells apart.
 */
import { byteSet, membersOf, NEWLINE } from './bytes.ts';
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
/** What it costs to settle a thread, in steps. */
const SETTLING = 4;

const DOT = 46;

/** Undefined where the automaton would be too large. */
export function determinize(searches: readonly Search[]): Dfa | undefined {
  if (searches.reduce((sum, { of }) => sum + sizeOf(of) + 2, 0) > MOST_POSITIONS) return undefined;
  const nfa = searching(searches);
  const members = nfa.sets.map(membersOf);
  const { letterOf, examples } = lettersOf(nfa, members);
  const letters = examples.length;

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
    // Most letters do the same to a state: each distinct outcome is settled once.
    const moves: { readonly advanced: readonly number[]; readonly newline: boolean; readonly to: number }[] = [];
    for (const byte of examples) {
      const advanced = after(threads, byte);
      const newline = byte === NEWLINE;
      let move = moves.find((other) => other.newline === newline && equal(other.advanced, advanced));
      steps += threads.length;
      if (move === undefined) {
        const settled = settle(nfa, advanced, false, newline);
        steps += SETTLING * settled.size;
        move = { advanced, newline, to: stateOf(settled) };
        moves.push(move);
      }
      next.push(move.to);
      if (steps > MOST_STEPS || states.length > MOST_STATES) return undefined;
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

const equal = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((thread, i) => thread === b[i]);

/** The bytes by what can tell them apart, and one byte of each letter. */
function lettersOf(
  nfa: Nfa,
  members: readonly Uint8Array[],
): { readonly letterOf: Uint8Array; readonly examples: readonly number[] } {
  const linewise = nfa.nodes.some((node) => node.kind === 'anchor' && node.at !== 'start' && node.at !== 'end');
  const letterOf = new Uint8Array(256);
  const split = new Int16Array(512);
  let count = 1;
  for (const set of linewise ? [...members, membersOf(byteSet(NEWLINE))] : members) {
    split.fill(-1);
    count = 0;
    for (let byte = 0; byte < 256; byte++) {
      const part = letterOf[byte]! * 2 + set[byte]!;
      if (split[part] === -1) split[part] = count++;
      letterOf[byte] = split[part]!;
    }
  }
  return { letterOf, examples: Array.from({ length: count }, (_, letter) => letterOf.indexOf(letter)) };
}
