/**
 * A deterministic automaton read from the end of strings: what it finds in ux, as a function of the state that u leads to.
 *
 * These functions are the states of the automaton for the reversed strings (Brzozowski 1962); only those are made that
 * are asked for. What ux can come to, whatever u is, is the image of the function of x, since all states are reached.
 */
import type { Dfa } from './dfa.ts';

/** A function from states to outcomes, by number. */
export type Ending = number;

export interface Backward {
  /** The function of the empty string. */
  readonly empty: Ending;
  /** The function of cx, for a byte c of the letter; undefined where there would be too many functions. */
  readonly before: (letter: number, ending: Ending) => Ending | undefined;
  /** The outcome from a state. */
  readonly from: (state: number, ending: Ending) => number;
  /** All outcomes, ascending. */
  readonly image: (ending: Ending) => readonly number[];
}

/** Beyond these it is given up: values of all functions together, and functions. */
const MOST_VALUES = 1 << 24;
const MOST_ENDINGS = 1 << 20;

/** `outcomes`: at most 65536 of them, one for each state. */
export function readBackward(dfa: Dfa, outcomes: Uint16Array): Backward {
  const { states, letters, next } = dfa;
  const functions: Uint16Array[] = [outcomes];
  const images: (readonly number[] | undefined)[] = [];
  /** The functions of one hash. */
  const known = new Map<number, Ending[]>([[hash(outcomes), [0]]]);
  /** By function and letter; -1 where it was not asked for. */
  const longer: number[] = Array.from({ length: letters }, () => -1);
  const most = Math.min(MOST_ENDINGS, Math.floor(MOST_VALUES / states));
  const scratch = new Uint16Array(states);

  function intern(): Ending | undefined {
    const code = hash(scratch);
    const alike = known.get(code) ?? [];
    const before = alike.find((ending) => equal(functions[ending]!, scratch));
    if (before !== undefined) return before;
    if (functions.length >= most) return undefined;
    if (alike.push(functions.length) === 1) known.set(code, alike);
    for (let letter = 0; letter < letters; letter++) longer.push(-1);
    return functions.push(scratch.slice()) - 1;
  }

  return {
    empty: 0,
    before: (letter, ending) => {
      const before = longer[ending * letters + letter]!;
      if (before >= 0) return before;
      const values = functions[ending]!;
      for (let state = 0; state < states; state++) scratch[state] = values[next[state * letters + letter]!]!;
      const made = intern();
      if (made !== undefined) longer[ending * letters + letter] = made;
      return made;
    },
    from: (state, ending) => functions[ending]![state]!,
    image: (ending) => (images[ending] ??= [...new Set(functions[ending])].sort((a, b) => a - b)),
  };
}

function hash(values: Uint16Array): number {
  let code = 0x811c9dc5;
  for (const value of values) code = Math.imul(code ^ value, 0x01000193);
  return code;
}

const equal = (a: Uint16Array, b: Uint16Array): boolean => a.every((value, i) => value === b[i]);
