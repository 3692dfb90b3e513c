/**
 * That flows are NOT delivered, as Boolean terms: whatever a packet can reach is reached, and no end is. With all else
 * than the flow fixed (what AWS chooses, what is not known), this holds of a flow exactly if no path delivers it so.
 */
import { type Predicate, predicate as p } from '../dataplane/index.ts';
import type { Term } from '../logic/term.ts';
import { type Alphabet, type Given, type Product, type State, predicateTerm, simplify } from '../verify/index.ts';

export interface Closure {
  readonly clauses: readonly Term[];
  /** Assumed, no end is reached. */
  readonly undelivered: Term;
}

export interface Fixed {
  readonly values: Given;
  /** Sides of unknowns; one that is absent has the side that it has elsewhere. */
  readonly sides: ReadonlyMap<string, boolean>;
}

export function closureOf(alphabet: Alphabet, { states }: Product, { values, sides }: Fixed, name: string): Closure {
  const { terms } = alphabet;
  const settle = createSettler(sides);
  const of = (state: State, predicate: Predicate): Term => {
    const { header } = state.context;
    return predicateTerm(alphabet, values, header, settle(simplify(state.domain, header, predicate)), true);
  };
  const reached = (state: State): Term => terms.variable(`${name}.${state.index}`);
  const undelivered = terms.variable(`${name}.undelivered`);
  const clauses: Term[] = [];
  const add = (clause: Term): void => void (clause === terms.true || clauses.push(clause));
  for (const state of states) {
    // How a flow begins is said of the header as it is sent, which no arrival narrows.
    const start = predicateTerm(alphabet, values, state.context.header, settle(state.start), true);
    add(terms.implies(start, reached(state)));
    for (const step of state.out)
      add(terms.implies(terms.and([reached(state), of(state, step.guard)]), reached(step.to)));
    if (state.end.kind !== 'false') add(terms.not(terms.and([undelivered, reached(state), of(state, state.end)])));
  }
  return { clauses, undelivered };
}

/** Predicates with unknowns at their sides; parts that predicates share are gone through once. */
function createSettler(sides: ReadonlyMap<string, boolean>): (predicate: Predicate) => Predicate {
  const known = new WeakMap<Predicate, Predicate>();
  const settle = (predicate: Predicate): Predicate => {
    switch (predicate.kind) {
      case 'true':
      case 'false':
      case 'in':
      case 'same':
        return predicate;
      case 'unknown': {
        const side = sides.get(predicate.key);
        return side === undefined ? predicate : p.constant(side);
      }
      case 'not':
        return p.not(settle(predicate.of));
      case 'at':
        return p.at(predicate.header, settle(predicate.of));
      case 'and':
      case 'or': {
        let found = known.get(predicate);
        if (found === undefined) {
          const parts = predicate.of.map(settle);
          const changed = parts.some((one, i) => one !== predicate.of[i]);
          found = !changed ? predicate : predicate.kind === 'and' ? p.and(...parts) : p.anyOf(parts);
          known.set(predicate, found);
        }
        return found;
      }
    }
  };
  return sides.size === 0 ? (predicate) => predicate : settle;
}
