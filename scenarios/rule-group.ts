/** Changes to what a Network Firewall policy and its rule groups say. */
import type {
  DescribeRuleGroupResponse,
  FirewallPolicy,
  RuleGroup,
  StatelessRule,
} from '@aws-sdk/client-network-firewall';
import type { Snapshot } from './variant.ts';

export const policyOf = (network: Snapshot): FirewallPolicy => network.FirewallPolicy!;

/** The rule group of this name. */
const ruleGroup = (network: Snapshot, name: string): RuleGroup => answerOf(network, name).RuleGroup!;

const answerOf = (network: Snapshot, name: string): DescribeRuleGroupResponse => {
  const found = network.FirewallRuleGroupAnswers!.filter((each) => each.RuleGroupResponse!.RuleGroupName === name);
  if (found.length !== 1) throw new Error(`${found.length} rule groups are named ${name}`);
  return found[0]!;
};

/** Replaces text in the group's Suricata rules, where it stands once. */
export function rewrite(network: Snapshot, name: string, from: string, to: string): void {
  const { RulesSource } = ruleGroup(network, name);
  const parts = RulesSource!.RulesString!.split(from);
  if (parts.length !== 2) throw new Error(`${name} has \`${from}\` ${parts.length - 1} times`);
  RulesSource!.RulesString = parts.join(to);
}

/** Adds lines at the end of the group's Suricata rules. */
export const append = (network: Snapshot, name: string, ...lines: string[]): void =>
  void (ruleGroup(network, name).RulesSource!.RulesString += lines.map((line) => `${line}\n`).join(''));

/** A new stateful group of Suricata rules, of the policy's own order, behind all others. */
export function addRules(network: Snapshot, name: string, ...lines: string[]): void {
  const policy = policyOf(network);
  const references = (policy.StatefulRuleGroupReferences ??= []);
  const RulesString = lines.map((line) => `${line}\n`).join('');
  const { RuleOrder } = policy.StatefulEngineOptions!;
  const ResourceArn = addGroup(network, name, 'STATEFUL', {
    RulesSource: { RulesString },
    StatefulRuleOptions: { RuleOrder },
  });
  const last = Math.max(0, ...references.map(({ Priority }) => Priority ?? 0));
  references.push({ ResourceArn, ...(RuleOrder === 'STRICT_ORDER' ? { Priority: last + 10 } : {}) });
}

/** A new stateless group. */
export function addStateless(network: Snapshot, name: string, ...rules: StatelessRule[]): void {
  const ResourceArn = addGroup(network, name, 'STATELESS', {
    RulesSource: { StatelessRulesAndCustomActions: { StatelessRules: rules } },
  });
  (policyOf(network).StatelessRuleGroupReferences ??= []).push({ ResourceArn, Priority: 10 });
}

/** The new group's ARN. */
function addGroup(network: Snapshot, name: string, Type: 'STATEFUL' | 'STATELESS', RuleGroup: RuleGroup): string {
  const answers = (network.FirewallRuleGroupAnswers ??= []);
  const policy = network.Firewall!.FirewallPolicyArn!;
  const RuleGroupArn = policy.replace(/firewall-policy\/.*/, `${Type.toLowerCase()}-rulegroup/${name}`);
  answers.push({
    UpdateToken: answers[0]!.UpdateToken,
    RuleGroup,
    RuleGroupResponse: {
      ...answers[0]!.RuleGroupResponse!,
      RuleGroupArn,
      RuleGroupName: name,
      RuleGroupId: `f12e0a11-a110-4e60-8f00-0000000001${String(answers.length).padStart(2, '0')}`,
      Description: '',
      Type,
    },
  });
  return RuleGroupArn;
}
