/** What stands at a gateway's edge: nothing is known of it where the tables of its VPC were not read (semantics 4.21, 4.26). */
import { unreadEdge } from '../network/edge-table.ts';
import { type Plane, once, open } from './plane.ts';
import { type Predicate, yes } from './predicate.ts';

/** That no table is there but the one that the input shows. */
export const edgeTold = (
  plane: Plane,
  gateway: { readonly id: string; readonly vpc?: string; readonly routeTable?: string },
): Predicate =>
  once(plane, `edge ${gateway.id}`, () => {
    const unread = unreadEdge(plane.network, gateway);
    return unread === undefined ? yes : open(plane, unread);
  });
