/**
 * What policies, rule groups and TLS inspection configurations of Network Firewall say: in the words of AWS's answers,
 * which are those of templates too. One of which a part that decides is not known counts as unread.
 */
import { present } from '../../base/present.ts';
import { type Findings, noFindings } from '../../network/build/findings.ts';
import type { Resource } from '../../network/resource.ts';
import {
  type PolicyAnswer,
  readFirewallPolicy,
  readTlsInspection,
  type TlsAnswer,
} from '../describe/firewall-policy.ts';
import { readRuleGroup, type RuleGroupAnswer } from '../describe/rule-group.ts';
import { type Answer, answerAt, answerOf, type Shape } from './answer.ts';
import { resource } from './common.ts';
import { inner, known, text } from './property.ts';
import { type At, type Construct, complain, note, notModelled } from './reading.ts';
import { Unknown } from './value.ts';

const shape: Shape = {
  numbers: new Set(['Priority', 'Protocols', 'FromPort', 'ToPort', 'TcpIdleTimeoutSeconds']),
  flags: new Set(['EnableTLSSessionHolding']),
};

export const firewallPolicy: Construct = {
  identities: ['FirewallPolicyArn', 'FirewallPolicyId'],
  properties: ['FirewallPolicyName', 'FirewallPolicy', 'Description', 'Tags'],
  read(at) {
    // A rule group of which it is not known which it is, is one that nobody read.
    const standIn = (place: string): string | undefined =>
      /^\/StatefulRuleGroupReferences\/\d+\/ResourceArn$/.test(place) ? `${at.of.id}${place}` : undefined;
    const told = answerOf<NonNullable<PolicyAnswer['FirewallPolicy']>>(at, 'FirewallPolicy', { ...shape, standIn });
    if (told === undefined) return complain(at, 'missing-field', '', '`FirewallPolicy` is missing.');
    const [missing] = told.unknown;
    if (missing !== undefined) {
      note(at, 'FirewallPolicy', missing, 'what it lets through is an assumption');
      unread(at);
      return notModelled(at, 'firewall-policy', `a part of it is not known (${missing.why})`, affected);
    }
    const answer: PolicyAnswer = {
      FirewallPolicyResponse: { FirewallPolicyArn: at.of.id, FirewallPolicyName: '', FirewallPolicyId: '' },
      FirewallPolicy: told.at.json,
    };
    const { firewallPolicies, notModelled: odd } = readApart((apart) =>
      readFirewallPolicy(answerAt(at, '', answer), apart),
    );
    at.in.findings.notModelled.push(...odd);
    for (const policy of firewallPolicies) {
      const { defaults, ...stateful } = policy.stateful;
      // What a policy gets that is made without a list is not told (semantics 10.24).
      const listed = stateful.order === 'DEFAULT_ACTION_ORDER' || 'StatefulDefaultActions' in told.at.json;
      at.in.findings.firewallPolicies.push({
        ...ownOf(at, policy, 'FirewallPolicyName'),
        stateful: { ...stateful, ...present({ defaults: listed ? defaults : undefined }) },
      });
    }
  },
};

const affected = 'flows through its firewalls, which pass or drop by assumption';

export const ruleGroup: Construct = {
  identities: ['RuleGroupArn', 'RuleGroupId'],
  properties: ['RuleGroupName', 'RuleGroup', 'Type', 'Capacity', 'Description', 'SummaryConfiguration', 'Tags'],
  read(at) {
    const told = answerOf<NonNullable<RuleGroupAnswer['RuleGroup']>>(at, 'RuleGroup', shape);
    const [missing] = told === undefined ? [new Unknown('the input does not hold them')] : told.unknown;
    if (told === undefined || missing !== undefined) {
      note(at, 'RuleGroup', missing!, 'its rules count as unread');
      unread(at);
      return readUntold(at);
    }
    const type = known(text(at, 'Type')) as 'STATELESS' | undefined;
    const answer: RuleGroupAnswer = {
      RuleGroupResponse: {
        RuleGroupArn: at.of.id,
        RuleGroupName: known(text(at, 'RuleGroupName')) ?? at.of.address,
        RuleGroupId: '',
        ...present({ Type: type }),
      },
      RuleGroup: told.at.json,
    };
    const {
      ruleGroups,
      ruleGroupMetadata,
      notModelled: odd,
    } = readApart((apart) => readRuleGroup(answerAt(at, '', answer), apart));
    at.in.findings.ruleGroups.push(...ruleGroups.map((one) => ownOf(at, one, 'RuleGroupName')));
    at.in.findings.ruleGroupMetadata.push(...ruleGroupMetadata.map((one) => ownOf(at, one, 'RuleGroupName')));
    at.in.findings.notModelled.push(...odd);
  },
};

const orders = ['STRICT_ORDER', 'DEFAULT_ACTION_ORDER'] as const;

/** Of a stateful group it is enough to know that there is one; a policy with a stateless one that is not told is not told. */
function readUntold(at: At): void {
  if (known(text(at, 'Type')) === 'STATELESS')
    return notModelled(
      at,
      'firewall-rule-group',
      'a part of it is not known',
      'flows through the firewalls that use it',
    );
  const group = known(inner(at, 'RuleGroup'));
  const options = group && known(inner(group, 'StatefulRuleOptions'));
  const order = options && known(text(options, 'RuleOrder'));
  at.in.findings.ruleGroupMetadata.push({
    ...resource(at, { name: known(text(at, 'RuleGroupName')) }),
    ...present({ order: orders.find((one) => one === order) }),
  });
}

export const tlsInspection: Construct = {
  identities: ['TLSInspectionConfigurationArn', 'TLSInspectionConfigurationId'],
  properties: ['TLSInspectionConfigurationName', 'TLSInspectionConfiguration', 'Description', 'Tags'],
  read(at) {
    // It counts that there is a certificate, whichever it is.
    const standIn = (place: string): string | undefined =>
      /\/(?:ResourceArn|CertificateAuthorityArn)$/.test(place) ? 'a certificate' : undefined;
    const told: Answer<NonNullable<TlsAnswer['TLSInspectionConfiguration']>> | undefined = answerOf(
      at,
      'TLSInspectionConfiguration',
      { ...shape, standIn },
    );
    const [missing] = told === undefined ? [new Unknown('the input does not hold it')] : told.unknown;
    if (told === undefined || missing !== undefined) {
      note(at, 'TLSInspectionConfiguration', missing!, 'the policies that use it count as unread');
      return unread(at);
    }
    const answer: TlsAnswer = {
      TLSInspectionConfigurationResponse: {
        TLSInspectionConfigurationArn: at.of.id,
        TLSInspectionConfigurationName: '',
        TLSInspectionConfigurationId: '',
      },
      TLSInspectionConfiguration: told.at.json,
    };
    const { tlsInspections } = readApart((apart) => readTlsInspection(answerAt(at, '', answer), apart));
    at.in.findings.tlsInspections.push(
      ...tlsInspections.map((one) => ownOf(at, one, 'TLSInspectionConfigurationName')),
    );
  },
};

/** What runs under its name is no longer what it says; one that is only looked up stays as it runs. */
function unread({ of: { id, lookedUp }, in: { outside } }: At): void {
  if (lookedUp !== true) outside.unread.add(id);
}

function readApart(read: (findings: Findings) => void): Findings {
  const findings = noFindings();
  read(findings);
  return findings;
}

/** What the answer told of it, as the resource that is declared: its ARN may be one yet to come. */
function ownOf<T extends Resource>(at: At, told: T, nameKey: string): T {
  const { arn: _, name: __, ...own } = told;
  return Object.assign(own, resource(at, { name: known(text(at, nameKey)) })) as T;
}
