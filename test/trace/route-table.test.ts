import { expect, test } from 'vitest';
import { send, verdict, world } from './world.ts';

const pub = { 'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5=203.0.113.5'] } };
const outside = 'tcp 10.0.1.5:40000 -> 10.1.1.1:443';
const opaque = {
  'tgw-1': { kind: 'transit-gateway', vpcs: ['vpc-a'] },
  'vgw-1': { kind: 'vpn-gateway', vpcs: ['vpc-a'] },
  'pcx-1': { kind: 'vpc-peering', vpcs: ['vpc-a'] },
} as const;
const taken = (
  routes: readonly string[],
  sides: readonly string[] = [],
  not: readonly string[] = [],
  text = outside,
) => {
  const lists = { 'pl-1': ['10.1.0.0/16'], 'pl-2': ['10.1.0.0/16', '10.9.0.0/16'] };
  const network = world({ interfaces: pub, opaque, lists, tables: { 'rtb-1': routes } });
  const { hops } = send(network, 'eni-1', text, { mode: 'packet', sides, not });
  return hops.find(({ kind }) => kind === 'route-table')?.rule;
};

test('the longest prefix wins, then a static route, a prefix list, a propagated route', () => {
  expect(taken(['0.0.0.0/0 igw-1', '10.1.0.0/16 pcx-1'])).toBe('10.1.0.0/16 -> pcx-1');
  expect(taken(['10.1.0.0/16 vgw-1 propagated', '10.1.0.0/16 tgw-1'])).toBe('10.1.0.0/16 -> tgw-1');
  expect(taken(['10.1.0.0/16 vgw-1 propagated', 'pl-1 pcx-1'])).toBe('pl-1 -> pcx-1');
  expect(taken(['pl-1 pcx-1', '10.1.0.0/16 tgw-1'])).toBe('10.1.0.0/16 -> tgw-1');
  expect(taken(['pl-1 pcx-1', '10.1.1.0/24 vgw-1 propagated'])).toBe('10.1.1.0/24 -> vgw-1');
});

test('of two prefix lists with the same block the preferred one wins, else the first by id', () => {
  const routes = ['pl-2 pcx-1', 'pl-1 tgw-1'];
  expect(taken(routes)).toBe('pl-1 -> tgw-1');
  expect(taken(routes, ['prefers:rtb-1:pl-2'])).toBe('pl-2 -> pcx-1');
  expect(taken(routes, ['prefers:rtb-1:pl-2', 'prefers:rtb-1:pl-1'])).toBe('pl-1 -> tgw-1');
});

test('the local route beats a more specific propagated one, and loses to a static one', () => {
  const inside = 'tcp 10.0.1.5:40000 -> 10.0.2.5:443';
  expect(taken(['10.0.2.0/24 vgw-1 propagated'], [], [], inside)).toBe('10.0.0.0/16 -> local');
  expect(taken(['10.0.2.0/24 vgw-1 propagated'], [], ['fact:4.9'], inside)).toBe('10.0.2.0/24 -> vgw-1');
  expect(taken(['10.0.2.0/24 tgw-1'], [], [], inside)).toBe('10.0.2.0/24 -> tgw-1');
  expect(taken(['10.0.0.0/16 tgw-1'], [], [], inside)).toBe('10.0.0.0/16 -> tgw-1');
});

test('a blackhole wins and drops, and no shorter prefix takes over', () => {
  const network = world({
    interfaces: pub,
    opaque,
    tables: { 'rtb-1': ['8.8.0.0/16 pcx-1 blackhole', '0.0.0.0/0 igw-1'] },
  });
  const text = 'tcp 10.0.1.5:40000 -> 8.8.8.8:443';
  expect(verdict(send(network, 'eni-1', text))).toBe('denied: route-table rtb-1 BAD_STATE_ROUTE');
  expect(verdict(send(network, 'eni-1', text, { not: ['fact:4.16'] }))).toBe('internet');
});

test('an IPv4 default route says nothing of IPv6', () => {
  const network = world({ tables: { 'rtb-1': ['0.0.0.0/0 igw-1'] } });
  expect(verdict(send(network, 'eni-1', 'tcp [2600:1f00:a:1::5]:1 -> [2001:4860::1]:2'))).toBe(
    'denied: route-table rtb-1 NO_ROUTE_TO_DESTINATION',
  );
});

test('traffic inside a subnet asks no table, and an address that nobody holds is a dead end', () => {
  const network = world({
    tables: { 'rtb-1': ['bare'] },
    interfaces: { 'eni-1b': { subnet: 'subnet-1', ips: ['10.0.1.6'], prefixes: ['10.0.1.16/28'] } },
  });
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:1 -> 10.0.1.6:2'))).toBe('eni-1b');
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:1 -> 10.0.1.30:2'))).toBe('eni-1b');
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:1 -> 10.0.1.1:2'))).toBe(
    'denied: subnet vpc-a NO_POSSIBLE_DESTINATION',
  );
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:1 -> 10.0.2.5:2'))).toMatch(/NO_ROUTE_TO_DESTINATION/);
});

test('a packet that is routed round comes to a named end', () => {
  const network = world({
    endpoints: { 'fw-1': { subnets: ['subnet-2'] } },
    tables: { 'rtb-1': ['0.0.0.0/0 fw-1'], 'rtb-2': ['0.0.0.0/0 fw-1'] },
  });
  const { blocks } = send(network, 'eni-1', outside, { sides: ['passes:fw-1'] });
  expect(blocks.map(({ hop }) => hop.detail).join()).toMatch(/loop/);
});

test('an unread table leads on by declared side alone', () => {
  const table = { unread: 'describe-route-tables', subject: 'subnet-1' };
  const network = world({ subnets: { 'subnet-1': { cidrs: ['10.0.1.0/24'], table } } });
  const text = 'tcp 10.0.1.5:1 -> 10.0.2.5:2';
  const sides = ['unread:describe-route-tables:subnet-1'];
  expect(verdict(send(network, 'eni-1', text))).toMatch(/^denied: route-table subnet-1/);
  expect(verdict(send(network, 'eni-1', text, { mode: 'packet', sides }))).toBe('eni-2');
});
