/** Attachments behind which nobody knows what lies: what they emit, and where, is a choice handed in with the packet. */
import type { BehindAttachment, TransitGatewayAttachment } from '../network/transit-gateway.ts';
import { passes } from '../network/unknown.ts';
import { emissionOf } from './emission.ts';
import { homeOf } from './delivery.ts';
import { emit } from './opaque-gateway.ts';
import type { Place } from './place.ts';
import { type Trip, drop, inForce, side, subnetOf } from './trip.ts';

type Unknown = Extract<BehindAttachment, { kind: 'unknown' }>;

const stepAt = (attachment: TransitGatewayAttachment) =>
  ({ resource: attachment.id, kind: attachment.kind, source: attachment.source }) as const;

/** Out of the gateway; a reply that goes in may come back, by whatever way. */
export function leaveByUnknown(trip: Trip, attachment: TransitGatewayAttachment, behind: Unknown): Place {
  if (trip.home !== undefined && side(trip, passes(attachment.id)))
    return { kind: 'ended', delivery: homeOf(trip.home) };
  return handOn(trip, attachment, behind);
}

/** From outside, by way of what lies behind it. */
export function enterByUnknown(trip: Trip, attachment: TransitGatewayAttachment, behind: Unknown): Place {
  if (inForce(trip, attachment)) return handOn(trip, attachment, behind);
  return drop(trip, {
    ...stepAt(attachment),
    code: 'BAD_STATE_ATTACHMENT',
    detail: `\`${attachment.id}\` is ${attachment.state}`,
  });
}

/** In one of its VPCs, on premises, at the internet, or back at the gateway by the attachment's own table. */
function handOn(trip: Trip, attachment: TransitGatewayAttachment, { type, vpcs }: Unknown): Place {
  const { id } = attachment;
  const step = stepAt(attachment);
  const emission = emissionOf(trip, id);
  if (!side(trip, passes(id)) || emission === undefined)
    return drop(trip, {
      ...step,
      code: 'UNKNOWN_DESTINATION',
      detail: `what lies behind \`${id}\`${type === '' ? '' : ` (${type})`} is not modelled, and it is not taken to hand the packet on`,
    });
  switch (emission.at.kind) {
    case 'vpc':
    case 'internet':
    case 'onprem':
      return emit(trip, step, id, emission, vpcs);
    case 'table':
      if (emission.at.id === attachment.routeTable) return emit(trip, step, id, emission, vpcs);
      return drop(trip, { ...step, detail: `\`${id}\` is not associated with \`${emission.at.id}\`` });
    case 'subnet': {
      const { vpc } = subnetOf(trip, emission.at.id);
      if (vpcs.includes(vpc)) return emit(trip, step, id, emission);
      return drop(trip, { ...step, detail: `\`${id}\` leads to no subnet of \`${vpc}\`` });
    }
    case 'endpoint':
    case 'interface':
    case 'dns':
      return drop(trip, { ...step, detail: `\`${id}\` leads to no ${emission.at.kind}` });
  }
}
