/** Sides of unknowns as people read and write them: what a result's `assumptions` say and `--assume` takes back. */

import { parsePrefix } from '../net/prefix.ts';

/** Words for the two sides of keys that have words of their own: permissive first. */
const verbs = [
  ['passes', 'drops'],
  ['up', 'down'],
] as const;

/** Values written behind `=`, by the key's first word: permissive first. The first of them may be left out but for facts. */
const values: Readonly<Record<string, readonly [string, string]>> = {
  certified: ['yes', 'no'],
  continues: ['yes', 'no'],
  unread: ['allow', 'deny'],
  fact: ['yes', 'no'],
  'fails-open': ['yes', 'no'],
  forwards: ['yes', 'no'],
  'hands-over': ['yes', 'no'],
  matches: ['yes', 'no'],
  members: ['yes', 'no'],
  names: ['yes', 'no'],
  onprem: ['yes', 'no'],
  prefers: ['yes', 'no'],
  publishes: ['yes', 'no'],
  returns: ['yes', 'no'],
  transit: ['yes', 'no'],
};

/** The first words that an assumption can have. */
export const assumptionWords: readonly string[] = [...verbs.flat(), ...Object.keys(values), 'value'];

/** `passes:vpce-1`, `drops:vpce-1`, `unread:CALL:ID=allow`, `fact:5.34=no`, `forwards:eni-1`, `forwards:eni-1=no`. */
export function formatAssumption(key: string, side: boolean): string {
  const [word, rest] = cut(key);
  const pair = verbs.find(([yes]) => yes === word);
  if (pair !== undefined) return `${side ? pair[0] : pair[1]}:${rest}`;
  const [yes, no] = values[word] ?? ['yes', 'no'];
  const plain = side && word !== 'fact' && word !== 'unread';
  return plain ? key : `${key}=${side ? yes : no}`;
}

/** Each side in those words. */
export const formatSides = (sides: Iterable<readonly [string, boolean]>): readonly string[] =>
  [...sides].map(([key, side]) => formatAssumption(key, side));

export interface Assumption {
  /** In the words of `unknown.ts`. */
  readonly key: string;
  readonly side: boolean;
}

/** Reads what `formatAssumption` prints; undefined when it is none. A fact needs its value. */
export function parseAssumption(text: string): Assumption | undefined {
  const [word, rest] = cut(text);
  if (rest === '') return undefined;
  const pair = verbs.find((each) => each.some((verb) => verb === word));
  if (pair !== undefined) return { key: `${pair[0]}:${rest}`, side: word === pair[0] };
  // A value is told, and has no other side.
  if (word === 'value') return { key: text, side: true };
  const words = values[word];
  if (words === undefined) return undefined;
  const at = text.lastIndexOf('=');
  if (at < 0) return word === 'fact' ? undefined : { key: text, side: true };
  const value = text.slice(at + 1);
  // A block says whose members are meant, and is no side.
  if (word === 'members' && parsePrefix(value) !== undefined) return { key: text, side: true };
  return value === words[0] || value === words[1] ? { key: text.slice(0, at), side: value === words[0] } : undefined;
}

const cut = (text: string): readonly [string, string] => {
  const at = text.indexOf(':');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};
