/** What a flow owes once it has crossed something with state: its reply has to come back through it. */
import type { Context, Crossing } from './context.ts';
import { keyOf } from './header.ts';
import type { Plane } from './plane.ts';

/** The crossings with one more, kept only where replies are asked for. */
export const owing = (plane: Plane, { crossings }: Context, crossing: Crossing): readonly Crossing[] =>
  plane.replies ? [...crossings, crossing] : crossings;

type Translating = Extract<Crossing, { readonly mark: string }>;

/** It has crossed the same under the same mark: round and round it would owe ever more, and come to nothing new. */
export const goesRound = ({ crossings }: Context, { id, mark, after }: Translating): boolean =>
  crossings.some((one) => 'mark' in one && one.id === id && one.mark === mark && keyOf(one.after) === keyOf(after));

/** It has been translated there since a balancer last sent it as a flow of its own. */
export function translatedBy({ network }: Plane, { crossings }: Context, id: string): boolean {
  const sent = crossings.findLastIndex((one) => one.kind === 'kept-client' || network.loadBalancers.has(one.id));
  return crossings.slice(sent + 1).some((one) => one.kind === 'translator' && one.id === id);
}
