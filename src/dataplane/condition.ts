/** States of resources as predicates: what is changing works on the may side alone (`network/state.ts`). */
import { conditionOf } from '../network/state.ts';
import { up } from '../network/unknown.ts';
import { type Plane, open } from './plane.ts';
import { type Predicate, no, yes } from './predicate.ts';

/** The resource works, as its state word tells. */
export function working(plane: Plane, id: string, state: string): Predicate {
  switch (conditionOf(state)) {
    case 'works':
      return yes;
    case 'changing':
      return open(plane, up(id));
    case 'idle':
      return no;
  }
}

/** The same of what shows a state only while it changes. */
export const settled = (plane: Plane, { id, state }: { readonly id: string; readonly state?: string }): Predicate =>
  state === undefined ? yes : working(plane, id, state);
