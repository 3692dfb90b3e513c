/** A firewall's policy as it is looked at, its rules one by one, and copies in which something is otherwise. */
import { groupsInTurn } from '../dataplane/index.ts';
import type { Firewall } from '../network/firewall.ts';
import type { FirewallPolicy, RuleGroup, RuleLine, StatefulRuleGroup } from '../network/firewall-policy.ts';
import type { Network } from '../network/network.ts';
import { isUnread } from '../network/resource.ts';
import { type Rule, type RuleAction, ruleOf } from '../suricata/index.ts';

export interface Subject {
  readonly network: Network;
  readonly firewall: Firewall;
  readonly policy: FirewallPolicy;
  /** The name under which an unknown is shared with another subject; absent: its own. */
  readonly shared?: (key: string) => string;
}

/** A rule of a stateful group that could be read. */
export interface RuleAt {
  readonly group: StatefulRuleGroup;
  /** In its group, from 0. */
  readonly index: number;
  readonly line: RuleLine;
  readonly rule: Rule;
}

export const groupsOf = ({ network, policy }: Subject): readonly StatefulRuleGroup[] =>
  groupsInTurn(policy).flatMap(({ group }) => {
    const found = network.ruleGroups.get(group);
    return found?.kind === 'stateful-rule-group' ? found : [];
  });

/** Group by group, line by line; under strict order that is the order of evaluation. */
export const rulesOf = (subject: Subject): readonly RuleAt[] =>
  groupsOf(subject).flatMap((group) =>
    isUnread(group.rules)
      ? []
      : group.rules.flatMap((line, index) => {
          const rule = ruleOf(line.text);
          return rule === undefined ? [] : { group, index, line, rule };
        }),
  );

/** The very rule, whatever its action. */
export const isSame = (a: RuleAt, b: RuleAt): boolean => a.group.id === b.group.id && a.index === b.index;

/** That rule alone with another action; as an alert it decides nothing. */
export const turned = (subject: Subject, at: RuleAt, action: RuleAction): Subject =>
  reworded(subject, (other) => (isSame(other, at) ? action : undefined));

/** The rules with another action, wherever one is given; they match what they matched. */
export function reworded(subject: Subject, action: (at: RuleAt) => RuleAction | undefined): Subject {
  const changed = new Map<string, RuleLine[]>();
  for (const at of rulesOf(subject)) {
    const now = action(at);
    if (now === undefined || now === at.rule.action) continue;
    let lines = changed.get(at.group.id);
    if (lines === undefined) changed.set(at.group.id, (lines = [...(at.group.rules as readonly RuleLine[])]));
    lines[at.index] = { ...at.line, text: at.line.text.replace(/^\s*[a-z]+/i, now) };
  }
  const groups = groupsOf(subject).flatMap((group): readonly StatefulRuleGroup[] => {
    const rules = changed.get(group.id);
    return rules === undefined ? [] : [{ ...group, rules }];
  });
  return withGroups(subject, groups);
}

/** With these lines, by group of the policy and number, as rules that decide nothing; all others stand where they stood. */
export function quiet(subject: Subject, lines: readonly { readonly group: number; readonly index: number }[]): Subject {
  const groups = groupsOf(subject).map((group) => (isUnread(group.rules) ? [] : [...group.rules]));
  for (const { group, index } of lines) groups[group]![index] = { ...groups[group]![index]!, text: nothing };
  return withGroups(
    subject,
    groupsOf(subject).map((group, i) => (isUnread(group.rules) ? group : { ...group, rules: groups[i]! })),
  );
}

const nothing = 'alert ip 0.0.0.0/32 any -> 0.0.0.0/32 any (sid:1;)';

/** Without these rules, each group by itself; `at` is one that stays, as it stands then. */
export function without(subject: Subject, rules: readonly RuleAt[], at: RuleAt): { subject: Subject; at: RuleAt } {
  const gone = new Map<string, Set<number>>();
  for (const { group, index } of rules) {
    const own = gone.get(group.id);
    if (own === undefined) gone.set(group.id, new Set([index]));
    else own.add(index);
  }
  const groups = groupsOf(subject).map((group): StatefulRuleGroup => {
    const own = gone.get(group.id);
    if (own === undefined || isUnread(group.rules)) return group;
    return { ...group, rules: group.rules.filter((_, i) => !own.has(i)) };
  });
  const before = [...(gone.get(at.group.id) ?? [])].filter((index) => index < at.index).length;
  const group = groups.find(({ id }) => id === at.group.id)!;
  return { subject: withGroups(subject, groups), at: { ...at, group, index: at.index - before } };
}

const withGroups = (subject: Subject, groups: readonly RuleGroup[]): Subject => ({
  ...subject,
  network: {
    ...subject.network,
    ruleGroups: new Map([...subject.network.ruleGroups, ...groups.map((group) => [group.id, group] as const)]),
  },
});

/** The same firewall under another policy. */
export function withPolicy(
  subject: Subject,
  change: Partial<Pick<FirewallPolicy, 'stateless' | 'stateful' | 'homeNet'>>,
): Subject {
  const policy: FirewallPolicy = { ...subject.policy, ...change };
  const firewallPolicies = new Map([...subject.network.firewallPolicies, [policy.id, policy]]);
  return { ...subject, policy, network: { ...subject.network, firewallPolicies } };
}

/** The stateful default actions are these, where the order has any. */
export const withDefaults = (subject: Subject, defaults: readonly string[]): Subject =>
  withPolicy(subject, { stateful: { ...subject.policy.stateful, defaults } });
