import { expect, test } from 'vitest';
import { send, verdict, world } from './world.ts';

test('a reply passes a group without inbound rules by the state of its flow', () => {
  const network = world({ interfaces: { 'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5'], groups: ['sg-egr'] } } });
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:40000 -> 10.0.2.5:443'))).toBe('eni-2');
});

test('a group without rules lets nothing out and nothing in', () => {
  const network = world({
    groups: { 'sg-none': {} },
    interfaces: { 'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5'], groups: ['sg-none'] } },
  });
  expect(verdict(send(network, 'eni-1', 'udp 10.0.1.5:1 -> 10.0.2.5:2'))).toBe(
    'denied: security-group sg-none SG_HAS_NO_RULES',
  );
  expect(verdict(send(network, 'eni-2', 'udp 10.0.2.5:1 -> 10.0.1.5:2'))).toBe(
    'denied: security-group sg-none SG_HAS_NO_RULES',
  );
});

test('a self reference admits members and nobody else', () => {
  const network = world({
    groups: { 'sg-self': { in: ['all sg-self'], out: ['all 0.0.0.0/0'] } },
    interfaces: {
      'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5'], groups: ['sg-self'] },
      'eni-2': { subnet: 'subnet-2', ips: ['10.0.2.5'], groups: ['sg-self'] },
      'eni-3': { subnet: 'subnet-2', ips: ['10.0.2.6'] },
    },
  });
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:40000 -> 10.0.2.5:9999'))).toBe('eni-2');
  expect(verdict(send(network, 'eni-2', 'icmp 10.0.2.5 -> 10.0.1.5'))).toBe('eni-1');
  expect(verdict(send(network, 'eni-3', 'tcp 10.0.2.6:40000 -> 10.0.1.5:22'))).toBe(
    'denied: security-group sg-self ENI_SG_RULES_MISMATCH',
  );
});

test('ports of a rule for another protocol are ignored, and an icmp rule tests type and code', () => {
  const network = world({
    groups: { 'sg-x': { in: ['50 10.0.0.0/16', 'icmp/8 0.0.0.0/0'], out: ['all 0.0.0.0/0'] } },
    interfaces: { 'eni-2': { subnet: 'subnet-2', ips: ['10.0.2.5'], groups: ['sg-x'] } },
  });
  expect(verdict(send(network, 'eni-1', 'esp 10.0.1.5 -> 10.0.2.5'))).toBe('eni-2');
  expect(verdict(send(network, 'eni-1', 'icmp 10.0.1.5 -> 10.0.2.5 type 8 code 0'))).toBe('eni-2');
  expect(verdict(send(network, 'eni-1', 'icmp 10.0.1.5 -> 10.0.2.5 type 13 code 0'))).toMatch(
    /^denied: security-group sg-x/,
  );
});

test('an IPv4 rule leaves IPv6 closed', () => {
  const network = world({
    groups: { 'sg-v4': { in: ['all 0.0.0.0/0'], out: ['all 0.0.0.0/0'] } },
    interfaces: { 'eni-2': { subnet: 'subnet-2', ips: ['10.0.2.5', '2600:1f00:a:2::5'], groups: ['sg-v4'] } },
  });
  expect(verdict(send(network, 'eni-1', 'tcp [2600:1f00:a:1::5]:40000 -> [2600:1f00:a:2::5]:443'))).toMatch(
    /^denied: security-group sg-v4/,
  );
});

test('a prefix-list rule admits its entries, and one that was not read admits by declared side', () => {
  const unread = { unread: 'get-managed-prefix-list-entries', subject: 'pl-9' };
  const network = world({
    lists: { 'pl-1': ['10.0.2.0/28'], 'pl-9': unread },
    groups: { 'sg-x': { out: ['tcp/443 pl-1', 'tcp/80 pl-9'] } },
    interfaces: { 'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5'], groups: ['sg-x'] } },
  });
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:40000 -> 10.0.2.5:443'))).toBe('eni-2');
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:40000 -> 10.0.2.5:80'))).toMatch(/^denied/);
  expect(
    verdict(
      send(network, 'eni-1', 'tcp 10.0.1.5:40000 -> 10.0.2.5:80', {
        sides: ['unread:get-managed-prefix-list-entries:pl-9'],
      }),
    ),
  ).toBe('eni-2');
});

test('a stale reference matches nothing, and one to a group outside the input matches by declared side', () => {
  const network = world({
    groups: { 'sg-x': { in: ['tcp/22 sg-gone stale', 'tcp/443 sg-far unknown'], out: ['all 0.0.0.0/0'] } },
    interfaces: { 'eni-2': { subnet: 'subnet-2', ips: ['10.0.2.5'], groups: ['sg-x'] } },
  });
  const sides = ['members:sg-gone', 'members:sg-far'];
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:40000 -> 10.0.2.5:22', { sides }))).toMatch(/^denied/);
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:40000 -> 10.0.2.5:443', { sides }))).toBe('eni-2');
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:40000 -> 10.0.2.5:443'))).toMatch(/UNKNOWN_PEERED_SGS/);
});

test('a spoofed address of a member is no member unless the fact is taken so', () => {
  const network = world({
    groups: { 'sg-m': { out: ['all 0.0.0.0/0'] }, 'sg-x': { in: ['all sg-m'] } },
    interfaces: {
      'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5'], check: false },
      'eni-m': { subnet: 'subnet-1', ips: ['10.0.1.6'], groups: ['sg-m'] },
      'eni-2': { subnet: 'subnet-2', ips: ['10.0.2.5'], groups: ['sg-x'] },
    },
  });
  const spoof = 'udp 10.0.1.6:1 -> 10.0.2.5:2';
  expect(verdict(send(network, 'eni-1', spoof, { mode: 'packet' }))).toMatch(/^denied: security-group sg-x/);
  expect(verdict(send(network, 'eni-1', spoof, { mode: 'packet', sides: ['fact:2.15-spoofed'] }))).toBe('eni-2');
  expect(verdict(send(network, 'eni-m', spoof, { mode: 'packet' }))).toBe('eni-2');
});

test('references do not count on either side of a middlebox', () => {
  const words = {
    subnets: { 'subnet-fw': { cidrs: ['10.0.8.0/24'], table: 'rtb-fw' } },
    tables: { 'rtb-1': ['10.0.2.0/24 fw-1'], 'rtb-2': ['10.0.1.0/24 fw-1'], 'rtb-fw': [] },
    endpoints: { 'fw-1': { subnets: ['subnet-fw'] } },
    interfaces: {
      'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5'], groups: ['sg-a'] },
      'eni-2': { subnet: 'subnet-2', ips: ['10.0.2.5'], groups: ['sg-b'] },
    },
  };
  const ask = { sides: ['passes:fw-1'] };
  const text = 'tcp 10.0.1.5:40000 -> 10.0.2.5:443';
  const inward = world({ ...words, groups: { 'sg-a': { out: ['all 0.0.0.0/0'] }, 'sg-b': { in: ['all sg-a'] } } });
  expect(verdict(send(inward, 'eni-1', text, ask))).toBe('denied: security-group sg-b SG_REFERENCES_NOT_PRESERVED');
  const outward = world({ ...words, groups: { 'sg-a': { out: ['all sg-b'] }, 'sg-b': { in: ['all 10.0.0.0/8'] } } });
  expect(verdict(send(outward, 'eni-1', text, ask))).toBe('denied: security-group sg-a SG_REFERENCES_NOT_PRESERVED');
  const plain = world({
    ...words,
    groups: { 'sg-a': { out: ['all 10.0.2.0/24'] }, 'sg-b': { in: ['all 10.0.1.0/24'] } },
  });
  expect(verdict(send(plain, 'eni-1', text, ask))).toBe('eni-2');
});

test('the resolver, and it alone, is exempt from groups and network ACLs', () => {
  const network = world({
    groups: { 'sg-none': {} },
    acls: { 'acl-shut': { in: [], out: [] } },
    subnets: { 'subnet-1': { cidrs: ['10.0.1.0/24'], table: 'rtb-1', acl: 'acl-shut' } },
    interfaces: { 'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5'], groups: ['sg-none'] } },
  });
  expect(verdict(send(network, 'eni-1', 'udp 10.0.1.5:40000 -> 10.0.0.2:53'))).toBe('dns');
  expect(verdict(send(network, 'eni-1', 'udp 10.0.1.5:40000 -> 169.254.169.253:53'))).toBe('dns');
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:40000 -> 169.254.169.254:80'))).toBe('link-local');
  expect(verdict(send(network, 'eni-1', 'udp 10.0.1.5:40000 -> 8.8.8.8:53'))).toMatch(/^denied: security-group/);
  expect(verdict(send(network, 'eni-1', 'udp 10.0.1.5:40000 -> 169.254.168.9:53'))).toMatch(
    /^denied: network-interface/,
  );
  const off = world({ vpcs: { 'vpc-a': { cidrs: ['10.0.0.0/16'], dns: false } } });
  expect(verdict(send(off, 'eni-1', 'udp 10.0.1.5:40000 -> 10.0.0.2:53'))).toBe('denied: dns-resolver dns');
});
