import { expect, test } from 'vitest';
import { type Words, send, verdict, world } from './world.ts';

const inline = (words: Words = {}) =>
  world({
    endpoints: { 'fw-1': { subnets: ['subnet-fw'] } },
    firewalls: { 'firewall-1': ['fw-1'] },
    interfaces: { 'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5=203.0.113.5'] } },
    igws: { 'igw-1': { vpc: 'vpc-a', routeTable: 'rtb-edge' } },
    ...words,
    subnets: { 'subnet-fw': { cidrs: ['10.0.8.0/24'], table: 'rtb-fw' }, ...words.subnets },
    tables: {
      'rtb-1': ['0.0.0.0/0 fw-1'],
      'rtb-fw': ['0.0.0.0/0 igw-1'],
      'rtb-edge': ['10.0.1.0/24 fw-1'],
      ...words.tables,
    },
  });
const sides = ['passes:firewall-1'];
const out = 'tcp 10.0.1.5:40000 -> 8.8.8.8:443';
const inward = 'tcp 8.8.8.8:40000 -> 203.0.113.5:443';

test('a firewall is crossed both ways, and passes by declared side', () => {
  expect(verdict(send(inline(), 'eni-1', out, { sides }))).toBe('internet');
  expect(verdict(send(inline(), 'internet', inward, { sides }))).toBe('eni-1');
  expect(verdict(send(inline(), 'eni-1', out))).toBe('denied: firewall-endpoint fw-1 FIREWALL_RULES_RESTRICTION');
  const crossed = send(inline(), 'eni-1', out, { sides });
  expect(
    [crossed.hops, crossed.returnHops ?? []].map((hops) => hops.filter(({ action }) => action === 'inspect').length),
  ).toEqual([1, 1]);
});

test('a reply that goes round the firewall of its flow is lost', () => {
  const direct = inline({ tables: { 'rtb-1': ['0.0.0.0/0 igw-1'] } });
  expect(verdict(send(direct, 'internet', inward, { sides, mode: 'packet' }))).toBe('eni-1');
  expect(verdict(send(direct, 'internet', inward, { sides }))).toBe(
    'eni-1, no reply: reply firewall-endpoint fw-1 INGRESS_RTB_TRAFFIC_REDIRECTION',
  );
  expect(verdict(send(direct, 'internet', inward, { sides, not: ['fact:4.24'] }))).toBe('eni-1');
});

test('a reply that goes round two firewalls of its flow is lost once, and past that at the other as well', () => {
  const direct = inline({
    subnets: { 'subnet-fw2': { cidrs: ['10.0.7.0/24'], table: 'rtb-fw2' } },
    endpoints: { 'fw-1': { subnets: ['subnet-fw'] }, 'fw-2': { subnets: ['subnet-fw2'] } },
    firewalls: { 'firewall-1': ['fw-1'], 'firewall-2': ['fw-2'] },
    tables: { 'rtb-1': ['0.0.0.0/0 igw-1'], 'rtb-fw': ['10.0.1.0/24 fw-2'], 'rtb-fw2': [] },
  });
  const ask = { sides: [...sides, 'passes:firewall-2'] };
  const lost = (...firewalls: readonly string[]): string =>
    firewalls.map((id) => `reply firewall-endpoint ${id} INGRESS_RTB_TRAFFIC_REDIRECTION`).join(', ');
  expect(verdict(send(direct, 'internet', inward, ask))).toBe(`eni-1, no reply: ${lost('fw-2')}`);
  expect(verdict(send(direct, 'internet', inward, { ...ask, pastDenials: true }))).toMatch(lost('fw-2', 'fw-1'));
});

test('a reply at a firewall that its flow never met is dropped', () => {
  const direct = inline({ tables: { 'rtb-1': ['0.0.0.0/0 igw-1'] } });
  expect(verdict(send(direct, 'eni-1', out, { sides, not: ['fact:4.24'] }))).toBe(
    'internet, no reply: reply firewall-endpoint fw-1 FIREWALL_RULES_RESTRICTION',
  );
});

test('two firewalls pass a reply in whatever order it comes to them', () => {
  const network = inline({
    subnets: { 'subnet-fw2': { cidrs: ['10.0.7.0/24'], table: 'rtb-fw2' } },
    endpoints: { 'fw-1': { subnets: ['subnet-fw'] }, 'fw-2': { subnets: ['subnet-fw2'] } },
    firewalls: { 'firewall-1': ['fw-1'], 'firewall-2': ['fw-2'] },
    tables: {
      'rtb-fw': ['0.0.0.0/0 fw-2', '10.0.1.0/24 fw-2'],
      'rtb-fw2': ['0.0.0.0/0 igw-1'],
    },
  });
  const seen = ['passes:firewall-1', 'passes:firewall-2'];
  expect(verdict(send(network, 'eni-1', out, { sides: seen }))).toBe('internet');
  const without = inline({
    subnets: { 'subnet-fw2': { cidrs: ['10.0.7.0/24'], table: 'rtb-fw2' } },
    endpoints: { 'fw-1': { subnets: ['subnet-fw'] }, 'fw-2': { subnets: ['subnet-fw2'] } },
    firewalls: { 'firewall-1': ['fw-1'], 'firewall-2': ['fw-2'] },
    tables: { 'rtb-fw': ['0.0.0.0/0 fw-2'], 'rtb-fw2': ['0.0.0.0/0 igw-1'] },
  });
  expect(verdict(send(without, 'eni-1', out, { sides: seen }))).toMatch(/fw-2 INGRESS_RTB_TRAFFIC_REDIRECTION$/);
});

test('fragments of anything but UDP are dropped', () => {
  expect(verdict(send(inline(), 'eni-1', `${out} fragment`, { sides }))).toBe('denied: firewall-endpoint fw-1');
  expect(verdict(send(inline(), 'eni-1', 'udp 10.0.1.5:1 -> 8.8.8.8:2 fragment', { sides }))).toBe('internet');
});

test('hosts of one VPC are inspected where more specific routes lead through the firewall', () => {
  const network = inline({
    interfaces: { 'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5'] } },
    tables: { 'rtb-1': ['10.0.2.0/24 fw-1'], 'rtb-2': ['10.0.1.0/24 fw-1'], 'rtb-fw': [] },
  });
  const text = 'tcp 10.0.1.5:40000 -> 10.0.2.5:443';
  expect(verdict(send(network, 'eni-1', text, { sides }))).toBe('eni-2');
  expect(verdict(send(network, 'eni-1', text))).toMatch(/^denied: firewall-endpoint/);
});

test('a network ACL is asked out and in before an endpoint in the very subnet', () => {
  const acl = (list: 'in' | 'out') => {
    const open = ['100 allow all 0.0.0.0/0'];
    const shut = ['90 deny tcp/443 0.0.0.0/0', ...open];
    return inline({
      endpoints: { 'fw-1': { subnets: ['subnet-1'] } },
      acls: { 'acl-x': { in: list === 'in' ? shut : open, out: list === 'out' ? shut : open } },
      subnets: { 'subnet-1': { cidrs: ['10.0.1.0/24'], table: 'rtb-1', acl: 'acl-x' } },
    });
  };
  expect(verdict(send(acl('in'), 'eni-1', out, { sides }))).toBe('denied: network-acl acl-x SUBNET_ACL_RESTRICTION');
  expect(verdict(send(acl('out'), 'eni-1', out, { sides }))).toBe('denied: network-acl acl-x SUBNET_ACL_RESTRICTION');
});

test('an edge table to an interface without a public address drops', () => {
  const network = inline({ tables: { 'rtb-edge': ['10.0.1.0/24 eni-2'] } });
  expect(verdict(send(network, 'internet', inward))).toBe('denied: network-interface eni-2 INGRESS_RTB_NO_PUBLIC_IP');
});
