/** The internet: everything outside, in front of the internet gateways (semantics 5.34, 5.35). */
import { type Address, formatAddress } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import { publicUnicast } from '../net/special.ts';
import { enterByCarrier, returnByCarrier } from './carrier-entrance.ts';
import { deliver } from './delivery.ts';
import { emissionOf } from './emission.ts';
import { enterEgressOnly } from './egress-only-internet-gateway.ts';
import { enterInternetGateway } from './internet-gateway.ts';
import type { Ended, Place } from './place.ts';
import { passes } from '../network/unknown.ts';
import { type Trip, drop, isFact, note, side } from './trip.ts';

const outside = { resource: 'internet', kind: 'internet' } as const;

/** A public unicast address that is neither in a VPC's blocks nor a public or carrier's address of this network. */
const isOutside = (trip: Trip, address: Address): boolean =>
  contains(publicUnicast[address.family], address.value) && !isOurs(trip, address);

/** An IPv4 block of a VPC is not its own out there, if it is public at all. */
const isOurs = (trip: Trip, address: Address): boolean =>
  trip.atlas.isPublicAddress(address) || (address.family === 'ipv6' && trip.atlas.vpcAround(address) !== undefined);

/** The VPC whose internet gateway takes packets so addressed in. */
function vpcOf(trip: Trip, dst: Address): string | undefined {
  const vpc = dst.family === 'ipv4' ? trip.atlas.mapping(dst)?.vpc : trip.atlas.vpcAround(dst);
  return vpc !== undefined && trip.atlas.gatewayOf(vpc) !== undefined ? vpc : undefined;
}

/** A packet that starts outside. */
export function startOutside(trip: Trip): Place {
  const { src, dst } = trip.packet;
  const vpc = vpcOf(trip, dst);
  if (!isOutside(trip, src))
    return drop(trip, {
      ...outside,
      code: 'GATEWAY_REJECTS_SPOOFED_TRAFFIC',
      detail: `${formatAddress(src)} is no address of the internet`,
    });
  const carried = trip.atlas.carrierMapping(dst);
  if (vpc === undefined && carried !== undefined) {
    note(trip, { ...outside, action: 'forward', detail: "the packet comes from the internet, or a carrier's network" });
    return enterByCarrier(trip, carried);
  }
  if (vpc === undefined)
    return drop(trip, {
      ...outside,
      code: 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS',
      detail: `no internet gateway takes in what is addressed to ${formatAddress(dst)}`,
    });
  note(trip, { ...outside, action: 'forward', detail: 'the packet comes from the internet' });
  return enterInternetGateway(trip, vpc, undefined);
}

/** A packet that a gateway sent out. */
export function atInternet(trip: Trip): Place {
  if (trip.direction === 'return') return replyAtInternet(trip);
  const { dst } = trip.packet;
  const taken = isOutside(trip, dst) ? takenIn(trip) : undefined;
  if (taken !== undefined) return taken;
  if (!isOurs(trip, dst)) return deliverOutside(trip);
  const vpc = vpcOf(trip, dst);
  const carried = trip.atlas.carrierMapping(dst);
  if (vpc === undefined && carried !== undefined) return enterByCarrier(trip, carried);
  if (vpc === undefined || !isFact(trip, '5.34'))
    return drop(trip, {
      ...outside,
      code: 'IGW_NAT_REFLECTION',
      detail: `${formatAddress(dst)} is an address of this network, and nothing takes it in from outside`,
    });
  note(trip, {
    ...outside,
    action: 'forward',
    detail: `${formatAddress(dst)} is a public address of this network: the packet turns round to \`${vpc}\``,
  });
  return enterInternetGateway(trip, vpc, undefined);
}

/** The interface of a service with public addresses of its own that is taken to bring the packet into a VPC (semantics 1.22, 14). */
function takenIn(trip: Trip): Place | undefined {
  for (const key of trip.request.choices.emits.keys()) {
    const at = trip.network.interfaces.get(key.replace(/ \d+$/, ''));
    if (at?.role === 'other-service' && emissionOf(trip, at.id) !== undefined && side(trip, passes(at.id)))
      return { kind: 'taken-in', interface: at };
  }
  return undefined;
}

/** A reply goes back in where its flow went out. */
function replyAtInternet(trip: Trip): Place {
  const { dst } = trip.packet;
  const exit = trip.flow.exits.findLast(
    (each) => each.outside.family === dst.family && each.outside.value === dst.value,
  );
  if (exit === undefined) return deliverOutside(trip);
  switch (exit.kind) {
    case 'internet-gateway':
      return enterInternetGateway(trip, exit.vpc, exit.inside);
    case 'egress-only-internet-gateway':
      return enterEgressOnly(trip, exit);
    case 'carrier-gateway':
      return returnByCarrier(trip, exit);
  }
}

export function deliverOutside(trip: Trip): Ended {
  const { dst } = trip.packet;
  if (!isOutside(trip, dst))
    return drop(trip, { ...outside, detail: `${formatAddress(dst)} is no address of the internet` });
  return deliver(trip, { kind: 'internet' }, { ...outside, detail: `${formatAddress(dst)} is on the internet` });
}
