/** What an automaton's states say of the strings that end in them: which searches succeed, and how pleasant they are. */
import type { Dfa } from './dfa.ts';
import type { Search } from './nfa.ts';
import { HOST_NAME, PRINTABLE } from './regex.ts';

export interface Outcomes {
  /** The outcome of each state. */
  readonly of: Uint16Array;
  /** For each outcome the languages found, as a number: outcomes that differ in pleasantness alone have the same. */
  readonly kind: readonly number[];
  /** For each outcome: a host name, visible characters, or neither. */
  readonly pleasantness: readonly (0 | 1 | 2)[];
  /** For each kind, the languages found, ascending. */
  readonly found: readonly (readonly number[])[];
}

/** Searched beside all others, so that it is known of each class whether it has a pleasant string. */
export const pleasantSearches = (languages: number): readonly Search[] => [
  { language: languages, of: HOST_NAME, dotted: false },
  { language: languages + 1, of: PRINTABLE, dotted: false },
];

/** `languages`: how many there are without those of `pleasantSearches`. */
export function outcomesOf(dfa: Dfa, languages: number): Outcomes {
  const kinds = new Map<string, number>();
  const found: (readonly number[])[] = [];
  const outcomes = new Map<number, number>();
  const kind: number[] = [];
  const pleasantness: (0 | 1 | 2)[] = [];
  const of = Uint16Array.from(dfa.found, (all) => {
    const real = all.filter((language) => language < languages);
    const key = real.join();
    const known = kinds.get(key) ?? found.push(real) - 1;
    kinds.set(key, known);
    const pleasant = all.includes(languages) ? 0 : all.includes(languages + 1) ? 1 : 2;
    const outcome = outcomes.get(known * 3 + pleasant) ?? kind.push(known) - 1;
    if (outcome === pleasantness.length) pleasantness.push(pleasant);
    outcomes.set(known * 3 + pleasant, outcome);
    return outcome;
  });
  return { of, kind, pleasantness, found };
}
