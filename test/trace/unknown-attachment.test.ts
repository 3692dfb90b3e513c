import { expect, test } from 'vitest';
import type { Emission } from '../../src/network/replay.ts';
import { home, sent, toB } from './transit-pair.ts';
import type { Ask, Words } from './world.ts';

/** B lies behind `tgw-attach-x`, an attachment of a kind that is not modelled. */
const words: Words = {
  attachments: {
    'tgw-attach-x': { to: 'connect', table: 'tgw-rtb-x', vpcs: ['vpc-b'] },
  },
  transitTables: {
    'tgw-rtb-1': [home, '10.1.0.0/16 tgw-attach-x', '8.0.0.0/8 tgw-attach-x'],
    'tgw-rtb-x': [home, '10.1.0.0/16 tgw-attach-b'],
  },
};
const ask = (at: Emission['at'], text = toB, rest: Ask = {}): Ask => ({
  sides: ['passes:tgw-attach-x'],
  emits: { 'tgw-attach-x': { packet: text, at } },
  ...rest,
});
const drops = 'denied: transit-gateway-attachment tgw-attach-x';

test('what is behind it hands on what it is taken to, in its VPCs, on premises or at the internet', () => {
  expect(sent(words, 'eni-1', toB)).toBe(`${drops} UNKNOWN_DESTINATION`);
  expect(sent(words, 'eni-1', toB, { sides: ['passes:tgw-attach-x'] })).toBe(`${drops} UNKNOWN_DESTINATION`);
  expect(sent(words, 'eni-1', toB, ask({ kind: 'vpc', id: 'vpc-b' }))).toBe('eni-b');
  expect(sent(words, 'eni-1', toB, ask({ kind: 'vpc', id: 'vpc-a' }))).toBe(drops);
  expect(sent(words, 'eni-1', toB, ask({ kind: 'subnet', id: 'subnet-b' }))).toBe('eni-b');
  expect(sent(words, 'eni-1', toB, ask({ kind: 'subnet', id: 'subnet-2' }))).toBe(drops);
  expect(sent(words, 'eni-1', toB, ask({ kind: 'onprem' }))).toBe('onprem');
  const text = 'tcp 10.0.1.5:40000 -> 8.8.8.8:443';
  const out: Words = { ...words, tables: { 'rtb-a': ['0.0.0.0/0 tgw-1'] } };
  expect(sent(out, 'eni-1', text, ask({ kind: 'internet' }, text))).toBe('internet');
});

test('what comes back to the gateway goes on by the table of the attachment itself', () => {
  expect(sent(words, 'eni-1', toB, ask({ kind: 'table', id: 'tgw-rtb-x', vpc: '' }))).toBe('eni-b');
  expect(sent(words, 'eni-1', toB, ask({ kind: 'table', id: 'tgw-rtb-1', vpc: '' }))).toBe(drops);
});

test('what is outside comes in by it where it is taken to', () => {
  const text = 'tcp 192.168.0.9:40000 -> 10.0.1.5:443';
  const at = { kind: 'table', id: 'tgw-rtb-x', vpc: '' } as const;
  expect(sent(words, 'onprem', text, ask(at, text, { enters: 'tgw-attach-x' }))).toBe('eni-1');
  expect(sent(words, 'internet', text, ask(at, text, { enters: 'tgw-attach-x' }))).toBe('eni-1');
  expect(sent(words, 'onprem', text, { enters: 'tgw-attach-x' })).toBe(`${drops} UNKNOWN_DESTINATION`);
});

test('a reply that goes in is home where it is taken to be', () => {
  const asymmetric: Words = {
    attachments: {
      'tgw-attach-b': { to: 'vpc-b', subnets: ['subnet-bt'], table: 'tgw-rtb-2' },
      'tgw-attach-x': { to: 'connect', table: 'tgw-rtb-1' },
    },
    transitTables: { 'tgw-rtb-2': ['10.0.0.0/16 tgw-attach-x'] },
  };
  expect(sent(asymmetric, 'eni-1', toB)).toMatch(/^eni-b, no reply: reply transit-gateway-attachment tgw-attach-x/);
  expect(sent(asymmetric, 'eni-1', toB, { sides: ['passes:tgw-attach-x'] })).toBe('eni-b');
});
