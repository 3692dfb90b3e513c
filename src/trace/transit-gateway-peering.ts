/** Peering attachments: out of one transit gateway and into another, by static routes at each (semantics 7.10). */
import type { TransitGatewayAttachment } from '../network/transit-gateway.ts';
import { routeToOpaque } from './opaque-gateway.ts';
import type { Place } from './place.ts';
import { type Trip, drop, inForce, note } from './trip.ts';

const stepAt = (attachment: TransitGatewayAttachment) =>
  ({ resource: attachment.id, kind: attachment.kind, source: attachment.source }) as const;

/** Out by the attachment behind which the other gateway lies. */
export function arriveByPeer(trip: Trip, out: TransitGatewayAttachment, other: string): Place {
  // No group is known across it (semantics 7.10).
  trip.identified = false;
  note(trip, { ...stepAt(out), action: 'forward', detail: `\`${out.id}\` hands the packet to \`${other}\`` });
  if (!trip.network.transitGateways.has(other)) return routeToOpaque(trip, { kind: 'transit-gateway', id: other });
  const by = farSide(trip, out, other);
  if (by === undefined || !inForce(trip, by))
    return drop(trip, {
      ...stepAt(by ?? out),
      code: 'BAD_STATE_ATTACHMENT',
      detail:
        by === undefined
          ? `\`${other}\` has no attachment for \`${out.id}\` of \`${out.gateway}\``
          : `\`${by.id}\` is ${by.state}`,
    });
  if (by.id !== out.id)
    note(trip, { ...stepAt(by), action: 'forward', detail: `\`${by.id}\` takes the packet to \`${other}\`` });
  return { kind: 'in-transit-gateway', by, zone: undefined };
}

/** The other gateway's side of the same connection: of one id, but for what tells the two sides apart. */
function farSide(trip: Trip, out: TransitGatewayAttachment, other: string): TransitGatewayAttachment | undefined {
  const back = [...trip.network.transitGatewayAttachments.values()].filter(
    ({ gateway, behind }) => gateway === other && behind.kind === 'transit-gateway' && behind.id === out.gateway,
  );
  return back.find(({ id }) => awsId(id) === awsId(out.id)) ?? back[0];
}

/** `tgw-attach-1@tgw-2` is what AWS calls `tgw-attach-1`. */
const awsId = (id: string): string => id.replace(/@.*$/, '');
