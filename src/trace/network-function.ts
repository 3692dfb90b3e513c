/** Network Firewall attached to a transit gateway: it judges what is carried there, and hands it back (semantics 7.23 to 7.25, 10.6). */
import type { BehindAttachment, TransitGatewayAttachment } from '../network/transit-gateway.ts';
import { zoneAmongAll } from '../network/zone.ts';
import { functionZone } from './attachment-zone.ts';
import { carryGroups } from './group-referencing.ts';
import { type Inspector, inspect, inspectReply } from './inspection.ts';
import type { Inside, Place } from './place.ts';
import { loseReference } from './security-group.ts';
import { type Trip, drop, note } from './trip.ts';

type BehindFunction = Extract<BehindAttachment, { kind: 'network-function' }>;

const end: Place = { kind: 'ended' };

/** Through the firewall, and back at the gateway as from this attachment. */
export function passNetworkFunction(
  trip: Trip,
  at: Inside,
  attachment: TransitGatewayAttachment,
  behind: BehindFunction,
): Place {
  note(trip, {
    resource: attachment.id,
    kind: 'transit-gateway-attachment',
    action: 'forward',
    detail: `\`${attachment.id}\` hands the packet to ${behind.firewall === undefined ? 'a firewall' : `firewall \`${behind.firewall}\``}`,
    source: attachment.source,
  });
  const zone = functionZone(trip, attachment, behind.zones, at.zone);
  if (zone === undefined && behind.zones !== undefined)
    return drop(trip, {
      resource: attachment.id,
      kind: 'transit-gateway-attachment',
      detail: `which zone of \`${attachment.id}\` is ${at.zone ?? 'that of the packet'} is not told`,
      source: attachment.source,
    });
  const by = inspectorAt(attachment, behind);
  const inspected = trip.direction === 'forward' ? inspect(trip, by) : inspectReply(trip, by);
  if (inspected === undefined) return end;
  if (!loseReference(trip, attachment.id)) return end;
  carryGroups(trip, at.by, attachment);
  note(trip, { ...by.step, action: 'inspect', ...inspected });
  return { kind: 'in-transit-gateway', by: attachment, zone: zone && zoneAmongAll({ ...attachment, zone }) };
}

function inspectorAt({ id }: TransitGatewayAttachment, { firewall = id }: BehindFunction): Inspector {
  const called = `firewall \`${firewall}\``;
  const step = { resource: firewall, kind: 'network-firewall' } as const;
  return { at: id, step, stops: 'deny', firewall, called, itself: called, owner: called };
}
