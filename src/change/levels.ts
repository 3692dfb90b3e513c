/**
 * The encoding of a product in which no state supports itself: in every cycle each state is reached from one of a lower
 * level (engine.md, step 6). What is reached is then reached by a path.
 */
import type { Term } from '../logic/term.ts';
import { freshVector } from '../logic/vector.ts';
import { type Alphabet, type Encoding, type Product, type State, encode } from '../verify/index.ts';

export function encodeInLevels(alphabet: Alphabet, product: Product, name: string): Encoding {
  const { terms } = alphabet;
  const encoding = encode(alphabet, product, new Map(), name);
  const cycleOf = cyclesIn(product.states);
  if (cycleOf.size === 0) return encoding;
  const { reached, guard, start } = encoding;
  const levelOf = (state: State): readonly Term[] =>
    freshVector(terms, `level.${name}.${state.index}`, bitsFor(cycleOf.get(state)!.length));
  const definitions = product.states.map((state) => {
    const cycle = cycleOf.get(state);
    return terms.implies(
      reached(state),
      terms.or([
        start(state),
        ...state.into.map((step) => {
          const way = [reached(step.from), guard(step)];
          return terms.and(
            cycle === undefined || cycleOf.get(step.from) !== cycle
              ? way
              : [...way, below(alphabet, levelOf(step.from), levelOf(state))],
          );
        }),
      ]),
    );
  });
  return { ...encoding, definitions };
}

const bitsFor = (count: number): number => Math.max(1, Math.ceil(Math.log2(count)));

/** The one number is less than the other, both with the most significant bit first. */
function below({ terms }: Alphabet, a: readonly Term[], b: readonly Term[]): Term {
  let less = terms.false;
  for (let i = a.length - 1; i >= 0; i--)
    less = terms.or([terms.and([terms.not(a[i]!), b[i]!]), terms.and([terms.iff(a[i]!, b[i]!), less])]);
  return less;
}

/** By state on a cycle: the strongly connected component that it is of (Tarjan, 1972, without recursion). */
function cyclesIn(states: readonly State[]): ReadonlyMap<State, readonly State[]> {
  const found = new Map<State, readonly State[]>();
  const index = new Map<State, number>();
  const low = new Map<State, number>();
  const path: State[] = [];
  const onPath = new Set<State>();
  for (const root of states) {
    if (index.has(root)) continue;
    const work: { readonly state: State; next: number }[] = [{ state: root, next: 0 }];
    while (work.length > 0) {
      const frame = work.at(-1)!;
      const { state } = frame;
      if (frame.next === 0) {
        index.set(state, index.size);
        low.set(state, index.get(state)!);
        path.push(state);
        onPath.add(state);
      }
      const step = state.out[frame.next++];
      if (step !== undefined) {
        if (!index.has(step.to)) work.push({ state: step.to, next: 0 });
        else if (onPath.has(step.to)) low.set(state, Math.min(low.get(state)!, index.get(step.to)!));
        continue;
      }
      work.pop();
      const above = work.at(-1)?.state;
      if (above !== undefined) low.set(above, Math.min(low.get(above)!, low.get(state)!));
      if (low.get(state) !== index.get(state)) continue;
      const component: State[] = [];
      for (let member = path.pop()!; ; member = path.pop()!) {
        onPath.delete(member);
        component.push(member);
        if (member === state) break;
      }
      if (component.length > 1 || state.out.some(({ to }) => to === state))
        for (const member of component) found.set(member, component);
    }
  }
  return found;
}
