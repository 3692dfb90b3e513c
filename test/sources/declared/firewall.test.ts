import { describe, expect, it } from 'vitest';
import { isUnread } from '../../../src/network/resource.ts';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declared, declaredFindings, declaredNetwork, ref } from '../../support/declared.ts';

const unknown = new Unknown('known after apply');
const vpc = declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
const subnet = (name: string, block: string, zone: string) =>
  declared(name, 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: block, AvailabilityZone: zone });
const a = subnet('a', '10.0.0.0/24', 'eu-west-1a');
const b = subnet('b', '10.0.1.0/24', 'eu-west-1b');
const app = subnet('app', '10.0.2.0/24', 'eu-west-1a');
const policy = declared('policy', 'AWS::NetworkFirewall::FirewallPolicy', {
  FirewallPolicyName: 'policy',
  FirewallPolicy: {
    StatelessDefaultActions: ['aws:forward_to_sfe'],
    StatelessFragmentDefaultActions: ['aws:drop'],
    StatefulRuleGroupReferences: [{ ResourceArn: ref('group') }],
  },
});
const group = declared('group', 'AWS::NetworkFirewall::RuleGroup', {
  RuleGroupName: 'group',
  Type: 'STATEFUL',
  Capacity: '10',
  RuleGroup: { RulesSource: { RulesString: 'drop tcp any any -> any 23 (sid:1;)' } },
});
const firewall = declared('firewall', 'AWS::NetworkFirewall::Firewall', {
  FirewallName: 'firewall',
  FirewallPolicyArn: ref('policy'),
  VpcId: ref('vpc'),
  SubnetMappings: [{ SubnetId: ref('a') }, { SubnetId: ref('b') }],
});
const table = declared('table', 'AWS::EC2::RouteTable', { VpcId: ref('vpc') });
const association = declared('of app', 'AWS::EC2::SubnetRouteTableAssociation', {
  RouteTableId: ref('table'),
  SubnetId: ref('app'),
});
const routeTo = (endpoint: ReturnType<typeof ref>) =>
  declared('route', 'AWS::EC2::Route', {
    RouteTableId: ref('table'),
    DestinationCidrBlock: '0.0.0.0/0',
    VpcEndpointId: endpoint,
  });
const around = [vpc, a, b, app, policy, group, firewall, table, association];

const targetOf = (...resources: readonly DeclaredResource[]) =>
  declaredNetwork(...resources)
    .routeTables.get('table')!
    .routes.find(({ origin }) => origin === 'static')!.target;

describe('firewalls that are declared', () => {
  it('have an endpoint in each subnet that they map', () => {
    const network = declaredNetwork(...around);
    expect(network.firewalls.get('firewall')).toMatchObject({
      declaredAs: 'firewall',
      policyArn: 'policy',
      vpc: 'vpc',
      endpoints: ['firewall/a', 'firewall/b'],
    });
    expect(network.endpoints.get('firewall/b')).toMatchObject({
      endpointType: 'GatewayLoadBalancer',
      vpc: 'vpc',
      subnets: ['b'],
      state: 'available',
    });
  });

  it('are led to by the endpoint in a subnet or a zone', () => {
    for (const where of ['b', 'eu-west-1b'])
      expect(targetOf(...around, routeTo(ref('firewall', `EndpointIn:${where}`)))).toEqual({
        kind: 'firewall-endpoint',
        id: 'firewall/b',
      });
  });

  it('are led to by no endpoint that is known where a zone has none, or AWS orders them', () => {
    for (const attribute of ['EndpointIn:eu-west-1c', 'EndpointIds'])
      expect(targetOf(...around, routeTo(ref('firewall', attribute)))).toMatchObject({ kind: 'unknown' });
  });

  it('have the endpoints that AWS has made already', () => {
    const made = declared('firewall', 'AWS::NetworkFirewall::Firewall', {
      ...firewall.properties,
      SyncStates: [{ SubnetId: ref('a'), EndpointId: 'vpce-1' }],
    });
    expect(declaredNetwork(vpc, a, b, app, policy, group, made).firewalls.get('firewall')?.endpoints).toEqual([
      'vpce-1',
      'firewall/b',
    ]);
  });

  it('have the endpoints of associations too', () => {
    const beside = declared('beside', 'AWS::NetworkFirewall::VpcEndpointAssociation', {
      FirewallArn: ref('firewall', 'FirewallArn'),
      VpcId: ref('vpc'),
      SubnetMapping: { SubnetId: ref('app') },
    });
    const network = declaredNetwork(...around, beside, routeTo(ref('beside', 'EndpointId')));
    expect(network.firewalls.get('firewall')?.endpoints).toEqual(['firewall/a', 'firewall/b', 'beside/app']);
    expect(network.endpoints.get('beside/app')).toMatchObject({ subnets: ['app'] });
  });

  it('pass or drop by assumption where their policy is not known', () => {
    const open = declared('firewall', 'AWS::NetworkFirewall::Firewall', {
      ...firewall.properties,
      FirewallPolicyArn: unknown,
    });
    const { coverage } = declaredNetwork(vpc, a, b, app, open);
    expect(coverage).toContainEqual(expect.objectContaining({ id: 'firewall', assumption: 'passes:firewall' }));
  });

  it('work by assumption where a condition decides whether they are there', () => {
    const maybe = { ...firewall, uncertain: 'the condition Inspect' };
    const network = declaredNetwork(vpc, a, b, app, policy, group, maybe);
    expect(network.endpoints.get('firewall/a')?.state).toBe('unknown');
  });
});

const policyWith = (properties: Record<string, unknown>) =>
  declared('policy', 'AWS::NetworkFirewall::FirewallPolicy', {
    FirewallPolicyName: 'policy',
    FirewallPolicy: { ...(policy.properties['FirewallPolicy'] as object), ...(properties as object) },
  });

describe('firewall policies that are declared', () => {
  it('name groups by their identities', () => {
    const { firewallPolicies } = declaredFindings(policy, group).findings;
    expect(firewallPolicies).toMatchObject([
      { id: 'policy', declaredAs: 'policy', stateful: { groups: [{ group: 'group', dropToAlert: false }] } },
    ]);
  });

  it('have no stateful default that is known in strict order where none is listed', () => {
    const strict = policyWith({
      StatefulEngineOptions: { RuleOrder: 'STRICT_ORDER' },
      StatefulRuleGroupReferences: [{ ResourceArn: 'arn:aws:network-firewall:x', Priority: '1' }],
    });
    const [read] = declaredFindings(strict).findings.firewallPolicies;
    expect(read?.stateful).not.toHaveProperty('defaults');
    expect(read?.stateful.groups).toEqual([expect.objectContaining({ priority: 1 })]);
    const listed = policyWith({
      StatefulEngineOptions: { RuleOrder: 'STRICT_ORDER' },
      StatefulRuleGroupReferences: [],
      StatefulDefaultActions: ['aws:drop_strict'],
    });
    expect(declaredFindings(listed).findings.firewallPolicies[0]?.stateful.defaults).toEqual(['aws:drop_strict']);
  });

  it('have a group that nobody read where it is not known which', () => {
    const open = policyWith({ StatefulRuleGroupReferences: [{ ResourceArn: unknown }, { ResourceArn: ref('group') }] });
    const { firewallPolicies, ruleGroups } = declaredNetwork(open, group);
    const groups = firewallPolicies.get('policy')!.stateful.groups.map((one) => one.group);
    expect(groups).toEqual(['policy/StatefulRuleGroupReferences/0/ResourceArn', 'group']);
    expect(groups.map((id) => isUnread((ruleGroups.get(id) as { rules: object }).rules))).toEqual([true, false]);
  });

  it('are not told where what they do by default is not known', () => {
    const open = policyWith({ StatelessDefaultActions: unknown });
    const { firewallPolicies, notModelled } = declaredFindings(open, group).findings;
    expect(firewallPolicies).toEqual([]);
    expect(notModelled).toMatchObject([{ kind: 'firewall-policy', id: 'policy' }]);
  });
});

describe('rule groups that are declared', () => {
  it('have the lines of their text', () => {
    const { ruleGroups } = declaredFindings(group).findings;
    expect(ruleGroups).toMatchObject([
      { id: 'group', name: 'group', rules: [{ text: 'drop tcp any any -> any 23 (sid:1;)' }] },
    ]);
  });

  it('have unread rules where a part of them is not known', () => {
    const open = declared('group', 'AWS::NetworkFirewall::RuleGroup', {
      ...group.properties,
      RuleGroup: {
        RulesSource: { RulesString: unknown },
        StatefulRuleOptions: { RuleOrder: 'STRICT_ORDER' },
      },
    });
    const { ruleGroups, ruleGroupMetadata } = declaredFindings(open).findings;
    expect(ruleGroups).toEqual([]);
    expect(ruleGroupMetadata).toMatchObject([{ id: 'group', order: 'STRICT_ORDER' }]);
  });

  it('tell ports and priorities that are written as texts', () => {
    const stateless = declared('group', 'AWS::NetworkFirewall::RuleGroup', {
      RuleGroupName: 'group',
      Type: 'STATELESS',
      Capacity: 10,
      RuleGroup: {
        RulesSource: {
          StatelessRulesAndCustomActions: {
            StatelessRules: [
              {
                Priority: '1',
                RuleDefinition: {
                  Actions: ['aws:pass'],
                  MatchAttributes: {
                    Protocols: ['6'],
                    Destinations: [{ AddressDefinition: '10.0.0.0/16' }],
                    DestinationPorts: [{ FromPort: '443', ToPort: 443 }],
                  },
                },
              },
            ],
          },
        },
      },
    });
    expect(declaredFindings(stateless).findings.ruleGroups).toMatchObject([
      { rules: [{ priority: 1, protocols: [6], destinationPorts: [{ from: 443, to: 443 }] }] },
    ]);
  });
});
