/** Balancers, target groups and web ACLs of a network in few words: everything about them is read. */
import { expect, test } from 'vitest';
import { isUnread } from '../../src/network/resource.ts';
import { each, read } from '../hostile/verdict.ts';
import { balancerNamed, groupArn } from '../support/aws-load-balancer.ts';
import { networkOf } from '../support/network.ts';
import type { Spec } from '../support/spec.ts';
import { world } from '../support/world.ts';

const at = (ip: string) => [{ subnet: 'subnet-pub', ips: [ip] }];

const spec: Spec = world({
  balancers: [
    {
      id: 'front',
      type: 'alb',
      at: at('10.0.9.30=198.51.100.30'),
      groups: ['sg-open'],
      public: true,
      listeners: ['HTTP 80 redirect', 'HTTPS 443 web+api | admin from 10.0.0.0/8 | fixed'],
    },
    {
      id: 'thin',
      type: 'nlb',
      at: at('10.0.9.31'),
      groups: ['sg-open'],
      listeners: ['TCP 443 proxy'],
      enforces: false,
    },
    {
      id: 'old',
      type: 'clb',
      at: at('10.0.9.32'),
      groups: ['sg-open'],
      listeners: ['TCP 25 2525'],
      instances: ['i-i2'],
    },
    { id: 'inspect', type: 'gwlb', at: at('10.0.9.33'), groups: [], listeners: ['GENEVE appliances'], crossZone: true },
    { id: 'unread', type: 'alb', at: at('10.0.9.34'), groups: ['sg-open'] },
  ],
  targetGroups: [
    { id: 'web', vpc: 'vpc-a', protocol: 'HTTP', port: 8080, targets: ['i-i1', 'i-i2:8081 unhealthy'] },
    {
      id: 'api',
      vpc: 'vpc-a',
      protocol: 'HTTP',
      port: 8080,
      type: 'ip',
      targets: ['10.0.2.10@az2', '192.168.0.4:99@all'],
    },
    { id: 'admin', type: 'lambda', targets: ['arn:aws:lambda:us-east-1:111122223333:function:f'] },
    { id: 'proxy', vpc: 'vpc-a', protocol: 'TCP', port: 443, type: 'alb', targets: ['front'] },
    { id: 'appliances', vpc: 'vpc-a', protocol: 'GENEVE', port: 6081, targets: ['i-i2'], crossZone: false },
    { id: 'open', vpc: 'vpc-a', protocol: 'TCP', port: 22, preserve: false },
  ],
  webAcls: [{ id: 'waf', balancers: ['front'], ruleGroups: ['AWSManagedRulesCommonRuleSet'] }, { id: 'spare' }],
});

const net = networkOf(spec);
const balancer = (name: string) => net.loadBalancers.get(balancerNamed(spec, name))!;
const targets = (name: string) => net.targetGroups.get(groupArn(name))!.targets;

test('everything that is stated is read, nothing by default', () => {
  expect(net.defaults.filter(({ setting }) => setting.includes('elasticloadbalancing'))).toEqual([]);
  expect(net.warnings).toEqual([]);
  expect(net.coverage.filter(({ status }) => status === 'not-modelled')).toEqual([]);
});

test('each balancer listens as its lines say', () => {
  const { listeners } = balancer('front');
  const forwards = [{ group: groupArn('admin') }, { group: groupArn('web') }, { group: groupArn('api') }];
  expect(listeners).toMatchObject([
    { protocol: 'HTTP', from: 80, to: 80, forwards: [] },
    { protocol: 'HTTPS', from: 443, to: 443, forwards },
  ]);
  const [, https] = isUnread(listeners) ? [] : listeners;
  expect(https?.forwards).toMatchObject([{ sources: [{ length: 8 }] }, { unsure: [{ length: 8 }] }, {}]);
  expect(balancer('thin')).toMatchObject({ enforcesOnPrivateLink: false, crossZone: false, scheme: 'internal' });
  expect(balancer('old')).toMatchObject({ listeners: [{ id: 'old:25', forwards: [{ group: 'old:instances:2525' }] }] });
  expect(balancer('inspect')).toMatchObject({ crossZone: true, listeners: [{ protocol: 'GENEVE', to: 65535 }] });
  expect(balancer('unread').listeners).toHaveProperty('unread');
  expect([...net.loadBalancers.values()].every(({ interfaces }) => interfaces.length === 1)).toBe(true);
});

test('each group has the targets that its lines say', () => {
  expect(targets('web')).toMatchObject([
    { kind: 'interface', id: 'eni-i1', port: 8080, health: 'healthy' },
    { kind: 'interface', id: 'eni-i2', port: 8081, health: 'unhealthy' },
  ]);
  expect(targets('api')).toMatchObject([
    { kind: 'address', id: '10.0.2.10', port: 8080, zone: 'use1-az2' },
    { kind: 'address', id: '192.168.0.4', port: 99, zone: 'all' },
  ]);
  expect(targets('admin')).toMatchObject([{ kind: 'lambda' }]);
  expect(targets('proxy')).toMatchObject([{ kind: 'load-balancer', id: balancerNamed(spec, 'front'), port: 443 }]);
  expect(net.targetGroups.get(groupArn('appliances'))?.crossZone).toBe(false);
  expect(targets('open')).toHaveProperty('unread');
  expect(net.targetGroups.get(groupArn('open'))?.preservesClientIp).toBe(false);
});

test('each web ACL is on the balancers that are stated', () => {
  expect([...net.webAcls.values()]).toMatchObject([
    { name: 'waf', associated: [balancerNamed(spec, 'front')], ruleGroups: ['AWS:AWSManagedRulesCommonRuleSet'] },
    { name: 'spare', associated: [], unread: { unread: 'wafv2 list-resources-for-web-acl' } },
  ]);
});

test('a subnet of a balancer in which no node was read is named', () => {
  const two = {
    balancers: [
      {
        id: 'front',
        type: 'alb' as const,
        groups: [],
        at: [...at('10.0.9.30'), { subnet: 'subnet-s1', ips: ['10.0.1.30'] }],
      },
    ],
  };
  const { warnings } = read(
    world(two),
    each('describe-network-interfaces', 'NetworkInterfaces', (one) =>
      one['SubnetId'] === 'subnet-s1' && String(one['Description']).startsWith('ELB') ? undefined : one,
    ),
  );
  expect(warnings).toEqual([expect.stringContaining('has no network interface in `subnet-s1`')]);
});
