import { expect, test } from 'vitest';
import { changed, home, sent, toB } from './transit-pair.ts';
import { type Words, send, verdict, world } from './world.ts';

/** A and B as before, and two lines on premises: a VPN connection, and a Direct Connect gateway. */
const lines = (vpn: object = {}, state?: string): Words => ({
  attachments: {
    'tgw-attach-v': { to: 'vpn-1', table: 'tgw-rtb-1', ...(state === undefined ? {} : { state }) },
    'tgw-attach-d': { to: 'dxgw-1', table: 'tgw-rtb-1' },
  },
  vpns: { 'vpn-1': { gateway: 'tgw-1', ...vpn } },
  transitTables: {
    'tgw-rtb-1': [
      home,
      '10.1.0.0/16 tgw-attach-b',
      '192.168.0.0/16 tgw-attach-v',
      '172.16.0.0/12 tgw-attach-d propagated',
    ],
  },
  tables: { 'rtb-a': ['0.0.0.0/0 tgw-1'], 'rtb-b': ['0.0.0.0/0 tgw-1'] },
});
const out = 'tcp 10.0.1.5:40000 -> 192.168.0.9:443';
const back = 'tcp 192.168.0.9:40000 -> 10.0.1.5:443';
const enters = 'tgw-attach-v';

test('a VPN connection and a Direct Connect gateway lead on premises, and the answer comes by the same line', () => {
  const result = send(world(changed(lines())), 'eni-1', out);
  expect(verdict(result)).toBe('onprem');
  expect(result.hops.slice(-3).map(({ resource }) => resource)).toEqual(['tgw-attach-v', 'vpn-1', 'on-premises']);
  expect(result.returnHops?.slice(0, 3).map(({ resource }) => resource)).toEqual([
    'on-premises',
    'vpn-1',
    'tgw-attach-v',
  ]);
  expect(sent(lines(), 'eni-1', 'tcp 10.0.1.5:40000 -> 172.16.0.9:443')).toBe('onprem');
});

test('a flow from on premises comes in by the line that is chosen, and goes home by whatever line', () => {
  expect(sent(lines(), 'onprem', back, { enters })).toBe('eni-1');
  expect(sent(lines(), 'onprem', back, { enters: 'tgw-attach-d' })).toBe('eni-1');
  expect(sent(lines(), 'onprem', back)).toMatch(/^denied: on-premises/);
  expect(sent(lines(), 'internet', back, { enters })).toMatch(/^denied/);
  expect(sent(lines(), 'onprem', 'tcp 1.2.3.4:40000 -> 10.0.1.5:443', { enters })).toBe(
    'eni-1, no reply: reply transit-gateway-route-table tgw-rtb-1 TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT',
  );
});

test('a connection carries nothing while it or all its tunnels are down, unless they are taken to be up', () => {
  for (const [words, key, code] of [
    [lines({ state: 'pending' }), 'up:vpn-1', 'vpn-connection vpn-1 BAD_STATE_VPN'],
    [lines({ up: false }), 'up:vpn-1', 'vpn-connection vpn-1 TGW_BAD_STATE_VPN'],
    [lines({}, 'pending'), 'up:tgw-attach-v', 'transit-gateway-attachment tgw-attach-v BAD_STATE_ATTACHMENT'],
  ] as const) {
    expect(sent(words, 'eni-1', out)).toBe(`denied: ${code}`);
    expect(sent(words, 'onprem', back, { enters })).toBe(`denied: ${code}`);
    expect(sent(words, 'eni-1', out, { sides: [key] })).toBe('onprem');
    expect(sent(words, 'onprem', back, { enters, sides: [key] })).toBe('eni-1');
  }
  expect(sent(lines({ up: true }), 'eni-1', out)).toBe('onprem');
});

test('traffic selectors name addresses of each side, whichever way the packet goes', () => {
  const narrow = lines({ aws: ['10.0.1.0/24'], onPremises: ['192.168.0.0/24'] });
  const refused = 'denied: vpn-connection vpn-1';
  expect(sent(narrow, 'eni-1', out)).toBe('onprem');
  expect(sent(narrow, 'onprem', back, { enters })).toBe('eni-1');
  expect(sent(narrow, 'eni-2', 'tcp 10.0.2.5:40000 -> 192.168.0.9:443')).toBe(refused);
  expect(sent(narrow, 'eni-1', 'tcp 10.0.1.5:40000 -> 192.168.1.9:443')).toBe(refused);
  expect(sent(narrow, 'onprem', 'tcp 192.168.0.9:40000 -> 10.0.2.5:443', { enters })).toBe(refused);
  expect(sent(narrow, 'onprem', 'tcp 192.168.1.9:40000 -> 10.0.1.5:443', { enters })).toBe(refused);
});

test('a side of which no traffic selector is told has everything', () => {
  const half = lines({ aws: ['10.0.1.0/24'], onPremises: [] });
  expect(sent(half, 'eni-1', out)).toBe('onprem');
  expect(sent(half, 'eni-2', 'tcp 10.0.2.5:40000 -> 192.168.0.9:443')).toBe('denied: vpn-connection vpn-1');
});

test('on premises answers by another line only where it is taken to', () => {
  const down = lines();
  const by = (sides: readonly string[]) =>
    send(world(changed(down)), 'eni-1', out, { returnsBy: 'tgw-attach-d', sides }).returnHops?.map(
      ({ resource }) => resource,
    ) ?? [];
  expect(by([])).toContain('tgw-attach-v');
  expect(by([])).not.toContain('tgw-attach-d');
  expect(by(['returns:tgw-attach-d'])).toContain('tgw-attach-d');
  expect(by(['returns:tgw-attach-d'])).not.toContain('tgw-attach-v');
});

test('on premises sends on by another line only where it is taken to, and the reply finds its way back', () => {
  const apart: Words = {
    ...lines(),
    transitTables: {
      'tgw-rtb-1': [home, '10.1.0.0/16 tgw-attach-v'],
      'tgw-rtb-2': ['10.1.0.0/16 tgw-attach-b', '10.0.0.0/16 tgw-attach-d propagated'],
    },
    attachments: {
      ...lines().attachments,
      'tgw-attach-d': { to: 'dxgw-1', table: 'tgw-rtb-2' },
      'tgw-attach-b': { to: 'vpc-b', subnets: ['subnet-bt'], table: 'tgw-rtb-2' },
    },
  };
  const transits = 'tgw-attach-d';
  const sides = ['transit:onprem'];
  expect(sent(apart, 'eni-1', toB, { mode: 'packet' })).toBe('onprem');
  expect(sent(apart, 'eni-1', toB, { mode: 'packet', transits })).toBe('onprem');
  expect(sent(apart, 'eni-1', toB, { mode: 'packet', sides })).toBe('onprem');
  expect(sent(apart, 'eni-1', toB, { transits, sides })).toBe('eni-b');
  const otherWay = { transits, sides: [...sides, 'returns:tgw-attach-d'], returnsBy: 'tgw-attach-d' };
  expect(sent(apart, 'eni-1', toB, otherWay)).toBe('eni-b, no reply: reply direct-connect-gateway dxgw-1');
  expect(sent(apart, 'eni-1', toB, { mode: 'packet', transits: 'tgw-attach-v', sides })).toBe(
    'denied: vpn-connection vpn-1',
  );
  expect(sent(apart, 'eni-1', toB, { mode: 'packet', transits: 'tgw-attach-b', sides })).toBe('onprem');
});

test('on premises sends back by the line that the packet came by, where it is taken to', () => {
  const hairpin: Words = {
    ...lines(),
    transitTables: {
      'tgw-rtb-1': ['0.0.0.0/0 tgw-attach-v'],
      'tgw-rtb-2': [home, '10.1.0.0/16 tgw-attach-b'],
    },
    attachments: { 'tgw-attach-v': { to: 'vpn-1', table: 'tgw-rtb-2' } },
  };
  const transits = 'tgw-attach-v';
  expect(sent(hairpin, 'eni-1', toB, { mode: 'packet', transits })).toBe('onprem');
  expect(sent(hairpin, 'eni-1', toB, { transits, sides: ['transit:onprem'] })).toBe('eni-b');
});

test('what came from on premises and goes back there is delivered, and goes no further', () => {
  const text = 'tcp 172.16.0.9:40000 -> 192.168.0.9:443';
  const ask = { enters: 'tgw-attach-d', transits: 'tgw-attach-d', sides: ['transit:onprem'] };
  expect(sent(lines(), 'onprem', text, ask)).toBe('onprem');
});

test('on premises reaches the internet by a NAT gateway of a VPC', () => {
  const words: Words = {
    ...lines(),
    subnets: { 'subnet-nat': { cidrs: ['10.1.9.0/24'], vpc: 'vpc-b', zone: 'az1', table: 'rtb-nat' } },
    igws: { 'igw-b': { vpc: 'vpc-b' } },
    nats: { 'nat-b': { vpc: 'vpc-b', subnet: 'subnet-nat', ips: ['10.1.9.9=203.0.113.9'] } },
    tables: { 'rtb-bt': ['0.0.0.0/0 nat-b'], 'rtb-nat': ['0.0.0.0/0 igw-b', '192.168.0.0/16 tgw-1'] },
    transitTables: { 'tgw-rtb-1': ['0.0.0.0/0 tgw-attach-b', '192.168.0.0/16 tgw-attach-v'] },
  };
  expect(sent(words, 'onprem', 'tcp 192.168.0.9:40000 -> 8.8.8.8:443', { enters })).toBe('internet');
});
