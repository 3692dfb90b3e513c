/** Random networks such as AWS lets people make, and packets worth sending through them. */
import { fc } from '@fast-check/vitest';
import type { Words } from './world.ts';

const inline = ['nat-1', 'fw-1', 'eni-r'];
const outward = ['igw-1', 'tgw-1', ...inline];

const subnetRoute = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant('0.0.0.0/0'), fc.constantFrom(...outward)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('::/0'), fc.constantFrom('igw-1', 'eigw-1', 'fw-1', 'eni-r')) },
  fc.tuple(fc.constantFrom('10.0.1.0/24', '10.0.2.0/24', '10.0.0.0/16'), fc.constantFrom(...inline)),
  fc.tuple(fc.constant('64:ff9b::/96'), fc.constant('nat-1')),
  fc.tuple(fc.constantFrom('pl-1', 'pl-2'), fc.constantFrom('s3-1', 'tgw-1', 'igw-1')),
  fc.tuple(fc.constantFrom('10.0.2.0/24', '8.8.8.0/24'), fc.constant('vgw-1'), fc.constant('propagated')),
  fc.tuple(fc.constantFrom('10.0.2.0/24', '8.8.8.0/24', 'pl-1'), fc.constant('gone-1'), fc.constant('blackhole')),
);
const edgeRoute = fc.tuple(
  fc.constantFrom('10.0.1.0/24', '10.0.2.0/24', '2600:1f00:a:2::/64'),
  fc.constantFrom('fw-1', 'eni-r', 'local'),
);

/** No two static routes of a table share a destination. */
const table = (route: fc.Arbitrary<readonly string[]>, fallback?: string) =>
  fc
    .uniqueArray(route, { maxLength: 4, selector: ([to, , mark]) => `${to} ${mark === 'propagated'}` })
    .map((drawn) => drawn.map((words) => words.join(' ')))
    .map((routes) =>
      fallback === undefined || routes.some((text) => text.startsWith('0.0.0.0/0 ')) ? routes : [fallback, ...routes],
    );
const routes = table(subnetRoute);
const routesOut = table(subnetRoute, '0.0.0.0/0 igw-1');

const traffic = fc.constantFrom('all', 'all', 'tcp/443', 'tcp/1024-65535', 'udp', 'icmp', 'icmp/8/0', '47');
const peer = fc.constantFrom(
  '0.0.0.0/0',
  '0.0.0.0/0',
  '::/0',
  '10.0.0.0/16',
  '10.0.1.0/24',
  'sg-a',
  'sg-b',
  'pl-1',
  'sg-far unknown',
);
const rules = fc.array(
  fc.tuple(traffic, peer).map((words) => words.join(' ')),
  { minLength: 1, maxLength: 3 },
);
const open = ['all 0.0.0.0/0', 'all ::/0'];
const group = fc.record({ in: fc.oneof(rules, fc.constant(open)), out: fc.oneof(rules, fc.constant(open)) });
const entries = fc.array(
  fc
    .tuple(
      fc.integer({ min: 1, max: 200 }),
      fc.constantFrom('allow', 'allow', 'deny'),
      traffic,
      fc.constantFrom('0.0.0.0/0', '0.0.0.0/0', '::/0', '10.0.0.0/16'),
    )
    .map((words) => words.join(' ')),
  { minLength: 1, maxLength: 4 },
);
const acl = fc.record({ in: entries, out: entries });
const mode = fc.constantFrom('off', 'off', 'off', 'off', 'block-ingress', 'block-bidirectional');
const check = fc.record({ 'eni-1': fc.boolean(), 'eni-2': fc.boolean() });

/** Two workload subnets, a public one with a router and a NAT gateway, a firewall's; all else is drawn. */
export const networks = fc
  .record({
    tables: fc.record({
      'rtb-1': routes,
      'rtb-2': routes,
      'rtb-pub': routesOut,
      'rtb-fw': routesOut,
      'rtb-edge': table(edgeRoute),
    }),
    a: group,
    b: group,
    acl,
    guarded: fc.constantFrom('subnet-1', 'subnet-2', 'subnet-fw', 'subnet-pub', 'none', 'none'),
    mode,
    fw: fc.constantFrom('subnet-fw', 'subnet-fw', 'subnet-1'),
    check,
  })
  .map((drawn): Words => {
    const aclOf = (subnet: string) => (drawn.guarded === subnet ? 'acl-x' : 'acl-default');
    const subnet = (id: string, n: number, rtb: string) => ({
      cidrs: [`10.0.${n}.0/24`, `2600:1f00:a:${n}::/64`],
      table: rtb,
      acl: aclOf(id),
      block: drawn.mode,
    });
    return {
      tables: drawn.tables,
      subnets: {
        'subnet-1': subnet('subnet-1', 1, 'rtb-1'),
        'subnet-2': subnet('subnet-2', 2, 'rtb-2'),
        'subnet-fw': subnet('subnet-fw', 8, 'rtb-fw'),
        'subnet-pub': subnet('subnet-pub', 9, 'rtb-pub'),
      },
      groups: { 'sg-a': drawn.a, 'sg-b': drawn.b },
      acls: { 'acl-x': drawn.acl },
      interfaces: {
        'eni-1': {
          subnet: 'subnet-1',
          ips: ['10.0.1.5=203.0.113.1', '2600:1f00:a:1::5'],
          groups: ['sg-a'],
          check: drawn.check['eni-1'],
        },
        'eni-2': {
          subnet: 'subnet-2',
          ips: ['10.0.2.5', '2600:1f00:a:2::5'],
          groups: ['sg-b'],
          check: drawn.check['eni-2'],
        },
        'eni-3': { subnet: 'subnet-2', ips: ['10.0.2.6', '2600:1f00:a:2::6'] },
        'eni-nat': {
          subnet: 'subnet-pub',
          ips: ['10.0.9.9=203.0.113.9'],
          groups: [],
          role: 'nat-gateway',
          check: false,
        },
        'eni-r': { subnet: 'subnet-pub', ips: ['10.0.9.7=203.0.113.7', '2600:1f00:a:9::7'], check: false },
      },
      igws: { 'igw-1': { vpc: 'vpc-a', routeTable: 'rtb-edge' } },
      eigws: { 'eigw-1': 'vpc-a' },
      nats: { 'nat-1': { subnet: 'subnet-pub', ips: ['10.0.9.9=203.0.113.9'] } },
      endpoints: { 'fw-1': { subnets: [drawn.fw] }, 's3-1': { endpointType: 'Gateway', serviceName: 's3' } },
      lists: { 'pl-1': ['52.216.0.0/15'], 'pl-2': ['52.216.0.0/15', '8.8.0.0/16'] },
      opaque: {
        'tgw-1': { kind: 'transit-gateway', vpcs: ['vpc-a'] },
        'vgw-1': { kind: 'vpn-gateway', vpcs: ['vpc-a'] },
      },
    };
  });

type From = 'eni-1' | 'eni-2' | 'eni-3' | 'eni-r' | 'internet';

const hosts: Readonly<Record<From, readonly [ipv4: string, ipv6: string, ...publicIp: readonly string[]]>> = {
  'eni-1': ['10.0.1.5', '2600:1f00:a:1::5', '203.0.113.1'],
  'eni-2': ['10.0.2.5', '2600:1f00:a:2::5'],
  'eni-3': ['10.0.2.6', '2600:1f00:a:2::6'],
  'eni-r': ['10.0.9.7', '2600:1f00:a:9::7', '203.0.113.7'],
  internet: ['8.8.8.8', '2001:4860::1'],
};
const ipv4 = [
  '8.8.8.8',
  '52.216.0.1',
  '10.0.1.5',
  '10.0.2.5',
  '10.0.2.6',
  '10.0.9.7',
  '203.0.113.1',
  '203.0.113.7',
  '203.0.113.9',
  '10.0.0.2',
];
const ipv6 = [
  '2001:4860::1',
  '2600:1f00:a:1::5',
  '2600:1f00:a:2::5',
  '2600:1f00:a:9::7',
  '64:ff9b::808:808',
  '64:ff9b::a00:205',
];

/** Where a packet starts, and the packet as text; one in eight takes an address that is not its sender's. */
export const flows = fc
  .record({
    from: fc.constantFrom<From>('eni-1', 'eni-1', 'eni-2', 'eni-3', 'eni-r', 'internet'),
    family: fc.constantFrom('ipv4', 'ipv4', 'ipv6'),
    spoofed: fc.constantFrom(...ipv4),
    spoofs: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
    v4: fc.constantFrom(...ipv4),
    v6: fc.constantFrom(...ipv6),
    kind: fc.constantFrom('tcp', 'tcp', 'udp', 'icmp', 'gre'),
    port: fc.constantFrom(443, 53, 8080),
  })
  .map(({ from, family, spoofed, spoofs, v4, v6, kind, port }): readonly [from: string, packet: string] => {
    const [own4, own6, ...others] = hosts[from];
    const [src, to] = family === 'ipv6' ? [own6, v6] : [spoofs ? spoofed : own4, v4];
    // Nobody asks about a place and itself.
    const dst = [own4, own6, ...others].includes(to) ? (family === 'ipv6' ? '2001:4860::1' : '8.8.8.8') : to;
    if (kind === 'gre') return [from, `gre ${src} -> ${dst}`];
    if (kind === 'icmp') return [from, `${family === 'ipv6' ? 'icmpv6' : 'icmp'} ${src} -> ${dst}`];
    const at = (address: string, number: number) =>
      family === 'ipv6' ? `[${address}]:${number}` : `${address}:${number}`;
    return [from, `${kind} ${at(src, 40000)} -> ${at(dst, port)}`];
  });

export const unknowns = [
  'passes:fw-1',
  'forwards:eni-r',
  'forwards:eni-r,nat',
  'forwards:eni-1',
  'members:sg-far',
  'fact:2.15-spoofed',
];

/** Those of the unknowns that are taken on their permissive side. */
export const sides = fc.subarray(unknowns);
