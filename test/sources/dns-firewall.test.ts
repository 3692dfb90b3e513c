/** DNS Firewall and resolver rules as `aws route53resolver` prints them. */
import { describe, expect, test } from 'vitest';
import { formatSnapshot, readSnapshot } from '../../src/sources/snapshot/index.ts';
import type { SourceDocument } from '../../src/sources/index.ts';
import { documents, network, problems, tiny } from './tiny.ts';

const arn = (rest: string) => `arn:aws:route53resolver:eu-west-1:111122223333:${rest}`;

const association = {
  Id: 'rslvr-frgassoc-1',
  Arn: arn('firewall-rule-group-association/rslvr-frgassoc-1'),
  FirewallRuleGroupId: 'rslvr-frg-1',
  VpcId: 'vpc-1',
  Name: 'garden',
  Priority: 101,
  MutationProtection: 'DISABLED',
  Status: 'COMPLETE',
};
const rule = {
  FirewallRuleGroupId: 'rslvr-frg-1',
  FirewallDomainListId: 'rslvr-fdl-2',
  Name: 'block-all',
  Priority: 20,
  Action: 'BLOCK',
  BlockResponse: 'NODATA',
  FirewallDomainRedirectionAction: 'INSPECT_REDIRECTION_DOMAIN',
};
const allow = { ...rule, FirewallDomainListId: 'rslvr-fdl-1', Priority: 10, Action: 'ALLOW', Qtype: 'TYPE28' };
const file = (name: string, json: object): SourceDocument => ({ file: `${name}.json`, json });
const associations = file('associations', { FirewallRuleGroupAssociations: [association] });
const listed = { FirewallRules: [rule, allow] };
const rules = file('rules', listed);
const names = file('list-firewall-domains.rslvr-fdl-1', { Domains: ['API.corp.example.', '*.corp.example'] });
const every = file('list-firewall-domains.rslvr-fdl-2', { Domains: ['*'] });
const read = (...more: readonly SourceDocument[]) => network([...documents(tiny), ...more]);

describe('DNS Firewall', () => {
  const whole = read(associations, rules, names, every);

  test('rules stand in order of priority, with the type that they ask for', () => {
    const { rules: found } = whole.dnsFirewallRuleGroups.get('rslvr-frg-1')!;
    expect(found).toMatchObject([
      { priority: 10, action: 'ALLOW', queryType: 'AAAA', domainList: 'rslvr-fdl-1' },
      { priority: 20, action: 'BLOCK', response: 'NODATA', domainList: 'rslvr-fdl-2' },
    ]);
    expect(found).not.toMatchObject([{}, { queryType: expect.anything() }]);
    expect(whole.dnsFirewallAssociations.get('rslvr-frgassoc-1')).toMatchObject({
      vpc: 'vpc-1',
      group: 'rslvr-frg-1',
      priority: 101,
      account: '111122223333',
    });
  });

  test('names are in lower case without their final dot, and nothing of them is open', () => {
    expect(whole.dnsFirewallDomainLists.get('rslvr-fdl-1')?.domains).toEqual(['api.corp.example', '*.corp.example']);
    for (const list of whole.dnsFirewallDomainLists.values()) expect(list).not.toHaveProperty('open');
    expect(whole.vpcs.get('vpc-1')).not.toHaveProperty('dnsFirewall');
    const own = whole.coverage.filter(({ kind }) => kind.startsWith('dns-'));
    expect(own.map(({ status }) => status)).toEqual(['modelled', 'modelled', 'modelled', 'modelled']);
  });

  test('a list that no call read, AWS’s own, and one with strange entries are open', () => {
    const lists = file('lists', {
      FirewallDomainLists: [{ Id: 'rslvr-fdl-2', ManagedOwnerName: 'Route 53 Resolver' }],
    });
    const odd = file('list-firewall-domains.rslvr-fdl-1', { Domains: ['a.example', '*b.example', 'c.*.example'] });
    const net = read(associations, rules, lists, odd);
    expect(net.dnsFirewallDomainLists.get('rslvr-fdl-2')).toMatchObject({ domains: [], open: 'managed' });
    expect(net.dnsFirewallDomainLists.get('rslvr-fdl-1')).toMatchObject({
      domains: ['a.example'],
      open: 'not-understood',
    });
    expect(read(associations, rules).dnsFirewallDomainLists.get('rslvr-fdl-1')?.open).toBe('unread');
    expect(net.coverage).toContainEqual(
      expect.objectContaining({ id: 'rslvr-fdl-2', assumption: 'matches:rslvr-frg-1#priority:20' }),
    );
  });

  test('a count that the names or rules do not come up to leaves them unread', () => {
    const lists = file('list', { FirewallDomainList: { Id: 'rslvr-fdl-1', DomainCount: 3 } });
    expect(read(associations, rules, names, lists).dnsFirewallDomainLists.get('rslvr-fdl-1')?.open).toBe('unread');
    const group = file('group', { FirewallRuleGroup: { Id: 'rslvr-frg-1', RuleCount: 3 } });
    expect(read(associations, rules, group).dnsFirewallRuleGroups.get('rslvr-frg-1')?.rules).toHaveProperty('unread');
    const empty = file('list', { FirewallDomainList: { Id: 'rslvr-fdl-1', DomainCount: 0 } });
    expect(read(associations, rules, empty).dnsFirewallDomainLists.get('rslvr-fdl-1')).not.toHaveProperty('open');
  });

  test('rules of an associated group that no call listed are unread, and so are those of a filtered answer', () => {
    const unread = { unread: 'route53resolver list-firewall-rules', subject: 'rslvr-frg-1' };
    expect(read(associations).dnsFirewallRuleGroups.get('rslvr-frg-1')?.rules).toEqual(unread);
    const part = { Request: { FirewallRuleGroupId: 'rslvr-frg-1', Action: 'ALLOW' }, Response: listed };
    expect(read(associations, file('a', part)).dnsFirewallRuleGroups.get('rslvr-frg-1')?.rules).toEqual(unread);
    const none = file('list-firewall-rules.rslvr-frg-1', { FirewallRules: [] });
    expect(read(associations, none).dnsFirewallRuleGroups.get('rslvr-frg-1')?.rules).toEqual([]);
  });

  test('where other answers tell of DNS Firewall, associations that no call listed are unread', () => {
    expect(read(rules).vpcs.get('vpc-1')?.dnsFirewall).toEqual({
      unread: { unread: 'route53resolver list-firewall-rule-group-associations', subject: 'vpc-1' },
    });
    expect(
      read(rules, file('associations', { FirewallRuleGroupAssociations: [] })).vpcs.get('vpc-1'),
    ).not.toHaveProperty('dnsFirewall');
  });

  test('fail open, a state on the way and a profile are told', () => {
    const net = read(
      file('associations', { FirewallRuleGroupAssociations: [{ ...association, Status: 'UPDATING' }] }),
      rules,
      names,
      every,
      file('configs', { FirewallConfigs: [{ Id: 'rslvr-fc-1', ResourceId: 'vpc-1', FirewallFailOpen: 'ENABLED' }] }),
      file('profiles', { ProfileAssociations: [{ Id: 'rpassoc-1', ProfileId: 'rp-1', ResourceId: 'vpc-1' }] }),
    );
    expect(net.vpcs.get('vpc-1')?.dnsFirewall).toEqual({ failOpen: true, profiles: ['rp-1'] });
    expect(net.dnsFirewallAssociations.get('rslvr-frgassoc-1')?.state).toBe('UPDATING');
    const shut = { FirewallConfig: { Id: 'rslvr-fc-1', ResourceId: 'vpc-1', FirewallFailOpen: 'DISABLED' } };
    expect(read(associations, rules, file('config', shut)).vpcs.get('vpc-1')).not.toHaveProperty('dnsFirewall');
    expect(read(associations, rules).defaults).toContainEqual(
      expect.objectContaining({ setting: 'vpc-1.FirewallFailOpen', value: 'DISABLED' }),
    );
  });

  test('a rule that asks for more than a list and a type is advanced', () => {
    const threat = {
      ...rule,
      FirewallDomainListId: undefined,
      DnsThreatProtection: 'DGA',
      ConfidenceThreshold: 'HIGH',
    };
    const strange = { ...rule, Priority: 30, FirewallRuleType: { PartnerThreatProtection: 'x' } };
    const { rules: found } = read(
      associations,
      file('rules', { FirewallRules: [threat, strange] }),
    ).dnsFirewallRuleGroups.get('rslvr-frg-1')!;
    expect(found).toMatchObject([{ advanced: 'DnsThreatProtection DGA' }, { advanced: 'FirewallRuleType' }]);
  });

  test('what is wrong is said, all of it', () => {
    const bad = file('rules', {
      FirewallRules: [
        { ...rule, Action: 'DROP' },
        { ...rule, Qtype: 'TEXT' },
        { ...rule, Priority: 20, Action: 'ALERT' },
      ],
    });
    expect(problems([...documents(tiny), associations, bad, file('x', { Domains: ['a.example'] })])).toMatchObject([
      { code: 'unknown-value', place: '/FirewallRules/0/Action' },
      { code: 'unknown-value', place: '/FirewallRules/1/Qtype' },
      { code: 'unknown-subject', file: 'x.json' },
      { code: 'duplicate-priority', place: '/FirewallRules/2' },
    ]);
  });

  test('a page of one list is not the end of another', () => {
    const first = file('list-firewall-domains.rslvr-fdl-1', { Domains: ['a.example'], NextToken: 'x' });
    expect(problems([...documents(tiny), first, every])).toMatchObject([{ code: 'missing-page' }]);
  });
});

describe('resolver rules', () => {
  const endpoint = {
    Id: 'rslvr-out-1',
    Direction: 'OUTBOUND',
    HostVPCId: 'vpc-1',
    Status: 'OPERATIONAL',
    SecurityGroupIds: ['sg-1'],
    IpAddressCount: 1,
  };
  const forward = {
    Id: 'rslvr-rr-1',
    Arn: arn('resolver-rule/rslvr-rr-1'),
    DomainName: 'Corp.example.',
    RuleType: 'FORWARD',
    ResolverEndpointId: 'rslvr-out-1',
    TargetIps: [{ Ip: '10.99.0.10', Port: 5353 }, { Ip: '10.99.0.11' }],
    OwnerId: '111122223333',
    Status: 'COMPLETE',
  };
  const recursive = { Id: 'rslvr-autodefined-rr-internet-resolver', DomainName: '.', RuleType: 'RECURSIVE' };
  const bound = { Id: 'rslvr-rrassoc-1', ResolverRuleId: 'rslvr-rr-1', VPCId: 'vpc-1', Status: 'COMPLETE' };
  const addresses = { IpAddresses: [{ IpId: 'rni-1', SubnetId: 'subnet-1', Ip: '10.0.1.10', Status: 'ATTACHED' }] };
  const lists = (more: object): SourceDocument[] => [
    file('resolver', { ResolverEndpoints: [endpoint], ResolverRules: [forward, recursive], ...more }),
    file('list-resolver-endpoint-ip-addresses.rslvr-out-1', addresses),
  ];

  test('a rule tells its domain, its servers and the VPCs that it is associated with', () => {
    const net = read(...lists({ ResolverRuleAssociations: [bound] }));
    expect(net.resolverRules.get('rslvr-rr-1')).toMatchObject({
      ruleType: 'FORWARD',
      domain: 'corp.example',
      endpoint: 'rslvr-out-1',
      targets: [
        { port: 5353, protocol: 'Do53' },
        { port: 53, protocol: 'Do53' },
      ],
      associations: [{ vpc: 'vpc-1' }],
    });
    expect(net.resolverRules.get(recursive.Id)).toMatchObject({ domain: '', associations: [] });
    expect(net.resolverEndpoints.get('rslvr-out-1')).toMatchObject({ direction: 'outbound', interfaces: ['eni-1'] });
  });

  test('what no call tells of a rule is unread', () => {
    const unread = { unread: 'route53resolver list-resolver-rule-associations', subject: 'rslvr-rr-1' };
    expect(read(...lists({})).resolverRules.get('rslvr-rr-1')?.associations).toEqual(unread);
    const other = read(file('a', { ResolverRuleAssociations: [{ ...bound, ResolverRuleId: 'rslvr-rr-9' }] }));
    expect(other.resolverRules.get('rslvr-rr-9')).toMatchObject({
      domain: { unread: 'route53resolver list-resolver-rules', subject: 'rslvr-rr-9' },
      associations: [{ vpc: 'vpc-1' }],
    });
  });

  test('a snapshot of it all is read back the same', () => {
    const net = read(associations, rules, names, every, ...lists({ ResolverRuleAssociations: [bound] }));
    const again = readSnapshot('s.json', JSON.parse(formatSnapshot(net)));
    expect(again.ok && formatSnapshot(again.value)).toBe(formatSnapshot(net));
    expect(again).toMatchObject({ ok: true, value: { dnsFirewallRuleGroups: net.dnsFirewallRuleGroups } });
  });
});
