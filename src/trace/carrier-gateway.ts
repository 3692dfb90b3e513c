/** Out of a VPC by its carrier gateway: IPv4 alone, each private address as one of the carrier's (semantics 4.32, 4.38). */
import { formatAddress } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import { privateIpv4 } from '../net/special.ts';
import type { CarrierGateway } from '../network/carrier-gateway.ts';
import { leaveByInternetGateway } from './block-public-access.ts';
import { stepAtCarrier } from './carrier-entrance.ts';
import { handToOpaque } from './opaque-gateway.ts';
import type { From, Place } from './place.ts';
import { loseReference } from './security-group.ts';
import { type Trip, drop, note, works } from './trip.ts';

const end: Place = { kind: 'ended' };

/** A route leads to the gateway: to the internet by the carrier's network, or into that network, which is not modelled. */
export function leaveByCarrier(trip: Trip, gateway: CarrierGateway, from: From): Place {
  const { id } = gateway;
  const { src, dst } = trip.packet;
  const step = stepAtCarrier(gateway);
  if (gateway.vpc !== from.vpc)
    return drop(trip, {
      ...step,
      code: 'BAD_STATE_ATTACHMENT',
      detail: `\`${id}\` is not attached to \`${from.vpc}\``,
    });
  if (!works(trip, id, gateway.state))
    return drop(trip, { ...step, code: 'BAD_STATE', detail: `\`${id}\` is ${gateway.state}` });
  if (src.family === 'ipv6')
    return drop(trip, { ...step, code: 'PROTOCOL_RESTRICTION', detail: `\`${id}\` carries IPv4 alone` });
  // What answers a flow that came in by it was let in.
  if (trip.direction === 'forward' && !leaveByInternetGateway(trip, from)) return end;
  const outside = trip.atlas.carrierOf(from.vpc, src);
  if (outside === undefined)
    return drop(trip, { ...step, detail: `${formatAddress(src)} has no address of the carrier's at \`${id}\`` });
  if (!loseReference(trip, id)) return end;
  trip.packet = { ...trip.packet, src: outside };
  trip.sentByNat = false;
  trip.identified = false;
  if (trip.direction === 'forward')
    trip.flow.exits.push({ gateway: id, kind: 'carrier-gateway', vpc: from.vpc, outside, inside: src });
  note(trip, {
    ...step,
    action: 'translate',
    detail: `\`${id}\` sends the packet out as from ${formatAddress(outside)}`,
  });
  if (!contains(privateIpv4, dst.value)) return { kind: 'internet' };
  // The carrier's network may lead to whatever VPC has a gateway to it.
  const joined = [...trip.network.carrierGateways.values()].map(({ vpc }) => vpc);
  return handToOpaque(trip, step, id, joined);
}
