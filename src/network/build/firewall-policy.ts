/**
 * Firewall policies, the rule groups that they name and their TLS inspection: a group whose rules nobody read is one
 * all the same; a policy that cannot be told without what was not read is left out, as if it had not been read.
 */
import {
  type FirewallPolicy,
  type RuleGroup,
  type RuleOrder,
  type StatefulRuleGroup,
  type TlsInspection,
  isManagedGroup,
} from '../firewall-policy.ts';
import type { Resource } from '../resource.ts';
import { type Building, byId } from './building.ts';

export interface FirewallPolicies {
  readonly firewallPolicies: Map<string, FirewallPolicy>;
  readonly ruleGroups: Map<string, RuleGroup>;
  readonly tlsInspections: Map<string, TlsInspection>;
}

const groupCall = 'network-firewall describe-rule-group';

/** `twoOrders`: groups of another rule order than their policy's are let in. */
export function buildFirewallPolicies(building: Building, twoOrders: boolean): FirewallPolicies {
  const { findings } = building;
  const found = alike(building, findings.firewallPolicies);
  const ruleGroups = alike(building, findings.ruleGroups);
  const tlsInspections = alike(building, findings.tlsInspections);
  const orders = new Map(
    [...found.values()].flatMap(({ stateful }) => stateful.groups.map(({ group }) => [group, stateful.order] as const)),
  );
  for (const { order, ...group } of findings.ruleGroupMetadata)
    if (!ruleGroups.has(group.id)) ruleGroups.set(group.id, unreadGroup(group, order ?? orders.get(group.id)));
  for (const policy of found.values())
    for (const { group } of policy.stateful.groups)
      if (!ruleGroups.has(group)) ruleGroups.set(group, unreadGroup(named(group, policy), policy.stateful.order));
  const firewallPolicies = new Map<string, FirewallPolicy>();
  for (const policy of found.values()) {
    const missing = missingFor(policy, ruleGroups, tlsInspections);
    if (missing !== undefined)
      building.coverage.push({
        kind: 'firewall-policy',
        id: policy.id,
        status: 'not-modelled',
        why: `${missing}, so that what it lets through is not known`,
        affects: 'flows through its firewalls, which pass or drop by assumption',
        source: policy.source,
      });
    else firewallPolicies.set(policy.id, policy);
    if (!twoOrders) blameOrders(building, policy, ruleGroups);
  }
  return { firewallPolicies, ruleGroups, tlsInspections };
}

/** By ARN; what two answers tell of one must be the same. */
function alike<T extends Resource>({ problems }: Building, all: readonly T[]): Map<string, T> {
  const first = byId(all.toReversed());
  for (const one of all) {
    const before = first.get(one.id)!;
    if (contentOf(before) === contentOf(one)) continue;
    problems.push({
      code: 'duplicate-id',
      file: one.source.file,
      place: one.source.place,
      message: `\`${one.id}\` is described here and, differently, at ${before.source.place} of ${before.source.file}.`,
      hint: 'Keep the answers of one moment: the older file is to go.',
    });
  }
  return first;
}

const contentOf = (resource: Resource): string =>
  JSON.stringify(resource, (key, value: unknown) =>
    key === 'source' ? undefined : typeof value === 'bigint' ? String(value) : value,
  );

/** A group that a policy names: its ARN and, in it, its name. */
const named = (arn: string, { source }: FirewallPolicy): Resource => ({
  id: arn,
  arn,
  name: arn.slice(arn.lastIndexOf('/') + 1),
  tags: {},
  source,
});

const unreadGroup = (group: Resource, order: RuleOrder | undefined): StatefulRuleGroup => ({
  ...group,
  kind: 'stateful-rule-group',
  order: order ?? (group.id.endsWith('StrictOrder') ? 'STRICT_ORDER' : 'DEFAULT_ACTION_ORDER'),
  rules: { unread: groupCall, subject: group.id },
  managed: isManagedGroup(group.id),
  ipSets: {},
  portSets: {},
  references: {},
});

/** What of the policy nobody read, beside stateful groups. */
function missingFor(
  { stateless, stateful, tlsInspection }: FirewallPolicy,
  groups: ReadonlyMap<string, RuleGroup>,
  inspections: ReadonlyMap<string, TlsInspection>,
): string | undefined {
  const absent = stateless.groups.find(({ group }) => groups.get(group)?.kind !== 'stateless-rule-group');
  if (absent !== undefined) return `its stateless rule group \`${absent.group}\` was not read`;
  const strange = stateful.groups.find(({ group }) => groups.get(group)?.kind !== 'stateful-rule-group');
  if (strange !== undefined) return `its stateful rule group \`${strange.group}\` was read as another kind`;
  return tlsInspection === undefined || inspections.has(tlsInspection)
    ? undefined
    : `its TLS inspection configuration \`${tlsInspection}\` was not read`;
}

/** AWS lets a policy have groups of its own rule order alone (semantics 10.20). */
function blameOrders({ problems }: Building, policy: FirewallPolicy, groups: ReadonlyMap<string, RuleGroup>): void {
  for (const { group: id } of policy.stateful.groups) {
    const group = groups.get(id);
    if (group?.kind !== 'stateful-rule-group' || group.order === policy.stateful.order) continue;
    problems.push({
      code: 'rule-order',
      file: policy.source.file,
      place: policy.source.place,
      message: `\`${policy.name ?? policy.id}\` is of ${policy.stateful.order}, and its rule group \`${group.name ?? id}\` of ${group.order}.`,
      hint: 'AWS refuses that: answers of different moments were mixed, or one was edited.',
    });
  }
}
