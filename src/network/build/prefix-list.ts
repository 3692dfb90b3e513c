/** Prefix lists: names, entries, and those that rules and routes name though no call told their entries. */
import type { Prefix } from '../../net/prefix.ts';
import type { PrefixList } from '../prefix-list.ts';
import type { Provenance } from '../resource.ts';
import type { Building } from './building.ts';

export function buildPrefixLists(building: Building): Map<string, PrefixList> {
  const { findings } = building;
  const entries = new Map<string, readonly Prefix[]>();
  for (const { list, entries: found } of findings.prefixListEntries)
    // Pages of one list add up.
    entries.set(list, [...(entries.get(list) ?? []), ...found]);
  const lists = new Map<string, PrefixList>();
  for (const found of findings.prefixLists) {
    const before = lists.get(found.id);
    const told = entries.get(found.id) ?? found.entries;
    // The two calls that list prefix lists tell different things of one list.
    const merged: PrefixList = { ...found, ...before, entries: told ?? before?.entries ?? unread(found.id) };
    lists.set(found.id, 'unread' in merged.entries && told !== undefined ? { ...merged, entries: told } : merged);
  }
  for (const { list, source } of findings.prefixListEntries)
    if (!lists.has(list)) lists.set(list, bare(list, source, entries.get(list)));
  for (const { list, source } of references(building))
    if (!lists.has(list)) lists.set(list, bare(list, source, undefined));
  return new Map([...lists].map(([id, list]) => [id, withFamily(list)]));
}

const unread = (subject: string) => ({ unread: 'get-managed-prefix-list-entries', subject });

const bare = (id: string, source: Provenance, entries: readonly Prefix[] | undefined): PrefixList => ({
  id,
  kind: 'prefix-list',
  tags: {},
  entries: entries ?? unread(id),
  source,
});

/** A list holds one family (semantics 2.14). */
function withFamily(list: PrefixList): PrefixList {
  if (list.family !== undefined || 'unread' in list.entries) return list;
  const [first] = list.entries;
  return first === undefined ? list : { ...list, family: first.family };
}

function* references({ findings }: Building): Iterable<{ list: string; source: Provenance }> {
  for (const group of findings.securityGroups)
    for (const rules of [group.ingress, group.egress])
      if (Array.isArray(rules))
        for (const { peer, source } of rules) if (peer.kind === 'prefix-list') yield { list: peer.id, source };
  for (const { rule } of findings.securityGroupRules)
    if (rule?.peer.kind === 'prefix-list') yield { list: rule.peer.id, source: rule.source };
  for (const reference of findings.transitGatewayPrefixListReferences) yield reference;
  for (const { routes } of [...findings.transitGatewayRoutes, ...findings.routeTables])
    for (const { destination, source } of routes)
      if (destination.kind === 'prefix-list') yield { list: destination.id, source };
}
