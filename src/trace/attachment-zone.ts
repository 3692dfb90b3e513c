/** By which of its subnets an attachment takes a packet out of a VPC, and by which it puts one in (semantics 7.11 to 7.13, 7.19, 7.20, 7.31). */
import { type Address, formatAddress } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import type { Packet } from '../net/packet.ts';
import { prefixContains } from '../net/prefix.ts';
import { publicUnicast } from '../net/special.ts';
import type { Subnet } from '../network/subnet.ts';
import type { BehindAttachment, TransitGatewayAttachment } from '../network/transit-gateway.ts';
import { up } from '../network/unknown.ts';
import { areTold, isLocalZone, mayBeOneZone, zoneAmongAll } from '../network/zone.ts';
import { type Trip, side, subnetOf } from './trip.ts';
import { wayTaken } from './way.ts';

type BehindVpc = Extract<BehindAttachment, { kind: 'vpc' }>;

type Attachment = Pick<TransitGatewayAttachment, 'id'>;

/**
 * The attachment's subnet in the zone of the subnet that the packet leaves, any host of which may use it. What leaves
 * no subnet stands in every zone; a Local Zone goes by a parent zone that no answer shows, and of zones that nobody
 * tells, or of which one is told by its id and one by its name, each may be the one.
 */
export function departure(
  trip: Trip,
  attachment: TransitGatewayAttachment,
  behind: BehindVpc,
  from: Subnet | undefined,
): Subnet | undefined {
  const subnets = subnetsOf(trip, behind);
  const any = chosen(trip, attachment, subnets);
  if (from === undefined) return any;
  const near = subnets.find(({ zone }) => zone === from.zone);
  const open = isLocalZone(from.zone) || subnets.some(({ zone }) => mayBeOneZone(zone, from.zone));
  if (near !== undefined || !open) return near;
  return side(trip, up(attachment.id)) ? any : undefined;
}

/** The subnet by which the packet enters the VPC; `zone` is that by which it entered the gateway, if by a zone. */
export function entrance(
  trip: Trip,
  attachment: TransitGatewayAttachment,
  behind: BehindVpc,
  zone: string | undefined,
): Subnet | undefined {
  const subnets = subnetsOf(trip, behind);
  const any = chosen(trip, attachment, subnets);
  const near = subnets.find((each) => zoneAmongAll(each) === zone);
  const other = knowsZones(trip, attachment, subnets.map(zoneAmongAll), zone) ? any : undefined;
  const subnet = behind.applianceMode ? ofAppliance(trip, attachment, subnets, near, other) : (near ?? other);
  if (trip.direction === 'forward' && subnet !== undefined)
    trip.flow.zones.set(flowBy(attachment, trip.packet), subnet.zone);
  return subnet;
}

/**
 * The zone of a firewall that is attached to the gateway, always in appliance mode (semantics 7.23); undefined where it is not
 * told in which it stands, or of several from which the packet comes.
 */
export function functionZone(
  trip: Trip,
  attachment: TransitGatewayAttachment,
  zones: readonly string[] | undefined,
  from: string | undefined,
): string | undefined {
  if (zones === undefined) return undefined;
  const named = wayTaken(trip, trip.request.choices.zones, attachment.id);
  const kept = trip.direction === 'return' ? trip.flow.zones.get(flowBy(attachment, turned(trip.packet))) : undefined;
  const near = zones.find((each) => zoneAmongAll({ ...attachment, zone: each }) === from);
  const any = zones.find((each) => each === named) ?? zones[0];
  const among = zones.map((each) => zoneAmongAll({ ...attachment, zone: each }));
  const other = knowsZones(trip, attachment, among, from) ? any : undefined;
  const zone = kept ?? inApplianceMode(trip, attachment, near, from, other);
  if (trip.direction === 'forward' && zone !== undefined) trip.flow.zones.set(flowBy(attachment, trip.packet), zone);
  return zone;
}

/**
 * Where none of several zones is known to be the one that the packet comes from, though one may be: the names that two
 * accounts give to zones tell nothing of each other.
 */
function knowsZones(trip: Trip, { id }: Attachment, zones: readonly string[], from: string | undefined): boolean {
  if (from === undefined || zones.length < 2 || zones.includes(from)) return true;
  return zones.every((zone) => areTold(zone, from)) || side(trip, up(id));
}

/** What is bound for that zone alone, or for the internet, stays in it (semantics 7.19); anything else goes by any, where it is told to be elsewhere. */
function inApplianceMode<T>(
  trip: Trip,
  { id }: Attachment,
  near: T | undefined,
  from: string | undefined,
  any: T | undefined,
): T | undefined {
  if (near === undefined || from === undefined) return any;
  const { dst } = trip.packet;
  const there = zonesAround(trip, dst);
  const stays =
    there.length === 0 ? contains(publicUnicast[dst.family], dst.value) : there.every((zone) => zone === from);
  if (stays) return near;
  return there.every((zone) => areTold(zone, from)) || side(trip, up(id)) ? any : undefined;
}

/** The flow's zone for its reply, else that of the packet (semantics 7.19). */
function ofAppliance(
  trip: Trip,
  attachment: TransitGatewayAttachment,
  subnets: readonly Subnet[],
  near: Subnet | undefined,
  any: Subnet | undefined,
): Subnet | undefined {
  const kept = trip.direction === 'return' ? trip.flow.zones.get(flowBy(attachment, turned(trip.packet))) : undefined;
  if (kept !== undefined) return subnets.find((each) => each.zone === kept);
  return inApplianceMode(trip, attachment, near, near && zoneAmongAll(near), any);
}

/** The attachment and the ends of the packet: behind a translation it is another flow, with a zone of its own. */
const flowBy = ({ id }: TransitGatewayAttachment, { src, dst, srcPort, dstPort }: Packet): string =>
  [id, formatAddress(src), srcPort, formatAddress(dst), dstPort].join(' ');

const turned = (packet: Packet): Packet => ({
  ...packet,
  src: packet.dst,
  dst: packet.src,
  srcPort: packet.dstPort,
  dstPort: packet.srcPort,
});

/** The subnet that the choices name this time, which must be one of these; else the first. */
function chosen(trip: Trip, attachment: TransitGatewayAttachment, subnets: readonly Subnet[]): Subnet | undefined {
  const named = wayTaken(trip, trip.request.choices.zones, attachment.id);
  return named === undefined ? subnets[0] : subnets.find(({ id }) => id === named);
}

const subnetsOf = (trip: Trip, { subnets }: BehindVpc): readonly Subnet[] => subnets.map((id) => subnetOf(trip, id));

/** The zones of all subnets in whose blocks the address lies; VPCs may overlap. */
const zonesAround = (trip: Trip, address: Address): readonly string[] =>
  [...trip.network.subnets.values()]
    .filter(({ cidrs }) => cidrs.some((cidr) => prefixContains(cidr, address)))
    .map(zoneAmongAll);
