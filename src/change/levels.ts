/**
 * The encoding of a product in which no state supports itself: in every cycle each state is reached from one of a lower
 * level (engine.md, step 6). What is reached is then reached by a path.
 */
import { cyclesIn } from '../base/cycles.ts';
import type { Term } from '../logic/term.ts';
import { freshVector } from '../logic/vector.ts';
import { type Alphabet, type Encoding, type Product, type State, encode } from '../verify/index.ts';

export function encodeInLevels(alphabet: Alphabet, product: Product, name: string): Encoding {
  const { terms } = alphabet;
  const encoding = encode(alphabet, product, new Map(), name);
  const cycleOf = cyclesIn(product.states, ({ out }) => out.map(({ to }) => to));
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
