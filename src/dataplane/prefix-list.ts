/** Prefix lists in rules: the disjunction over their entries (semantics 2.14). */
import type { Family } from '../net/address.ts';
import { unionAll } from '../net/interval.ts';
import { rangeOf } from '../net/prefix.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import { type Plane, once, open } from './plane.ts';
import { type Predicate, isIn } from './predicate.ts';

/** The address is in one of the list's blocks; entries that no call read are an assumption. */
export const prefixListEntries = (plane: Plane, id: string, field: 'src' | 'dst', family: Family): Predicate =>
  once(plane, `prefix list ${id} ${field} ${family}`, () => {
    const entries = plane.network.prefixLists.get(id)?.entries ?? {
      unread: 'get-managed-prefix-list-entries',
      subject: id,
    };
    return isUnread(entries)
      ? open(plane, unreadKey(entries))
      : isIn(field, unionAll(entries.flatMap((e) => (e.family === family ? [[rangeOf(e)]] : []))));
  });
