/** network-firewall describe-rule-group and describe-rule-group-metadata. */
import type {
  DescribeRuleGroupMetadataResponse,
  RuleGroup as AwsRuleGroup,
  RuleGroupResponse,
  RuleVariables,
  StatelessRule as AwsStatelessRule,
} from '@aws-sdk/client-network-firewall';
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import {
  type StatefulRuleGroup,
  type StatelessAction,
  type StatelessRule,
  isManagedGroup,
} from '../../network/firewall-policy.ts';
import type { Resource } from '../../network/resource.ts';
import { sharedSids } from '../shared-sid.ts';
import { type At, complain, inner, isObject, list, oneOf, provenance, required, text, texts, whole } from './fields.ts';
import { readEnds, readFlags } from './firewall-match.ts';
import { judgeLines } from './judged-lines.ts';
import { resource } from './resource.ts';
import { ruleLines } from './rule-lines.ts';

export interface RuleGroupAnswer {
  RuleGroupResponse?: RuleGroupResponse | undefined;
  RuleGroup?: AwsRuleGroup | undefined;
}

/** Web ACLs have rule groups too. */
export const isFirewallRuleGroup = (content: unknown): boolean => isObject(content) && 'RulesSource' in content;

export function readRuleGroup(at: At<RuleGroupAnswer>, findings: Findings): void {
  const response = inner(at, 'RuleGroupResponse');
  const arn = response && required(response, 'RuleGroupArn');
  if (response === undefined)
    complain(at, 'missing-field', '', '`RuleGroupResponse` is missing.', 'It tells which rule group this is.');
  if (response === undefined || arn === undefined) return;
  const named = resource(response, arn, { arn, name: text(response, 'RuleGroupName') });
  const group = inner(at, 'RuleGroup');
  const rules = group && inner(group, 'RulesSource');
  if (group === undefined || rules === undefined) {
    findings.ruleGroupMetadata.push(named);
    return;
  }
  const stateless = inner(rules, 'StatelessRulesAndCustomActions');
  if (text(response, 'Type') === 'STATELESS' || stateless !== undefined) {
    const all = stateless === undefined ? [] : list(stateless, 'StatelessRules');
    findings.ruleGroups.push({
      ...named,
      kind: 'stateless-rule-group',
      rules: all.flatMap(readStatelessRule).toSorted((a, b) => a.priority - b.priority),
    });
    return;
  }
  const read = statefulOf(group, named);
  at.in.problems.push(...sharedSids(read));
  findings.ruleGroups.push(read);
  findings.notModelled.push(...judgeLines(read));
}

function statefulOf(at: At<AwsRuleGroup>, named: Resource): StatefulRuleGroup {
  const options = inner(at, 'StatefulRuleOptions');
  const order = (options && readOrder(options)) ?? 'DEFAULT_ACTION_ORDER';
  const variables = inner(at, 'RuleVariables');
  const sets = inner(at, 'ReferenceSets');
  const references = (sets && inner(sets, 'IPSetReferences')) ?? { json: {} };
  return {
    ...named,
    kind: 'stateful-rule-group',
    order,
    rules: ruleLines(inner(at, 'RulesSource')!, order),
    managed: isManagedGroup(named.id),
    ipSets: definitions(variables, 'IPSets'),
    portSets: definitions(variables, 'PortSets'),
    references: Object.fromEntries(
      Object.entries(references.json).flatMap(([name, one]): [string, string][] =>
        isObject(one) && typeof one['ReferenceArn'] === 'string' ? [[name, idOfReference(one['ReferenceArn'])]] : [],
      ),
    ),
  };
}

/** Prefix lists by id, resource groups by ARN. */
const idOfReference = (arn: string): string => /:prefix-list\/(pl-[^/]+)$/.exec(arn)?.[1] ?? arn;

const readOrder = (at: At<NonNullable<AwsRuleGroup['StatefulRuleOptions']>>) =>
  oneOf(at, 'RuleOrder', ['DEFAULT_ACTION_ORDER', 'STRICT_ORDER']);

function definitions(
  variables: At<RuleVariables> | undefined,
  key: 'IPSets' | 'PortSets',
): Readonly<Record<string, readonly string[]>> {
  const sets = variables && inner(variables, key);
  if (sets === undefined) return {};
  return Object.fromEntries(
    Object.entries(sets.json).map(([name, json]) => {
      const one = { json: isObject(json) ? json : {}, place: `${sets.place}/${name}`, in: sets.in };
      return [name, texts(one as At<{ Definition?: string[] }>, 'Definition')];
    }),
  );
}

function readStatelessRule(at: At<AwsStatelessRule>): readonly StatelessRule[] {
  const priority = whole(at, 'Priority');
  const definition = inner(at, 'RuleDefinition');
  const match = definition && inner(definition, 'MatchAttributes');
  if (priority === undefined || definition === undefined || match === undefined) {
    complain(
      at,
      'missing-field',
      '',
      `\`${priority === undefined ? 'Priority' : definition === undefined ? 'RuleDefinition' : 'MatchAttributes'}\` is missing.`,
      'Every stateless rule has one.',
    );
    return [];
  }
  const protocols = ((match.json as { Protocols?: unknown }).Protocols ?? []) as readonly unknown[];
  if (!Array.isArray(protocols) || !protocols.every((one) => Number.isInteger(one) && one >= 0 && one <= 255)) {
    complain(match, 'wrong-type', 'Protocols', '`Protocols` must be a list of IP protocol numbers.');
    return [];
  }
  return [
    {
      ...readEnds(match),
      priority,
      action: statelessAction(definition, 'Actions'),
      protocols,
      tcpFlags: list(match, 'TCPFlags').map((one) => readFlags(one)),
      source: provenance(at),
    },
  ];
}

const actions: readonly StatelessAction[] = ['aws:pass', 'aws:drop', 'aws:forward_to_sfe'];

/** The one action that decides, among those that count (semantics 10.14). */
export function statelessAction<K extends string>(
  at: At<{ [key in K]?: string[] | undefined }>,
  key: K,
): StatelessAction {
  const words: readonly string[] = texts(at as At<Record<string, string[]>>, key);
  const action = actions.find((one) => words.includes(one));
  if (action === undefined)
    complain(at, 'missing-field', key, `\`${key}\` holds none of ${actions.join(', ')}.`, 'AWS wants exactly one.');
  return action ?? 'aws:drop';
}

/** The call shows its answer bare, with keys that others have. */
export const isRuleGroupMetadata = (value: object): boolean =>
  'RuleGroupArn' in value && 'RuleGroupName' in value && !('RuleGroupId' in value) && !('RuleGroupStatus' in value);

export function readRuleGroupMetadata(at: At<DescribeRuleGroupMetadataResponse>, findings: Findings): void {
  const arn = required(at, 'RuleGroupArn');
  if (arn === undefined || text(at, 'Type') === 'STATELESS') return;
  const options = inner(at, 'StatefulRuleOptions');
  findings.ruleGroupMetadata.push({
    ...resource(at, arn, { arn, name: text(at, 'RuleGroupName') }),
    ...present({ order: options && readOrder(options) }),
  });
}
