/** The stateful rules of a policy in the order in which they are evaluated (semantics 10.20 to 10.22). */
import type { Firewall } from '../../network/firewall.ts';
import type { Family } from '../../net/address.ts';
import type { FirewallPolicy, GroupReference, StatefulRuleGroup } from '../../network/firewall-policy.ts';
import { isUnread } from '../../network/resource.ts';
import { matches, passes, ruleName } from '../../network/unknown.ts';
import { type Rule, priorityOf, ruleOf } from '../../suricata/index.ts';
import type { Plane } from '../plane.ts';
import { type Nature, natureOf } from './nature.ts';
import { type Scope, addressesMeant } from './scope.ts';

export interface RuleEntry {
  readonly kind: 'rule';
  readonly rule: Rule;
  readonly scope: Scope;
  readonly nature: Nature;
  /** The unknown that stands for what is not known of its matching. */
  readonly key: string;
  /** Passes that share it come in an order that AWS does not tell, where their groups differ (semantics 10.21). */
  readonly peers?: string;
}

export type Entry =
  | RuleEntry
  /**
   * Rules that nobody read. `decide`: true passes what comes to it, false drops it. `drop`: true does nothing, false
   * drops it: all that AWS's own groups do is alert and drop.
   */
  | { readonly kind: 'unread'; readonly effect: 'decide' | 'drop'; readonly key: string };

export function entriesInOrder(
  plane: Plane,
  firewall: Firewall,
  policy: FirewallPolicy,
  family: Family,
): readonly Entry[] {
  const entries = groupsInTurn(policy).flatMap((reference) =>
    entriesOfGroup(plane, firewall, policy, reference, family),
  );
  return policy.stateful.order === 'STRICT_ORDER' ? entries : inActionOrder(entries);
}

/** By priority under strict order; under action order the groups have none (semantics 10.21, 10.22). */
export const groupsInTurn = ({ stateful: { order, groups } }: FirewallPolicy): readonly GroupReference[] =>
  order === 'STRICT_ORDER' ? groups.toSorted((a, b) => (a.priority ?? Infinity) - (b.priority ?? Infinity)) : groups;

function entriesOfGroup(
  plane: Plane,
  firewall: Firewall,
  policy: FirewallPolicy,
  { group: arn, dropToAlert }: GroupReference,
  family: Family,
): readonly Entry[] {
  const found = plane.network.ruleGroups.get(arn);
  const group = found?.kind === 'stateful-rule-group' ? found : undefined;
  const key = passes(arn);
  if (group === undefined || isUnread(group.rules)) {
    if (!(group?.managed ?? arn.includes(':aws-managed:'))) return [{ kind: 'unread', effect: 'decide', key }];
    return dropToAlert ? [] : [{ kind: 'unread', effect: 'drop', key }];
  }
  const scope: Scope = { plane, firewall, policy, group, family, found: new Map() };
  return group.rules.map(({ text }, i): Entry => {
    const rule = ruleOf(text);
    if (rule === undefined) return { kind: 'unread', effect: 'decide', key };
    const entry = entryOf(scope, rule, i + 1);
    // AWS's own rules that are shown all the same, and made to alert (semantics 10.36).
    return group.managed && dropToAlert && rule.action !== 'pass'
      ? { ...entry, rule: { ...rule, action: 'alert' } }
      : entry;
  });
}

export function entryOf(scope: Scope, rule: Rule, line: number): RuleEntry {
  const negates = [rule.source, rule.destination].some((of) => addressesMeant(scope, of).negates);
  return {
    kind: 'rule',
    rule,
    scope,
    nature: natureOf(rule, negates),
    key: matches(scope.group.id, ruleName(rule.sid, line)),
  };
}

/** All stateful rules of a network as written, whatever policy uses them. */
export const statefulRules = (groups: Iterable<{ readonly kind: string }>): readonly Rule[] =>
  [...groups].flatMap((group) => {
    if (group.kind !== 'stateful-rule-group') return [];
    const { rules } = group as StatefulRuleGroup;
    return isUnread(rules) ? [] : rules.flatMap(({ text }) => ruleOf(text) ?? []);
  });

/**
 * By action, then what writes flowbits before what reads them, then by priority (semantics 10.21, 10.84). What nobody
 * read may pass anything, and so stands in front; AWS's own groups pass nothing.
 */
const inActionOrder = (entries: readonly Entry[]): readonly Entry[] =>
  entries
    .map((entry) => ({ entry, rank: rankOf(entry) }))
    .sort((a, b) => compare(a.rank, b.rank))
    .map(({ entry, rank }) =>
      entry.kind === 'rule' && entry.rule.action === 'pass' ? { ...entry, peers: rank.join() } : entry,
    );

type Rank = readonly [action: number, flowbits: number, priority: number];

const actions = ['pass', 'drop', 'reject', 'alert'] as const;

function rankOf(entry: Entry): Rank {
  if (entry.kind === 'unread') return entry.effect === 'decide' ? [-1, 0, 0] : [0.5, 0, 0];
  const { action, options } = entry.rule;
  const commands = options.flatMap((option) => (option.kind === 'flowbits' ? [option.command] : []));
  const reads = commands.some((command) => command === 'isset' || command === 'isnotset');
  const writes = commands.some((command) => command === 'set' || command === 'unset' || command === 'toggle');
  return [actions.indexOf(action), writes ? (reads ? 1 : 0) : reads ? 2 : 3, priorityOf(entry.rule)];
}

function compare(a: Rank, b: Rank): number {
  for (const i of [0, 1, 2] as const) if (a[i] !== b[i]) return a[i] - b[i];
  return 0;
}
