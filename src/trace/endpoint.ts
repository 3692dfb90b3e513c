/** Gateway endpoints of S3 and DynamoDB: TCP and pings from the VPC's own interfaces (semantics 9.2 to 9.9). */
import { formatAddress } from '../net/address.ts';
import { echoRequest } from '../net/packet.ts';
import { isIcmp, protocols } from '../net/protocol.ts';
import { deliver } from './delivery.ts';
import type { From, Place } from './place.ts';
import { type Trip, drop, works } from './trip.ts';

export function routeToGatewayEndpoint(trip: Trip, id: string, from: From): Place {
  const { packet } = trip;
  const endpoint = trip.network.endpoints.get(id);
  const step = {
    resource: id,
    kind: 'gateway-endpoint',
    ...(endpoint === undefined ? {} : { source: endpoint.source }),
  } as const;
  if (endpoint === undefined || !works(trip, id, endpoint.state))
    return drop(trip, { ...step, code: 'BAD_STATE', detail: `\`${id}\` is ${endpoint?.state ?? 'not there'}` });
  const echo = isIcmp(packet.protocol) && packet.icmpType === echoRequest(packet.protocol);
  if (packet.protocol !== protocols.tcp && !echo)
    return drop(trip, {
      ...step,
      code: 'VPCE_GATEWAY_PROTOCOL_RESTRICTION',
      detail: `\`${id}\` accepts TCP and echo requests alone`,
    });
  const holder = trip.atlas.holder(endpoint.vpc, packet.src);
  if (endpoint.vpc !== from.vpc || holder === undefined || (holder.kind === 'interface' && !holder.interface.attached))
    return drop(trip, {
      ...step,
      code: 'GATEWAY_REJECTS_SPOOFED_TRAFFIC',
      detail: `\`${id}\` serves interfaces of \`${endpoint.vpc}\` alone, and ${formatAddress(packet.src)} is none's`,
    });
  return deliver(
    trip,
    { kind: 'service', name: endpoint.serviceName, endpoint: id },
    { ...step, detail: `\`${id}\` takes the packet to \`${endpoint.serviceName}\`` },
  );
}
