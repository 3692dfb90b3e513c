/**
 * Whether two predicates say the same, whatever the order of their parts, at headers of the same symbols. Where this
 * does not tell, they may say the same all the same.
 */
import { type Predicate, headerKey } from '../dataplane/index.ts';
import type { Intervals } from '../net/interval.ts';

export type Sameness = (a: Predicate, b: Predicate) => boolean;

/** Every predicate gets a number, equal ones the same; large rule sets, shared by many steps, are gone through once. */
export function createSameness(): Sameness {
  const numbers = new Map<string, number>();
  const known = new WeakMap<Predicate, number>();
  const sets = new WeakMap<Intervals, number>();
  const numbered = (text: string): number => {
    let found = numbers.get(text);
    if (found === undefined) numbers.set(text, (found = numbers.size));
    return found;
  };
  const setOf = (set: Intervals): number => {
    let found = sets.get(set);
    if (found === undefined) sets.set(set, (found = numbered(`set ${set.map(({ lo, hi }) => `${lo}-${hi}`).join()}`)));
    return found;
  };
  const numberOf = (predicate: Predicate): number => {
    let found = known.get(predicate);
    if (found === undefined) known.set(predicate, (found = numbered(textOf(predicate))));
    return found;
  };
  const textOf = (predicate: Predicate): string => {
    switch (predicate.kind) {
      case 'true':
      case 'false':
        return predicate.kind;
      case 'in':
        return `in ${predicate.field} ${setOf(predicate.set)}`;
      case 'unknown':
        return `unknown ${predicate.key}`;
      case 'same':
        return `same ${[predicate.a.id, predicate.b.id].sort((a, b) => a - b).join()}`;
      case 'not':
        return `not ${numberOf(predicate.of)}`;
      case 'at':
        return `at ${headerKey(predicate.header)} ${numberOf(predicate.of)}`;
      case 'and':
      case 'or':
        return `${predicate.kind} ${[...new Set(predicate.of.map(numberOf))].sort((a, b) => a - b).join()}`;
    }
  };
  return (a, b) => a === b || numberOf(a) === numberOf(b);
}
