import { describe, expect, test } from 'vitest';
import { isUnread } from '../../src/network/resource.ts';
import { changed, type Change, type Spec } from '../support/spec.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';
import { becomes, changesOf, editNetwork, mistake } from './edited.ts';

/** Two VPCs and a firewall at one gateway, a third at another; `more` beside them. */
const hub = (more: Change, ...routes: readonly string[]): Spec =>
  changed(
    world({
      vpcs: [
        { id: 'vpc-b', cidrs: ['10.1.0.0/16', '10.2.0.0/16'] },
        { id: 'vpc-c', cidrs: ['10.3.0.0/16'] },
      ],
      subnets: [
        { id: 'subnet-b', vpc: 'vpc-b', cidrs: ['10.1.1.0/24'], zone: 'az1' },
        { id: 'subnet-c', vpc: 'vpc-c', cidrs: ['10.3.1.0/24'], zone: 'az1' },
      ],
      acls: ['b', 'c'].map((v) => ({ id: `acl-${v}`, vpc: `vpc-${v}`, default: true, in: [], out: [] })),
      tables: ['b', 'c'].map((v) => ({ id: `rtb-${v}`, vpc: `vpc-${v}`, main: true, routes: [] })),
      tgws: [{ id: 'tgw-1' }, { id: 'tgw-2' }],
      attachments: [
        { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-1' },
        { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-1' },
        { id: 'tgw-attach-c', gateway: 'tgw-2', to: 'vpc-c', subnets: ['subnet-c'], table: 'tgw-rtb-2' },
      ],
      transitTables: [
        { id: 'tgw-rtb-1', gateway: 'tgw-1', routes },
        { id: 'tgw-rtb-2', gateway: 'tgw-2', routes: [] },
      ],
    }),
    more,
  );

const with1 = (...routes: readonly string[]): Spec => hub({}, ...routes);

describe('a static route comes and goes', () => {
  test.each(['10.8.0.0/16 tgw-attach-b', '0.0.0.0/0 tgw-attach-a', '10.0.0.0/8 blackhole', '::/0 blackhole'])(
    '%s',
    (line) => {
      const [block, target] = line.split(' ');
      const edits = becomes(with1(), [`tgw-rtb-1 route ${block} -> ${target}`], with1(line));
      expect(changesOf(edits)).toEqual([`tgw-rtb-1 route:  => ${block} -> ${target}`]);
      becomes(with1(line), [`tgw-rtb-1 route remove ${block}`], with1());
    },
  );

  test('one that is there leads elsewhere, what was a blackhole too', () => {
    const line = 'tgw-rtb-1 route 10.8.0.0/16 ->';
    const edits = becomes(
      with1('10.8.0.0/16 tgw-attach-a'),
      [`${line} tgw-attach-b`],
      with1('10.8.0.0/16 tgw-attach-b'),
    );
    expect(changesOf(edits)).toEqual(['tgw-rtb-1 route: 10.8.0.0/16 -> tgw-attach-a => 10.8.0.0/16 -> tgw-attach-b']);
    becomes(with1('10.8.0.0/16 blackhole'), [`${line} tgw-attach-b`], with1('10.8.0.0/16 tgw-attach-b'));
    becomes(with1('10.8.0.0/16 tgw-attach-b'), [`${line} blackhole`], with1('10.8.0.0/16 blackhole'));
  });

  test('in several tables; those that have it already are told', () => {
    const after = networkOf(with1('10.8.0.0/16 blackhole'));
    const { edits } = editNetwork(after, 'tgw-rtb-1,tgw-rtb-2 route 10.8.0.0/16 -> blackhole');
    expect(edits[0]!.notes).toEqual(['`tgw-rtb-1` has the route 10.8.0.0/16 -> blackhole already.']);
  });

  test('of a peering connection, the side at the gateway of the table', () => {
    const peers: Change = {
      attachments: [
        { id: 'tgw-attach-p', gateway: 'tgw-1', to: 'tgw-2' },
        { id: 'tgw-attach-p@tgw-2', gateway: 'tgw-2', to: 'tgw-1' },
      ],
    };
    const { network } = editNetwork(networkOf(hub(peers)), 'tgw-rtb-2 route 10.0.0.0/16 -> tgw-attach-p');
    expect(network.transitGatewayRouteTables.get('tgw-rtb-2')!.routes).toMatchObject([
      { attachments: ['tgw-attach-p@tgw-2'], state: 'active' },
    ]);
    // Nothing is propagated by a peer, so that nothing comes back.
    const again = editNetwork(network, 'tgw-rtb-2 route remove 10.0.0.0/16').network;
    expect(again.transitGatewayRouteTables.get('tgw-rtb-2')).toEqual(
      networkOf(hub(peers)).transitGatewayRouteTables.get('tgw-rtb-2'),
    );
  });
});

/** The table's routes, and what it may have learnt, after the edit. */
function left(spec: Spec, line: string) {
  const { network, edits } = editNetwork(networkOf(spec), line);
  const { routes, learns } = network.transitGatewayRouteTables.get('tgw-rtb-1')!;
  return { routes: isUnread(routes) ? [] : routes, learns, notes: edits[0]!.notes };
}

describe('what a static route hides comes back with its end', () => {
  test('a propagated route of the same block that an answer shows', () => {
    const propagated = '10.1.0.0/16 tgw-attach-b propagated';
    becomes(
      with1(propagated),
      ['tgw-rtb-1 route 10.1.0.0/16 -> blackhole'],
      with1(propagated, '10.1.0.0/16 blackhole'),
    );
    const edits = becomes(
      with1(propagated, '10.1.0.0/16 blackhole'),
      ['tgw-rtb-1 route remove 10.1.0.0/16'],
      with1(propagated),
    );
    expect(edits[0]!.notes).toEqual([
      '10.1.0.0/16 -> tgw-attach-b, which is propagated, is no longer hidden in `tgw-rtb-1`.',
    ]);
  });

  test('that of a VPC of which another block is propagated, for all are', () => {
    const other = '10.2.0.0/16 tgw-attach-b propagated';
    const edits = becomes(
      with1(other, '10.1.0.0/16 blackhole'),
      ['tgw-rtb-1 route remove 10.1.0.0/16'],
      with1(other, '10.1.0.0/16 tgw-attach-b propagated'),
    );
    expect(changesOf(edits)).toEqual([
      'tgw-rtb-1 route: 10.1.0.0/16 -> blackhole => ',
      'tgw-rtb-1 route:  => 10.1.0.0/16 -> tgw-attach-b',
    ]);
  });

  test('none of a VPC of which another block is not', () => {
    becomes(with1('10.1.0.0/16 blackhole'), ['tgw-rtb-1 route remove 10.1.0.0/16'], with1());
  });

  test('where that is not told, it is an unknown', () => {
    const { routes, learns, notes } = left(with1('10.0.0.0/16 blackhole'), 'tgw-rtb-1 route remove 10.0.0.0/16');
    expect(routes).toEqual([]);
    expect(learns).toEqual({ unread: 'search-transit-gateway-routes', subject: 'tgw-rtb-1', from: ['tgw-attach-a'] });
    expect(notes).toEqual([expect.stringMatching(/^Whether `tgw-attach-a` propagates 10\.0\.0\.0\/16 .* is not told/)]);
    // Both blocks of a VPC may be hidden.
    const both = with1('10.1.0.0/16 blackhole', '10.2.0.0/16 blackhole');
    expect(left(both, 'tgw-rtb-1 route remove 10.1.0.0/16').learns?.from).toEqual(['tgw-attach-b']);
    const listed = hub(
      { lists: [{ id: 'pl-1', entries: ['10.2.0.0/16'] }] },
      '10.1.0.0/16 blackhole',
      'pl-1 tgw-attach-a',
    );
    expect(left(listed, 'tgw-rtb-1 route remove 10.1.0.0/16').learns?.from).toEqual(['tgw-attach-b']);
  });

  test.each([
    ['BGP may bring any', { vpns: [{ id: 'vpn-1', gateway: 'tgw-1' }] }, 'vpn-1', true],
    ['a connection without BGP brings none', { vpns: [{ id: 'vpn-1', gateway: 'tgw-1', routes: [] }] }, 'vpn-1', false],
    ['nor does a firewall', {}, 'network-function', false],
    ['but a Connect attachment does', {}, 'connect', true],
  ] as const)('%s', (_, change, to, brings) => {
    const line = { id: 'tgw-attach-x', gateway: 'tgw-1', to };
    const spec = hub({ ...change, attachments: [line] }, '0.0.0.0/0 tgw-attach-a');
    const { learns } = left(spec, 'tgw-rtb-1 route remove 0.0.0.0/0');
    expect(learns?.from).toEqual(brings ? ['tgw-attach-x'] : undefined);
  });

  test('of VPCs that overlap, which one it is is not told, and that is refused', () => {
    const twin: Change = {
      vpcs: [{ id: 'vpc-c', cidrs: ['10.0.0.0/16'] }],
      subnets: [{ id: 'subnet-c', vpc: 'vpc-c', cidrs: ['10.0.1.0/24'], zone: 'az1' }],
      attachments: [{ id: 'tgw-attach-c', gateway: 'tgw-1', to: 'vpc-c', subnets: ['subnet-c'], table: 'tgw-rtb-1' }],
    };
    expect(mistake(hub(twin, '10.0.0.0/16 blackhole'), 'tgw-rtb-1 route remove 10.0.0.0/16')).toMatchObject({
      code: 'not-read',
      place: '1:24',
    });
  });
});

describe('routes that an answer shows of a prefix list', () => {
  const spec = hub(
    { lists: [{ id: 'pl-1', entries: ['10.8.0.0/16', '10.9.0.0/16'] }] },
    '10.8.0.0/16 tgw-attach-b',
    '10.9.0.0/16 tgw-attach-a',
    '10.7.0.0/16 tgw-attach-a',
  );
  const read = networkOf(spec);
  const table = read.transitGatewayRouteTables.get('tgw-rtb-1')!;
  const routes = isUnread(table.routes) ? [] : table.routes;
  // As the reader has it of the PrefixListId of one route.
  const listed = routes.map((one) => (one.attachments[0] === 'tgw-attach-b' ? { ...one, list: 'pl-1' } : one));
  const network = {
    ...read,
    transitGatewayRouteTables: new Map(read.transitGatewayRouteTables).set(table.id, { ...table, routes: listed }),
  };

  test.each(['tgw-rtb-1 route remove 10.8.0.0/16', 'tgw-rtb-1 route 10.8.0.0/16 -> blackhole'])(
    'are none to edit: %s',
    (line) => {
      expect(mistake(network, line)).toMatchObject({ code: 'not-static' });
    },
  );

  test('come back where a static one hid them, and only for blocks of the list', () => {
    const edited = editNetwork(network, 'tgw-rtb-1 route remove 10.9.0.0/16', 'tgw-rtb-1 route remove 10.7.0.0/16');
    expect(edited.network.transitGatewayRouteTables.get('tgw-rtb-1')!.routes).toMatchObject([
      { attachments: ['tgw-attach-b'], list: 'pl-1' },
      { destination: { prefix: { base: BigInt(0x0a_09_00_00) } }, attachments: ['tgw-attach-b'], list: 'pl-1' },
    ]);
  });
});

describe('what AWS refuses is a mistake', () => {
  const more: Change = {
    attachments: [{ id: 'tgw-attach-x', gateway: 'tgw-1', to: 'connect', table: 'tgw-rtb-3' }],
    transitTables: [{ id: 'tgw-rtb-3', gateway: 'tgw-1' }],
    lists: [{ id: 'pl-1', entries: ['10.8.0.0/16'] }],
  };
  const spec = hub(more, '10.8.0.0/16 tgw-attach-b', '10.1.0.0/16 tgw-attach-b propagated');
  test.each([
    ['tgw-rtb-1 route 10.8.0.0/16 -> tgw-attach-b', 'changes-nothing', '1:32'],
    ['tgw-rtb-1 route 10.8.0.0/16 -> tgw-attach-c', 'not-attached', '1:32'],
    ['tgw-rtb-1 route 10.8.0.0/16 -> tgw-attach-x', 'invalid-route', '1:32'],
    ['tgw-rtb-1 route 10.8.0.0/16 -> tgw-1', 'wrong-kind', '1:32'],
    ['tgw-rtb-1 route 10.8.0.0/16 -> local', 'no-match', '1:32'],
    ['tgw-rtb-1 route pl-1 -> tgw-attach-a', 'invalid-route', '1:17'],
    ['tgw-rtb-3 route 10.8.0.0/16 -> tgw-attach-a', 'not-read', '1:1'],
    ['tgw-rtb-3 route remove 10.8.0.0/16', 'not-read', '1:1'],
    ['tgw-rtb-9 route 10.8.0.0/16 -> blackhole', 'no-match', '1:1'],
    ['tgw-rtb-1,rtb-s1 route remove 10.8.0.0/16', 'ambiguous', '1:1'],
    ['tgw-rtb-1 route remove 10.1.0.0/16', 'not-static', '1:24'],
    ['tgw-rtb-1 route remove 10.7.0.0/16', 'changes-nothing', '1:24'],
    ['rtb-s1 route 10.8.0.0/16 -> blackhole', 'no-match', '1:29'],
    ['rtb-s1 route 10.8.0.0/16 -> tgw-attach-a', 'wrong-kind', '1:29'],
  ])('%s (%s)', (line, code, place) => {
    expect(mistake(spec, line)).toMatchObject({ code, place, file: '--set' });
  });
});

test('the routes of a core network are those of its policy', () => {
  const id = 'core-network-1/prod/us-east-1';
  const read = networkOf(with1('10.8.0.0/16 blackhole'));
  const segment = {
    ...read.transitGatewayRouteTables.get('tgw-rtb-2')!,
    id,
    kind: 'core-network-route-table' as const,
  };
  const network = {
    ...read,
    transitGatewayRouteTables: new Map(read.transitGatewayRouteTables).set(id, segment),
  };
  for (const line of [`${id} route 10.8.0.0/16 -> blackhole`, `${id},tgw-rtb-1 route remove 10.8.0.0/16`])
    expect(mistake(network, line)).toMatchObject({
      code: 'wrong-kind',
      place: '1:1',
      hint: expect.stringContaining('policy') as unknown,
    });
});
