/** Prefix lists in rules: the disjunction over their entries (semantics 2.14). */
import type { Family } from '../net/address.ts';
import { type Prefix, intervalsOf } from '../net/prefix.ts';
import { type Unread, isUnread, unreadKey } from '../network/resource.ts';
import { type Plane, once, open } from './plane.ts';
import { type Predicate, isIn, no } from './predicate.ts';

/** The list's entries; those of a list that is not in the input are unread like any other's. */
export const entriesOf = ({ network }: Plane, id: string): readonly Prefix[] | Unread =>
  network.prefixLists.get(id)?.entries ?? { unread: 'get-managed-prefix-list-entries', subject: id };

/** A list holds one family, where that is told (semantics 2.14). */
export const mayHold = (plane: Plane, id: string, family: Family): boolean =>
  (plane.network.prefixLists.get(id)?.family ?? family) === family;

/** The address is in one of the list's blocks; entries that no call read are an assumption. */
export const prefixListEntries = (plane: Plane, id: string, field: 'src' | 'dst', family: Family): Predicate =>
  once(plane, `prefix list ${id} ${field} ${family}`, () => {
    const entries = entriesOf(plane, id);
    if (isUnread(entries) && !mayHold(plane, id, family)) return no;
    return isUnread(entries) ? open(plane, unreadKey(entries)) : isIn(field, intervalsOf(entries, family));
  });
