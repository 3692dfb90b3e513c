/** A plan that changes firewalls, policies and rule groups that run. */
import { expect, test } from 'vitest';
import { isUnread } from '../../../src/network/resource.ts';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { Unknown } from '../../../src/sources/declared/value.ts';
import type { SourceDocument } from '../../../src/sources/document.ts';
import { describePolicy, describeRules, policyArn, statefulGroupArn } from '../../support/aws-network-firewall.ts';
import { declared } from '../../support/declared.ts';
import { changed } from '../../support/over-base.ts';
import { documents, tiny } from '../tiny.ts';

const firewallArn = 'arn:aws:network-firewall:eu-west-1:111122223333:firewall/inspect';
const attached = { SubnetId: 'subnet-1', EndpointId: 'vpce-fw', Status: 'READY' };
const firewall: SourceDocument = {
  file: 'firewall.json',
  json: {
    Firewall: { FirewallName: 'inspect', FirewallArn: firewallArn, VpcId: 'vpc-1', FirewallPolicyArn: policyArn('p') },
    FirewallStatus: { SyncStates: { 'eu-west-1a': { Attachment: attached } } },
  },
};
const second = { ...tiny.Subnets[0]!, SubnetId: 'subnet-2', CidrBlock: '10.0.2.0/24' };
const runs: readonly SourceDocument[] = [
  ...documents({ ...tiny, Subnets: [...tiny.Subnets, second] }),
  firewall,
  describePolicy('p', { groups: [statefulGroupArn('own')] }),
  describeRules('own', ['drop tcp any any -> any 23 (sid:1;)']),
];
const after = (before: readonly DeclaredResource[], now: readonly DeclaredResource[]) => changed(runs, before, now)[1];
const open = new Unknown('known after apply');

const association = (address: string, SubnetId: string) =>
  declared(address, 'AWS::NetworkFirewall::VpcEndpointAssociation', {
    FirewallArn: firewallArn,
    VpcId: 'vpc-1',
    SubnetMapping: { SubnetId },
  });

test('endpoints that are associated with a firewall that runs come to those that it has, and go from them', () => {
  const more = declared('net', 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.3.0/24' });
  const endpoints = (...made: readonly DeclaredResource[]) => after([], made).firewalls.get(firewallArn)!.endpoints;
  expect(endpoints(association('one', 'subnet-2'))).toEqual(['vpce-fw', 'one/subnet-2']);
  expect(endpoints(association('one', 'subnet-2'), more, association('two', 'net'))).toEqual([
    'vpce-fw',
    'one/subnet-2',
    'two/net',
  ]);
  expect(after([association('one', 'subnet-1')], []).firewalls.get(firewallArn)!.endpoints).toEqual([]);
});

test('a firewall that runs and maps a subnet more keeps the endpoints that it has, by their ids', () => {
  const mapping = (...subnets: readonly string[]) =>
    declared(
      'fw',
      'AWS::NetworkFirewall::Firewall',
      {
        FirewallName: 'inspect',
        FirewallPolicyArn: policyArn('p'),
        VpcId: 'vpc-1',
        SubnetMappings: subnets.map((SubnetId) => ({ SubnetId })),
      },
      { id: firewallArn },
    );
  const made = after([mapping('subnet-1')], [mapping('subnet-1', 'subnet-2')]);
  expect(made.firewalls.get(firewallArn)!.endpoints).toEqual(['vpce-fw', `${firewallArn}/subnet-2`]);
});

const group = (RuleGroup: object | Unknown) =>
  declared(
    'own',
    'AWS::NetworkFirewall::RuleGroup',
    { RuleGroupName: 'own', Type: 'STATEFUL', RuleGroup: RuleGroup as Unknown },
    { id: statefulGroupArn('own') },
  );
const rules = (text: string | Unknown) => group({ RulesSource: { RulesString: text } });
const before = rules('drop tcp any any -> any 23 (sid:1;)');

test('a rule group that the plan changes in place no longer has the rules that run, known or not', () => {
  const of = (now: DeclaredResource) => {
    const found = after([before], [now]).ruleGroups.get(statefulGroupArn('own'))!;
    return found.kind === 'stateful-rule-group' ? found.rules : undefined;
  };
  expect(of(before)).toHaveLength(1);
  expect(of(rules('pass tcp any any -> any 23 (sid:1;)'))).toMatchObject([
    { text: 'pass tcp any any -> any 23 (sid:1;)' },
  ]);
  for (const now of [rules(open), group(open)]) expect(of(now)).toSatisfy(isUnread);
});

test('a policy that the plan changes to one that nobody can tell is no longer the one that runs', () => {
  const policy = (actions: readonly string[] | Unknown) =>
    declared(
      'p',
      'AWS::NetworkFirewall::FirewallPolicy',
      {
        FirewallPolicyName: 'p',
        FirewallPolicy: {
          StatelessDefaultActions: actions,
          StatelessFragmentDefaultActions: ['aws:drop'],
          StatefulRuleGroupReferences: [{ ResourceArn: statefulGroupArn('own') }],
        },
      },
      { id: policyArn('p') },
    );
  const known = policy(['aws:forward_to_sfe']);
  expect(after([known], [known]).firewallPolicies.has(policyArn('p'))).toBe(true);
  const unknown = policy(open);
  expect(after([known], [unknown]).firewallPolicies.has(policyArn('p'))).toBe(false);
  // One that is only looked up is as it runs.
  const looked = { ...unknown, lookedUp: true as const };
  expect(after([looked], [looked]).firewallPolicies.has(policyArn('p'))).toBe(true);
});
