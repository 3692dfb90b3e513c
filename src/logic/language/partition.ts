/** All byte strings, in as many classes as patterns tell apart. */
import { invariant } from '../../base/invariant.ts';
import type { IntervalSet } from '../membership.ts';
import { readBackward } from './backward.ts';
import { determinize, type Dfa } from './dfa.ts';
import { type Automata, explore, type Sighting, startOf, walkOn } from './explore.ts';
import { createLabels } from './label.ts';
import type { Search } from './nfa.ts';
import { outcomesOf, type Outcomes, pleasantSearches } from './outcome.ts';
import { meaningOf, type Pattern, patternKey } from './pattern.ts';
import { buildTrie, type Entry } from './trie.ts';
import { candidates, sighted, wordsOf } from './witness.ts';

export interface Partition {
  /** How many classes; they are numbered from 0, those of strings that end alike side by side. */
  readonly size: number;
  /** The classes whose strings match: ascending, disjoint, non-adjacent. The pattern is one of the partition's. */
  readonly of: (pattern: Pattern) => IntervalSet;
  /** A string of the class: a host name in lower case where the class has one, else visible characters, else any. */
  readonly witness: (index: number) => string;
  /** The class of a string of characters 0 to 255. */
  readonly classOf: (text: string) => number;
}

const MOST_CLASSES = 1 << 16;
/** Bytes of all endings together. */
const MOST_BYTES = 1 << 21;

/** Undefined where there are more than `limit` classes, or where finding them would take too long. */
export function partition(patterns: readonly Pattern[], limit = MOST_CLASSES): Partition | undefined {
  const numbers = new Map<string, number>();
  const folding: Entry[] = [];
  const exact: Entry[] = [];
  const searches: Search[] = [];
  let bytes = 0;
  for (const pattern of patterns) {
    const key = patternKey(pattern);
    if (numbers.has(key)) continue;
    const number = numbers.size;
    numbers.set(key, number);
    const meaning = meaningOf(pattern);
    if (meaning.kind === 'search') {
      searches.push({ language: number, of: meaning.of, dotted: meaning.dotted });
      continue;
    }
    for (const ending of meaning.of) {
      bytes += ending.bytes.length;
      (ending.nocase ? folding : exact).push({ bytes: ending.bytes, whole: ending.whole, pattern: number });
    }
  }
  if (bytes > MOST_BYTES) return undefined;

  const dfa = determinize([...searches, ...pleasantSearches(numbers.size)]);
  if (dfa === undefined) return undefined;
  const outcomes = outcomesOf(dfa, numbers.size);
  const tries = { folding: buildTrie(folding, true), exact: buildTrie(exact, false) };
  const labels = createLabels(tries.folding, tries.exact);
  const automata: Automata = { ...tries, labels, dfa, backward: readBackward(dfa, outcomes.of) };
  const classes = collect(automata, outcomes, numbers.size, limit);
  return classes === undefined ? undefined : answering(automata, outcomes, numbers, classes);
}

interface Classes {
  /** By label and kind. */
  readonly numbers: ReadonlyMap<number, number>;
  /** The most pleasant sighting of each class. */
  readonly sightings: readonly Sighting[];
  /** For each pattern the ends of its intervals, low, high, low, high. */
  readonly ends: readonly (readonly number[])[];
}

const keyOf = (outcomes: Outcomes, label: number, outcome: number): number =>
  label * outcomes.found.length + outcomes.kind[outcome]!;

/** Numbers the classes as they are sighted first. */
function collect(automata: Automata, outcomes: Outcomes, patterns: number, limit: number): Classes | undefined {
  const numbers = new Map<number, number>();
  const sightings: Sighting[] = [];
  const ends: number[][] = Array.from({ length: patterns }, () => []);

  function belongs(pattern: number, index: number): void {
    const of = ends[pattern]!;
    if (of.length > 0 && of.at(-1) === index - 1) of[of.length - 1] = index;
    else of.push(index, index);
  }

  /** A string itself is more pleasant than one that is made up. */
  const displeasure = ({ outcome, letter }: Sighting) =>
    2 * outcomes.pleasantness[outcome]! + (letter === undefined ? 0 : 1);

  const complete = explore(automata, (sighting) => {
    const key = keyOf(outcomes, sighting.label, sighting.outcome);
    const index = numbers.get(key);
    if (index !== undefined) {
      if (displeasure(sighting) < displeasure(sightings[index]!)) sightings[index] = sighting;
      return true;
    }
    const added = sightings.push(sighting) - 1;
    numbers.set(key, added);
    for (const pattern of automata.labels.patterns(sighting.label)) belongs(pattern, added);
    for (const pattern of outcomes.found[outcomes.kind[sighting.outcome]!]!) belongs(pattern, added);
    return sightings.length <= limit;
  });
  return complete ? { numbers, sightings, ends } : undefined;
}

function answering(
  automata: Automata,
  outcomes: Outcomes,
  numbers: ReadonlyMap<string, number>,
  classes: Classes,
): Partition {
  const { sightings, ends } = classes;

  function classOf(text: string): number {
    let places = startOf(automata);
    for (let i = text.length - 1; i >= 0; i--) {
      const byte = text.charCodeAt(i);
      invariant(byte < 256, 'a string is of bytes');
      places = walkOn(automata, places, byte);
    }
    const label = automata.labels.exact(places);
    const index = classes.numbers.get(keyOf(outcomes, label, outcomes.of[stateAfter(automata.dfa, text)]!));
    invariant(index !== undefined, 'every string is in a class');
    return index;
  }

  let words: ReturnType<typeof wordsOf> | undefined;

  return {
    size: sightings.length,
    of: (pattern) => {
      const number = numbers.get(patternKey(pattern));
      invariant(number !== undefined, 'the pattern is one of those that made the partition');
      const set: { lo: bigint; hi: bigint }[] = [];
      const of = ends[number]!;
      for (let i = 0; i < of.length; i += 2) set.push({ lo: BigInt(of[i]!), hi: BigInt(of[i + 1]!) });
      return set;
    },
    witness: (index) => {
      const sighting = sightings[index];
      invariant(sighting !== undefined, 'a class is numbered less than the size');
      const familiar = candidates(sighting).find((candidate) => classOf(candidate) === index);
      words ??= wordsOf(automata.dfa);
      return familiar ?? sighted(automata, words, sighting);
    },
    classOf,
  };
}

function stateAfter(dfa: Dfa, text: string): number {
  let state = dfa.start;
  for (let i = 0; i < text.length; i++) state = dfa.next[state * dfa.letters + dfa.letterOf[text.charCodeAt(i)]!]!;
  return state;
}
