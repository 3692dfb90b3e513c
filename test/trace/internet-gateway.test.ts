import { expect, test } from 'vitest';
import { send, verdict, world } from './world.ts';

const pub = { 'eni-p': { subnet: 'subnet-pub', ips: ['10.0.9.5=203.0.113.5', '10.0.9.6', '2600:1f00:a:9::5'] } };
const out = 'tcp 10.0.9.5:40000 -> 8.8.8.8:443';

test('a mapped address reaches the internet, and the internet it', () => {
  const network = world({ interfaces: pub });
  expect(verdict(send(network, 'eni-p', out))).toBe('internet');
  expect(verdict(send(network, 'internet', 'tcp 8.8.8.8:40000 -> 203.0.113.5:22'))).toBe('eni-p');
});

test('an address without a mapping of its own dies at the gateway', () => {
  const network = world({ interfaces: pub });
  expect(verdict(send(network, 'eni-p', 'tcp 10.0.9.6:40000 -> 8.8.8.8:443'))).toBe(
    'denied: internet-gateway igw-1 IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
  );
});

test('a mapped address in a private subnet receives a packet and cannot answer it', () => {
  const network = world({ interfaces: { 'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5=203.0.113.9'] } } });
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:40000 -> 8.8.8.8:443'))).toBe(
    'denied: route-table rtb-1 NO_ROUTE_TO_DESTINATION',
  );
  const inward = 'udp 8.8.8.8:53 -> 203.0.113.9:9999';
  expect(verdict(send(network, 'internet', inward, { mode: 'packet' }))).toBe('eni-1');
  expect(verdict(send(network, 'internet', inward))).toBe(
    'eni-1, no reply: reply route-table rtb-1 NO_ROUTE_TO_DESTINATION',
  );
  expect(verdict(send(network, 'internet', inward, { mode: 'packet', not: ['fact:5.6'] }))).toMatch(
    /^denied: internet-gateway/,
  );
});

test('a network ACL that shuts replies out does not stop data from leaving by UDP', () => {
  const network = world({
    interfaces: pub,
    acls: { 'acl-x': { in: [], out: ['100 allow udp 0.0.0.0/0'] } },
    subnets: { 'subnet-pub': { cidrs: ['10.0.9.0/24'], table: 'rtb-pub', acl: 'acl-x' } },
  });
  const exfil = 'udp 10.0.9.5:40000 -> 203.0.112.5:9999';
  expect(verdict(send(network, 'eni-p', exfil, { mode: 'packet' }))).toBe('internet');
  expect(verdict(send(network, 'eni-p', exfil))).toBe(
    'internet, no reply: reply network-acl acl-x SUBNET_ACL_RESTRICTION',
  );
});

test('a packet to a public address of the network turns round, and group references do not follow it', () => {
  const network = world({
    groups: { 'sg-a': { out: ['all 0.0.0.0/0'] }, 'sg-b': { in: ['all sg-a'] } },
    interfaces: {
      ...pub,
      'eni-q': { subnet: 'subnet-pub', ips: ['10.0.9.7=203.0.113.7'], groups: ['sg-a'] },
      'eni-r': { subnet: 'subnet-pub', ips: ['10.0.9.8=203.0.113.8'], groups: ['sg-b'] },
    },
  });
  expect(verdict(send(network, 'eni-q', 'tcp 10.0.9.7:40000 -> 203.0.113.5:443'))).toBe('eni-p');
  expect(verdict(send(network, 'eni-q', 'tcp 10.0.9.7:40000 -> 203.0.113.8:443'))).toBe(
    'denied: security-group sg-b SG_REFERENCES_NOT_PRESERVED',
  );
  expect(verdict(send(network, 'eni-q', 'tcp 10.0.9.7:40000 -> 203.0.113.5:443', { not: ['fact:5.34'] }))).toBe(
    'denied: internet internet IGW_NAT_REFLECTION',
  );
});

test('private addresses neither leave nor enter by the gateway', () => {
  const network = world({ interfaces: pub });
  expect(verdict(send(network, 'eni-p', 'tcp 10.0.9.5:1 -> 192.168.1.1:2'))).toMatch(/NOT_IN_RFC1918_EGRESS/);
  expect(verdict(send(network, 'eni-p', 'tcp 10.0.9.5:1 -> 100.64.1.1:2'))).toMatch(/NOT_IN_RFC6598_EGRESS/);
  expect(verdict(send(network, 'internet', 'tcp 10.9.9.9:1 -> 203.0.113.5:2'))).toMatch(/^denied: internet/);
});

test('IPv6 passes untranslated in both directions, but for interfaces that deny it', () => {
  const network = world({
    interfaces: { ...pub, 'eni-d': { subnet: 'subnet-pub', ips: ['2600:1f00:a:9::d'], denyAllIgwTraffic: true } },
  });
  expect(verdict(send(network, 'eni-p', 'tcp [2600:1f00:a:9::5]:40000 -> [2001:4860::1]:443'))).toBe('internet');
  expect(verdict(send(network, 'internet', 'tcp [2001:4860::1]:40000 -> [2600:1f00:a:9::5]:443'))).toBe('eni-p');
  expect(verdict(send(network, 'internet', 'tcp [2001:4860::1]:40000 -> [2600:1f00:a:9::d]:443'))).toMatch(/^denied/);
  expect(verdict(send(network, 'eni-d', 'tcp [2600:1f00:a:9::d]:40000 -> [2001:4860::1]:443'))).toMatch(/^denied/);
});

const blocked = (block: 'off' | 'block-ingress' | 'block-bidirectional') =>
  world({
    interfaces: pub,
    subnets: { 'subnet-pub': { cidrs: ['10.0.9.0/24'], table: 'rtb-pub', block } },
    tables: { 'rtb-1': ['0.0.0.0/0 nat-1'] },
    nats: { 'nat-1': { subnet: 'subnet-pub', ips: ['10.0.9.9=203.0.113.9'] } },
  });

test('Block Public Access stops a host and not what a NAT gateway sends, unless excluded', () => {
  const nat = 'tcp 10.0.1.5:40000 -> 8.8.8.8:443';
  expect(verdict(send(blocked('block-ingress'), 'eni-p', out))).toBe(
    'denied: block-public-access subnet-pub VPC_BLOCK_PUBLIC_ACCESS_ENABLED',
  );
  expect(verdict(send(blocked('block-ingress'), 'eni-1', nat))).toBe('internet');
  expect(verdict(send(blocked('block-bidirectional'), 'eni-1', nat))).toMatch(/^denied: block-public-access/);
  expect(verdict(send(blocked('block-ingress'), 'internet', 'tcp 8.8.8.8:1 -> 203.0.113.5:2'))).toMatch(
    /^denied: block-public-access/,
  );
  expect(verdict(send(blocked('off'), 'eni-p', out))).toBe('internet');
});

test('an egress-only gateway lets flows out and their replies in, and nothing else', () => {
  const network = world({
    eigws: { 'eigw-1': 'vpc-a' },
    igws: { 'igw-1': {} },
    tables: { 'rtb-1': ['::/0 eigw-1', '0.0.0.0/0 eigw-1'] },
  });
  expect(verdict(send(network, 'eni-1', 'tcp [2600:1f00:a:1::5]:40000 -> [2001:4860::1]:443'))).toBe('internet');
  expect(verdict(send(network, 'internet', 'tcp [2001:4860::1]:40000 -> [2600:1f00:a:1::5]:443'))).toMatch(/^denied/);
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:40000 -> 8.8.8.8:443'))).toMatch(/^denied: egress-only/);
});

test('a firewall endpoint before an egress-only gateway loses IPv6', () => {
  const network = world({
    eigws: { 'eigw-1': 'vpc-a' },
    subnets: { 'subnet-fw': { cidrs: ['10.0.8.0/24'], table: 'rtb-fw' } },
    tables: { 'rtb-1': ['::/0 fw-1'], 'rtb-fw': ['::/0 eigw-1'] },
    endpoints: { 'fw-1': { subnets: ['subnet-fw'] } },
  });
  expect(
    verdict(send(network, 'eni-1', 'tcp [2600:1f00:a:1::5]:1 -> [2001:4860::1]:2', { sides: ['passes:fw-1'] })),
  ).toMatch(/^denied: egress-only/);
});
