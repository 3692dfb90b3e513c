/** The unknowns of the network that a predicate mentions. */
import { type Predicate, and, anyOf, at, constant, not } from './predicate.ts';

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

/**
 * Puts a predicate in the place of each unknown, by its key; undefined leaves it. Parts without one stay the objects that
 * they are, and parts that predicates share are gone through once.
 */
export function replacingUnknowns(by: (key: string) => Predicate | undefined): (predicate: Predicate) => Predicate {
  const known = new WeakMap<Predicate, Predicate>();
  const replace = (predicate: Predicate): Predicate => {
    switch (predicate.kind) {
      case 'true':
      case 'false':
      case 'in':
      case 'same':
        return predicate;
      case 'unknown':
        return by(predicate.key) ?? predicate;
      case 'not':
        return not(replace(predicate.of));
      case 'at':
        return at(predicate.header, replace(predicate.of));
      case 'and':
      case 'or': {
        let found = known.get(predicate);
        if (found === undefined) known.set(predicate, (found = replaceParts(predicate, replace)));
        return found;
      }
    }
  };
  return replace;
}

function replaceParts(
  predicate: Extract<Predicate, { kind: 'and' | 'or' }>,
  replace: (predicate: Predicate) => Predicate,
): Predicate {
  if (unknownsIn(predicate).size === 0) return predicate;
  const parts = predicate.of.map(replace);
  return predicate.kind === 'and' ? and(...parts) : anyOf(parts);
}

/** Puts declared sides in the place of unknowns. */
export const settling = (sides: ReadonlyMap<string, boolean>): ((predicate: Predicate) => Predicate) =>
  sides.size === 0
    ? (predicate) => predicate
    : replacingUnknowns((key) => {
        const side = sides.get(key);
        return side === undefined ? undefined : constant(side);
      });
