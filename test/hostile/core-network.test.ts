/** What a core network could do beyond what was read is never proved away (semantics 14.4). */
import { type CoreAttachmentSpec, type CoreNetworkSpec, coreNetworkOf } from '../support/aws-core-network.ts';
import { account } from '../support/identity.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { vpcB } from './parts.ts';
import { type Edit, neverHolds, stillHolds, unread } from './verdict.ts';

const routed: Change = {
  tables: [
    { id: 'rtb-s1', routes: ['0.0.0.0/0 core-network-1'] },
    { id: 'rtb-b', routes: ['0.0.0.0/0 core-network-1'] },
  ],
};

const a: CoreAttachmentSpec = { id: 'attachment-a', to: 'vpc-a', subnets: ['subnet-s1'], segment: 'prod' };
const b: CoreAttachmentSpec = { id: 'attachment-b', to: 'vpc-b', subnets: ['subnet-b'], segment: 'dev' };

const apart = { segments: [{ name: 'prod', 'isolate-attachments': true }, { name: 'dev' }] };

const core = (more: Partial<CoreNetworkSpec> = {}) =>
  world(vpcB, routed, coreNetworkOf({ attachments: [a, b], policy: apart, ...more }));

const list = 'networkmanager/list-attachments';

/** Changes each attachment of the answer; one that becomes undefined is left out. */
const attachments =
  (change: (item: Record<string, unknown>) => object | undefined): Edit =>
  (all) =>
    all.map((one) => {
      if (!one.file.startsWith(list)) return one;
      const { Attachments } = one.json as { Attachments: Record<string, unknown>[] };
      return { ...one, json: { Attachments: Attachments.flatMap((item) => change(item) ?? []) } };
    });

const toB = 'forbid: { from: subnet-s1, to: subnet-b }';

/** The core network is another account's. */
const asParticipant: Edit = (all) =>
  all.map((one) => ({
    ...one,
    json: JSON.parse(
      JSON.stringify(one.json).replaceAll(`networkmanager::${account}`, 'networkmanager::444455556666'),
    ) as object,
  }));

stillHolds('a core network of which all is told', [
  { says: 'segments that are not shared are apart', network: core(), property: toB },
  {
    says: 'what BGP brings to one segment leads from no other to it',
    network: core({ attachments: [a, b, { id: 'attachment-v', to: 'vpn-1', segment: 'dev' }] }),
    property: toB,
  },
  {
    says: 'nor on premises',
    network: core({ attachments: [a, b, { id: 'attachment-v', to: 'vpn-1', segment: 'dev' }] }),
    property: 'forbid: { from: subnet-s1, to: onprem }',
  },
]);

neverHolds('a core network', [
  {
    says: 'without its policy nobody knows its routes',
    network: core(),
    edit: unread('networkmanager/get-core'),
    property: toB,
  },
  {
    says: 'without the subnets of an attachment nobody knows where packets come out',
    network: core(),
    edit: unread('networkmanager/get-vpc-attachment.attachment-b'),
    property: toB,
  },
  {
    says: 'an attachment that is not shown is one that a route of its VPC tells of',
    network: core(),
    edit: attachments((one) => (one['AttachmentId'] === 'attachment-b' ? undefined : one)),
    property: toB,
  },
  {
    says: 'a participant is shown its own attachments alone',
    network: core(),
    edit: asParticipant,
    property: toB,
  },
  {
    says: 'an attachment whose segment changes may be in either',
    network: core(),
    edit: attachments((one) =>
      one['AttachmentId'] === 'attachment-b' ? { ...one, ProposedSegmentChange: { SegmentName: 'prod' } } : one,
    ),
    property: toB,
  },
  {
    says: 'what BGP brings may lead anywhere behind the attachment',
    network: core({ attachments: [a, b, { id: 'attachment-v', to: 'vpn-1', segment: 'dev' }] }),
    property: 'forbid: { from: subnet-b, to: onprem }',
  },
  {
    says: 'and the answers come back by the routes',
    network: core({ attachments: [a, b, { id: 'attachment-v', to: 'vpn-1', segment: 'dev' }] }),
    property: 'forbid: { from: subnet-b, to: onprem, mode: connection }',
  },
  {
    says: 'a Connect attachment leads wherever its peer stands',
    network: core({
      attachments: [a, b, { id: 'attachment-x', to: 'CONNECT', segment: 'prod' }],
      policy: { segments: [{ name: 'prod' }, { name: 'dev' }] },
    }),
    property: toB,
  },
  {
    says: 'routing policies may bring what the rest of the policy does not',
    network: core({ policy: { ...apart, 'routing-policies': [{ 'routing-policy-name': 'p' }] } }),
    property: toB,
  },
  {
    says: 'a word of the policy that nobody knows may join segments',
    network: core({ policy: { ...apart, 'segment-actions': [{ action: 'join', segment: 'prod' }] } }),
    property: toB,
  },
  {
    says: 'the filter of one segment may leave the other way open',
    network: core({
      policy: {
        segments: [{ name: 'prod' }, { name: 'dev', 'deny-filter': ['prod'] }],
        'segment-actions': [{ action: 'share', mode: 'attachment-route', segment: 'prod', 'share-with': ['dev'] }],
      },
    }),
    property: toB,
  },
]);
