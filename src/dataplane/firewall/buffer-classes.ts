/** The strings that a buffer may hold, in classes that no pattern tells apart. */
import { type Pattern, partition } from '../../logic/language/index.ts';
import { patternKey } from '../../logic/language/pattern.ts';
import type { Intervals } from '../../net/interval.ts';

export interface BufferClasses {
  readonly size: number;
  /** The classes in which the pattern is found; undefined where it is not among those that they were made of. */
  of(pattern: Pattern): Intervals | undefined;
  /** A string of the class. */
  witness(index: number): string;
}

/**
 * Classes for all patterns, or, where these would be too many, for the plain ones among them: what remains is not known.
 * The names of the question are the last to go.
 */
export function classesOf(names: readonly Pattern[], patterns: readonly Pattern[], limit: number): BufferClasses {
  const plain = patterns.filter(({ kind }) => kind !== 'regex');
  const literal = plain.filter((pattern) => pattern.kind === 'literal' && pattern.at !== 'anywhere');
  for (const rest of [patterns, plain, literal, []]) {
    const parts = partition([...names, ...rest], limit);
    if (parts === undefined) continue;
    const told = new Set([...names, ...rest].map((one) => patternKey(one)));
    const found = new Map<string, Intervals>();
    return {
      size: parts.size,
      of: (pattern) => {
        const key = patternKey(pattern);
        if (!told.has(key)) return undefined;
        let set = found.get(key);
        if (set === undefined) found.set(key, (set = parts.of(pattern)));
        return set;
      },
      witness: (index) => parts.witness(index),
    };
  }
  return { size: 1, of: () => undefined, witness: () => '' };
}
