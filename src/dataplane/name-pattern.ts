/** Names as DNS Firewall and resolver rules ask for them, as patterns of byte strings (semantics 13.9, 13.15). */
import type { Pattern } from '../logic/language/index.ts';
import type { Network } from '../network/network.ts';
import { isUnread } from '../network/resource.ts';
import type { QueriesTold } from './firewall/payload-space.ts';

/** Of an entry of a domain list; undefined for `*`, which is every name. */
export function entryPattern(entry: string): Pattern | undefined {
  if (entry === '*') return undefined;
  const below = entry.startsWith('*.');
  return {
    kind: 'literal',
    bytes: below ? entry.slice(1) : entry,
    nocase: true,
    at: below ? 'end' : 'whole',
    dotted: false,
  };
}

/** Of a rule's domain, which is a name and all below it; undefined where it is every name. */
export const domainPattern = (domain: string): Pattern | undefined =>
  domain === '' ? undefined : { kind: 'literal', bytes: `.${domain}`, nocase: true, at: 'end', dotted: true };

const known = new WeakMap<Network, QueriesTold>();

/** What the network's resolvers tell apart. */
export function queriesTold(network: Network): QueriesTold {
  let told = known.get(network);
  if (told === undefined) {
    const { dnsFirewallDomainLists, dnsFirewallRuleGroups, resolverRules } = network;
    const entries = [...dnsFirewallDomainLists.values()].flatMap(({ domains }) => domains.map(entryPattern));
    const domains = [...resolverRules.values()].map(({ domain }) =>
      isUnread(domain) ? undefined : domainPattern(domain),
    );
    const types = [...dnsFirewallRuleGroups.values()].flatMap(({ rules }) =>
      isUnread(rules) ? [] : rules.flatMap(({ queryType }) => queryType ?? []),
    );
    told = { patterns: [...entries, ...domains].filter((one) => one !== undefined), types: [...new Set(types)].sort() };
    known.set(network, told);
  }
  return told;
}
