/**
 * Walks all strings from their ends, in the tries and in the automaton read backward at once, and tells what kinds of
 * strings there are.
 *
 * As long as a string stands in a trie it is looked at byte by byte, depth first; once it has left both, only the
 * automaton can still tell strings apart, and the image of its function says how.
 */
import type { Backward, Ending } from './backward.ts';
import { folded, isSmall } from './bytes.ts';
import type { Dfa } from './dfa.ts';
import type { Labels, Places } from './label.ts';
import { type Place, rank, ROOT, type Trie, walk } from './trie.ts';

/** A string that stands in a trie. */
export interface Stand extends Places {
  readonly ending: Ending;
  /** The string without its first byte. */
  readonly rest?: Stand;
  readonly byte: number;
}

/** Strings of one label and one outcome. */
export interface Sighting {
  readonly label: number;
  readonly outcome: number;
  readonly at: Stand;
  /** A byte of this letter at which no trie goes on stands before it, and any bytes before that; absent: the string itself. */
  readonly letter?: number;
}

export interface Automata {
  readonly folding: Trie;
  readonly exact: Trie;
  readonly labels: Labels;
  readonly dfa: Dfa;
  readonly backward: Backward;
}

/** Beyond this many stands it is given up. */
const MOST_STANDS = 1 << 20;

export const startOf = ({ folding, exact }: Automata): Places => ({
  folding: folding.size === 1 && folding.wholes(ROOT).length === 0 ? ~ROOT : ROOT,
  exact: exact.size === 1 ? ~ROOT : ROOT,
});

export const walkOn = ({ folding, exact }: Automata, places: Places, byte: number): Places => ({
  folding: walk(folding, places.folding, folded(byte)),
  exact: walk(exact, places.exact, byte),
});

/** The bytes at which a string may stand in a trie again; of two that nothing tells apart from here on, the small one. */
export function onward(
  automata: Automata,
  places: Places,
): { readonly bytes: readonly number[]; readonly twins: boolean } {
  const { folding, exact, dfa } = automata;
  if (places.exact < 0) {
    const bytes = places.folding < 0 ? [] : folding.bytes(places.folding);
    const apart = bytes.some((byte) => isSmall(byte) && dfa.letterOf[byte] !== dfa.letterOf[byte - 32]);
    return apart ? { bytes: bothCases(bytes), twins: false } : { bytes, twins: true };
  }
  const bytes = new Set(places.folding < 0 ? [] : bothCases(folding.bytes(places.folding)));
  for (const byte of exact.bytes(places.exact)) bytes.add(byte);
  return { bytes: [...bytes].sort((a, b) => rank(a) - rank(b)), twins: false };
}

const bothCases = (bytes: readonly number[]): number[] =>
  bytes.flatMap((byte) => (isSmall(byte) ? [byte, byte - 32] : [byte]));

/** Tells every sighting at least once; false where there is too much to see, or the teller has had enough. */
export function explore(automata: Automata, tell: (sighting: Sighting) => boolean): boolean {
  const { folding, exact, labels, dfa, backward } = automata;
  const sizes = new Uint16Array(dfa.letters);
  for (const letter of dfa.letterOf) sizes[letter]!++;
  const left = new Uint16Array(dfa.letters);
  /** By label the endings that were told, and as ~ending those before which every letter was. */
  const told: Set<Ending>[] = [];
  // Two strings lead to one stand only where they differ in case, and something but the folding trie looks at case.
  const meeting = folding.size > 1 && (exact.size > 1 || tellsCase(dfa));
  const stoodAt = meeting ? createSeen(folding, exact) : () => false;

  const stack: Stand[] = [{ ...startOf(automata), ending: backward.empty, byte: 0 }];
  let stands = 0;
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (stoodAt(at)) continue;
    if (++stands > MOST_STANDS) return false;
    const { bytes, twins } = onward(automata, at);

    const label = labels.free(at);
    const toldOf = (told[label] ??= new Set());
    if (!toldOf.has(~at.ending)) {
      left.set(sizes);
      for (const byte of bytes) left[dfa.letterOf[byte]!]! -= twins && isSmall(byte) ? 2 : 1;
      for (let letter = 0; letter < dfa.letters; letter++) {
        if (left[letter] === 0) continue;
        const ending = backward.before(letter, at.ending);
        if (ending === undefined) return false;
        if (toldOf.has(ending)) continue;
        toldOf.add(ending);
        for (const outcome of backward.image(ending)) if (!tell({ label, outcome, at, letter })) return false;
      }
      if (!left.includes(0)) toldOf.add(~at.ending);
    }
    if (!tell({ label: labels.exact(at), outcome: backward.from(dfa.start, at.ending), at })) return false;

    for (let i = bytes.length - 1; i >= 0; i--) {
      const byte = bytes[i]!;
      const ending = backward.before(dfa.letterOf[byte]!, at.ending);
      if (ending === undefined) return false;
      const places = walkOn(automata, at, byte);
      stack.push({ folding: places.folding, exact: places.exact, ending, rest: at, byte });
    }
  }
  return true;
}

function tellsCase({ letterOf }: Dfa): boolean {
  return letterOf.some((letter, byte) => isSmall(byte) && letter !== letterOf[byte - 32]);
}

/** Whether strings led here before. */
function createSeen(folding: Trie, exact: Trie): (stand: Stand) => boolean {
  const pairs = new Map<number, Set<Ending>>();
  return ({ folding: a, exact: b, ending }) => {
    const key = offset(folding, a) * 2 * exact.size + offset(exact, b);
    const endings = pairs.get(key);
    if (endings === undefined) {
      pairs.set(key, new Set([ending]));
      return false;
    }
    if (endings.has(ending)) return true;
    endings.add(ending);
    return false;
  };
}

const offset = (trie: Trie, place: Place): number => place + trie.size;
