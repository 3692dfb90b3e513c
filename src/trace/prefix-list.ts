/** What a prefix list says of one address (semantics 2.14, 4.12). */
import { type Address, width } from '../net/address.ts';
import { type Prefix, parsePrefix, prefixContains, prefixOf } from '../net/prefix.ts';
import { isUnread, unreadKey, unreadRoute } from '../network/resource.ts';
import bound from '../../models/outside-managed-prefix-lists.json' with { type: 'json' };
import { type Trip, side } from './trip.ts';

/**
 * The longest entry that contains the address. A list that was not read contains it by declared side alone, and then
 * as an entry of its own; a route table's use of it has a side of its own. No side puts into a list of AWS's own an
 * address that is somebody else's.
 */
export function entryFor(trip: Trip, list: string, address: Address, table?: string): Prefix | undefined {
  const found = trip.network.prefixLists.get(list);
  if (found?.family !== undefined && found.family !== address.family) return undefined;
  const entries = found?.entries ?? { unread: 'get-managed-prefix-list-entries', subject: list };
  if (isUnread(entries)) {
    if (isNeverIn(trip, list, address)) return undefined;
    const declared = table === undefined ? undefined : trip.request.sides.get(unreadRoute(entries, table));
    return (declared ?? side(trip, unreadKey(entries))) ? prefixOf(address) : undefined;
  }
  let longest: Prefix | undefined;
  for (const entry of entries) {
    if (!prefixContains(entry, address)) continue;
    if (longest === undefined || entry.length > longest.length) longest = entry;
    if (entry.length === width(address.family)) break;
  }
  return longest;
}

const outside: readonly Prefix[] = bound.blocks.flatMap(({ block }) => parsePrefix(block) ?? []);

const isNeverIn = ({ atlas }: Trip, list: string, address: Address): boolean =>
  atlas.isListOfAws(list) && outside.some((block) => prefixContains(block, address));
