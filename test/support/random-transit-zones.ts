/**
 * Random networks of two VPCs behind a transit gateway, in two zones, and one that inspects what they send each other: by
 * endpoints of one firewall, of two, or of Gateway Load Balancers, in appliance mode or not, there and back or one way.
 */
import * as fc from 'fast-check';
import { documents, type Document } from './aws.ts';
import { describePolicy, describeRules, inspecting, statefulGroupArn } from './aws-network-firewall.ts';
import { account } from './identity.ts';
import { hub, inspection } from './inspected-hub.ts';
import { pick } from './random.ts';
import { halves, index, once, rarely } from './random-network.ts';
import type { AttachmentSpec, Change } from './spec.ts';
import { world } from './world.ts';

const zonesShape = fc.record({
  appliance: halves,
  /** The zones of the attachments to A, B and the inspecting VPC. */
  zones: fc.tuple(index, index, index),
  firewall: fc.constantFrom('one', 'one', 'two', 'appliances', 'mixed'),
  policy: index,
  /** Whether B's answers go by the inspecting VPC, and what else the spokes' table says. */
  around: rarely,
  black: rarely,
  attached: once(3, fc.record({ zones: index, named: halves })),
  connect: once(3, index),
  admits: index,
  /** The inspecting VPC is another account's, whose zones are told by their names. */
  named: rarely,
});

type ZonesShape = typeof zonesShape extends fc.Arbitrary<infer T> ? T : never;

const oneWay = ['pass tcp 10.0.0.0/16 any -> 10.1.0.0/16 443 (sid:1;)', 'pass udp any any -> any 53 (sid:2;)'];

/** Of a firewall's policy; nothing where nobody read it. */
const policies = (name: string): readonly (readonly Document[])[] => [
  [describePolicy(name, {})],
  [describePolicy(name, { stateless: 'aws:pass' })],
  [describePolicy(name, { streamException: 'CONTINUE' })],
  [],
  [
    describePolicy(name, {
      order: 'STRICT_ORDER',
      defaults: ['aws:drop_strict'],
      groups: [statefulGroupArn('one-way')],
    }),
    describeRules('one-way', oneWay, { order: 'STRICT_ORDER' }),
  ],
];

const owners = {
  one: ['fw', 'fw'],
  two: ['fw', 'hub'],
  appliances: [undefined, undefined],
  mixed: ['fw', undefined],
} as const;

export const transitZones: fc.Arbitrary<readonly Document[]> = zonesShape.map((own) => {
  const all = documents(world(...hub, inspection(own.appliance), changeOf(own)));
  return own.named ? all.map(byNames) : all;
});

function changeOf(own: ZonesShape): Change {
  const [a, b, i] = own.zones;
  const firewalls = owners[own.firewall];
  const beyond = own.attached === null ? 'tgw-attach-b' : 'tgw-attach-n';
  const inZones = (of: string, at: number): readonly string[] =>
    pick([[1, 2], [1, 2], [1], [2]], at).map((n) => `subnet-t${of}${n}`);
  const further: readonly AttachmentSpec[] = [
    ...(own.attached === null
      ? []
      : [
          {
            id: 'tgw-attach-n',
            gateway: 'tgw-1',
            to: 'network-function',
            ...(own.attached.named ? { firewall: 'east' } : {}),
            zones: pick([['az1', 'az2'], ['az1'], ['az2']], own.attached.zones),
            table: 'tgw-rtb-n',
          },
        ]),
    ...(own.connect === null ? [] : [{ id: 'tgw-attach-o', gateway: 'tgw-1', to: 'connect', table: 'tgw-rtb-1' }]),
  ];
  return {
    ...inspecting(
      ...new Map(
        ['fw', 'hub'].flatMap((name) => pick(policies(name), own.policy)).map((one) => [one.file, one]),
      ).values(),
    ),
    firewallEndpoints: firewalls.map((firewall, n) => ({
      id: `vpce-fw${n + 1}`,
      ...(firewall === undefined ? {} : { firewall }),
    })),
    groups: [
      {
        id: 'sg-b',
        in: [pick(['all 10.0.0.0/8', 'tcp 443 10.0.0.0/16', 'udp 53 0.0.0.0/0', 'all 10.0.1.0/24'], own.admits)],
      },
    ],
    attachments: [
      { id: 'tgw-attach-a', subnets: inZones('a', a) },
      { id: 'tgw-attach-b', subnets: inZones('b', b) },
      { id: 'tgw-attach-i', subnets: inZones('i', i) },
      ...further,
    ],
    transitTables: [
      {
        id: 'tgw-rtb-1',
        routes: [
          '0.0.0.0/0 tgw-attach-i',
          ...(own.around ? ['10.0.0.0/16 tgw-attach-a propagated'] : []),
          ...(own.black ? ['10.1.2.0/24 blackhole'] : []),
        ],
      },
      {
        id: 'tgw-rtb-i',
        routes: [
          '10.0.0.0/16 tgw-attach-a propagated',
          `10.1.0.0/16 ${beyond}`,
          ...(own.connect === null
            ? []
            : [`${pick(['10.1.2.0/24', '10.1.1.0/25'], own.connect)} tgw-attach-o propagated`]),
        ],
      },
      {
        id: 'tgw-rtb-n',
        gateway: 'tgw-1',
        routes: ['10.0.0.0/16 tgw-attach-a', '10.1.0.0/16 tgw-attach-b'],
      },
    ],
  };
}

/** No ids of zones; the inspecting VPC and its subnets are another account's. */
function byNames({ file, json }: Document): Document {
  const named = JSON.parse(
    JSON.stringify(json, (key, value: unknown) => (key === 'AvailabilityZoneId' ? undefined : value)),
  ) as Record<string, unknown>;
  for (const key of ['Vpcs', 'Subnets'])
    for (const one of (named[key] ?? []) as Record<string, unknown>[])
      if (one['VpcId'] === 'vpc-i')
        Object.assign(one, JSON.parse(JSON.stringify(one).replaceAll(account, '444455556666')));
  return { file, json: named };
}
