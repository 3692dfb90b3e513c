/** DNS Firewall: which of the names asked of a VPC's resolver are looked up (semantics 13.6 to 13.12). */
import {
  type DnsFirewallDomainList,
  type DnsFirewallRule,
  type DnsFirewallRuleGroup,
} from '../network/dns-firewall.ts';
import { associationsOf } from '../network/name-filter.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import { failsOpen, matches, passes, priorityName, up } from '../network/unknown.ts';
import { type Intervals, unionAll } from '../net/interval.ts';
import { payloadsOf } from './firewall/index.ts';
import { shared } from './firewall/shared.ts';
import { entryPattern } from './name-pattern.ts';
import { type Plane, open } from './plane.ts';
import { type Predicate, and, isIn, not, or, yes } from './predicate.ts';

/** Over what a flow carries, which is a query with a name. */
export const resolvedBy = (plane: Plane, vpc: string): Predicate =>
  shared(plane, `DNS Firewall ${vpc}`, () => {
    const { unread, profiles, failOpen } = plane.network.vpcs.get(vpc)!.dnsFirewall ?? {};
    if (unread !== undefined) return open(plane, unreadKey(unread));
    if (profiles !== undefined) return open(plane, passes(vpc));
    // From the last group to the first: what matches none of a group's rules is left to the next one.
    const resolved = associationsOf(plane.network, vpc).reduceRight((rest, { id, group, state }) => {
      const inForce = groupResolves(plane, plane.network.dnsFirewallRuleGroups.get(group)!, rest);
      return state === undefined ? inForce : either(open(plane, up(id)), inForce, rest);
    }, yes);
    return failOpen === true ? or(resolved, open(plane, failsOpen(vpc))) : resolved;
  });

function groupResolves(plane: Plane, group: DnsFirewallRuleGroup, rest: Predicate): Predicate {
  if (isUnread(group.rules)) return open(plane, unreadKey(group.rules));
  return group.rules.reduceRight((later, rule) => {
    const matching = matchedBy(plane, group.id, rule);
    switch (rule.action) {
      case 'ALLOW':
      case 'ALERT':
        return or(matching, later);
      case 'BLOCK':
        return and(not(matching), later);
    }
  }, rest);
}

const either = (condition: Predicate, so: Predicate, otherwise: Predicate): Predicate =>
  or(and(condition, so), and(not(condition), otherwise));

/** Of its type, and in its list or perhaps in it. */
function matchedBy(plane: Plane, group: string, rule: DnsFirewallRule): Predicate {
  const payloads = payloadsOf(plane);
  const unsure = open(plane, matches(group, priorityName(rule.priority)));
  const ofType = rule.queryType === undefined ? yes : isIn('payload', payloads.ofType(rule.queryType));
  if (rule.advanced !== undefined || rule.domainList === undefined) return and(ofType, unsure);
  const list = plane.network.dnsFirewallDomainLists.get(rule.domainList)!;
  const names = namesIn(plane, list);
  const inList = names === undefined ? unsure : isIn('payload', names);
  return and(ofType, list.open === undefined ? inList : or(inList, unsure));
}

/** The queries for names of the list; undefined where they are too many to be told apart. */
function namesIn(plane: Plane, { id, domains }: DnsFirewallDomainList): Intervals | undefined {
  return shared(plane, `domain list ${id}`, () => {
    const payloads = payloadsOf(plane);
    const sets: Intervals[] = [];
    for (const entry of domains) {
      const pattern = entryPattern(entry);
      const set = pattern === undefined ? payloads.holding('dns.query') : payloads.matching('dns.query', pattern);
      if (set === undefined) return undefined;
      sets.push(set);
    }
    return unionAll(sets);
  });
}
