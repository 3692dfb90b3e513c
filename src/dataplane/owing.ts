/** What a flow owes once it has crossed something with state: its reply has to come back through it. */
import type { Context, Crossing } from './context.ts';
import type { Plane } from './plane.ts';

/** The crossings with one more, kept only where replies are asked for. */
export const owing = (plane: Plane, { crossings }: Context, crossing: Crossing): readonly Crossing[] =>
  plane.replies ? [...crossings, crossing] : crossings;
