/** Names asked of the Amazon resolver: DNS Firewall and resolver rules, name by name (semantics 13.6 to 13.15). */
import { expect, test } from 'vitest';
import { parseAddress } from '../../src/net/address.ts';
import type { DnsFirewallRule, VpcDnsFirewall } from '../../src/network/dns-firewall.ts';
import type { Network } from '../../src/network/network.ts';
import type { ResolverRule } from '../../src/network/resolver-endpoint.ts';
import type { Unread } from '../../src/network/resource.ts';
import { send, verdict, world } from './world.ts';

const source = { file: 'f.json', place: '/' };
const base = { tags: {}, source };

/** `1 ALLOW *.corp.example`, `2 BLOCK * A`; `managed` for AWS's own list. */
function ruleOf(text: string): DnsFirewallRule {
  const [priority, action, domains, queryType] = text.split(' ');
  return {
    priority: Number(priority),
    action: action as DnsFirewallRule['action'],
    domainList: domains!,
    ...(queryType === undefined ? {} : { queryType }),
    trustsRedirection: false,
    source,
  };
}

interface Words {
  /** By group: its rules, or why they were not read. */
  readonly groups?: Readonly<Record<string, readonly string[] | Unread>>;
  /** `g vpc-a 100`, and a state after it. */
  readonly associations?: readonly string[];
  readonly own?: VpcDnsFirewall;
  readonly rules?: readonly Pick<ResolverRule, 'id' | 'ruleType' | 'domain' | 'associations'>[];
}

function network({ groups = {}, associations = [], own, rules = [] }: Words): Network {
  const plain = world({});
  const [id, vpc] = [...plain.vpcs][0]!;
  const lists = Object.values(groups).flatMap((all) =>
    'unread' in all ? [] : all.map((text) => ruleOf(text).domainList!),
  );
  return {
    ...plain,
    vpcs: new Map([...plain.vpcs, [id, own === undefined ? vpc : { ...vpc, dnsFirewall: own }]]),
    dnsFirewallDomainLists: new Map(
      lists.map((list) => [
        list,
        {
          ...base,
          kind: 'dns-firewall-domain-list' as const,
          id: list,
          ...(list === 'managed' ? { domains: [], open: 'managed' as const } : { domains: list.split(',') }),
        },
      ]),
    ),
    dnsFirewallRuleGroups: new Map(
      Object.entries(groups).map(([group, all]) => [
        group,
        {
          ...base,
          kind: 'dns-firewall-rule-group' as const,
          id: group,
          rules: 'unread' in all ? all : all.map(ruleOf),
        },
      ]),
    ),
    dnsFirewallAssociations: new Map(
      associations.map((text) => {
        const [group, of, priority, state] = text.split(' ');
        const one = { group: group!, vpc: of!, priority: Number(priority), ...(state === undefined ? {} : { state }) };
        return [
          `rslvr-${group!}`,
          { ...base, kind: 'dns-firewall-association' as const, id: `rslvr-${group!}`, ...one },
        ];
      }),
    ),
    resolverRules: new Map(
      rules.map((one) => [
        one.id,
        {
          ...base,
          kind: 'resolver-rule' as const,
          targets: [{ address: parseAddress('192.168.0.53')!, port: 53, protocol: 'Do53' }],
          ...one,
        },
      ]),
    ),
  };
}

const query = 'udp 10.0.1.5:40000 -> 10.0.0.2:53';

/** `evil.example TXT` asked by eni-1. */
function asked(net: Network, text: string, sides: readonly string[] = []): string {
  const [dnsName, dnsType] = text.split(' ');
  const payload = { app: 'dns', dnsName: dnsName!, ...(dnsType === undefined ? {} : { dnsType }) };
  return verdict(send(net, 'eni-1', query, { payload, sides }));
}

const t71 = { groups: { g: ['1 ALLOW *.corp.example', '2 BLOCK * A'] }, associations: ['g vpc-a 101'] };

test.each([
  ['evil.example A', 'denied: dns-firewall g'],
  ['evil.example', 'denied: dns-firewall g'],
  ['evil.example TXT', 'dns'],
  ['a.corp.example A', 'dns'],
  ['corp.example A', 'denied: dns-firewall g'],
  ['A.CORP.Example A', 'dns'],
  ['xcorp.example A', 'denied: dns-firewall g'],
])('T71: a query for %s ends so: %s', (text, expected) => {
  expect(asked(network(t71), text)).toBe(expected);
});

test('the rule of the lowest priority decides, and the group of the lowest before all others', () => {
  const groups = { g1: ['1 BLOCK *'], g2: ['1 ALLOW a.example'] };
  const first = network({ groups, associations: ['g1 vpc-a 101', 'g2 vpc-a 100'] });
  expect(asked(first, 'a.example')).toBe('dns');
  expect(asked(first, 'b.example')).toBe('denied: dns-firewall g1');
  const last = network({ groups, associations: ['g1 vpc-a 100', 'g2 vpc-a 101'] });
  expect(asked(last, 'a.example')).toBe('denied: dns-firewall g1');
});

test('a group filters the VPC that it is associated with, and no other', () => {
  expect(asked(network({ ...t71, associations: ['g vpc-b 101'] }), 'evil.example A')).toBe('dns');
});

test('an association that comes about filters where it is taken to', () => {
  const net = network({ ...t71, associations: ['g vpc-a 101 UPDATING'] });
  expect(asked(net, 'evil.example A')).toBe('dns');
  expect(asked(net, 'evil.example A', ['up:rslvr-g'])).toBe('denied: dns-firewall g');
});

test('what AWS lists is not known', () => {
  const net = network({ groups: { g: ['2 BLOCK managed'] }, associations: ['g vpc-a 101'] });
  expect(asked(net, 'evil.example')).toBe('dns');
  expect(asked(net, 'evil.example', ['matches:g#priority:2'])).toBe('denied: dns-firewall g');
});

test('a failure lets names through only where it is told to, and taken to happen', () => {
  const open = network({ ...t71, own: { failOpen: true } });
  expect(asked(open, 'evil.example A')).toBe('denied: dns-firewall g');
  expect(asked(open, 'evil.example A', ['fails-open:vpc-a'])).toBe('dns');
  expect(asked(network(t71), 'evil.example A', ['fails-open:vpc-a'])).toBe('denied: dns-firewall g');
});

test('groups and rules that nobody read let through where they are taken to', () => {
  const unread = { unread: 'route53resolver list-firewall-rules', subject: 'g' };
  const net = network({ groups: { g: unread }, associations: ['g vpc-a 101'] });
  expect(asked(net, 'evil.example')).toBe('denied: dns-firewall g');
  expect(asked(net, 'evil.example', ['unread:route53resolver list-firewall-rules:g'])).toBe('dns');
  const all = network({ own: { unread: { unread: 'list-firewall-rule-group-associations', subject: 'vpc-a' } } });
  expect(asked(all, 'evil.example')).toBe('denied: dns-firewall vpc-a');
  expect(asked(all, 'evil.example', ['unread:list-firewall-rule-group-associations:vpc-a'])).toBe('dns');
  const profiled = network({ own: { profiles: ['rp-1'] } });
  expect(asked(profiled, 'evil.example')).toBe('denied: dns-firewall vpc-a');
  expect(asked(profiled, 'evil.example', ['passes:vpc-a'])).toBe('dns');
});

test('what carries no name is looked up by nobody where names are filtered, and anywhere else', () => {
  expect(verdict(send(network(t71), 'eni-1', query))).toBe('denied: dns-firewall vpc-a');
  expect(verdict(send(network({}), 'eni-1', query))).toBe('dns');
});

const associations = [{ vpc: 'vpc-a', source }];

test('names of a forwarded domain get out where its servers are taken to be reached', () => {
  const net = network({
    rules: [
      { id: 'r1', ruleType: 'FORWARD', domain: 'corp.example', associations },
      { id: 'r2', ruleType: 'SYSTEM', domain: 'pub.corp.example', associations },
    ],
  });
  for (const name of ['db.corp.example', 'corp.example']) {
    expect(asked(net, name)).toBe('denied: resolver-rule r1');
    expect(asked(net, name, ['passes:r1'])).toBe('dns');
  }
  for (const name of ['x.pub.corp.example', 'other.example', 'xcorp.example']) expect(asked(net, name)).toBe('dns');
  expect(verdict(send(net, 'eni-1', query))).toBe('denied: dns-firewall vpc-a');
});

test('a rule of which it is not known where it holds leads names out where it is taken to', () => {
  const unread = { unread: 'route53resolver list-resolver-rule-associations', subject: 'r1' };
  const net = network({ rules: [{ id: 'r1', ruleType: 'FORWARD', domain: '', associations: unread }] });
  expect(asked(net, 'a.example')).toBe('denied: resolver-rule r1');
  expect(asked(net, 'a.example', ['unread:route53resolver list-resolver-rule-associations:r1'])).toBe('dns');
});

test('DNS Firewall is asked before the rules', () => {
  const rules = [{ id: 'r1', ruleType: 'FORWARD' as const, domain: 'evil.example', associations }];
  expect(asked(network({ ...t71, rules }), 'evil.example A', ['passes:r1'])).toBe('denied: dns-firewall g');
  expect(asked(network({ ...t71, rules }), 'evil.example TXT', ['passes:r1'])).toBe('dns');
});
