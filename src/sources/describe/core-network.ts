/** Cloud WAN: what is attached to a core network. What its policy forwards is not read. */
import type { AttachmentFinding, Findings } from '../../network/build/findings.ts';
import { type At, isObject, required, text } from './fields.ts';
import { attach } from './opaque-gateway.ts';

interface Attachment {
  readonly AttachmentId?: string;
  readonly CoreNetworkArn?: string;
  readonly CoreNetworkId?: string;
  readonly ResourceArn?: string;
  readonly State?: string;
}

/** Other answers have `Attachments` too, of something else. */
export const isCoreNetworkAttachments = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => isObject(item) && 'CoreNetworkId' in item && 'AttachmentId' in item);

export function readCoreNetworkAttachment(at: At<Attachment>, findings: Findings): void {
  const id = required(at, 'AttachmentId');
  // Routes name the core network by its ARN.
  const network = text(at, 'CoreNetworkArn') ?? text(at, 'CoreNetworkId');
  if (id === undefined || network === undefined || /^(?:REJECTED|FAILED)$/.test(text(at, 'State') ?? '')) return;
  const vpc = /:vpc\/(vpc-\w+)$/.exec(text(at, 'ResourceArn') ?? '')?.[1];
  const to: AttachmentFinding['to'] = vpc === undefined ? { kind: 'on-premises', id } : { kind: 'vpc', id: vpc };
  attach(at, 'core-network', network, { id, to, name: 'core-network-attachment' }, findings);
}
