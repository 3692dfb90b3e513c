import { describe, expect, it } from 'vitest';
import { isInboundResolver } from '../../../src/network/interface.ts';
import { isUnread } from '../../../src/network/resource.ts';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declared, declaredNetwork, ref } from '../../support/declared.ts';

const unknown = new Unknown('known after apply');
const vpc = declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
const a = declared('a', 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: '10.0.0.0/24' });
const around = [vpc, a];

describe('resolver endpoints that are declared', () => {
  const endpoint = (Direction: string) =>
    declared('resolver', 'AWS::Route53Resolver::ResolverEndpoint', {
      Direction,
      SecurityGroupIds: [],
      IpAddresses: [{ SubnetId: ref('a') }, { SubnetId: ref('a'), Ip: '10.0.0.53' }],
    });

  it('have an interface for each address', () => {
    const network = declaredNetwork(...around, endpoint('OUTBOUND'));
    expect(network.resolverEndpoints.get('resolver')).toMatchObject({
      direction: 'outbound',
      vpc: 'vpc',
      interfaces: ['resolver/a/0', 'resolver/a/1'],
      protocols: ['Do53'],
    });
  });

  it('are known as those that answer where they are inbound', () => {
    const of = (direction: string) =>
      isInboundResolver(declaredNetwork(...around, endpoint(direction)).interfaces.get('resolver/a/1')!);
    expect([of('INBOUND'), of('OUTBOUND')]).toEqual([true, false]);
  });
});

describe('resolver rules that are declared', () => {
  const rule = declared('rule', 'AWS::Route53Resolver::ResolverRule', {
    RuleType: 'FORWARD',
    DomainName: 'Corp.Example.',
    TargetIps: [{ Ip: '192.168.0.53', Port: '53' }],
    ResolverEndpointId: 'rslvr-out-1',
  });
  const association = (to: ReturnType<typeof ref> | Unknown) =>
    declared('association', 'AWS::Route53Resolver::ResolverRuleAssociation', { ResolverRuleId: to, VPCId: ref('vpc') });

  it('lead the names of their VPCs to their servers', () => {
    expect(declaredNetwork(...around, rule, association(ref('rule'))).resolverRules.get('rule')).toMatchObject({
      domain: 'corp.example',
      targets: [{ port: 53, protocol: 'Do53' }],
      associations: [{ vpc: 'vpc' }],
    });
  });

  it('may lead the names of a VPC where it is not known which rule is associated', () => {
    const { associations } = declaredNetwork(...around, rule, association(unknown)).resolverRules.get('rule')!;
    expect(associations).toMatchObject([{ vpc: 'vpc', state: 'UNKNOWN' }]);
  });
});

describe('DNS Firewall that is declared', () => {
  const list = declared('list', 'AWS::Route53Resolver::FirewallDomainList', {
    Domains: ['*.Example.com', 'example.com.'],
  });
  const group = (properties: Record<string, unknown> = {}) =>
    declared('group', 'AWS::Route53Resolver::FirewallRuleGroup', {
      FirewallRules: [
        { Action: 'ALLOW', Priority: '1', FirewallDomainListId: ref('list') },
        { Action: 'BLOCK', Priority: 2, FirewallDomainListId: 'rslvr-fdl-1', BlockResponse: 'NXDOMAIN' },
      ],
      ...(properties as object),
    });
  const association = (properties: Record<string, unknown> = {}) =>
    declared('association', 'AWS::Route53Resolver::FirewallRuleGroupAssociation', {
      FirewallRuleGroupId: ref('group'),
      VpcId: ref('vpc'),
      Priority: 101,
      ...(properties as object),
    });

  it('has rules in their order, with the names of their lists', () => {
    const network = declaredNetwork(...around, list, group(), association());
    expect(network.dnsFirewallRuleGroups.get('group')?.rules).toMatchObject([
      { priority: 1, action: 'ALLOW', domainList: 'list' },
      { priority: 2, action: 'BLOCK', response: 'NXDOMAIN' },
    ]);
    expect(network.dnsFirewallDomainLists.get('list')).toMatchObject({ domains: ['*.example.com', 'example.com'] });
    expect(network.dnsFirewallDomainLists.get('rslvr-fdl-1')).toMatchObject({ open: 'unread' });
    expect([...network.dnsFirewallAssociations.values()]).toMatchObject([
      { vpc: 'vpc', group: 'group', priority: 101 },
    ]);
    expect(network.vpcs.get('vpc')).not.toHaveProperty('dnsFirewall');
  });

  it('has the rules that are declared beside the group', () => {
    const beside = declared('beside', 'Vpcproof::Route53Resolver::FirewallRule', {
      FirewallRuleGroupId: ref('group'),
      FirewallDomainListId: ref('list'),
      Action: 'ALERT',
      Priority: 5,
    });
    const { dnsFirewallRuleGroups } = declaredNetwork(...around, list, group({ FirewallRules: [] }), beside);
    expect(dnsFirewallRuleGroups.get('group')?.rules).toMatchObject([{ priority: 5, action: 'ALERT' }]);
  });

  it('has rules that nobody read where what they do is not known', () => {
    const open = group({ FirewallRules: [{ Action: unknown, Priority: 1, FirewallDomainListId: ref('list') }] });
    expect(isUnread(declaredNetwork(...around, list, open).dnsFirewallRuleGroups.get('group')!.rules)).toBe(true);
  });

  it('has a list that may match any name where it is not known which', () => {
    const open = group({ FirewallRules: [{ Action: 'BLOCK', Priority: 1, FirewallDomainListId: unknown }] });
    const network = declaredNetwork(...around, open);
    expect([...network.dnsFirewallDomainLists.values()]).toMatchObject([{ open: 'unread' }]);
  });

  it('has a list with more names where not all are known', () => {
    const open = declared('list', 'AWS::Route53Resolver::FirewallDomainList', { Domains: ['example.com', unknown] });
    expect(declaredNetwork(...around, open).dnsFirewallDomainLists.get('list')).toMatchObject({
      domains: ['example.com'],
      open: 'not-understood',
    });
  });

  it('filters by assumption where it is not known in which VPC', () => {
    const { dnsFirewallAssociations } = declaredNetwork(...around, list, group(), association({ VpcId: unknown }));
    expect([...dnsFirewallAssociations.values()]).toMatchObject([{ vpc: 'vpc', state: 'UPDATING' }]);
  });
});
