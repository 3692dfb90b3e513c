/** Prefix lists in rules: the disjunction over their entries (semantics 2.14). */
import type { Family } from '../net/address.ts';
import { type Prefix, intervalsOf, parsePrefix } from '../net/prefix.ts';
import { listsOfAws } from '../network/prefix-list.ts';
import { type Unread, isUnread, unreadKey } from '../network/resource.ts';
import outside from '../../models/outside-managed-prefix-lists.json' with { type: 'json' };
import { type Plane, once, open } from './plane.ts';
import { type Predicate, and, isIn, no, not } from './predicate.ts';

const outsideAws: readonly Prefix[] = outside.blocks.flatMap(({ block }) => parsePrefix(block) ?? []);

/** The list's entries; those of a list that is not in the input are unread like any other's. */
export const entriesOf = ({ network }: Plane, id: string): readonly Prefix[] | Unread =>
  network.prefixLists.get(id)?.entries ?? { unread: 'get-managed-prefix-list-entries', subject: id };

/** A list holds one family, where that is told (semantics 2.14). */
export const mayHold = (plane: Plane, id: string, family: Family): boolean =>
  (plane.network.prefixLists.get(id)?.family ?? family) === family;

/**
 * Under the key, the address may be in the list, which nobody read; one of AWS's own certainly does not hold what is
 * registered to others (`models/outside-managed-prefix-lists.json`).
 */
export function mayBeListed(plane: Plane, id: string, key: string, field: 'src' | 'dst', family: Family): Predicate {
  const ofAws = once(plane, 'lists of AWS', () => listsOfAws(plane.network));
  const asDeclared = open(plane, key);
  return ofAws.has(id) ? and(not(isIn(field, intervalsOf(outsideAws, family))), asDeclared) : asDeclared;
}

/** The address is in one of the list's blocks; entries that no call read are an assumption. */
export const prefixListEntries = (plane: Plane, id: string, field: 'src' | 'dst', family: Family): Predicate =>
  once(plane, `prefix list ${id} ${field} ${family}`, () => {
    const entries = entriesOf(plane, id);
    if (!isUnread(entries)) return isIn(field, intervalsOf(entries, family));
    return mayHold(plane, id, family) ? mayBeListed(plane, id, unreadKey(entries), field, family) : no;
  });
