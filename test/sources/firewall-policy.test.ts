/** Firewall policies: what they say, and what becomes of those that cannot be told. */
import { expect, test } from 'vitest';
import { parsePrefix } from '../../src/net/prefix.ts';
import { canonicalSnapshot, formatSnapshot, type SourceDocument } from '../../src/sources/index.ts';
import {
  describeManaged,
  describePolicy,
  describeRules,
  describeStateless,
  describeTls,
  managedGroupArn,
  policyArn,
  statefulGroupArn,
  statelessGroupArn,
  tlsInspectionArn,
} from '../support/aws-network-firewall.ts';
import { documents, network, problems, tiny } from './tiny.ts';

const firewallArn = 'arn:aws:network-firewall:eu-west-1:111122223333:firewall/inspect';

const firewall: SourceDocument = {
  file: 'firewall.json',
  json: {
    Firewall: {
      FirewallName: 'inspect',
      FirewallArn: firewallArn,
      VpcId: 'vpc-1',
      FirewallPolicyArn: policyArn('p'),
    },
    FirewallStatus: {
      SyncStates: {
        'eu-west-1a': { Attachment: { SubnetId: 'subnet-1', EndpointId: 'vpce-fw', Status: 'READY' } },
      },
    },
  },
};

const all = (...more: readonly SourceDocument[]) => [...documents(tiny), firewall, ...more];
const read = (...more: readonly SourceDocument[]) => network(all(...more));

const assumptionOf = (net: ReturnType<typeof read>, id: string): string | undefined =>
  net.coverage.find((entry) => entry.id === id)?.assumption;

const full = describePolicy('p', {
  order: 'STRICT_ORDER',
  defaults: ['aws:drop_established', 'aws:alert_established'],
  groups: [statefulGroupArn('own'), { arn: managedGroupArn('BotNetStrictOrder'), dropToAlert: true }],
  statelessGroups: [statelessGroupArn('s')],
  stateless: 'aws:drop',
  fragments: 'aws:forward_to_sfe',
  homeNet: ['10.0.0.0/8', '192.0.2.1'],
  streamException: 'REJECT',
  tlsInspection: tlsInspectionArn('t'),
  sessionHolding: true,
});

const parts = [
  full,
  describeRules('own', ['pass ip any any -> any any (sid:1;)', 'drop ip any any -> any any (sid:2;)'], {
    order: 'STRICT_ORDER',
  }),
  describeManaged('BotNetStrictOrder', 'STRICT_ORDER'),
  describeStateless('s', [{ action: 'aws:pass', sources: ['10.0.0.0/8'], protocols: [1] }]),
  describeTls('t', [{ destinationPorts: [[443, 443]] }]),
];

test('a policy says what it does, in AWS’s words', () => {
  expect(read(...parts).firewallPolicies.get(policyArn('p'))).toMatchObject({
    kind: 'firewall-policy',
    name: 'p',
    stateless: {
      groups: [{ group: statelessGroupArn('s'), priority: 10 }],
      default: 'aws:drop',
      fragmentDefault: 'aws:forward_to_sfe',
    },
    stateful: {
      order: 'STRICT_ORDER',
      defaults: ['aws:drop_established', 'aws:alert_established'],
      streamException: 'REJECT',
      groups: [
        { group: statefulGroupArn('own'), priority: 10, dropToAlert: false },
        { group: managedGroupArn('BotNetStrictOrder'), priority: 20, dropToAlert: true },
      ],
    },
    homeNet: [parsePrefix('10.0.0.0/8'), parsePrefix('192.0.2.1/32')],
    sessionHolding: true,
    tlsInspection: tlsInspectionArn('t'),
  });
});

test('what a policy does not say is what AWS takes', () => {
  expect(read(describePolicy('p')).firewallPolicies.get(policyArn('p'))).toMatchObject({
    stateful: { order: 'DEFAULT_ACTION_ORDER', defaults: [], streamException: 'DROP', groups: [] },
    sessionHolding: false,
  });
});

test('a TLS inspection configuration has its scopes, and inspects what leaves by a certificate authority', () => {
  expect(read(...parts).tlsInspections.get(tlsInspectionArn('t'))).toMatchObject({
    outbound: true,
    scopes: [{ sources: [], destinations: [], sourcePorts: [], destinationPorts: [{ from: 443, to: 443 }] }],
  });
  const inbound = read(describeTls('t', [], false)).tlsInspections.get(tlsInspectionArn('t'));
  expect(inbound).toMatchObject({ outbound: false, scopes: [] });
});

test('a firewall with a policy that was read stands on no assumption, and knows its VPC', () => {
  const told = read(...parts);
  expect(told.firewalls.get(firewallArn)).toMatchObject({ vpc: 'vpc-1', policyArn: policyArn('p') });
  expect([assumptionOf(told, firewallArn), assumptionOf(told, 'vpce-fw')]).toEqual([undefined, undefined]);
  const untold = read();
  const passes = `passes:${firewallArn}`;
  expect([assumptionOf(untold, firewallArn), assumptionOf(untold, 'vpce-fw')]).toEqual([passes, passes]);
});

test('a stateful group that nobody read is one whose rules are unread', () => {
  const net = read(describePolicy('p', { groups: [statefulGroupArn('own'), managedGroupArn('Bots')] }));
  expect([...net.ruleGroups.values()]).toMatchObject([
    { id: statefulGroupArn('own'), name: 'own', managed: false, order: 'DEFAULT_ACTION_ORDER' },
    { id: managedGroupArn('Bots'), managed: true },
  ]);
  for (const { rules } of net.ruleGroups.values()) expect(rules).toHaveProperty('unread');
});

test.each([
  ['a stateless group', describePolicy('p', { statelessGroups: [statelessGroupArn('s')] })],
  ['a TLS inspection configuration', describePolicy('p', { tlsInspection: tlsInspectionArn('t') })],
  ['a HOME_NET that is no block', describePolicy('p', { homeNet: ['10.0.0.0-10.0.0.9'] })],
])('%s that is not told leaves the policy unread', (_, policy) => {
  const net = read(policy);
  expect(net.firewallPolicies.size).toBe(0);
  expect(assumptionOf(net, firewallArn)).toBe(`passes:${firewallArn}`);
  expect(net.coverage).toContainEqual(
    expect.objectContaining({ kind: 'firewall-policy', id: policyArn('p'), status: 'not-modelled' }),
  );
});

test('a Next Generation policy is named and not read', () => {
  const { FirewallPolicyResponse } = full.json as { FirewallPolicyResponse: object };
  const net = read({ file: 'v2.json', json: { FirewallPolicyResponse, FirewallPolicyV2: { Rules: [] } } });
  expect(net.firewallPolicies.size).toBe(0);
  expect(net.coverage).toContainEqual(
    expect.objectContaining({ kind: 'FirewallPolicyV2', id: policyArn('p'), status: 'not-modelled' }),
  );
});

test('a group of another rule order than its policy is a problem', () => {
  const group = describeRules('own', [], { order: 'STRICT_ORDER' });
  const policy = describePolicy('p', { groups: [statefulGroupArn('own')] });
  expect(problems(all(policy, group))).toMatchObject([{ code: 'rule-order', file: policy.file }]);
});

test('under strict order each group of a policy has a priority of its own', () => {
  const policy = describePolicy('p', {
    order: 'STRICT_ORDER',
    groups: [statefulGroupArn('a'), statefulGroupArn('b'), statefulGroupArn('c')],
  });
  const references = (policy.json as { FirewallPolicy: { StatefulRuleGroupReferences: { Priority?: number }[] } })
    .FirewallPolicy.StatefulRuleGroupReferences;
  delete references[0]!.Priority;
  references[2]!.Priority = references[1]!.Priority!;
  expect(problems(all(policy))).toMatchObject([
    { code: 'missing-priority', file: policy.file, place: '/FirewallPolicy/StatefulRuleGroupReferences/0' },
    { code: 'duplicate-priority', place: '/FirewallPolicy/StatefulRuleGroupReferences/2/Priority' },
  ]);
});

test('a policy without a default is a problem', () => {
  const policy = describePolicy('p', { stateless: 'Count' });
  expect(problems(all(policy)).map(({ place }) => place)).toEqual([
    '/FirewallPolicy/StatelessDefaultActions',
    '/FirewallPolicy/StatelessFragmentDefaultActions',
  ]);
});

test('a snapshot holds the policy, its groups and its TLS inspection', () => {
  const net = read(...parts);
  const text = formatSnapshot(net);
  expect(network([{ file: 'network.json', text }])).toEqual(net);
  const swapped = text.replace('(sid:1;)', '(sid:3;)').replace('pass ip any any', 'drop ip any any');
  expect(canonicalSnapshot(network([{ file: 'network.json', text: swapped }]))).not.toBe(canonicalSnapshot(net));
});

test('the order of rules is part of a network’s text', () => {
  const rules = ['pass ip any any -> any any (sid:1;)', 'drop ip any any -> any any (sid:2;)'];
  const [one, other] = [rules, rules.toReversed()].map((own) => canonicalSnapshot(read(describeRules('own', own))));
  expect(one).not.toBe(other);
});
