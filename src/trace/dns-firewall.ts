/** DNS Firewall: whether a name that is asked of a VPC's Amazon resolver is looked up (semantics 13.6 to 13.12). */
import type {
  DnsFirewallAssociation,
  DnsFirewallDomainList,
  DnsFirewallRule,
  DnsFirewallRuleGroup,
} from '../network/dns-firewall.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import { failsOpen, matches, passes, priorityName, up } from '../network/unknown.ts';
import { type Step, type Trip, note, refused, side } from './trip.ts';

/** A query: its name in lower case without the final dot, and its type (`net/query-type.ts`). */
export interface Query {
  readonly name: string;
  readonly type: string;
}

type Verdict = Omit<Step, 'action'> & { readonly passes: boolean };

/** Whether anything of DNS Firewall is told of the VPC. */
export const isFiltered = (trip: Trip, vpc: string): boolean =>
  associationsOf(trip, vpc).length > 0 || trip.network.vpcs.get(vpc)?.dnsFirewall !== undefined;

/** Records what DNS Firewall does with the query; false where it ends there. */
export function passDnsFirewall(trip: Trip, vpc: string, query: Query): boolean {
  const { passes: isPassed, ...step } = judge(trip, vpc, query);
  if (!isPassed) return refused(trip, step);
  note(trip, { ...step, action: 'allow' });
  return true;
}

const associationsOf = ({ network }: Trip, vpc: string): readonly DnsFirewallAssociation[] =>
  [...network.dnsFirewallAssociations.values()].filter((each) => each.vpc === vpc);

function judge(trip: Trip, vpc: string, query: Query): Verdict {
  const own = trip.network.vpcs.get(vpc)?.dnsFirewall;
  const step = { resource: vpc, kind: 'dns-firewall' } as const;
  if (own?.unread !== undefined) {
    const taken = side(trip, unreadKey(own.unread));
    return {
      ...step,
      passes: taken,
      detail: said('which rule groups filter the names of', `\`${vpc}\` was not read`, taken),
    };
  }
  if (own?.profiles !== undefined) {
    const taken = side(trip, passes(vpc));
    return {
      ...step,
      passes: taken,
      detail: said('what a Route 53 Profile filters in', `\`${vpc}\` is not known`, taken),
    };
  }
  const verdict = judgeByGroups(trip, vpc, query) ?? {
    ...step,
    passes: true,
    detail: `no rule of DNS Firewall in \`${vpc}\` matches ${wordsOf(query)}`,
  };
  if (verdict.passes || own?.failOpen !== true || !side(trip, failsOpen(vpc))) return verdict;
  return { ...step, passes: true, detail: `DNS Firewall is taken to fail in \`${vpc}\`, and lets names through then` };
}

const said = (what: string, which: string, taken: boolean): string =>
  `${what} ${which}, and ${taken ? 'it is taken to let the name through' : 'it is not taken to let the name through'}`;

const wordsOf = ({ name, type }: Query): string => `${name} (${type})`;

/** The first rule that matches, group after group; undefined where none does. */
function judgeByGroups(trip: Trip, vpc: string, query: Query): Verdict | undefined {
  const inTurn = associationsOf(trip, vpc).toSorted(
    (a, b) => a.priority - b.priority || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  for (const { id, group, state } of inTurn) {
    if (state !== undefined && !side(trip, up(id))) continue;
    const found = trip.network.dnsFirewallRuleGroups.get(group);
    if (found === undefined) continue;
    const verdict = judgeByGroup(trip, found, query);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

function judgeByGroup(trip: Trip, group: DnsFirewallRuleGroup, query: Query): Verdict | undefined {
  const { id, rules } = group;
  const step = { resource: id, kind: 'dns-firewall' } as const;
  if (isUnread(rules)) {
    const taken = side(trip, unreadKey(rules));
    return {
      ...step,
      source: group.source,
      passes: taken,
      detail: said('what rules stand in', `\`${id}\` was not read`, taken),
    };
  }
  const rule = rules.find((each) => isMatch(trip, id, each, query));
  if (rule === undefined) return undefined;
  const { priority, name, action, response, source } = rule;
  const answer = response === undefined ? '' : ` (${response})`;
  const called = `priority ${priority}${name === undefined ? '' : ` (${name})`}`;
  return {
    ...step,
    rule: called,
    source,
    passes: action !== 'BLOCK',
    detail: `DNS Firewall rule ${called} of \`${id}\`: ${action}${answer} for ${wordsOf(query)}`,
  };
}

function isMatch(trip: Trip, group: string, rule: DnsFirewallRule, { name, type }: Query): boolean {
  if (rule.queryType !== undefined && rule.queryType !== type) return false;
  const may = (): boolean => side(trip, matches(group, priorityName(rule.priority)));
  if (rule.advanced !== undefined || rule.domainList === undefined) return may();
  const list = trip.network.dnsFirewallDomainLists.get(rule.domainList);
  if (list !== undefined && isListed(list, name)) return true;
  return (list === undefined || list.open !== undefined) && may();
}

/** `*` is every name, `*.x` those below x, and `x` that name alone (semantics 13.9). */
const isListed = ({ domains }: DnsFirewallDomainList, name: string): boolean =>
  domains.some((entry) => {
    if (entry === '*') return true;
    return entry.startsWith('*.') ? name.endsWith(entry.slice(1)) : name === entry;
  });
