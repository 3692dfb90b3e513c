/** Transit gateways and core networks: what arrives by an attachment goes on by the table associated with it (semantics 7.2, 7.27, 14.4). */
import type { TransitGatewayAttachment } from '../network/transit-gateway.ts';
import type { Inside, Place } from './place.ts';
import { arriveByPeer } from './transit-gateway-peering.ts';
import { decideAt } from './transit-gateway-route-table.ts';
import { passNetworkFunction } from './network-function.ts';
import { enterVpc } from './transit-gateway-vpc.ts';
import { leaveByLine } from './transit-gateway-line.ts';
import { type Trip, drop, inForce, note } from './trip.ts';
import { leaveByUnknown } from './unknown-attachment.ts';

/** Inside the gateway: association, route, and out by the attachment that the route names. */
export function crossGateway(trip: Trip, at: Inside): Place {
  const { by } = at;
  const gateway = trip.network.transitGateways.get(by.gateway);
  if (gateway === undefined)
    return drop(trip, { resource: by.gateway, kind: 'transit-gateway', detail: `\`${by.gateway}\` is not there` });
  const step = { resource: gateway.id, kind: gateway.kind, source: gateway.source } as const;
  note(trip, { ...step, action: 'forward', detail: `\`${gateway.id}\` takes the packet from \`${by.id}\`` });
  const table = by.routeTable === undefined ? undefined : trip.network.transitGatewayRouteTables.get(by.routeTable);
  if (table === undefined)
    return drop(trip, {
      resource: by.id,
      kind: by.kind,
      code: 'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION',
      detail: `\`${by.id}\` is associated with no route table, and \`${gateway.id}\` drops what arrives by it`,
      source: by.source,
    });
  const out = decideAt(trip, table);
  return out.kind === 'ended' ? out : leaveBy(trip, at, out);
}

function leaveBy(trip: Trip, at: Inside, out: TransitGatewayAttachment): Place {
  if (!inForce(trip, out))
    return drop(trip, {
      resource: out.id,
      kind: out.kind,
      code: 'BAD_STATE_ATTACHMENT',
      detail: `\`${out.id}\` is ${out.state}`,
      source: out.source,
    });
  switch (out.behind.kind) {
    case 'vpc':
      return enterVpc(trip, at, out, out.behind);
    case 'on-premises':
      return leaveByLine(trip, out, out.behind.id);
    case 'transit-gateway':
      return arriveByPeer(trip, out, out.behind.id);
    case 'network-function':
      return passNetworkFunction(trip, at, out, out.behind);
    case 'unknown':
      return leaveByUnknown(trip, out, out.behind);
  }
}
