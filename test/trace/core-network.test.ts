import { expect, test } from 'vitest';
import type { Network } from '../../src/network/network.ts';
import { unreadKey } from '../../src/network/resource.ts';
import { passes } from '../../src/network/unknown.ts';
import { changed, toB } from './transit-pair.ts';
import { type Ask, send, verdict, world } from './world.ts';

const table = 'core-network-1/prod/us-east-1';
const learns = {
  unread: 'networkmanager get-network-routes',
  subject: table,
  from: ['tgw-attach-v', 'tgw-attach-b'],
} as const;
const learnt = unreadKey(learns);
const kept = passes(table);

/** The pair behind a core network whose table may have learnt more than these routes. */
function core(...lines: readonly string[]): Network {
  const network = world(
    changed({
      attachments: {
        'tgw-attach-v': { to: 'vpn-1', table: 'tgw-rtb-1' },
        'tgw-attach-c': { to: 'vpn-2', table: 'tgw-rtb-1' },
      },
      vpns: { 'vpn-1': { gateway: 'tgw-1', up: true }, 'vpn-2': { gateway: 'tgw-1', up: true } },
      transitTables: { 'tgw-rtb-1': lines },
    }),
  );
  const gateway = network.transitGateways.get('tgw-1')!;
  const own = network.transitGatewayRouteTables.get('tgw-rtb-1')!;
  return {
    ...network,
    transitGateways: new Map([['tgw-1', { ...gateway, kind: 'core-network' }]]),
    transitGatewayAttachments: new Map(
      [...network.transitGatewayAttachments].map(([id, one]) => [
        id,
        { ...one, kind: 'core-network-attachment', routeTable: table },
      ]),
    ),
    transitGatewayRouteTables: new Map([[table, { ...own, id: table, kind: 'core-network-route-table', learns }]]),
  };
}

/** Where the table leads the packet to B, by the route that it says so. */
const led = (network: Network, ask: Ask = {}): string =>
  send(network, 'eni-1', toB, { mode: 'packet', ...ask })
    .hops.filter(({ resource }) => resource === table)
    .map((hop) => `${hop.kind}: ${hop.rule ?? hop.action}`)
    .join(', ');

const by = (rule: string): string => `core-network-route-table: ${rule}`;
const named = (attachment: string, ...sides: readonly string[]): Ask => ({
  sides,
  equals: { [`${table} forward`]: attachment },
});

test('a table that has learnt nothing goes by its routes alone', () => {
  const network = core('10.1.0.0/16 tgw-attach-c');
  expect(led(network)).toBe(by('10.1.0.0/16 -> tgw-attach-c'));
  expect(led(network, named('tgw-attach-b'))).toBe(by('10.1.0.0/16 -> tgw-attach-c'));
  expect(led(network, named('tgw-attach-b', kept))).toBe(by('10.1.0.0/16 -> tgw-attach-c'));
  expect(led(core(), named('tgw-attach-b', kept))).toBe(by('drop'));
});

test('a table that has learnt something goes by what it learnt, whatever the route that wins', () => {
  for (const line of ['10.1.0.0/16 tgw-attach-c', '10.1.0.0/16 blackhole', '10.9.0.0/16 tgw-attach-c']) {
    expect(led(core(line), { sides: [learnt] })).toBe(by('learnt -> tgw-attach-v'));
    expect(led(core(line), named('tgw-attach-b', learnt))).toBe(by('learnt -> tgw-attach-b'));
    expect(led(core(line), named('tgw-attach-b', learnt, kept))).toBe(by('learnt -> tgw-attach-b'));
  }
});

test('a table that has learnt something goes by its own routes only where it is taken to', () => {
  const network = core('10.1.0.0/16 tgw-attach-c');
  const routed = by('10.1.0.0/16 -> tgw-attach-c');
  expect(led(network, named('tgw-attach-c', learnt, kept))).toBe(routed);
  expect(led(network, { sides: [learnt, kept] })).toBe(routed);
  expect(led(network, named('tgw-attach-c', learnt))).not.toBe(routed);
  expect(led(network, { sides: [learnt], not: [kept] })).not.toBe(routed);
});

test('no route, and no blackhole, is what a table that has learnt something may go by', () => {
  for (const lines of [[], ['10.1.0.0/16 blackhole']])
    expect(led(core(...lines), { sides: [learnt, kept] })).toBe(by('learnt -> tgw-attach-v'));
});

test('a flow and its reply may come by what was learnt, and by a route', () => {
  const network = core('10.0.0.0/16 tgw-attach-a');
  const equals = { [`${table} forward`]: 'tgw-attach-b', [`${table} return`]: 'tgw-attach-a' };
  expect(verdict(send(network, 'eni-1', toB, { sides: [learnt, kept], equals }))).toBe('eni-b');
  expect(verdict(send(network, 'eni-1', toB, { sides: [learnt], equals }))).not.toBe('eni-b');
});
