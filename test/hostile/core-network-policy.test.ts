/** A policy of a core network that is no longer, or never was, in force. */
import { type CoreAttachmentSpec, coreNetworkOf } from '../support/aws-core-network.ts';
import { world } from '../support/world.ts';
import { vpcB } from './parts.ts';
import { type Edit, neverHolds } from './verdict.ts';

const attachments: readonly CoreAttachmentSpec[] = [
  { id: 'attachment-a', to: 'vpc-a', subnets: ['subnet-s1'], segment: 'prod' },
  { id: 'attachment-b', to: 'vpc-b', subnets: ['subnet-b'], segment: 'dev' },
];
const network = world(
  vpcB,
  {
    tables: [
      { id: 'rtb-s1', routes: ['0.0.0.0/0 core-network-1'] },
      { id: 'rtb-b', routes: ['0.0.0.0/0 core-network-1'] },
    ],
  },
  coreNetworkOf({ attachments, policy: { segments: [{ name: 'prod' }, { name: 'dev' }] } }),
);
/** `get-core-network-policy --policy-version-id 2`: neither LIVE nor LATEST, so without an alias. */
const version =
  (state: string): Edit =>
  (all) =>
    all.map((one) => {
      if (!one.file.startsWith('networkmanager/get-core')) return one;
      const { Alias: _, ...policy } = (one.json as { CoreNetworkPolicy: Record<string, unknown> }).CoreNetworkPolicy;
      return { ...one, json: { CoreNetworkPolicy: { ...policy, PolicyVersionId: 2, ChangeSetState: state } } };
    });
const property = 'forbid: { from: subnet-s1, to: subnet-b }';

neverHolds('a policy of a core network without the alias LIVE', [
  { says: 'an old one', network, edit: version('OUT_OF_DATE'), property },
  { says: 'one that waits', network, edit: version('READY_TO_EXECUTE'), property },
  { says: 'one that failed', network, edit: version('FAILED_GENERATION'), property },
  { says: 'one that was in force once', network, edit: version('EXECUTION_SUCCEEDED'), property },
]);
