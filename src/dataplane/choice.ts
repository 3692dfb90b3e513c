/** What AWS chooses flow by flow among several ways: one variable, each way guarded by a value of its own. */
import { passes } from '../network/unknown.ts';
import type { Context } from './context.ts';
import { type Plane, open } from './plane.ts';
import { type Predicate, at, equals, yes } from './predicate.ts';
import type { Variable } from './symbol.ts';

const mark = 'choice ';

/**
 * The choice of that name falls on the way at `index` of `count`; one for the flow's way out, another for its reply's.
 * Where it is asked whether some flow exists, any way will do: a requirement alone has to be met whatever is chosen.
 */
export function chosen(
  plane: Plane,
  { header, phase }: Context,
  name: string,
  index: number,
  count: number,
): Predicate {
  if (count < 2 || !plane.exacting) return yes;
  const variable = plane.symbols.variable(`${mark}${name} ${phase} ${count}`, 8, [{ lo: 0n, hi: BigInt(count - 1) }]);
  // A field of eight bits stands in for the choice.
  return at({ ...header, protocol: variable }, equals('protocol', index));
}

/** How many choices of one element for one packet are told apart; of those after them none is certain. */
const turns = 3;

/** An element with several ways. */
interface Chooser {
  /** What it decides, `zone` or `equal`. */
  readonly what: string;
  readonly id: string;
  readonly count: number;
}

/** The element chooses anew each time that the packet comes to it: what that takes, and the packet as it goes on. */
export function chosenAnew(
  plane: Plane,
  context: Context,
  { what, id, count }: Chooser,
  index: number,
): { readonly guard: Predicate; readonly after: Context } {
  if (count < 2 || !plane.exacting) return { guard: yes, after: context };
  const { chose = [] } = context;
  const name = `${what} ${id}`;
  const turn = chose.filter((one) => one === name).length;
  if (turn >= turns) return { guard: open(plane, passes(id)), after: context };
  return {
    guard: chosen(plane, context, turn === 0 ? name : `${name} ${turn + 1}`, index, count),
    after: { ...context, chose: [...chose, name].sort() },
  };
}

/** The variable is such a choice, and no header's. */
export const isChoice = ({ name }: Variable): boolean => name.startsWith(mark);
