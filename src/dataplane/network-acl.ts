/** Network ACLs as predicates: the first matching entry decides, the implicit last one denies (semantics 3.2 to 3.12). */
import type { Family } from '../net/address.ts';
import { rangeOf } from '../net/prefix.ts';
import type { NetworkAclEntry } from '../network/network-acl.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import { closedBy } from './opening.ts';
import { type Plane, once, open } from './plane.ts';
import { type Predicate, and, isIn, no, not, or } from './predicate.ts';
import { trafficPredicate } from './traffic-match.ts';

/** What the subnet's ACL lets in or out across its boundary; without state (semantics 3.5). */
export const acl = (plane: Plane, subnet: string, direction: 'inbound' | 'outbound', family: Family): Predicate => {
  const id = plane.network.subnets.get(subnet)!.networkAcl;
  if (isUnread(id)) return open(plane, unreadKey(id));
  return once(plane, `acl ${id} ${direction} ${family}`, () => {
    const field = direction === 'inbound' ? 'src' : 'dst';
    const entries = plane.network.networkAcls.get(id)![direction].filter((e) => e.prefix.family === family);
    const lets = entries.reduceRight<Predicate>((rest, entry) => decide(entry, field, rest), no);
    return closedBy(plane, { kind: 'network-acl', id, direction }, lets);
  });
};

function decide(entry: NetworkAclEntry, field: 'src' | 'dst', rest: Predicate): Predicate {
  const matches = and(trafficPredicate(entry.match), isIn(field, [rangeOf(entry.prefix)]));
  return entry.action === 'allow' ? or(matches, rest) : and(not(matches), rest);
}

/** The ids that a crossing of the subnet's boundary adds to a path. */
export const aclId = (plane: Plane, subnet: string): readonly string[] => {
  const id = plane.network.subnets.get(subnet)!.networkAcl;
  return isUnread(id) ? [] : [id];
};
