/** What a flow owes once it has crossed something with state: its reply has to come back through it. */
import type { Context, Crossing } from './context.ts';
import { type Plane, fact } from './plane.ts';
import { type Predicate, yes } from './predicate.ts';

/** The crossings with one more, kept only where replies are asked for. */
export const owing = (plane: Plane, { crossings }: Context, crossing: Crossing): readonly Crossing[] =>
  plane.replies ? [...crossings, crossing] : crossings;

/** The flow owes a Gateway Load Balancer endpoint its reply; or, where that may go round it, nothing (semantics 11.4). */
export const owingTo = (
  plane: Plane,
  crossing: Extract<Crossing, { kind: 'inspection' }>,
  context: Context,
): readonly { readonly guard: Predicate; readonly context: Context }[] =>
  plane.replies
    ? [
        { guard: yes, context: { ...context, crossings: owing(plane, context, crossing) } },
        { guard: fact(plane, '11.4'), context },
      ]
    : [{ guard: yes, context }];

/** Where fact 4.24 is denied, a reply may go round a firewall that the flow came through. */
export const skippable = (plane: Plane): boolean => fact(plane, '4.24').kind === 'false';
