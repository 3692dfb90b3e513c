/** What AWS chooses flow by flow among several ways: one variable, each way guarded by a value of its own. */
import { passes } from '../network/unknown.ts';
import type { Context } from './context.ts';
import { type Plane, open } from './plane.ts';
import { type Predicate, at, equals, yes } from './predicate.ts';
import type { Variable } from './symbol.ts';

const choices = 'choice ';

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
  const variable = plane.symbols.variable(`${choices}${name} ${phase} ${count}`, 8, [
    { lo: 0n, hi: BigInt(count - 1) },
  ]);
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
  if (count < 2) return { guard: yes, after: context };
  const { mark, guard, after } = turnOf(plane, context, what, id);
  return { guard: guard.kind === 'true' ? chosen(plane, context, `${what} ${id}${mark}`, index, count) : guard, after };
}

/** A choice of the element for the packet, told from those before it by its mark where all of them have to do. */
export interface Turn {
  readonly mark: string;
  readonly guard: Predicate;
  readonly after: Context;
}

/** For a requirement: how often the element has chosen that for the packet already, and the packet as it goes on. */
export function turnOf(plane: Plane, context: Context, what: string, id: string): Turn {
  if (!plane.exacting) return { mark: '', guard: yes, after: context };
  const { chose = [] } = context;
  const name = `${what} ${id}`;
  const turn = chose.filter((one) => one === name).length;
  const mark = turn === 0 ? '' : ` ${turn + 1}`;
  return turn < turns
    ? { mark, guard: yes, after: { ...context, chose: [...chose, name].sort() } }
    : { mark, guard: open(plane, passes(id)), after: context };
}

/** The variable is such a choice, and no header's. */
export const isChoice = ({ name }: Variable): boolean => name.startsWith(choices);
