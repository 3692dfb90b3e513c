/** Routes of transit gateways as repairs: of two VPCs that should not meet, or should and do not. */
import { expect, test } from 'vitest';
import { networkOf } from '../support/network.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { faultsOf, linesOf, repaired } from './helped.ts';

const hub = (...routes: readonly string[]): Change => ({
  vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
  subnets: [
    { id: 'subnet-s1', table: 'rtb-s1' },
    { id: 'subnet-b', vpc: 'vpc-b', cidrs: ['10.1.1.0/24'], zone: 'az1' },
  ],
  acls: [
    { id: 'acl-b', vpc: 'vpc-b', default: true, in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] },
  ],
  groups: [{ id: 'sg-b', vpc: 'vpc-b', in: ['all 0.0.0.0/0'], out: ['all 0.0.0.0/0'] }],
  interfaces: [{ id: 'eni-b', subnet: 'subnet-b', ips: ['10.1.1.10'], groups: ['sg-b'] }],
  tables: [
    { id: 'rtb-s1', routes: ['10.1.0.0/16 tgw-1'] },
    { id: 'rtb-b', vpc: 'vpc-b', main: true, routes: ['10.0.0.0/16 tgw-1'] },
  ],
  tgws: [{ id: 'tgw-1' }],
  attachments: [
    { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-1' },
    { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-1' },
  ],
  transitTables: [{ id: 'tgw-rtb-1', gateway: 'tgw-1', routes: ['10.0.0.0/16 tgw-attach-a', ...routes] }],
});

async function setsFor(change: Change, property: string): Promise<readonly (readonly string[])[]> {
  const network = networkOf(world(change));
  const text = `version: 1\nproperties:\n  - { id: it, ${property} }\n`;
  const document = await repaired(network, text, { wanted: 12 });
  const [result] = document.results;
  expect(await faultsOf(network, text, document, result!)).toEqual([]);
  return linesOf(result!.repairs!);
}

const apart = 'forbid: { from: eni-i1, to: eni-b }';
const together = 'require: { from: eni-i1, to: eni-b, traffic: tcp/443 }';

test('a blackhole hides what is propagated', async () => {
  const sets = await setsFor(hub('10.1.0.0/16 tgw-attach-b propagated'), apart);
  expect(sets).toContainEqual(['tgw-rtb-1 route 10.1.0.0/16 -> blackhole']);
  // A wider one would decide nothing.
  expect(sets).not.toContainEqual(['tgw-rtb-1 route 10.0.0.0/8 -> blackhole']);
});

test('a static route goes, where nothing could come back', async () => {
  const route = '10.1.0.0/20 tgw-attach-b';
  expect(await setsFor(hub(route), apart)).toContainEqual(['tgw-rtb-1 route remove 10.1.0.0/20']);
  // Whether the VPC propagates its own block is not told, so that the proof fails.
  expect(await setsFor(hub('10.1.0.0/16 tgw-attach-b'), apart)).not.toContainEqual([
    'tgw-rtb-1 route remove 10.1.0.0/16',
  ]);
});

test('a route that is missing', async () => {
  expect(await setsFor(hub(), together)).toContainEqual(['tgw-rtb-1 route 10.1.0.0/16 -> tgw-attach-b']);
});

test('a blackhole in the way is passed by, or leads on', async () => {
  const wide = await setsFor(hub('10.0.0.0/8 blackhole'), together);
  expect(wide).toContainEqual(['tgw-rtb-1 route 10.1.0.0/16 -> tgw-attach-b']);
  const own = await setsFor(hub('10.1.0.0/16 blackhole'), together);
  expect(own).toContainEqual(['tgw-rtb-1 route 10.1.0.0/16 -> tgw-attach-b']);
});
