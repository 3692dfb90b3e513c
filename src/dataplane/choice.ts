/** What AWS chooses flow by flow among several ways: one variable, each way guarded by a value of its own. */
import type { Context } from './context.ts';
import type { Plane } from './plane.ts';
import { type Predicate, at, equals, yes } from './predicate.ts';
import type { Variable } from './symbol.ts';

const mark = 'choice ';

/** The choice of that name falls on the way at `index` of `count`; one for the flow's way out, another for its reply's. */
export function chosen(
  plane: Plane,
  { header, phase }: Context,
  name: string,
  index: number,
  count: number,
): Predicate {
  if (count < 2) return yes;
  const variable = plane.symbols.variable(`${mark}${name} ${phase} ${count}`, 8, [{ lo: 0n, hi: BigInt(count - 1) }]);
  // A field of eight bits stands in for the choice.
  return at({ ...header, protocol: variable }, equals('protocol', index));
}

/** The variable is such a choice, and no header's. */
export const isChoice = ({ name }: Variable): boolean => name.startsWith(mark);
