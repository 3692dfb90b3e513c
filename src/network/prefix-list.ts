/** Managed prefix lists, AWS's and customers' own (semantics 2.14, 9.39). */
import type { Family } from '../net/address.ts';
import type { Prefix } from '../net/prefix.ts';
import type { Resource, Unread } from './resource.ts';
import type { RouteTable } from './route-table.ts';

export interface PrefixList extends Resource {
  readonly kind: 'prefix-list';
  /** Absent where the input does not tell. */
  readonly family?: Family;
  readonly entries: readonly Prefix[] | Unread;
}

/**
 * The ids of the lists that are certainly AWS's own: those with a name that AWS keeps to itself, and those by which a
 * route leads to a gateway endpoint, which only the endpoint's association with the table makes (semantics 4.14, 9.39).
 * A Name tag is anybody's to write, and tells nothing.
 */
export function listsOfAws({
  prefixLists,
  routeTables,
}: {
  readonly prefixLists: ReadonlyMap<string, PrefixList>;
  readonly routeTables: ReadonlyMap<string, RouteTable>;
}): ReadonlySet<string> {
  const own = new Set<string>();
  for (const { id, name, tags } of prefixLists.values())
    if (name?.startsWith('com.amazonaws.') === true && tags['Name'] === undefined) own.add(id);
  for (const { routes } of routeTables.values())
    for (const { destination, target } of routes)
      if (destination.kind === 'prefix-list' && target.kind === 'gateway-endpoint') own.add(destination.id);
  return own;
}
