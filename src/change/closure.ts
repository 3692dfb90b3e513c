/**
 * That flows are NOT delivered, as Boolean terms: whatever a packet can reach is reached, and no end is. With all else
 * than the flow fixed (what AWS chooses, what is not known), this holds of a flow exactly if no path delivers it so.
 */
import { type Predicate, settling } from '../dataplane/index.ts';
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
  const settle = settling(sides);
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
