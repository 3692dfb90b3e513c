/** Attachments that lead on premises: by a VPN connection, or a Direct Connect gateway (semantics 8.9, 8.10). */
import type { TransitGatewayAttachment } from '../network/transit-gateway.ts';
import { carryByDirectConnect } from './direct-connect-gateway.ts';
import type { Place } from './place.ts';
import { type Trip, drop, inForce, note } from './trip.ts';
import { type Way, whyNotCarried } from './vpn-connection.ts';

const end: Place = { kind: 'ended' };

const stepAt = (attachment: TransitGatewayAttachment) =>
  ({ resource: attachment.id, kind: attachment.kind, source: attachment.source }) as const;

/** Out of the gateway; `id` is that of the connection or Direct Connect gateway. */
export function leaveByLine(trip: Trip, attachment: TransitGatewayAttachment, id: string): Place {
  note(trip, {
    ...stepAt(attachment),
    action: 'forward',
    detail: `\`${attachment.id}\` hands the packet to \`${id}\``,
  });
  return carry(trip, attachment, id, 'outward') ? { kind: 'on-premises', line: attachment.id } : end;
}

/** From on premises into the gateway. */
export function enterByLine(trip: Trip, attachment: TransitGatewayAttachment, id: string): Place {
  if (!carry(trip, attachment, id, 'inward')) return end;
  if (!inForce(trip, attachment))
    return drop(trip, {
      ...stepAt(attachment),
      code: 'BAD_STATE_ATTACHMENT',
      detail: `\`${attachment.id}\` is ${attachment.state}`,
    });
  // Nothing of on premises is a member of a group (semantics 8.13).
  trip.identified = false;
  note(trip, {
    ...stepAt(attachment),
    action: 'forward',
    detail: `\`${attachment.id}\` takes the packet from on premises to \`${attachment.gateway}\``,
  });
  return { kind: 'in-transit-gateway', by: attachment, zone: undefined };
}

/** Whether the VPN connection or Direct Connect gateway carries the packet; anything else that leads on premises does. */
function carry(trip: Trip, attachment: TransitGatewayAttachment, id: string, way: Way): boolean {
  const direct = trip.network.directConnectGateways.get(id);
  if (direct !== undefined) {
    const { carried, ...said } = carryByDirectConnect(trip, attachment, direct, way);
    const step = { resource: id, kind: 'direct-connect-gateway', source: direct.source, ...said } as const;
    if (carried) note(trip, { ...step, action: 'forward' });
    else drop(trip, step);
    return carried;
  }
  const connection = trip.network.vpnConnections.get(id);
  if (connection === undefined) return true;
  const step = { resource: id, kind: 'vpn-connection', source: connection.source } as const;
  const refusal = whyNotCarried(trip, connection, way);
  if (refusal !== undefined) {
    drop(trip, { ...step, ...refusal });
    return false;
  }
  note(trip, { ...step, action: 'forward', detail: `\`${id}\` carries the packet ${onWay[way]}` });
  return true;
}

const onWay: Readonly<Record<Way, string>> = { outward: 'to on premises', inward: 'from on premises' };
