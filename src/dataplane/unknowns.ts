/** The unknowns of the network that a predicate mentions. */
import type { Predicate } from './predicate.ts';

const mentioned = new WeakMap<Predicate, ReadonlySet<string>>();
const nothing: ReadonlySet<string> = new Set();

/** By their keys (`network/unknown.ts`); parts that predicates share are looked through once. */
export function unknownsIn(predicate: Predicate): ReadonlySet<string> {
  switch (predicate.kind) {
    case 'true':
    case 'false':
    case 'in':
    case 'same':
      return nothing;
    case 'unknown':
      return new Set([predicate.key]);
    case 'not':
    case 'at':
      return unknownsIn(predicate.of);
    case 'and':
    case 'or': {
      let found = mentioned.get(predicate);
      if (found === undefined) {
        const all = new Set<string>();
        for (const one of predicate.of) for (const key of unknownsIn(one)) all.add(key);
        mentioned.set(predicate, (found = all.size === 0 ? nothing : all));
      }
      return found;
    }
  }
}
