/** Cloud WAN core networks: semantics 14.4, with section 7, 2.19, 3.15 and 3.16, which hold as for transit gateways. */
import { describe, expect, test } from 'vitest';
import { answerOf } from '../hostile/verdict.ts';
import { type CoreAttachmentSpec, coreNetworkOf } from '../support/aws-core-network.ts';
import { networkOf } from '../support/network.ts';
import { proves } from '../support/proves.ts';
import type { Change, Spec } from '../support/spec.ts';
import { inspectionVpc } from '../support/inspected-hub.ts';
import { world } from '../support/world.ts';

const open = ['100 allow all 0.0.0.0/0'];

/** VPC X = 10.N.0.0/16 with hosts in two zones, and attachment subnets with a table of their own. */
const spoke = (x: string, n: number): Change => ({
  vpcs: [{ id: `vpc-${x}`, cidrs: [`10.${n}.0.0/16`] }],
  subnets: [
    { id: `subnet-${x}1`, vpc: `vpc-${x}`, cidrs: [`10.${n}.1.0/24`], zone: 'az1' },
    { id: `subnet-${x}2`, vpc: `vpc-${x}`, cidrs: [`10.${n}.2.0/24`], zone: 'az2' },
    { id: `subnet-t${x}1`, vpc: `vpc-${x}`, cidrs: [`10.${n}.100.0/28`], zone: 'az1', table: `rtb-t${x}` },
    { id: `subnet-t${x}2`, vpc: `vpc-${x}`, cidrs: [`10.${n}.100.16/28`], zone: 'az2', table: `rtb-t${x}` },
  ],
  tables: [
    { id: `rtb-${x}`, vpc: `vpc-${x}`, main: true, routes: ['10.0.0.0/8 core-network-1'] },
    { id: `rtb-t${x}`, vpc: `vpc-${x}`, routes: [] },
  ],
  acls: [{ id: `acl-${x}`, vpc: `vpc-${x}`, default: true, in: open, out: open }],
  groups: [{ id: `sg-${x}`, vpc: `vpc-${x}`, in: ['all 10.0.0.0/8'], out: ['all 0.0.0.0/0'] }],
  interfaces: [
    { id: `eni-${x}1`, subnet: `subnet-${x}1`, ips: [`10.${n}.1.10`], groups: [`sg-${x}`] },
    { id: `eni-${x}2`, subnet: `subnet-${x}2`, ips: [`10.${n}.2.10`], groups: [`sg-${x}`] },
  ],
});

const spokes = [spoke('b', 1), spoke('c', 2), spoke('d', 3)];

/** B and C in `prod`, D in `dev`. */
const attached = (x: string, more: Partial<CoreAttachmentSpec> = {}): CoreAttachmentSpec => ({
  id: `attachment-${x}`,
  to: `vpc-${x}`,
  subnets: [`subnet-t${x}1`, `subnet-t${x}2`],
  segment: x === 'd' ? 'dev' : 'prod',
  ...more,
});

const b = attached('b');
const c = attached('c');
const d = attached('d');

const policy = (more: object = {}) => ({ segments: [{ name: 'prod' }, { name: 'dev' }], ...more });

const isolated = { segments: [{ name: 'prod', 'isolate-attachments': true }, { name: 'dev' }] };

const share = { action: 'share', mode: 'attachment-route', segment: 'prod', 'share-with': ['dev'] };

const arn = 'arn:aws:networkmanager::111122223333:core-network/core-network-1';

const unread = (table: string) => `unread:networkmanager get-network-routes:core-network-1/${table}`;

proves([
  {
    id: '14.4',
    says: 'attachments of one segment reach each other, and not those of another',
    network: world(...spokes, coreNetworkOf({ attachments: [b, c, d], policy: policy() })),
    lines: [
      `tcp B1:40000 -> C1:443 => CONN at eni-c1 via ${arn} attachment-b attachment-c`,
      'tcp B1:40000 -> C2:443 => CONN at eni-c2',
      'tcp B1:40000 -> D1:443 => DENY@core-network-route-table',
      'udp D1:40000 -> C1:53 => DENY@core-network-route-table',
      'icmp C2 -> B2 type 8 code 0 => CONN at eni-b2',
    ],
  },
  {
    id: '14.4',
    says: 'attachments of an isolated segment do not reach each other; the routes that AWS computed say the same',
    network: world(...spokes, coreNetworkOf({ attachments: [b, c, d], policy: policy(isolated) })),
    lines: ['tcp B1:40000 -> C1:443 => DENY@core-network-route-table'],
  },
  {
    id: '14.4',
    says: 'what is shared is reached from an isolated segment, and back, and nothing else is',
    network: world(
      ...spokes,
      coreNetworkOf({ attachments: [b, c, d], policy: policy({ ...isolated, 'segment-actions': [share] }) }),
    ),
    lines: [
      'tcp B1:40000 -> D1:443 => CONN at eni-d1 via attachment-d',
      'tcp D2:40000 -> C1:443 => CONN at eni-c1',
      'tcp B1:40000 -> C1:443 => DENY@core-network-route-table',
    ],
  },
  {
    id: '14.4',
    says: 'routes that AWS computed decide, whatever the policy says',
    network: world(
      ...spokes,
      coreNetworkOf({
        attachments: [b, c, d],
        policy: policy(),
        routes: {
          'prod/us-east-1': ['10.1.0.0/16 attachment-b', '10.3.0.0/16 attachment-d'],
          'dev/us-east-1': ['10.1.0.0/16 attachment-b'],
        },
      }),
    ),
    lines: [
      'tcp B1:40000 -> C1:443 => DENY@core-network-route-table',
      'tcp B1:40000 -> D1:443 => CONN at eni-d1',
      'tcp C1:40000 -> D1:443 => PKT, return DENY@core-network-route-table at eni-d1',
    ],
  },
  {
    id: '14.4',
    says: 'longest prefix first, then static; a blackhole drops what it wins',
    network: world(
      ...spokes,
      coreNetworkOf({
        attachments: [b, c, d],
        routes: {
          'prod/us-east-1': [
            '10.0.0.0/8 attachment-d',
            '10.1.0.0/16 attachment-b',
            '10.2.0.0/16 blackhole',
            '10.2.0.0/16 attachment-c',
            '10.2.2.0/24 attachment-c',
          ],
          'dev/us-east-1': ['0.0.0.0/0 attachment-b static'],
        },
      }),
    ),
    lines: [
      'tcp B1:40000 -> C1:443 => DENY@core-network-route-table',
      'tcp B1:40000 -> C2:443 => CONN at eni-c2',
      'tcp B1:40000 -> D1:443 => CONN at eni-d1',
    ],
  },
  {
    id: '14.4',
    says: 'a static route of the policy is in its segment alone',
    network: world(
      ...spokes,
      coreNetworkOf({
        attachments: [b, c, d],
        policy: policy({
          ...isolated,
          'segment-actions': [
            {
              action: 'create-route',
              segment: 'prod',
              'destination-cidr-blocks': ['10.3.0.0/16'],
              destinations: ['attachment-d'],
            },
          ],
        }),
      }),
    ),
    lines: ['tcp B1:40000 -> D1:443 => PKT, return DENY@core-network-route-table at eni-d1'],
  },
  {
    id: '14.4',
    says: 'an attachment that no segment has sends nowhere, and is reached by none',
    network: world(
      ...spokes,
      coreNetworkOf({ attachments: [b, attached('c', { segment: undefined as never }), d], policy: policy() }),
    ),
    lines: [
      'tcp C1:40000 -> B1:443 => DENY@core-network-attachment:TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION',
      'tcp B1:40000 -> C1:443 => DENY@core-network-route-table',
    ],
  },
  {
    id: '14.4',
    says: 'an attachment at another edge is reached through the same segment',
    network: world(
      ...spokes,
      coreNetworkOf({ attachments: [b, attached('c', { edge: 'eu-west-1' }), d], policy: policy() }),
    ),
    lines: [
      'tcp B1:40000 -> C1:443 => CONN at eni-c1 via core-network-1/prod/us-east-1',
      'tcp C1:40000 -> B1:443 => CONN at eni-b1 via core-network-1/prod/eu-west-1',
    ],
  },
  {
    id: '7.11',
    says: 'a zone without an attachment subnet does not reach the core network, and is reached from another',
    network: world(
      ...spokes,
      coreNetworkOf({ attachments: [attached('b', { subnets: ['subnet-tb1'] }), c, d], policy: policy() }),
    ),
    lines: [
      'tcp B2:40000 -> C1:443 => DENY@core-network-attachment:TGW_ROUTE_AZ_RESTRICTION',
      'tcp B1:40000 -> C1:443 => CONN at eni-c1',
      'tcp C2:40000 -> B1:443 => CONN at eni-b1',
    ],
  },
  {
    id: '3.15',
    says: 'of an attachment subnet the inbound rules count on the way to the core network, the outbound ones on the way back',
    network: world(
      ...spokes,
      { acls: [{ id: 'acl-t', vpc: 'vpc-b', in: ['100 allow tcp 443 10.1.1.0/24'], out: open }] },
      { subnets: [{ id: 'subnet-tb1', acl: 'acl-t' }] },
      coreNetworkOf({ attachments: [b, c, d], policy: policy() }),
    ),
    lines: ['tcp B1:40000 -> C1:443 => CONN at eni-c1', 'tcp B1:40000 -> C1:80 => DENY@network-acl'],
  },
  {
    id: '14.4',
    says: 'what a VPN attachment brings may divert any packet of its segment, and of no other',
    network: world(
      ...spokes,
      coreNetworkOf({ attachments: [b, c, d, { id: 'attachment-v', to: 'vpn-1', segment: 'prod' }], policy: policy() }),
    ),
    lines: ['tcp B1:40000 -> D1:443 => DENY@core-network-route-table'],
  },
]);

const inspection = inspectionVpc('core-network-1');

const inspector: CoreAttachmentSpec = {
  id: 'attachment-i',
  to: 'vpc-i',
  subnets: ['subnet-ti1', 'subnet-ti2'],
  group: 'inspection',
  appliance: true,
};

const via = { 'network-function-groups': ['inspection'] };

const inspected = (actions: readonly object[], more: object = {}) => ({
  segments: [{ name: 'prod' }, { name: 'dev' }],
  'network-function-groups': [{ name: 'inspection' }],
  'segment-actions': actions,
  ...more,
});

const passes = '[passes:vpce-fw1 passes:vpce-fw2]';

const sendVia = { action: 'send-via', segment: 'prod', mode: 'single-hop', 'when-sent-to': { segments: ['dev'] }, via };

proves([
  {
    id: '14.4',
    says: 'what is sent via a network function group goes through its firewall, and so does the reply',
    network: world(
      ...spokes,
      inspection,
      coreNetworkOf({ attachments: [b, c, d, inspector], policy: inspected([sendVia]) }),
    ),
    lines: [
      `${passes} tcp B1:40000 -> D1:443 => CONN at eni-d1 via vpce-fw1 attachment-i`,
      'tcp B1:40000 -> D1:443 => UNKNOWN passes:vpce-fw1',
      `${passes} tcp D2:40000 -> B2:443 => CONN at eni-b2 via vpce-fw2`,
      'tcp B1:40000 -> C1:443 => CONN at eni-c1',
    ],
  },
  {
    id: '14.4',
    says: 'a group without an attachment drops what is sent to it',
    network: world(...spokes, coreNetworkOf({ attachments: [b, c, d], policy: inspected([sendVia]) })),
    lines: ['tcp B1:40000 -> D1:443 => DENY@core-network-route-table'],
  },
  {
    id: '14.4',
    says: 'inside an isolated segment too',
    network: world(
      ...spokes,
      inspection,
      coreNetworkOf({
        attachments: [b, c, d, inspector],
        policy: inspected([{ ...sendVia, 'when-sent-to': { segments: '*' } }], isolated),
      }),
    ),
    lines: [`${passes} tcp B1:40000 -> C1:443 => CONN at eni-c1 via vpce-fw1`],
  },
]);

interface Open {
  readonly says: string;
  readonly network: Spec;
  readonly property: string;
  /** The table whose routes would tell; where it is none, the property holds. */
  readonly table?: string;
}

const vpn: CoreAttachmentSpec = { id: 'attachment-v', to: 'vpn-1', segment: 'prod' };

const besideGroup = world(
  ...spokes,
  inspection,
  coreNetworkOf({
    attachments: [b, c, d, inspector],
    policy: inspected([{ ...sendVia, 'when-sent-to': { segments: '*' } }]),
  }),
);

describe('14.4: what no answer tells of a table', () => {
  test.each<Open>([
    {
      says: 'where neither routes nor a policy were read, a segment may lead to any attachment',
      network: world(...spokes, coreNetworkOf({ attachments: [b, c, d], routes: { 'dev/us-east-1': [] } })),
      property: 'forbid: { from: subnet-b1, to: eni-d1 }',
      table: 'prod/us-east-1',
    },
    {
      says: 'nor is it certain then that one attachment reaches another',
      network: world(...spokes, coreNetworkOf({ attachments: [b, c, d], routes: { 'dev/us-east-1': [] } })),
      property: 'require: { from: subnet-b1, to: eni-c1, traffic: tcp/443 }',
      table: 'prod/us-east-1',
    },
    {
      says: 'what BGP brings may divert what a VPC attachment would get',
      network: world(...spokes, coreNetworkOf({ attachments: [b, c, d, vpn], policy: policy() })),
      property: 'require: { from: subnet-b1, to: eni-c1, traffic: tcp/443 }',
      table: 'prod/us-east-1',
    },
    {
      says: 'what BGP brings may lead on premises, and what comes back goes by the routes',
      network: world(...spokes, coreNetworkOf({ attachments: [b, c, d, vpn], policy: policy() })),
      property: 'forbid: { from: subnet-b1, to: onprem, mode: connection }',
      table: 'prod/us-east-1',
    },
    {
      says: 'from a segment that does not hear of it nothing goes on premises',
      network: world(...spokes, coreNetworkOf({ attachments: [b, c, d, vpn], policy: policy() })),
      property: 'forbid: { from: subnet-d1, to: onprem }',
    },
    {
      says: 'where a segment is not isolated, its attachments may reach each other past the group',
      network: besideGroup,
      property:
        'assume: ["passes:vpce-fw1", "passes:vpce-fw2"], forbid: { from: subnet-b1, to: eni-c1, except: { via: "vpce-fw1,vpce-fw2" } }',
      table: 'prod/us-east-1',
    },
  ])('$says', async ({ network: spec, property, table }) => {
    const { verdict, assumptions } = await answerOf(networkOf(spec), property);
    expect(verdict).toBe(table === undefined ? 'holds' : 'undecided');
    expect(assumptions.some((one) => table !== undefined && one.startsWith(unread(table)))).toBe(table !== undefined);
  });
});

describe('14.4: around a network function group', () => {
  const around = (actions: readonly object[], more: object = {}) =>
    world(
      ...spokes,
      inspection,
      coreNetworkOf({ attachments: [b, c, d, inspector], policy: inspected(actions, more) }),
    );
  test.each([
    { says: 'nothing goes past it between two segments', actions: [sendVia] },
    {
      says: 'nothing goes past it between two segments that are shared besides, for all that is known',
      actions: [sendVia, share],
      table: 'prod/us-east-1',
    },
  ])('$says', async ({ actions, table }) => {
    const property = 'forbid: { from: vpc-b, to: vpc-d, except: { via: "vpce-fw1,vpce-fw2" } }';
    const { verdict, assumptions } = await answerOf(networkOf(around(actions)), property);
    expect(verdict).toBe(table === undefined ? 'holds' : 'undecided');
    expect(assumptions.length > 0).toBe(table !== undefined);
  });
});
