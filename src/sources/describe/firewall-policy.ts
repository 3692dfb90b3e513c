/** network-firewall describe-firewall-policy and describe-tls-inspection-configuration. */
import type {
  FirewallPolicy as AwsPolicy,
  FirewallPolicyResponse,
  ServerCertificateConfiguration,
  StatefulRuleGroupReference,
  StatelessRuleGroupReference,
  TLSInspectionConfiguration,
  TLSInspectionConfigurationResponse,
} from '@aws-sdk/client-network-firewall';
import { present } from '../../base/present.ts';
import type { Prefix } from '../../net/prefix.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { FirewallPolicy, GroupReference } from '../../network/firewall-policy.ts';
import type { Resource } from '../../network/resource.ts';
import { type At, complain, flag, has, inner, list, oneOf, required, text, texts, whole } from './fields.ts';
import { blockOf, readEnds } from './firewall-match.ts';
import { resource } from './resource.ts';
import { statelessAction } from './rule-group.ts';
import { entryOf } from './unmodelled.ts';

export interface PolicyAnswer {
  FirewallPolicyResponse?: FirewallPolicyResponse | undefined;
  FirewallPolicy?: AwsPolicy | undefined;
  /** Of Next Generation policies (semantics 10.87), which the client does not know. */
  FirewallPolicyV2?: object | undefined;
}

export function readFirewallPolicy(at: At<PolicyAnswer>, findings: Findings): void {
  const response = inner(at, 'FirewallPolicyResponse');
  const arn = response && required(response, 'FirewallPolicyArn');
  const policy = inner(at, 'FirewallPolicy');
  if (has(at, 'FirewallPolicyV2')) {
    findings.notModelled.push(
      entryOf('FirewallPolicyV2', arn ?? 'FirewallPolicyV2', { file: at.in.file, place: at.place }),
    );
    return;
  }
  if (response === undefined)
    complain(at, 'missing-field', '', '`FirewallPolicyResponse` is missing.', 'It tells which policy this is.');
  if (policy === undefined)
    complain(at, 'missing-field', '', '`FirewallPolicy` is missing.', 'Add what describe-firewall-policy prints.');
  if (response === undefined || arn === undefined || policy === undefined) return;
  const named = { ...resource(response, arn, { arn, name: text(response, 'FirewallPolicyName') }) };
  const read = policyOf(policy, named);
  if (typeof read === 'string')
    findings.notModelled.push({
      kind: 'firewall-policy',
      id: arn,
      status: 'not-modelled',
      why: `its HOME_NET holds \`${read}\`, which is no CIDR block`,
      affects: 'flows through its firewalls, which pass or drop by assumption',
      source: named.source,
    });
  else findings.firewallPolicies.push(read);
}

/** A text where HOME_NET holds what cannot be told by blocks. */
function policyOf(at: At<AwsPolicy>, named: Resource): FirewallPolicy | string {
  const homeNet = readHomeNet(at);
  if (typeof homeNet === 'string') return homeNet;
  const options = inner(at, 'StatefulEngineOptions');
  const order = options && oneOf(options, 'RuleOrder', ['DEFAULT_ACTION_ORDER', 'STRICT_ORDER']);
  const streamException = options && oneOf(options, 'StreamExceptionPolicy', ['DROP', 'CONTINUE', 'REJECT']);
  const references = list(at, 'StatefulRuleGroupReferences');
  if (order === 'STRICT_ORDER') blamePriorities(references);
  const stateful = references.flatMap(readStatefulReference);
  return {
    ...named,
    kind: 'firewall-policy',
    stateless: {
      groups: list(at, 'StatelessRuleGroupReferences').flatMap(readStatelessReference).toSorted(byPriority),
      default: statelessAction(at, 'StatelessDefaultActions'),
      fragmentDefault: statelessAction(at, 'StatelessFragmentDefaultActions'),
    },
    stateful: {
      order: order ?? 'DEFAULT_ACTION_ORDER',
      // What a live policy does not list it has not (semantics 10.24).
      defaults: texts(at, 'StatefulDefaultActions'),
      streamException: streamException ?? 'DROP',
      groups: stateful.toSorted(byPriority),
    },
    sessionHolding: flag(at, 'EnableTLSSessionHolding') ?? false,
    ...present({ homeNet, tlsInspection: text(at, 'TLSInspectionConfigurationArn') }),
  };
}

const byPriority = (a: { readonly priority?: number }, b: { readonly priority?: number }): number =>
  (a.priority ?? 0) - (b.priority ?? 0);

function readHomeNet(at: At<AwsPolicy>): readonly Prefix[] | string | undefined {
  const variables = inner(at, 'PolicyVariables');
  const sets = variables && inner(variables, 'RuleVariables');
  const home = sets && has(sets, 'HOME_NET') ? inner(sets, 'HOME_NET') : undefined;
  if (home === undefined) return undefined;
  const blocks: Prefix[] = [];
  for (const value of texts(home, 'Definition')) {
    const block = blockOf(value);
    if (block === undefined) return value;
    blocks.push(block);
  }
  return blocks;
}

function readStatelessReference(
  at: At<StatelessRuleGroupReference>,
): readonly { readonly group: string; readonly priority: number }[] {
  const group = required(at, 'ResourceArn');
  return group === undefined ? [] : [{ group, priority: whole(at, 'Priority') ?? 0 }];
}

function readStatefulReference(at: At<StatefulRuleGroupReference>): readonly GroupReference[] {
  const group = required(at, 'ResourceArn');
  const override = inner(at, 'Override');
  const dropToAlert = override !== undefined && oneOf(override, 'Action', ['DROP_TO_ALERT']) !== undefined;
  return group === undefined ? [] : [{ group, dropToAlert, ...present({ priority: whole(at, 'Priority') }) }];
}

/** Under strict order each group has a priority of its own (semantics 10.22). */
function blamePriorities(references: readonly At<StatefulRuleGroupReference>[]): void {
  const taken = new Map<number, string>();
  for (const at of references) {
    const priority = at.json.Priority;
    const before = priority === undefined ? undefined : taken.get(priority);
    if (!has(at, 'Priority'))
      complain(
        at,
        'missing-priority',
        '',
        'A rule group of a policy in strict order has no `Priority`.',
        'AWS asks for one, and looks at groups in its order: give each group its own.',
      );
    else if (before !== undefined)
      complain(
        at,
        'duplicate-priority',
        'Priority',
        `Two rule groups have priority ${priority}: the other is at ${before}.`,
        'AWS refuses that: in a policy each priority is one group’s.',
      );
    if (priority !== undefined && before === undefined) taken.set(priority, at.place);
  }
}

export interface TlsAnswer {
  TLSInspectionConfigurationResponse?: TLSInspectionConfigurationResponse | undefined;
  TLSInspectionConfiguration?: TLSInspectionConfiguration | undefined;
}

export function readTlsInspection(at: At<TlsAnswer>, findings: Findings): void {
  const response = inner(at, 'TLSInspectionConfigurationResponse');
  const arn = response && required(response, 'TLSInspectionConfigurationArn');
  const configuration = inner(at, 'TLSInspectionConfiguration');
  if (response === undefined || configuration === undefined)
    complain(
      at,
      'missing-field',
      '',
      `\`TLSInspectionConfiguration${response === undefined ? 'Response' : ''}\` is missing.`,
      'Add what describe-tls-inspection-configuration prints.',
    );
  if (response === undefined || arn === undefined || configuration === undefined) return;
  const certificates = list(configuration, 'ServerCertificateConfigurations');
  findings.tlsInspections.push({
    ...resource(response, arn, { arn, name: text(response, 'TLSInspectionConfigurationName') }),
    kind: 'tls-inspection-configuration',
    scopes: certificates.flatMap((one) => list(one, 'Scopes').map((scope) => readEnds(scope))),
    outbound: certificates.some((one: At<ServerCertificateConfiguration>) => has(one, 'CertificateAuthorityArn')),
  });
}
