/** Into a VPC by its carrier gateway: to an address of the carrier's that stands for a private one (semantics 4.32). */
import { type Address, formatAddress } from '../net/address.ts';
import type { CarrierGateway } from '../network/carrier-gateway.ts';
import { passes } from '../network/unknown.ts';
import { comeInByCarrier } from './block-public-access.ts';
import type { Place } from './place.ts';
import type { CarrierMapping } from './public-address.ts';
import { type Exit, type Trip, drop, note, side, subnetOf, works } from './trip.ts';

export const stepAtCarrier = (gateway: CarrierGateway) =>
  ({ resource: gateway.id, kind: 'carrier-gateway', source: gateway.source }) as const;

/**
 * A packet that is outside, to an address of the carrier's. Who is on the carrier's network is let in, and the rest of
 * the internet is not; which of them the sender is, is a declared side.
 */
export function enterByCarrier(trip: Trip, { vpc, interface: at, inside }: CarrierMapping): Place {
  const gateway = [...trip.network.carrierGateways.values()].find((each) => each.vpc === vpc);
  const { dst } = trip.packet;
  if (gateway === undefined)
    return drop(trip, {
      resource: 'internet',
      kind: 'internet',
      detail: `no carrier gateway of \`${vpc}\` takes in what is addressed to ${formatAddress(dst)}`,
    });
  const step = stepAtCarrier(gateway);
  if (!works(trip, gateway.id, gateway.state))
    return drop(trip, { ...step, code: 'BAD_STATE', detail: `\`${gateway.id}\` is ${gateway.state}` });
  if (!side(trip, passes(gateway.id)))
    return drop(trip, {
      ...step,
      detail: `\`${gateway.id}\` lets in the carrier's own network alone, and the sender is not taken to be in it`,
    });
  if (!comeInByCarrier(trip, vpc, subnetOf(trip, at.subnet))) return { kind: 'ended' };
  return mapInward(trip, gateway, inside);
}

/** A reply of a flow that went out by it. */
export function returnByCarrier(trip: Trip, { gateway: id, inside }: Exit): Place {
  const gateway = trip.network.carrierGateways.get(id);
  if (gateway === undefined || !works(trip, id, gateway.state))
    return drop(trip, { resource: id, kind: 'carrier-gateway', code: 'BAD_STATE', detail: `\`${id}\` does not work` });
  return mapInward(trip, gateway, inside);
}

function mapInward(trip: Trip, gateway: CarrierGateway, inside: Address): Place {
  const before = trip.packet.dst;
  trip.packet = { ...trip.packet, dst: inside };
  trip.identified = false;
  note(trip, {
    ...stepAtCarrier(gateway),
    action: 'translate',
    detail: `\`${gateway.id}\` takes the packet in and maps ${formatAddress(before)} to ${formatAddress(inside)}`,
  });
  return { kind: 'local', vpc: gateway.vpc, subnet: undefined };
}
