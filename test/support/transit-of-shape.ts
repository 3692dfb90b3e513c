/** From a shape's indices to a transit gateway between VPCs A and B, its tables, and a VPN behind it. */
import { pick } from './random.ts';
import type { Shape } from './random-network.ts';
import type { Change, Spec, TransitTableSpec } from './spec.ts';

const open = ['100 allow all 0.0.0.0/0'];

/** Blocks that its tables know. */
const destinations = ['10.0.0.0/24', '10.1.0.0/24', '0.0.0.0/0', '10.0.0.64/26', '203.0.113.0/24', '10.1.0.64/26'];

/** What Direct Connect is told of; nothing where nobody asked. */
const allowances = ['10.0.0.0/8', '10.1.0.0/24', '10.0.0.0/25', undefined];

/** What a table of a VPC sends to it. */
export const towards = ['10.1.0.0/24', '0.0.0.0/0', '203.0.113.0/24'];

/** B with a second zone, both VPCs attached; the VPN is up or down. */
export function withTransit(
  spec: Spec,
  { firewalls, attachedFirewall: firewall }: Shape,
  transit: NonNullable<Shape['transit']>,
): Change {
  const { a, b, tables, propagates, appliance, referencing, vpn, inspected, home } = transit;
  const named = firewalls.some((one) => one.named);
  const table = (of: number) => `tgw-rtb-${of % 2}`;
  const ofA = spec.subnets.filter(({ vpc }) => vpc === 'vpc-a');
  const inZones = ['az1', 'az2'].flatMap((zone) => {
    const there = ofA.filter((subnet) => subnet.zone === zone);
    return there.length === 0 ? [] : [pick(there, a.subnet).id];
  });
  const attachments = [
    {
      id: 'tgw-attach-a',
      gateway: 'tgw-1',
      to: 'vpc-a',
      subnets: a.one ? inZones.slice(0, 1) : inZones,
      ...(a.loose ? {} : { table: table(a.table) }),
      ipv6: true,
    },
    {
      id: 'tgw-attach-b',
      gateway: 'tgw-1',
      to: 'vpc-b',
      subnets: b.one ? ['subnet-b'] : ['subnet-tb', 'subnet-b2'],
      ...(b.loose ? {} : { table: table(b.table) }),
      appliance,
      referencing: referencing % 3 !== 0,
    },
    ...(firewall === null
      ? []
      : [
          {
            id: 'tgw-attach-n',
            gateway: 'tgw-1',
            to: 'network-function',
            // The firewall whose policy is told, unless that one has endpoints.
            ...(firewall.named ? { firewall: named ? 'hub' : 'main' } : {}),
            zones: pick([['az1'], ['az2'], ['az1', 'az2']], firewall.zones),
            ...(firewall.loose ? {} : { table: table(firewall.table) }),
          },
        ]),
    ...(vpn === null
      ? []
      : [
          {
            id: 'tgw-attach-v',
            gateway: 'tgw-1',
            to: vpn.direct === null ? 'vpn-t' : 'dxgw-t',
            table: table(vpn.table),
          },
        ]),
  ];
  return {
    subnets: [
      { id: 'subnet-b2', vpc: 'vpc-b', cidrs: ['10.1.0.64/26'], zone: 'az2', table: 'rtb-tb' },
      { id: 'subnet-tb', vpc: 'vpc-b', cidrs: ['10.1.0.128/28'], zone: 'az1', table: 'rtb-tb' },
      ...(inspected ? [{ id: 'subnet-fb', vpc: 'vpc-b', cidrs: ['10.1.0.144/28'], zone: 'az1' }] : []),
    ],
    tables: [
      {
        id: 'rtb-b',
        routes: ['0.0.0.0/0 igw-b', ...(home ? ['10.0.0.0/24 tgw-1'] : []), '203.0.113.0/24 tgw-1'],
      },
      {
        id: 'rtb-tb',
        vpc: 'vpc-b',
        routes: [inspected ? '0.0.0.0/0 vpce-fwb' : '0.0.0.0/0 igw-b', ...(home ? ['10.0.0.0/25 tgw-1'] : [])],
      },
    ],
    acls: [{ id: 'acl-b', in: open, out: open }],
    interfaces: [{ id: 'eni-b2', subnet: 'subnet-b2', ips: ['10.1.0.68'], groups: ['sg-b'] }],
    firewallEndpoints: inspected ? [{ id: 'vpce-fwb', subnet: 'subnet-fb', ip: '10.1.0.150' }] : [],
    tgws: [{ id: 'tgw-1', referencing: referencing % 2 === 0 }],
    attachments,
    vpns:
      vpn === null || vpn.direct !== null
        ? []
        : [{ id: 'vpn-t', gateway: 'tgw-1', tunnels: vpn.down ? ('down' as const) : ('up' as const) }],
    directConnect:
      vpn === null || vpn.direct === null || pick(allowances, vpn.direct) === undefined
        ? []
        : [{ id: 'dxgw-t', to: [`tgw-1 ${pick(allowances, vpn.direct)}`] }],
    virtualInterfaces:
      vpn === null || vpn.direct === null ? [] : [{ id: 'dxvif-t', to: 'dxgw-t', up: vpn.down ? [] : ['ipv4'] }],
    transitTables: [0, 1].map((i): TransitTableSpec => ({
      id: table(i),
      gateway: 'tgw-1',
      ...(tables[i] === undefined ? {} : { routes: routesOf(tables[i], attachments) }),
      ...(propagates === null || propagates % 2 !== i
        ? {}
        : { propagations: propagating(propagates >> 1, attachments) }),
    })),
  };
}

const propagating = (index: number, attachments: readonly { readonly id: string }[]): readonly string[] =>
  attachments.flatMap(({ id }, i) => (i === index % (attachments.length + 2) ? [] : [id]));

/** Each block once of each origin. */
function routesOf(
  table: readonly { readonly to: number; readonly by: number; readonly word: number }[],
  attachments: readonly { readonly id: string }[],
): readonly string[] {
  const routes = new Map<string, string>();
  for (const { to, by, word } of table) {
    const destination = pick(destinations, to);
    const [mark, origin] = pick(
      [
        ['', 'static'],
        [' propagated', 'propagated'],
        [' propagated', 'propagated'],
        [' blackhole', 'static'],
        [' pending', 'static'],
      ] as const,
      word,
    );
    const target = mark === ' blackhole' ? '' : ` ${pick(attachments, by).id}`;
    const key = `${destination} ${origin}`;
    if (!routes.has(key)) routes.set(key, `${destination}${target}${mark}`);
  }
  return [...routes.values()];
}
