/** One flow sent through a part, all else being fixed: whether some path of it delivers it. Exact, and without a solver. */
import type { Predicate, Variable } from '../dataplane/index.ts';
import { type Product, type SideOf, type State, isTrue } from '../verify/index.ts';

/** By the start states of a part, so that a flow is tried where it can begin. */
export function createTrial({ states }: Product): (value: (variable: Variable) => bigint, side: SideOf) => boolean {
  const starts = states.filter(({ start }) => start.kind !== 'false');
  return (value, side) => {
    const holds = (state: State, predicate: Predicate): boolean =>
      isTrue({ header: state.context.header, predicate }, value, side);
    const reached = new Set(starts.filter((state) => holds(state, state.start)));
    for (const state of reached) {
      if (state.end.kind !== 'false' && holds(state, state.end)) return true;
      for (const { to, guard } of state.out) if (!reached.has(to) && holds(state, guard)) reached.add(to);
    }
    return false;
  };
}
