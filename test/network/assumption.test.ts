import { describe, expect, test } from 'vitest';
import { formatAssumption, parseAssumption } from '../../src/network/assumption.ts';
import {
  certified,
  continues,
  fact,
  forwards,
  forwardsNat,
  matches,
  members,
  names,
  passes,
  prefers,
  up,
} from '../../src/network/unknown.ts';
import { unreadKey } from '../../src/network/resource.ts';

const keys = [
  passes('vpce-1'),
  passes('arn:aws:network-firewall:us-east-1:123456789012:firewall/egress'),
  forwards('eni-1'),
  forwardsNat('eni-1'),
  up('i-1'),
  prefers('rtb-1', 'pl-1'),
  members('sg-1'),
  matches('arn:aws:network-firewall:us-east-1:123456789012:stateful-rulegroup/names', 'sid:7'),
  continues('arn:aws:network-firewall:us-east-1:123456789012:firewall/egress'),
  certified('arn:aws:network-firewall:us-east-1:123456789012:tls-configuration/tls'),
  names('.example.com'),
  fact('5.34'),
  fact('2.15-spoofed'),
  unreadKey({ unread: 'describe-network-acls', subject: 'subnet-1' }),
];

describe('assumptions', () => {
  for (const key of keys)
    for (const side of [true, false])
      test(`the ${side ? 'permissive' : 'other'} side of ${key} is read back as printed`, () => {
        expect(parseAssumption(formatAssumption(key, side))).toEqual({ key, side });
      });

  test('the two sides of a firewall, an instance and a fact have words of their own', () => {
    expect([false, true].map((side) => formatAssumption('passes:vpce-1', side))).toEqual([
      'drops:vpce-1',
      'passes:vpce-1',
    ]);
    expect([false, true].map((side) => formatAssumption('up:i-1', side))).toEqual(['down:i-1', 'up:i-1']);
    expect([false, true].map((side) => formatAssumption('fact:5.34', side))).toEqual(['fact:5.34=no', 'fact:5.34=yes']);
  });

  test('an unread answer is taken as allowing unless it says otherwise', () => {
    expect(parseAssumption('unread:describe-network-acls:subnet-1')).toEqual({
      key: 'unread:describe-network-acls:subnet-1',
      side: true,
    });
  });

  test('a fact without a value, an unknown word and an unknown value are no assumption', () => {
    for (const text of ['fact:5.34', 'trusts:eni-1', 'fact:5.34=maybe', 'passes:', 'passes'])
      expect(parseAssumption(text)).toBeUndefined();
  });
});
