/** Random networks with a Gateway Load Balancer whose appliances the input holds, mostly, and endpoints that lead to it. */
import * as fc from 'fast-check';
import { addressIn } from './interfaces-of-shape.ts';
import { specOf } from './network-of-shape.ts';
import { pick } from './random.ts';
import { halves, index, mostly, once, plainly, rarely, type Shape, shapes } from './random-network.ts';
import { type Change, changed, type InterfaceSpec, type Spec, type TableSpec } from './spec.ts';

const appliancesShape = fc.record({
  /** Of VPC A; to the balancer's service, another's, or somebody else's. */
  endpoints: fc.array(fc.record({ subnet: index, service: once(4, halves), dualstack: mostly }), {
    minLength: 1,
    maxLength: 2,
  }),
  /** Also a network firewall's, whose policy nobody read. */
  firewall: once(3, index),
  /** Which tables lead to which endpoint by default, bit by bit. */
  tables: index,
  /** The endpoints stand in a subnet of their own, whose table leads out; what comes in for the hosts goes by one as well. */
  apart: fc.option(fc.record({ out: index, inward: mostly, zone: index }), { freq: 4 }),
  balancer: fc.record({ at: index, second: halves, dualstack: mostly, crossZone: halves, unread: rarely }),
  families: mostly,
  pending: rarely,
  /** What the appliances' group admits, and lets out. */
  admits: index,
  appliances: fc.array(
    fc.record({ subnet: index, sick: rarely, out: once(2, fc.record({ subnet: index, mapped: halves })) }),
    {
      minLength: 1,
      maxLength: 2,
    },
  ),
  /** The first is registered by its address, for a zone. */
  byAddress: once(3, index),
});

type AppliancesShape = typeof appliancesShape extends fc.Arbitrary<infer T> ? T : never;

export const inspectingNetwork: fc.Arbitrary<Spec> = fc.tuple(shapes, appliancesShape).map(([base, own]) => {
  const shape = {
    ...plainly(base),
    firewalls: [
      ...own.endpoints.map(({ subnet }) => ({ subnet, named: false })),
      ...(own.firewall === null ? [] : [{ subnet: own.firewall, named: true }]),
    ],
  };
  const spec = specOf(shape);
  return changed(spec, withAppliances(spec, shape, own));
});

const words = [
  'udp 6081 10.0.0.0/24',
  'all 0.0.0.0/0',
  'udp 6081 10.0.0.0/24',
  'udp 6081 10.0.0.54/32',
  'tcp 443 0.0.0.0/0',
];

function withAppliances(spec: Spec, shape: Shape, own: AppliancesShape): Change {
  const { balancer, families, pending } = own;
  const blocks = ['10.0.0.192/26', ...(shape.ipv6 ? ['2600:1f18:a:9::/64'] : [])];
  const at = (which: number): number => which % shape.subnets.length;
  const node = (which: number) => ({ subnet: `subnet-${at(which)}`, ips: [addressIn(at(which), 54)] });
  const nodes = balancer.second && shape.subnets.length > 1 ? [balancer.at, balancer.at + 1] : [balancer.at];
  const admitted = pick(words, own.admits);
  const both = own.appliances.map((one, i) => appliance(one, i, at));
  const targets = both.map(({ sick, ip }, i) =>
    own.byAddress === null
      ? `i-app${i}${sick ? ' unhealthy' : ''}`
      : `${ip}${pick(['', '@az1', '@az2', '@all'], own.byAddress + i)}${sick ? ' unhealthy' : ''}`,
  );
  return {
    groups: [{ id: 'sg-app', vpc: 'vpc-a', in: [admitted], out: [admitted, 'all 0.0.0.0/0'].slice(own.admits % 2) }],
    interfaces: both.flatMap(({ interfaces }) => interfaces),
    balancers: [
      {
        id: 'inspect',
        type: 'gwlb',
        groups: [],
        at: nodes.map(node),
        dualstack: balancer.dualstack,
        crossZone: balancer.crossZone,
        ...(balancer.unread ? {} : { listeners: ['GENEVE appliances'] }),
      },
    ],
    targetGroups: [
      {
        id: 'appliances',
        vpc: 'vpc-a',
        protocol: 'GENEVE',
        port: 6081,
        ...(own.byAddress === null ? {} : { type: 'ip' as const }),
        targets,
      },
    ],
    services: [
      {
        id: 'vpce-svc-1',
        balancers: ['inspect'],
        families: families ? ['ipv4', 'ipv6'] : ['ipv4'],
        ...(pending ? { state: 'Pending' } : {}),
      },
    ],
    ...(own.apart === null
      ? {}
      : {
          subnets: [
            { id: 'subnet-g', vpc: 'vpc-a', cidrs: blocks, zone: pick(['az1', 'az2'], own.apart.zone), table: 'rtb-g' },
          ],
        }),
    firewallEndpoints: own.endpoints.map(({ service, dualstack }, i) => ({
      id: `vpce-fw${i}`,
      ...(own.apart === null ? {} : { subnet: 'subnet-g', ip: `10.0.0.${204 + i}` }),
      dualstack,
      ...(service === null ? { service: 'vpce-svc-1' } : {}),
    })),
    tables: tablesOf(spec, own),
  };
}

/** By default to an endpoint; from the endpoints' subnet out, and from the internet gateway to an endpoint. */
function tablesOf(spec: Spec, { tables, endpoints, apart }: AppliancesShape): readonly TableSpec[] {
  const led = spec.tables
    .filter(({ vpc, edge }) => vpc === 'vpc-a' && edge === undefined)
    .filter((_, i) => (tables >> i) % 3 !== 0)
    .map((table, i) => {
      const to = `$1 vpce-fw${i % endpoints.length}`;
      return { ...table, routes: table.routes.map((route) => route.replace(/^(0\.0\.0\.0\/0|::\/0) .*/, to)) };
    });
  if (apart === null) return led;
  const ways = ['igw-a', 'igw-a', ...spec.nats.map(({ id }) => id)];
  const out = pick(ways, apart.out);
  const hosts = spec.subnets.filter(({ vpc }) => vpc === 'vpc-a').flatMap(({ cidrs }) => cidrs);
  const inward = hosts.map((block) => `${block} vpce-fw${apart.out % endpoints.length}`);
  return [
    ...led,
    {
      id: 'rtb-g',
      vpc: 'vpc-a',
      routes: [
        `0.0.0.0/0 ${out}`,
        ...(spec.vpcs.some(({ cidrs }) => cidrs.some((one) => one.includes(':'))) ? ['::/0 igw-a'] : []),
      ],
    },
    ...(apart.inward ? [{ id: 'rtb-edge', vpc: 'vpc-a', edge: 'igw-a', routes: inward }] : []),
  ];
}

function appliance(
  { subnet, sick, out }: AppliancesShape['appliances'][number],
  i: number,
  at: (which: number) => number,
) {
  const instance = `i-app${i}`;
  const ip = addressIn(at(subnet), 55 + i);
  const second: readonly InterfaceSpec[] =
    out === null
      ? []
      : [
          {
            id: `eni-app${i}-out`,
            subnet: `subnet-${at(out.subnet)}`,
            ips: [`${addressIn(at(out.subnet), 57 + i)}${out.mapped ? `=198.51.100.${180 + i}` : ''}`],
            groups: ['sg-0'],
            instance,
          },
        ];
  return {
    ip,
    sick,
    interfaces: [
      { id: `eni-app${i}`, subnet: `subnet-${at(subnet)}`, ips: [ip], groups: ['sg-app'], instance },
      ...second,
    ],
  };
}
