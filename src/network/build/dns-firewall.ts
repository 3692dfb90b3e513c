/** DNS Firewall: rule groups, their rules and lists, and which VPCs' names they filter (semantics 13.6 to 13.12). */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import type {
  DnsFirewallAssociation,
  DnsFirewallDomainList,
  DnsFirewallRule,
  DnsFirewallRuleGroup,
  VpcDnsFirewall,
} from '../dns-firewall.ts';
import { isUnread, type Resource } from '../resource.ts';
import { matches, priorityName } from '../unknown.ts';
import type { Vpc } from '../vpc.ts';
import { blameDangling, type Building, byId, wasRead } from './building.ts';

export const firewallAssociationsCall = 'route53resolver list-firewall-rule-group-associations';
export const firewallRulesCall = 'route53resolver list-firewall-rules';
export const firewallConfigsCall = 'route53resolver list-firewall-configs';
export const profilesCall = 'route53profiles list-profile-associations';
export const resolverRulesCall = 'route53resolver list-resolver-rules';
export const resolverAssociationsCall = 'route53resolver list-resolver-rule-associations';

export interface DnsFirewalls {
  readonly dnsFirewallRuleGroups: ReadonlyMap<string, DnsFirewallRuleGroup>;
  readonly dnsFirewallDomainLists: ReadonlyMap<string, DnsFirewallDomainList>;
  readonly dnsFirewallAssociations: ReadonlyMap<string, DnsFirewallAssociation>;
}

/** Completes the VPCs in place with what is to be known of their DNS Firewall. */
export function buildDnsFirewalls(building: Building, vpcs: Map<string, Vpc>): DnsFirewalls {
  const { dns } = building.findings;
  const associations = dns.associations.filter((one) => {
    if (vpcs.has(one.vpc)) return true;
    // Another account's VPC, or one of another Region, is not this network's.
    if (wasRead(building, 'describe-vpcs', one)) blameDangling(building, one, 'VPC', one.vpc, 'describe-vpcs');
    return false;
  });
  const groups = buildGroups(building, associations);
  const lists = buildLists(building, groups);
  noteUnknowns(building, groups, lists);
  for (const [id, vpc] of vpcs) {
    const dnsFirewall = ofVpc(building, vpc, associations);
    if (dnsFirewall !== undefined) vpcs.set(id, { ...vpc, dnsFirewall });
  }
  return {
    dnsFirewallRuleGroups: groups,
    dnsFirewallDomainLists: lists,
    dnsFirewallAssociations: byId(associations),
  };
}

/** Of the group, or of the list, that some call named, or else of what refers to it. */
const named = (id: string, from: Pick<Resource, 'source'>): Resource => ({ id, tags: {}, source: from.source });

function buildGroups(
  building: Building,
  associations: readonly DnsFirewallAssociation[],
): Map<string, DnsFirewallRuleGroup> {
  const { dns } = building.findings;
  const answers = groupBy(dns.rules, ({ group }) => group);
  const found = new Map<string, Resource & { readonly rules?: number }>();
  for (const one of dns.groups) found.set(one.id, { ...found.get(one.id), ...one });
  for (const one of dns.rules) if (!found.has(one.group)) found.set(one.group, named(one.group, one));
  for (const one of associations) if (!found.has(one.group)) found.set(one.group, named(one.group, one));
  return new Map(
    [...found].map(([id, { rules: count, ...group }]) => {
      const whole = (answers.get(id) ?? []).filter(({ partial }) => !partial);
      const rules = inOrder(
        building,
        id,
        whole.flatMap((one) => one.rules),
      );
      const told = whole.length > 0 ? count === undefined || count === rules.length : count === 0;
      return [
        id,
        {
          ...group,
          kind: 'dns-firewall-rule-group',
          rules: told ? rules : { unread: firewallRulesCall, subject: id },
        },
      ];
    }),
  );
}

/** By priority; a rule that two answers hold is one. */
function inOrder(building: Building, group: string, rules: readonly DnsFirewallRule[]): readonly DnsFirewallRule[] {
  const byPriority = new Map<number, DnsFirewallRule>();
  for (const rule of rules) {
    const { source, ...says } = rule;
    const before = byPriority.get(rule.priority);
    if (before === undefined) byPriority.set(rule.priority, rule);
    else if (JSON.stringify({ ...before, source: undefined }) !== JSON.stringify({ ...says, source: undefined }))
      building.problems.push({
        code: 'duplicate-priority',
        file: source.file,
        place: source.place,
        message: `Two rules of \`${group}\` have priority ${rule.priority}.`,
        hint: 'Answers of different moments were mixed; write `aws route53resolver list-firewall-rules` again.',
      });
  }
  return [...byPriority.values()].toSorted((a, b) => a.priority - b.priority);
}

function buildLists(
  building: Building,
  groups: ReadonlyMap<string, DnsFirewallRuleGroup>,
): Map<string, DnsFirewallDomainList> {
  const { dns } = building.findings;
  const answers = groupBy(dns.domains, ({ list }) => list);
  const found = new Map<string, Resource & { readonly managed?: boolean; readonly domains?: number }>();
  for (const one of dns.lists) found.set(one.id, { ...found.get(one.id), ...one });
  for (const one of dns.domains) if (!found.has(one.list)) found.set(one.list, named(one.list, one));
  for (const { rules } of groups.values())
    if (!isUnread(rules))
      for (const { domainList, source } of rules)
        if (domainList !== undefined && !found.has(domainList)) found.set(domainList, named(domainList, { source }));
  return new Map(
    [...found].map(([id, { managed, domains: count, ...list }]): [string, DnsFirewallDomainList] => {
      const told = answers.get(id) ?? [];
      const domains = [...new Set(told.flatMap((one) => one.domains))];
      const odd = told.some(({ notUnderstood }) => notUnderstood);
      const whole = told.length > 0 ? count === undefined || odd || count === domains.length : count === 0;
      const open =
        managed === true
          ? ('managed' as const)
          : !whole
            ? ('unread' as const)
            : odd
              ? ('not-understood' as const)
              : undefined;
      return [id, { ...list, kind: 'dns-firewall-domain-list', domains, ...present({ open }) }];
    }),
  );
}

/** What a rule leaves open stands in the coverage of its group and of its list. */
function noteUnknowns(
  building: Building,
  groups: ReadonlyMap<string, DnsFirewallRuleGroup>,
  lists: ReadonlyMap<string, DnsFirewallDomainList>,
): void {
  for (const { id, rules } of groups.values()) {
    if (isUnread(rules)) continue;
    for (const { priority, advanced, domainList } of rules) {
      const key = matches(id, priorityName(priority));
      const open = domainList !== undefined && lists.get(domainList)?.open !== undefined;
      if ((advanced !== undefined || open) && !building.assumed.has(id)) building.assumed.set(id, key);
      if (open && !building.assumed.has(domainList)) building.assumed.set(domainList, key);
    }
  }
}

function ofVpc(
  building: Building,
  vpc: Vpc,
  associations: readonly DnsFirewallAssociation[],
): VpcDnsFirewall | undefined {
  const { dns } = building.findings;
  const touched = [dns.groups, dns.rules, dns.lists, dns.domains, dns.associations, dns.configs].some(
    (list) => list.length > 0,
  );
  const asked = wasRead(building, firewallAssociationsCall, vpc);
  const profiles = dns.profiles.flatMap((one) => (one.vpc === vpc.id ? [one.profile] : []));
  const config = dns.configs.filter((one) => one.vpc === vpc.id);
  const filtered = associations.some((one) => one.vpc === vpc.id);
  if (filtered && config.length === 0 && !wasRead(building, firewallConfigsCall, vpc))
    building.defaults.push({ setting: `${vpc.id}.FirewallFailOpen`, value: 'DISABLED', call: firewallConfigsCall });
  const unknownProfiles = (touched || dns.resolverRules.length > 0) && !wasRead(building, profilesCall, vpc);
  if (unknownProfiles && !building.defaults.some(({ call }) => call === profilesCall))
    building.defaults.push({ setting: 'use of Route 53 Profiles', value: 'none', call: profilesCall });
  const found: VpcDnsFirewall = present({
    unread: touched && !asked ? { unread: firewallAssociationsCall, subject: vpc.id } : undefined,
    failOpen: config.some(({ failOpen }) => failOpen) ? (true as const) : undefined,
    profiles: profiles.length === 0 ? undefined : profiles,
  });
  return Object.keys(found).length === 0 ? undefined : found;
}
