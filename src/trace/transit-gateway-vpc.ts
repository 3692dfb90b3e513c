/** Attachments of transit gateways to VPCs: out of a VPC by a zone of the attachment, and into one (semantics 7.11 to 7.20, 7.30). */
import type { BehindAttachment, TransitGateway, TransitGatewayAttachment } from '../network/transit-gateway.ts';
import { zoneAmongAll } from '../network/zone.ts';
import { departure, entrance } from './attachment-zone.ts';
import { carryGroups } from './group-referencing.ts';
import { passAcl } from './network-acl.ts';
import type { From, Inside, Place } from './place.ts';
import { loseReference } from './security-group.ts';
import { type Trip, drop, inForce, note } from './trip.ts';

type BehindVpc = Extract<BehindAttachment, { kind: 'vpc' }>;

const end: Place = { kind: 'ended' };

const stepAt = (attachment: TransitGatewayAttachment) =>
  ({ resource: attachment.id, kind: attachment.kind, source: attachment.source }) as const;

/** A route of a VPC leads to the gateway. */
export function routeToTransitGateway(trip: Trip, gateway: TransitGateway, from: From): Place {
  const mine = attachmentsTo(trip, gateway.id, from.vpc);
  const found = mine.find(({ attachment }) => inForce(trip, attachment));
  if (found === undefined) {
    const [first] = mine;
    const said = first === undefined ? '' : `: \`${first.attachment.id}\` is ${first.attachment.state}`;
    return drop(trip, {
      resource: gateway.id,
      kind: gateway.kind,
      code: 'BAD_STATE_ATTACHMENT',
      detail: `\`${gateway.id}\` is not attached to \`${from.vpc}\`${said}`,
      source: gateway.source,
    });
  }
  const { attachment, behind } = found;
  if (!carriesFamily(trip, attachment, behind)) return end;
  const by = departure(trip, attachment, behind, from.subnet);
  if (by === undefined)
    return drop(trip, {
      ...stepAt(attachment),
      code: 'TGW_ROUTE_AZ_RESTRICTION',
      detail: `\`${attachment.id}\` has no subnet in ${from.subnet?.zone ?? 'any zone'}, the zone of \`${from.subnet?.id ?? from.vpc}\``,
    });
  if (!passAcl(trip, by, 'inbound')) return end;
  if (!loseReference(trip, gateway.id)) return end;
  note(trip, {
    ...stepAt(attachment),
    action: 'forward',
    detail: `\`${attachment.id}\` takes the packet from \`${from.vpc}\` to \`${gateway.id}\` in ${by.zone}`,
  });
  return { kind: 'in-transit-gateway', by: attachment, zone: zoneAmongAll(by) };
}

function attachmentsTo(trip: Trip, gateway: string, vpc: string) {
  const out: { readonly attachment: TransitGatewayAttachment; readonly behind: BehindVpc }[] = [];
  for (const attachment of trip.network.transitGatewayAttachments.values()) {
    const { behind } = attachment;
    if (attachment.gateway === gateway && behind.kind === 'vpc' && behind.vpc === vpc) out.push({ attachment, behind });
  }
  return out;
}

/** Out of the gateway, onto the attachment's subnet: that subnet's table decides what is next (semantics 7.14). */
export function enterVpc(trip: Trip, at: Inside, attachment: TransitGatewayAttachment, behind: BehindVpc): Place {
  if (!carriesFamily(trip, attachment, behind)) return end;
  const subnet = entrance(trip, attachment, behind, at.zone);
  if (subnet === undefined)
    return drop(trip, {
      ...stepAt(attachment),
      code: 'TGW_ATTACH_VPC_AZ_RESTRICTION',
      detail: `\`${attachment.id}\` has no such subnet to send the packet into`,
    });
  carryGroups(trip, at.by, attachment);
  trip.transited = true;
  note(trip, {
    ...stepAt(attachment),
    action: 'forward',
    detail: `\`${attachment.id}\` puts the packet onto \`${subnet.id}\` of \`${behind.vpc}\` in ${subnet.zone}`,
  });
  return { kind: 'subnet', subnet };
}

/** IPv6 needs the attachment's own support (semantics 7.30). */
function carriesFamily(trip: Trip, attachment: TransitGatewayAttachment, behind: BehindVpc): boolean {
  if (behind.ipv6 || trip.packet.dst.family === 'ipv4') return true;
  drop(trip, {
    ...stepAt(attachment),
    code: 'PROTOCOL_RESTRICTION',
    detail: `\`${attachment.id}\` does not support IPv6 (Ipv6Support)`,
  });
  return false;
}
