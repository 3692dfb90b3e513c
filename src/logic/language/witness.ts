/** Strings of a class that are pleasant to read: a host name where there is one. */
import type { Dfa } from './dfa.ts';
import { type Automata, onward, type Sighting, type Stand } from './explore.ts';

/** Tried first, in this order. */
const FAMILIAR = ['example.com', 'www.example.com', 'example.org', 'host.example.net'];
/** Put before an ending. */
const BEFORE = ['www', 'example', 'host', 'a'];

/** The most pleasant first. */
const ORDER = orderOfBytes();
const ORDER_OF = Uint8Array.from({ length: 256 }, (_, byte) => ORDER.indexOf(byte));

function orderOfBytes(): readonly number[] {
  const preferred = 'abcdefghijklmnopqrstuvwxyz0123456789-.ABCDEFGHIJKLMNOPQRSTUVWXYZ/_';
  const first = Array.from(preferred, (character) => character.charCodeAt(0));
  const visible = Array.from({ length: 94 }, (_, i) => 33 + i);
  return [...new Set([...first, ...visible, 32, ...Array.from({ length: 256 }, (_, byte) => byte)])];
}

export const endingOf = (stand: Stand): string => {
  let text = '';
  for (let at: Stand = stand; at.rest !== undefined; at = at.rest) text += String.fromCharCode(at.byte);
  return text;
};

/** Host names that may be of the sighting's class. */
export function candidates(sighting: Sighting): readonly string[] {
  const ending = endingOf(sighting.at);
  if (ending === '') return FAMILIAR;
  const dotted = ending.startsWith('.') ? ending : `.${ending}`;
  return [...FAMILIAR, ending, ...BEFORE.map((label) => label + dotted)];
}

export interface Words {
  /** A shortest string among the most pleasant that lead to each state. */
  readonly word: (state: number) => string;
  /** The states, nearest first. */
  readonly order: readonly number[];
}

/** Breadth first, with the most pleasant byte of each letter. */
export function wordsOf(dfa: Dfa): Words {
  const bytes = Array.from({ length: dfa.letters }, (_, letter) => pleasantest(dfa, letter, [])).sort(
    (a, b) => ORDER_OF[a]! - ORDER_OF[b]!,
  );
  const from = new Int32Array(dfa.states).fill(-1);
  const by = new Uint8Array(dfa.states);
  const order = [dfa.start];
  from[dfa.start] = dfa.start;
  for (const state of order) {
    for (const byte of bytes) {
      const to = dfa.next[state * dfa.letters + dfa.letterOf[byte]!]!;
      if (from[to] !== -1) continue;
      from[to] = state;
      by[to] = byte;
      order.push(to);
    }
  }
  return {
    order,
    word: (state) => {
      const codes: number[] = [];
      for (let at = state; at !== dfa.start; at = from[at]!) codes.push(by[at]!);
      return String.fromCharCode(...codes.reverse());
    },
  };
}

const pleasantest = (dfa: Dfa, letter: number, not: readonly number[]): number =>
  ORDER.find((byte) => dfa.letterOf[byte] === letter && !not.includes(byte))!;

/** A string that was sighted. */
export function sighted(automata: Automata, words: Words, sighting: Sighting): string {
  const { at, letter, outcome } = sighting;
  const ending = endingOf(at);
  if (letter === undefined) return ending;
  const { bytes, twins } = onward(automata, at);
  const taken = twins ? bytes.flatMap((byte) => [byte, ...(byte >= 97 && byte <= 122 ? [byte - 32] : [])]) : bytes;
  const byte = pleasantest(automata.dfa, letter, taken);
  const longer = automata.backward.before(letter, at.ending)!;
  const state = words.order.find((candidate) => automata.backward.from(candidate, longer) === outcome)!;
  return words.word(state) + String.fromCharCode(byte) + ending;
}
