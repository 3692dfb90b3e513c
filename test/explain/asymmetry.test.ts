/** Replies that come back by another way than the packet went out. */
import { expect, test } from 'vitest';
import type { AskRequest } from '../../src/index.ts';
import { vpcB } from '../hostile/parts.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { asked } from './asked.ts';

/** A and B are peered, and attached to one transit gateway; B answers by `back`. */
const joined = (back: string): Change => ({
  opaque: [{ id: 'pcx-ab', vpcs: ['vpc-a', 'vpc-b'] }],
  tgws: [{ id: 'tgw-1' }],
  attachments: [
    { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-1' },
    { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-1' },
  ],
  transitTables: [
    {
      id: 'tgw-rtb-1',
      gateway: 'tgw-1',
      routes: ['10.0.0.0/16 tgw-attach-a propagated', '10.1.0.0/16 tgw-attach-b propagated'],
    },
  ],
  tables: [
    { id: 'rtb-s1', routes: ['10.1.0.0/16 pcx-ab'] },
    { id: 'rtb-b', routes: [`10.0.0.0/16 ${back}`] },
  ],
});

const ask: AskRequest = { from: 'eni-i1', to: 'eni-b', proto: 'tcp', port: '443' };

test('a reply by another gateway is named, with both ways', async () => {
  const { verdict, notes } = await asked(world(vpcB, joined('tgw-1')), ask);
  expect(verdict).toBe('reachable');
  expect(notes).toEqual(['The reply takes another way: out by `pcx-ab`, back by `tgw-attach-b`, `tgw-attach-a`.']);
});

test('one by the same way is not', async () => {
  expect(await asked(world(vpcB, joined('pcx-ab')), ask)).toMatchObject({ verdict: 'reachable', notes: [] });
});

test('where no reply is asked for, nothing is said of its way', async () => {
  const { notes } = await asked(world(vpcB, joined('tgw-1')), { ...ask, mode: 'packet' });
  expect(notes).toEqual([]);
});
