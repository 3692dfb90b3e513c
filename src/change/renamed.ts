/** A value in which some ids stand in place of others, wherever they occur; texts that people wrote stay. */

import { isProvenance } from '../network/resource.ts';

/** Texts that people wrote, in which no id is meant. */
const words: ReadonlySet<string> = new Set(['name', 'description', 'text']);

export type Names = ReadonlyMap<string, string>;

/** Any plain value: lists, maps, sets and records are gone through; the same value where nothing is renamed. */
export function renamed<T>(value: T, names: Names): T {
  return names.size === 0 ? value : (rename(value, (text) => names.get(text) ?? text) as T);
}

/** The same where ids are parts of texts, set apart by blanks, as in the keys of choices. */
export function renamedWords<T>(value: T, names: Names): T {
  if (names.size === 0) return value;
  return rename(value, (text) =>
    text
      .split(' ')
      .map((word) => names.get(word) ?? word)
      .join(' '),
  ) as T;
}

function rename(value: unknown, word: (text: string) => string): unknown {
  if (typeof value === 'string') return word(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isProvenance(value)) return value;
  if (Array.isArray(value)) return value.map((one) => rename(one, word));
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [rename(key, word), rename(one, word)]));
  if (value instanceof Set) return new Set([...value].map((one) => rename(one, word)));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => [
      key,
      (typeof one === 'string' && words.has(key)) || key === 'tags' ? one : rename(one, word),
    ]),
  );
}
