/** Whether two predicates say the same, word by word, at two headers of the same symbols; where not told, they may all the same. */
import { type Header, type Predicate, headerKey } from '../dataplane/index.ts';
import { sameIntervals } from '../net/interval.ts';

export type Sameness = (a: Predicate, b: Predicate) => boolean;

/** What was compared once is not compared again: large rule sets are shared by many steps. */
export function createSameness(): Sameness {
  const known = new WeakMap<Predicate, WeakMap<Predicate, boolean>>();
  const same = (a: Predicate, b: Predicate): boolean => {
    if (a === b) return true;
    switch (a.kind) {
      case 'true':
      case 'false':
        return a.kind === b.kind;
      case 'in':
        return b.kind === 'in' && a.field === b.field && (a.set === b.set || sameIntervals(a.set, b.set));
      case 'unknown':
        return b.kind === 'unknown' && a.key === b.key;
      case 'same':
        return b.kind === 'same' && a.a === b.a && a.b === b.b;
      case 'not':
        return b.kind === 'not' && same(a.of, b.of);
      case 'at':
        return b.kind === 'at' && sameHeader(a.header, b.header) && same(a.of, b.of);
      case 'and':
      case 'or': {
        if (b.kind !== a.kind || a.of.length !== b.of.length) return false;
        const found = known.get(a)?.get(b);
        if (found !== undefined) return found;
        const equal = a.of.every((one, i) => same(one, b.of[i]!));
        const row = known.get(a) ?? new WeakMap<Predicate, boolean>();
        known.set(a, row);
        row.set(b, equal);
        return equal;
      }
    }
  };
  return same;
}

const sameHeader = (a: Header, b: Header): boolean => a === b || headerKey(a) === headerKey(b);
