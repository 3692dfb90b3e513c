/** The core network and its three VPCs with one thing gone wrong. */
import { named, type Snapshot, type Variant } from '../variant.ts';

interface Segment {
  readonly name: string;
  'isolate-attachments'?: boolean;
  'deny-filter'?: readonly string[];
}

/** Changes a segment of the policy in force. */
function editSegment({ CoreNetworkPolicy: policy }: Snapshot, name: string, edit: (segment: Segment) => void): void {
  if (policy === undefined) throw new Error('the network has a core network policy');
  const document = JSON.parse(policy.PolicyDocument) as { segments: Segment[] };
  const segment = document.segments.find((one) => one.name === name);
  if (segment === undefined) throw new Error(`the policy has the segment ${name}`);
  edit(segment);
  policy.PolicyDocument = JSON.stringify(document);
}

export const variants: readonly Variant[] = [
  {
    name: 'isolation-off',
    fault: 'A new version of the policy left out isolate-attachments of the segment prod, which is off by default.',
    edit: (network) =>
      editSegment(network, 'prod', (segment) => {
        delete segment['isolate-attachments'];
      }),
  },
  {
    name: 'wrong-segment',
    fault: 'The attachment of the AI VPC is tagged segment=shared, and so it was moved there.',
    edit(network) {
      const attachment = named(network.Attachments ?? [], 'ai');
      attachment.SegmentName = 'shared';
      for (const tag of attachment.Tags ?? []) if (tag.Key === 'segment') tag.Value = 'shared';
    },
  },
  {
    name: 'filtered',
    fault: 'The segment prod denies routes from the segment shared.',
    edit: (network) =>
      editSegment(network, 'prod', (segment) => {
        segment['deny-filter'] = ['shared'];
      }),
  },
];
