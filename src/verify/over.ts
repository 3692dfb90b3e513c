/** A product cut down to the flows that go over one of some steps: every state twice, before them and behind. */
import { predicate as p } from '../dataplane/index.ts';
import { type Product, type State, type Step, onlyUseful } from './product.ts';

export function goingOver(product: Product, steps: readonly Step[]): Product {
  const over = new Set(steps);
  const { states } = product;
  const before = states.map((state): State => ({ ...state, out: [], into: [], end: p.no, arrival: p.no }));
  const behind = states.map((state, i): State => ({
    ...state,
    index: states.length + i,
    out: [],
    into: [],
    start: p.no,
  }));
  const places = new Map(states.map((state, i) => [state, i]));
  const link = (from: State, to: State, like: Step): void => {
    const step: Step = { ...like, from, to };
    from.out.push(step);
    to.into.push(step);
  };
  for (const [i, state] of states.entries())
    for (const step of state.out) {
      const to = places.get(step.to);
      if (to === undefined) continue;
      link(before[i]!, (over.has(step) ? behind : before)[to]!, step);
      link(behind[i]!, behind[to]!, step);
    }
  // States are numbered as the encodings name them.
  const all = [...before, ...behind].map((state, index) => Object.assign(state, { index }));
  return { ...product, states: onlyUseful(all) };
}
