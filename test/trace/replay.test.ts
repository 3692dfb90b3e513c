import { isDeepStrictEqual } from 'node:util';
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { ReplayResult } from '../../src/network/replay.ts';
import { type Words, send, world } from './world.ts';

const targets = ['igw-1', 'nat-1', 'fw-1', 'eni-r', 's3-1', 'eigw-1', 'tgw-1', 'local'];
const blocks = ['0.0.0.0/0', '::/0', '10.0.2.0/24', '10.0.1.0/24', '10.0.0.0/16', '64:ff9b::/96', 'pl-1'];
const route = fc.tuple(
  fc.constantFrom(...blocks),
  fc.constantFrom(...targets),
  fc.constantFrom('', 'propagated', 'blackhole'),
);
const routes = fc.array(
  route.map((words) => words.join(' ').trim()),
  { maxLength: 4 },
);
const traffic = ['all', 'tcp/443', 'tcp/1024-65535', 'udp', 'icmp', 'icmp/8/0', '47'];
const peers = ['0.0.0.0/0', '::/0', '10.0.0.0/16', '10.0.1.0/24', 'sg-a', 'sg-b', 'pl-1', 'sg-far unknown'];
const rules = fc.array(
  fc.tuple(fc.constantFrom(...traffic), fc.constantFrom(...peers)).map((words) => words.join(' ')),
  {
    maxLength: 3,
  },
);
const entries = fc.array(
  fc
    .tuple(
      fc.integer({ min: 1, max: 200 }),
      fc.constantFrom('allow', 'allow', 'deny'),
      fc.constantFrom(...traffic),
      fc.constantFrom('0.0.0.0/0', '::/0', '10.0.0.0/16'),
    )
    .map((words) => words.join(' ')),
  { minLength: 1, maxLength: 3 },
);
const group = fc.record({ in: rules, out: rules });

const networks = fc
  .record({
    one: routes,
    two: routes,
    pub: routes,
    fw: routes,
    edge: routes,
    a: group,
    b: group,
    acl: fc.record({ in: entries, out: entries }),
    aclOn: fc.constantFrom('subnet-1', 'subnet-2', 'subnet-fw', 'none'),
  })
  .map((drawn): Words => {
    const acl = (subnet: string) => (drawn.aclOn === subnet ? 'acl-x' : 'acl-default');
    const open = { in: ['all 0.0.0.0/0', 'all ::/0'], out: ['all 0.0.0.0/0', 'all ::/0'] };
    return {
      tables: {
        'rtb-1': drawn.one,
        'rtb-2': drawn.two,
        'rtb-pub': ['0.0.0.0/0 igw-1', ...drawn.pub],
        'rtb-fw': ['0.0.0.0/0 igw-1', ...drawn.fw],
        'rtb-edge': drawn.edge,
      },
      subnets: {
        'subnet-1': { cidrs: ['10.0.1.0/24', '2600:1f00:a:1::/64'], table: 'rtb-1', acl: acl('subnet-1') },
        'subnet-2': { cidrs: ['10.0.2.0/24', '2600:1f00:a:2::/64'], table: 'rtb-2', acl: acl('subnet-2') },
        'subnet-fw': { cidrs: ['10.0.8.0/24'], table: 'rtb-fw', acl: acl('subnet-fw') },
      },
      groups: {
        'sg-a': { in: [...drawn.a.in, 'all sg-b'], out: ['all 0.0.0.0/0', ...drawn.a.out] },
        'sg-b': drawn.b,
        'sg-open': open,
      },
      acls: { 'acl-x': drawn.acl },
      interfaces: {
        'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5=203.0.113.1', '2600:1f00:a:1::5'], groups: ['sg-a'] },
        'eni-2': { subnet: 'subnet-2', ips: ['10.0.2.5', '2600:1f00:a:2::5'], groups: ['sg-b'] },
        'eni-3': { subnet: 'subnet-2', ips: ['10.0.2.6', '2600:1f00:a:2::6'] },
        'eni-r': { subnet: 'subnet-pub', ips: ['10.0.9.7=203.0.113.7'], check: false },
      },
      igws: { 'igw-1': { vpc: 'vpc-a', routeTable: 'rtb-edge' } },
      eigws: { 'eigw-1': 'vpc-a' },
      nats: { 'nat-1': { subnet: 'subnet-pub', ips: ['10.0.9.9=203.0.113.9'] } },
      endpoints: { 'fw-1': { subnets: ['subnet-fw'] }, 's3-1': { endpointType: 'Gateway', serviceName: 's3' } },
      lists: { 'pl-1': ['52.216.0.0/15', '10.0.2.4/30'] },
      opaque: { 'tgw-1': { kind: 'transit-gateway', vpcs: ['vpc-a'] } },
    };
  });

const flows = fc.constantFrom<readonly [string, string]>(
  ['eni-1', 'tcp 10.0.1.5:40000 -> 8.8.8.8:443'],
  ['eni-1', 'tcp 10.0.1.5:40000 -> 10.0.2.5:443'],
  ['eni-1', 'udp 10.0.1.5:40000 -> 203.0.113.7:53'],
  ['eni-1', 'icmp 10.0.1.5 -> 10.0.2.6'],
  ['eni-1', 'tcp 10.0.1.5:40000 -> 52.216.0.1:443'],
  ['eni-1', 'tcp [2600:1f00:a:1::5]:40000 -> [2001:4860::1]:443'],
  ['eni-1', 'tcp [2600:1f00:a:1::5]:40000 -> [64:ff9b::a00:205]:443'],
  ['eni-3', 'tcp 10.0.2.6:40000 -> 10.0.1.5:443'],
  ['eni-r', 'tcp 10.0.2.5:40000 -> 10.0.1.5:443'],
  ['eni-3', 'gre 10.0.2.6 -> 10.0.1.5'],
  ['internet', 'tcp 8.8.8.8:40000 -> 203.0.113.1:443'],
  ['internet', 'tcp [2001:4860::1]:40000 -> [2600:1f00:a:2::6]:443'],
);
const sides = fc.subarray([
  'passes:fw-1',
  'forwards:eni-r',
  'forwards:eni-r,nat',
  'members:sg-far',
  'fact:2.15-spoofed',
]);

test('on any network, modes and listing denials change what is told and never what happens', () => {
  const met = { delivered: 0, denied: 0, replied: 0, lost: 0 };
  fc.assert(
    fc.property(networks, flows, sides, (words, [from, text], taken) => {
      const network = world(words);
      const ask = { sides: taken };
      const once = send(network, from, text, ask);
      const oneWay = send(network, from, text, { ...ask, mode: 'packet' });
      const past = send(network, from, text, { ...ask, pastDenials: true });
      expect(send(network, from, text, ask)).toEqual(once);
      expect([oneWay.hops, oneWay.delivery]).toEqual([once.hops, once.delivery]);
      consistent(once);
      if (once.delivery === undefined) met.denied++;
      else {
        met.delivered++;
        if (once.replied) met.replied++;
        else met.lost++;
      }
      expect(once.delivery === undefined || isDeepStrictEqual(past.hops, once.hops)).toBe(true);
      // The first denial is the same one, whether or not the question goes past it.
      expect(past.blocks[0]).toEqual(once.blocks[0]);
    }),
    { numRuns: 600 },
  );
  for (const count of Object.values(met)) expect(count).toBeGreaterThan(5);
});

/** A flow is denied exactly when something denies it, and the last hop says what. */
function consistent({ hops, delivery, returnHops, replied, blocks: found }: ReplayResult): void {
  const [forward, back] = (['forward', 'return'] as const).map((way) =>
    found.filter(({ direction }) => direction === way),
  );
  expect(forward?.length).toBe(delivery === undefined ? 1 : 0);
  expect(forward?.[0]?.hop).toBe(delivery === undefined ? hops.at(-1) : undefined);
  expect(hops.at(-1)?.action === 'deliver').toBe(delivery !== undefined);
  expect(replied).toBe(delivery !== undefined && back?.length === 0);
  expect(back?.[0]?.hop).toBe(replied ? undefined : returnHops?.at(-1));
}
