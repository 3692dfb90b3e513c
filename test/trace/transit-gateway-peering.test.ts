import { expect, test } from 'vitest';
import { changed, into, path, sent, toB } from './transit-pair.ts';
import { type Words, send, verdict, world } from './world.ts';

/** A behind `tgw-1` and B behind `tgw-2`, joined by attachments of the ids given. */
const peered = (one: string, other: string, state?: string): Words => ({
  tgws: { 'tgw-1': false, 'tgw-2': false },
  tables: { 'rtb-b': ['10.0.0.0/8 tgw-2'] },
  attachments: {
    'tgw-attach-a': { to: 'vpc-a', subnets: ['subnet-at', 'subnet-at2'], table: 'tgw-rtb-1' },
    'tgw-attach-b': { to: 'vpc-b', gateway: 'tgw-2', subnets: ['subnet-bt', 'subnet-bt2'], table: 'tgw-rtb-2' },
    [one]: { to: 'tgw-2', table: 'tgw-rtb-1' },
    [other]: { to: 'tgw-1', gateway: 'tgw-2', table: 'tgw-rtb-2', ...(state === undefined ? {} : { state }) },
  },
  transitTables: {
    'tgw-rtb-1': ['10.0.0.0/16 tgw-attach-a', `10.1.0.0/16 ${one}`],
    'tgw-rtb-2': ['10.1.0.0/16 tgw-attach-b', `10.0.0.0/16 ${other}`],
  },
});

test('a peering attachment leads into the other gateway, which forwards by the table of its own side', () => {
  const result = send(world(changed(peered('tgw-attach-p', 'tgw-attach-p@tgw-2'))), 'eni-1', toB);
  expect(verdict(result)).toBe('eni-b');
  expect(path(result)).toEqual([
    'tgw-attach-a forward',
    'tgw-1 forward',
    'tgw-rtb-1 10.1.0.0/16 -> tgw-attach-p',
    'tgw-attach-p forward',
    'tgw-attach-p@tgw-2 forward',
    'tgw-2 forward',
    'tgw-rtb-2 10.1.0.0/16 -> tgw-attach-b',
    'tgw-attach-b forward',
  ]);
});

test('the zone is not known beyond a peering attachment', () => {
  const network = world(changed(peered('tgw-attach-p', 'tgw-attach-p@tgw-2')));
  const zones = { 'tgw-attach-b forward': 'subnet-bt2' };
  expect(into(send(network, 'eni-1', toB, { zones }))).toBe('subnet-bt2');
});

test('both sides must be in force', () => {
  const words = peered('tgw-attach-p', 'tgw-attach-p@tgw-2', 'deleting');
  expect(sent(words, 'eni-1', toB)).toBe('denied: transit-gateway-attachment tgw-attach-p@tgw-2 BAD_STATE_ATTACHMENT');
  expect(sent(words, 'eni-1', toB, { sides: ['up:tgw-attach-p@tgw-2'] })).toBe('eni-b');
});

test('a gateway that is not modelled hands on what it is taken to', () => {
  const words: Words = {
    ...peered('tgw-attach-p', 'tgw-attach-q'),
    tgws: { 'tgw-1': false },
    attachments: {
      'tgw-attach-a': { to: 'vpc-a', subnets: ['subnet-at'], table: 'tgw-rtb-1' },
      'tgw-attach-p': { to: 'tgw-9', table: 'tgw-rtb-1' },
    },
    opaque: { 'tgw-9': { kind: 'transit-gateway', vpcs: ['vpc-b'] } },
  };
  expect(sent(words, 'eni-1', toB)).toBe('denied: transit-gateway tgw-9 UNKNOWN_DESTINATION');
  const emits = { 'tgw-9': { packet: toB, at: { kind: 'vpc', id: 'vpc-b' } } } as const;
  expect(sent(words, 'eni-1', toB, { sides: ['passes:tgw-9'], emits })).toBe('eni-b');
});
