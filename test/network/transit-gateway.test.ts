/** Transit gateways and VPN lines among the things of a network: named by selectors, shown in the topology. */
import { expect, test } from 'vitest';
import { resourcesOf } from '../../src/network/network.ts';
import { matchSelector } from '../../src/network/selector-match.ts';
import { parseSelector } from '../../src/network/selector.ts';
import { topologyOf } from '../../src/network/topology.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';

const net = networkOf(
  world({
    vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
    subnets: [{ id: 'subnet-b', vpc: 'vpc-b', cidrs: ['10.1.1.0/24'], zone: 'az1', table: 'rtb-b' }],
    tables: [{ id: 'rtb-b', vpc: 'vpc-b', main: true, routes: ['10.0.0.0/16 tgw-1'] }],
    acls: [{ id: 'acl-b', vpc: 'vpc-b', default: true, in: [], out: [] }],
    lists: [{ id: 'pl-1', entries: ['10.7.0.0/16'] }],
    tgws: [{ id: 'tgw-1' }, { id: 'tgw-2' }],
    attachments: [
      { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-1' },
      { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-1' },
      { id: 'tgw-attach-v', gateway: 'tgw-1', to: 'vpn-1', table: 'tgw-rtb-1' },
      { id: 'tgw-attach-p', gateway: 'tgw-1', to: 'tgw-2' },
    ],
    transitTables: [
      {
        id: 'tgw-rtb-1',
        gateway: 'tgw-1',
        routes: ['10.1.0.0/16 tgw-attach-b propagated', '0.0.0.0/0 tgw-attach-v+tgw-attach-p', 'pl-1 blackhole'],
      },
    ],
    vgws: [{ id: 'vgw-1', vpc: 'vpc-b' }],
    vpns: [
      { id: 'vpn-1', gateway: 'tgw-1' },
      { id: 'vpn-2', gateway: 'vgw-1', routes: ['192.168.0.0/16'] },
    ],
  }),
);

const named = (text: string): readonly string[] => {
  const selector = parseSelector(text);
  const found = selector.ok ? matchSelector(net, selector.value) : selector;
  return found.ok ? found.value.flatMap(({ resources }) => resources.map(({ id }) => id)) : [];
};

test.each<[string, readonly string[]]>([
  ['tgw-attach-a', ['tgw-attach-a']],
  ['tgw-rtb-1', ['tgw-rtb-1']],
  ['vpn-2', ['vpn-2']],
  ['tgw:*', ['tgw-1', 'tgw-2']],
  ['transit-gateway-attachment:*', ['tgw-attach-a', 'tgw-attach-b', 'tgw-attach-v', 'tgw-attach-p']],
  ['transit-gateway-route-table:*', ['tgw-rtb-1']],
  ['vpn-connection:*', ['vpn-1', 'vpn-2']],
  ['vgw:*', ['vgw-1']],
])('%s names each of them once', (text, ids) => {
  expect(named(text)).toEqual(ids);
});

test('a modelled gateway is one resource', () => {
  const ids = [...resourcesOf(net)].map(({ id }) => id);
  expect(net.opaqueGateways.has('tgw-1') || net.opaqueGateways.has('vgw-1')).toBe(false);
  expect(new Set(ids).size).toBe(ids.length);
});

test('attachments hang between their gateway and its subnets or peer, connections at their gateway', () => {
  const { places, edges } = topologyOf(net, new Set(['tgw-attach-a', 'tgw-attach-p', 'tgw-rtb-1', 'vpn-2']));
  const parents = new Map(places.map(({ id, parent }) => [id, parent]));
  expect(parents.get('tgw-attach-a')).toBe('tgw-1');
  expect(parents.get('tgw-rtb-1')).toBe('tgw-1');
  expect(parents.get('vgw-1')).toBe('vpc-b');
  expect(parents.has('tgw-attach-b')).toBe(false);
  for (const [from, to] of [
    ['tgw-1', 'vpc-a'],
    ['tgw-attach-a', 'subnet-s1'],
    ['tgw-attach-p', 'tgw-2'],
    ['vpn-2', 'vgw-1'],
  ])
    expect(edges).toContainEqual({ from, to, kind: 'attachment' });
});
