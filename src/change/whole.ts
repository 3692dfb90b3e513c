/** A whole product for flows of a seed: all ways there are, from and to numbered places. */
import { predicate as p } from '../dataplane/index.ts';
import type { Domain, State } from '../verify/index.ts';
import { type Node, type Part, leadingIn, partOf } from './graph.ts';
import type { Pair, Side } from './planes.ts';

export function wholePart({ family, ends, always }: Pair, { plane, product }: Side, seed: Domain): Part {
  const leading = leadingIn(product.states);
  const nodes = new Map<State, Node>();
  const number = (state: State) => [
    { lo: BigInt(ends.at(plane, state.place).number), hi: BigInt(ends.at(plane, state.place).number) },
  ];
  const nodeOf = (state: State): Node => {
    let found = nodes.get(state);
    if (found === undefined) {
      const { place, context, domain, start, end } = state;
      found = {
        place,
        context,
        cap: domain,
        start:
          start.kind === 'false' ? p.no : p.and(start, p.at(product.first, always), ends.is('from', number(state))),
        end: end.kind === 'false' ? p.no : p.and(end, ends.delivered(plane, state)),
        out: leading(state).map((step) => ({
          to: () => nodeOf(step.to),
          guard: p.and(step.guard, ends.delivered(plane, step)),
          facts: step.facts,
        })),
      };
      nodes.set(state, found);
    }
    return found;
  };
  return partOf(family, product.first, product.states.map(nodeOf), seed);
}
