import { expect, test } from 'vitest';
import { world, world6 } from '../support/world.ts';
import type { Change } from '../support/spec.ts';
import { networkOf } from '../support/network.ts';
import { becomes, changesOf, editNetwork, mistake } from './edited.ts';

const pub = (...routes: readonly string[]): Change => ({ tables: [{ id: 'rtb-pub', routes }] });

test('a detached internet gateway leaves its routes as blackholes', () => {
  const edits = becomes(
    world(),
    ['igw-a detach'],
    world({ igws: [{ gone: 'igw-a' }] }, { igws: [{ id: 'igw-a' }] }, pub('0.0.0.0/0 igw-a blackhole')),
  );
  expect(changesOf(edits)).toEqual([
    'igw-a attachment: vpc-a => ',
    'rtb-pub route: 0.0.0.0/0 -> igw-a => 0.0.0.0/0 -> igw-a (blackhole)',
  ]);
  expect(
    mistake(world({ igws: [{ gone: 'igw-a' }] }, { igws: [{ id: 'igw-a' }] }, pub()), 'igw-a detach'),
  ).toMatchObject({
    code: 'changes-nothing',
  });
});

test('that AWS would ask to release public addresses first is told', () => {
  const mapped = world({ interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.7'] }] });
  expect(editNetwork(networkOf(mapped), 'igw-a detach').edits[0]!.notes).toEqual([
    'AWS detaches `igw-a` only when no public address is mapped in `vpc-a`.',
  ]);
  const edits = becomes(
    world({ interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.7'] }] }),
    ['eni-i1 public remove all', 'igw-a detach'],
    world({ igws: [{ gone: 'igw-a' }] }, { igws: [{ id: 'igw-a' }] }, pub('0.0.0.0/0 igw-a blackhole')),
  );
  expect(edits.flatMap(({ notes }) => notes)).toEqual([]);
});

test('an egress-only gateway goes the same way', () => {
  const egress: Change = {
    eigws: [{ id: 'eigw-a', vpc: 'vpc-a' }],
    tables: [{ id: 'rtb-s1', routes: ['::/0 eigw-a'] }],
  };
  const edits = becomes(
    world6(egress),
    ['eigw-a detach', 'rtb-s1 route remove ::/0'],
    world6(egress, {
      tables: [{ id: 'rtb-s1', routes: [] }],
      eigws: [{ id: 'eigw-a', vpc: undefined as unknown as string }],
    }),
  );
  expect(changesOf(edits)).toContain('rtb-s1 route: ::/0 -> eigw-a => ::/0 -> eigw-a (blackhole)');
});

test('with a virtual private gateway go the routes that it propagated; static ones stay as blackholes', () => {
  const vgw = (attached: boolean, ...routes: readonly string[]): Change => ({
    vgws: [{ id: 'vgw-1', ...(attached ? { vpc: 'vpc-a' } : {}) }],
    vpns: [{ id: 'vpn-1', gateway: 'vgw-1', routes: ['10.9.0.0/16'] }],
    tables: [{ id: 'rtb-s1', routes }],
  });
  becomes(
    world(vgw(true, '10.9.0.0/16 vgw-1 propagated', '10.8.0.0/16 vgw-1')),
    ['vgw-1 detach'],
    world(vgw(false, '10.8.0.0/16 vgw-1 blackhole')),
  );
});

const far: Change = {
  vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
  subnets: [{ id: 'subnet-b', vpc: 'vpc-b', cidrs: ['10.1.1.0/24'], zone: 'az1' }],
  acls: [{ id: 'acl-b', vpc: 'vpc-b', default: true, in: [], out: [] }],
};

test('of a deleted peering connection blackholes are left, on both sides', () => {
  const routes = (state: string): Change => ({
    tables: [
      { id: 'rtb-s1', routes: [`10.1.0.0/16 pcx-1${state}`] },
      { id: 'rtb-b', vpc: 'vpc-b', main: true, routes: [`10.0.0.0/16 pcx-1${state}`] },
    ],
  });
  becomes(
    world(far, routes(''), { opaque: [{ id: 'pcx-1', vpcs: ['vpc-a', 'vpc-b'] }] }),
    ['pcx-1 detach'],
    world(far, routes(' blackhole')),
  );
});

const transit = (
  attached: boolean,
  a: readonly string[],
  b: readonly string[],
  tgw: readonly string[],
  more: Change = {},
) =>
  world(
    far,
    {
      tgws: [{ id: 'tgw-1' }],
      attachments: [
        { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1', 'subnet-s2'], table: 'tgw-rtb-1' },
        ...(attached
          ? [{ id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-1' }]
          : []),
      ],
      transitTables: [{ id: 'tgw-rtb-1', gateway: 'tgw-1', routes: tgw }],
      tables: [
        { id: 'rtb-s1', routes: a },
        { id: 'rtb-b', vpc: 'vpc-b', main: true, routes: b },
      ],
    },
    more,
  );

test('with an attachment go its interfaces and propagated routes; static routes and those of its VPC are blackholes', () => {
  const edits = becomes(
    transit(
      true,
      ['10.1.0.0/16 tgw-1'],
      ['10.0.0.0/16 tgw-1'],
      ['10.0.0.0/16 tgw-attach-a propagated', '10.1.0.0/16 tgw-attach-b propagated', '10.2.0.0/16 tgw-attach-b'],
    ),
    ['tgw-attach-b detach'],
    transit(
      false,
      ['10.1.0.0/16 tgw-1'],
      ['10.0.0.0/16 tgw-1 blackhole'],
      ['10.0.0.0/16 tgw-attach-a propagated', '10.2.0.0/16 blackhole'],
    ),
  );
  expect(changesOf(edits)).toContain('tgw-rtb-1 route: 10.2.0.0/16 -> tgw-attach-b => 10.2.0.0/16 -> blackhole');
});

test('what is no gateway cannot be detached', () => {
  expect(mistake(world(), 'eni-i1 detach')).toMatchObject({ code: 'wrong-kind' });
});
