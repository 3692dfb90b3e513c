import { expect, test } from 'vitest';
import { changed, home, into, sent, toB } from './transit-pair.ts';
import { type Ask, type Words, send, world } from './world.ts';

/** Spokes A and B know the inspection VPC alone, which has a firewall endpoint in each zone (semantics 7.15). */
const words = (appliance: boolean): Words => ({
  vpcs: { 'vpc-i': { cidrs: ['10.9.0.0/16'] } },
  subnets: {
    'subnet-i1': { cidrs: ['10.9.1.0/28'], vpc: 'vpc-i', zone: 'az1', table: 'rtb-i1' },
    'subnet-i2': { cidrs: ['10.9.2.0/28'], vpc: 'vpc-i', zone: 'az2', table: 'rtb-i2' },
    'subnet-f1': { cidrs: ['10.9.1.16/28'], vpc: 'vpc-i', zone: 'az1', table: 'rtb-f' },
    'subnet-f2': { cidrs: ['10.9.2.16/28'], vpc: 'vpc-i', zone: 'az2', table: 'rtb-f' },
  },
  endpoints: {
    'fw-1': { vpc: 'vpc-i', subnets: ['subnet-f1'] },
    'fw-2': { vpc: 'vpc-i', subnets: ['subnet-f2'] },
  },
  firewalls: { 'firewall-1': ['fw-1', 'fw-2'] },
  tables: {
    'rtb-a': ['0.0.0.0/0 tgw-1'],
    'rtb-i1': ['0.0.0.0/0 fw-1'],
    'rtb-i2': ['0.0.0.0/0 fw-2'],
    'rtb-f': ['0.0.0.0/0 tgw-1'],
  },
  attachments: {
    'tgw-attach-a': { to: 'vpc-a', subnets: ['subnet-at', 'subnet-at2'], table: 'tgw-rtb-spoke' },
    'tgw-attach-b': { to: 'vpc-b', subnets: ['subnet-bt', 'subnet-bt2'], table: 'tgw-rtb-spoke' },
    'tgw-attach-i': { to: 'vpc-i', subnets: ['subnet-i1', 'subnet-i2'], table: 'tgw-rtb-1', appliance },
    'tgw-attach-v': { to: 'vpn-1', table: 'tgw-rtb-spoke' },
  },
  vpns: { 'vpn-1': { gateway: 'tgw-1' } },
  transitTables: {
    'tgw-rtb-spoke': ['0.0.0.0/0 tgw-attach-i'],
    'tgw-rtb-1': [home, '10.1.0.0/16 tgw-attach-b', '0.0.0.0/0 tgw-attach-v'],
  },
});
const sides = ['passes:firewall-1'];
const across = 'tcp 10.0.1.5:40000 -> 10.1.2.5:443';

test('spokes reach each other by the firewall alone', () => {
  expect(sent(words(false), 'eni-1', toB)).toBe('denied: firewall-endpoint fw-1 FIREWALL_RULES_RESTRICTION');
  expect(sent(words(false), 'eni-1', toB, { sides })).toBe('eni-b');
});

test('across zones a firewall sees both ways in appliance mode alone', () => {
  expect(sent(words(false), 'eni-1', across, { sides })).toMatch(
    /^eni-b2, no reply: reply firewall-endpoint fw-2 FIREWALL_RULES_RESTRICTION/,
  );
  for (const subnet of ['subnet-i1', 'subnet-i2'])
    expect(sent(words(true), 'eni-1', across, { sides, zones: { 'tgw-attach-i forward': subnet } })).toBe('eni-b2');
});

test('a flow from on premises has no zone: which firewall endpoint it meets is a choice, and its reply meets the same in appliance mode', () => {
  const text = 'tcp 192.168.0.9:40000 -> 10.0.1.5:443';
  const by = (appliance: boolean, subnet: string): string => {
    const ask: Ask = { enters: 'tgw-attach-v', sides, zones: { 'tgw-attach-i forward': subnet } };
    return sent(words(appliance), 'onprem', text, ask);
  };
  expect(by(true, 'subnet-i1')).toBe('eni-1');
  expect(by(true, 'subnet-i2')).toBe('eni-1');
  expect(by(false, 'subnet-i1')).toBe('eni-1');
  expect(by(false, 'subnet-i2')).toMatch(/^eni-1, no reply: reply firewall-endpoint fw-1/);
});

test('in appliance mode a reply into a VPC that its flow did not come into has a zone of its own', () => {
  const own: Words = {
    attachments: {
      'tgw-attach-a': { to: 'vpc-a', subnets: ['subnet-at', 'subnet-at2'], table: 'tgw-rtb-1', appliance: true },
    },
  };
  const back = (ask: Ask): string => into(send(world(changed(own)), 'eni-1', across, ask), 'returnHops');
  expect(back({})).toBe('subnet-at');
  expect(back({ zones: { 'tgw-attach-a return': 'subnet-at2' } })).toBe('subnet-at2');
});
