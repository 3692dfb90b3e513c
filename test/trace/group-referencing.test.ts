import { expect, test } from 'vitest';
import { home, routes, sent, toB } from './transit-pair.ts';
import type { Ask, Words } from './world.ts';
import type { AttachmentWords } from './transit-world.ts';

/** `eni-b` admits members of `sg-open`, which `eni-1` is, and nothing else. */
const words = (support: {
  readonly gateway?: boolean | 'unread';
  readonly a?: Partial<AttachmentWords>;
  readonly b?: Partial<AttachmentWords>;
}): Words => ({
  tgws: { 'tgw-1': support.gateway ?? true },
  groups: { 'sg-ref': { in: ['all sg-open'], out: ['all 0.0.0.0/0'], vpc: 'vpc-b' } },
  interfaces: { 'eni-b': { subnet: 'subnet-b', ips: ['10.1.1.5'], groups: ['sg-ref'] } },
  attachments: {
    'tgw-attach-a': { to: 'vpc-a', subnets: ['subnet-at'], table: 'tgw-rtb-1', ...support.a },
    'tgw-attach-b': { to: 'vpc-b', subnets: ['subnet-bt'], table: 'tgw-rtb-1', ...support.b },
  },
});
const lost = 'denied: security-group sg-ref SG_REFERENCING_SUPPORT';

test('an inbound reference counts where the gateway and both attachments support it', () => {
  expect(sent(words({}), 'eni-1', toB)).toBe('eni-b');
  expect(sent(words({ gateway: false }), 'eni-1', toB)).toBe(lost);
  expect(sent(words({ a: { referencing: false } }), 'eni-1', toB)).toBe(lost);
  expect(sent(words({ b: { referencing: false } }), 'eni-1', toB)).toBe(lost);
});

test('support that no answer shows is there where it is taken to', () => {
  const sides = ['fact:2.19-unread'];
  for (const each of [
    { gateway: 'unread' },
    { a: { referencing: 'unread' } },
    { b: { referencing: 'unread' } },
  ] as const) {
    expect(sent(words(each), 'eni-1', toB)).toBe(lost);
    expect(sent(words(each), 'eni-1', toB, { sides })).toBe('eni-b');
  }
  expect(sent(words({ gateway: false, a: { referencing: 'unread' } }), 'eni-1', toB, { sides })).toBe(lost);
});

test('it never counts at an interface endpoint, nor from or to use1-az3', () => {
  const endpoint: Words = {
    ...words({}),
    interfaces: { 'eni-b': { subnet: 'subnet-b', ips: ['10.1.1.5'], groups: ['sg-ref'], role: 'interface-endpoint' } },
  };
  expect(sent(endpoint, 'eni-1', toB)).toBe(lost);
  const from: Words = {
    ...words({}),
    subnets: {
      'subnet-1': { cidrs: ['10.0.1.0/24'], zone: 'use1-az3', table: 'rtb-a' },
      'subnet-at': { cidrs: ['10.0.8.0/28'], zone: 'use1-az3' },
    },
  };
  expect(sent(from, 'eni-1', toB)).toBe(lost);
  const to: Words = {
    ...words({}),
    subnets: { 'subnet-b': { cidrs: ['10.1.1.0/24'], vpc: 'vpc-b', zone: 'use1-az3', table: 'rtb-b' } },
  };
  expect(sent(to, 'eni-1', toB)).toBe(lost);
});

test('an outbound reference never counts over a gateway', () => {
  const out: Words = {
    ...words({}),
    groups: {
      'sg-out': { out: ['all sg-open'] },
      'sg-both': { out: ['all sg-open', 'tcp/443 10.1.0.0/16'] },
    },
    interfaces: {
      'eni-b': { subnet: 'subnet-b', ips: ['10.1.1.5'] },
      'eni-o': { subnet: 'subnet-1', ips: ['10.0.1.6'], groups: ['sg-out'] },
      'eni-p': { subnet: 'subnet-1', ips: ['10.0.1.7'], groups: ['sg-both'] },
    },
  };
  expect(sent(out, 'eni-o', 'tcp 10.0.1.6:40000 -> 10.1.1.5:443')).toBe(
    'denied: security-group sg-out SG_REFERENCES_NOT_PRESERVED',
  );
  expect(sent(out, 'eni-p', 'tcp 10.0.1.7:40000 -> 10.1.1.5:443')).toBe('eni-b');
});

test('a packet that came back into its own VPC over a gateway without support has lost its groups', () => {
  const hairpin = (gateway: boolean): Words => ({
    ...words({ gateway }),
    groups: { 'sg-ref': { in: ['all sg-open'] } },
    interfaces: { 'eni-2': { subnet: 'subnet-2', ips: ['10.0.2.5'], groups: ['sg-ref'] } },
    tables: { 'rtb-a': ['10.0.2.0/24 tgw-1'] },
  });
  const text = 'tcp 10.0.1.5:40000 -> 10.0.2.5:443';
  expect(sent(hairpin(false), 'eni-1', text)).toBe(lost);
  expect(sent(hairpin(true), 'eni-1', text)).toBe('eni-2');
});

test('a firewall endpoint on the way takes the groups away, and so does a peering of gateways', () => {
  const firewall: Words = {
    ...words({}),
    subnets: { 'subnet-f': { cidrs: ['10.1.4.0/24'], vpc: 'vpc-b', zone: 'az1', table: 'rtb-f' } },
    tables: { 'rtb-bt': ['10.1.1.0/24 fw-1'], 'rtb-f': [] },
    endpoints: { 'fw-1': { vpc: 'vpc-b', subnets: ['subnet-f'] } },
  };
  expect(sent(firewall, 'eni-1', toB, { sides: ['passes:fw-1'] })).toBe(
    'denied: security-group sg-ref SG_REFERENCES_NOT_PRESERVED',
  );
  const peered: Words = {
    ...words({}),
    ...routes(home, '10.1.0.0/16 tgw-attach-p'),
    tgws: { 'tgw-1': true, 'tgw-2': true },
    attachments: {
      'tgw-attach-a': { to: 'vpc-a', subnets: ['subnet-at'], table: 'tgw-rtb-1' },
      'tgw-attach-p': { to: 'tgw-2', table: 'tgw-rtb-1' },
      'tgw-attach-p@tgw-2': { to: 'tgw-1', gateway: 'tgw-2', table: 'tgw-rtb-2' },
      'tgw-attach-b': { to: 'vpc-b', gateway: 'tgw-2', subnets: ['subnet-bt'], table: 'tgw-rtb-2' },
    },
    transitTables: {
      'tgw-rtb-1': [home, '10.1.0.0/16 tgw-attach-p'],
      'tgw-rtb-2': ['10.1.0.0/16 tgw-attach-b', '10.0.0.0/16 tgw-attach-p@tgw-2'],
    },
  };
  expect(sent(peered, 'eni-1', toB)).toBe(lost);
});

test('nothing from on premises is a member of a group', () => {
  const line: Words = {
    ...words({}),
    ...routes(home, '10.1.0.0/16 tgw-attach-b'),
    attachments: {
      'tgw-attach-b': { to: 'vpc-b', subnets: ['subnet-bt'], table: 'tgw-rtb-1' },
      'tgw-attach-v': { to: 'dxgw-1', table: 'tgw-rtb-1' },
    },
  };
  const ask: Ask = { enters: 'tgw-attach-v', sides: ['fact:2.15-spoofed', 'fact:2.19-unread'] };
  expect(sent(line, 'onprem', toB, ask)).toBe('denied: security-group sg-ref ENI_SG_RULES_MISMATCH');
});
