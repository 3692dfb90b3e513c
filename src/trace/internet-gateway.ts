/** Internet gateways: stateless one-to-one translation of IPv4, IPv6 unchanged, and edge tables (semantics 4.21 to 4.24, 5.1 to 5.8). */
import { type Address, formatAddress, sameAddress } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import { parsePrefix, prefixContains } from '../net/prefix.ts';
import { privateIpv4, publicUnicast } from '../net/special.ts';
import { unreadEdge } from '../network/edge-table.ts';
import type { InternetGateway } from '../network/gateway.ts';
import { isUnread } from '../network/resource.ts';
import type { Holder } from './holder.ts';
import { comeIn, leaveByInternetGateway } from './block-public-access.ts';
import type { From, Place } from './place.ts';
import { decide } from './route-table.ts';
import { loseReference } from './security-group.ts';
import { type Trip, drop, isFact, note, subnetOf, side, works } from './trip.ts';

const end: Place = { kind: 'ended' };
const carrierGradeNat = parsePrefix('100.64.0.0/10');

const rfcOf = (address: Address): string =>
  carrierGradeNat !== undefined && prefixContains(carrierGradeNat, address) ? 'RFC6598' : 'RFC1918';

const stepAt = (gateway: InternetGateway) =>
  ({ resource: gateway.id, kind: 'internet-gateway', source: gateway.source }) as const;

/** A route leads out by the gateway. */
export function leaveByGateway(trip: Trip, id: string, from: From): Place {
  const gateway = trip.network.internetGateways.get(id);
  if (gateway?.vpc !== from.vpc)
    return drop(trip, {
      resource: id,
      kind: 'internet-gateway',
      code: 'BAD_STATE_ATTACHMENT',
      detail: `\`${id}\` is not attached to \`${from.vpc}\``,
    });
  if (!works(trip, id, gateway.state ?? 'attached')) return changing(trip, gateway);
  if (!leaveByInternetGateway(trip, from)) return end;
  return trip.packet.src.family === 'ipv4' ? leaveIpv4(trip, gateway, from) : leaveIpv6(trip, gateway, from);
}

const changing = (trip: Trip, gateway: InternetGateway): Place =>
  drop(trip, { ...stepAt(gateway), code: 'BAD_STATE_ATTACHMENT', detail: `\`${gateway.id}\` is ${gateway.state}` });

function leaveIpv4(trip: Trip, gateway: InternetGateway, from: From): Place {
  const { src, dst } = trip.packet;
  const step = stepAt(gateway);
  if (contains(privateIpv4, dst.value))
    return drop(trip, {
      ...step,
      code: `IGW_DESTINATION_ADDRESS_NOT_IN_${rfcOf(dst)}_EGRESS`,
      detail: `\`${gateway.id}\` sends nothing to private addresses such as ${formatAddress(dst)}`,
    });
  const asItself = from.regionalNat || (trip.sentByNat && isOfRegionalNat(trip, from.vpc, src));
  const outside = asItself ? src : trip.atlas.publicOf(from.vpc, src);
  if (outside === undefined)
    return drop(trip, {
      ...step,
      code: 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
      detail: `${formatAddress(src)} has no public address at \`${gateway.id}\``,
    });
  if (!loseReference(trip, gateway.id)) return end;
  if (!asItself) {
    trip.packet = { ...trip.packet, src: outside };
    trip.sentByNat = false;
  }
  trip.identified = false;
  leftBy(trip, gateway, from.vpc, outside, src);
  note(trip, {
    ...step,
    action: asItself ? 'forward' : 'translate',
    detail: `\`${gateway.id}\` sends the packet out as from ${formatAddress(outside)}`,
  });
  return { kind: 'internet' };
}

/** It stands on packets inside the VPC already, where the gateway's table leads elsewhere first. */
function isOfRegionalNat(trip: Trip, vpc: string, address: Address): boolean {
  for (const nat of trip.network.natGateways.values()) {
    const has = nat.addresses.some(({ publicIp }) => publicIp !== undefined && sameAddress(publicIp, address));
    if (nat.vpc === vpc && nat.subnet === undefined && has) return true;
  }
  return false;
}

function leaveIpv6(trip: Trip, gateway: InternetGateway, from: From): Place {
  const { src, dst } = trip.packet;
  const step = stepAt(gateway);
  const holder = trip.atlas.holder(from.vpc, src);
  if (holder?.kind !== 'interface' || !holder.interface.attached)
    return drop(trip, {
      ...step,
      code: 'GATEWAY_REJECTS_SPOOFED_TRAFFIC',
      detail: `no interface of \`${from.vpc}\` holds ${formatAddress(src)}`,
    });
  if (holder.interface.denyAllIgwTraffic)
    return drop(trip, {
      ...step,
      detail: `\`${holder.interface.id}\` denies all internet gateway traffic (DenyAllIgwTraffic)`,
    });
  for (const address of [src, dst])
    if (!contains(publicUnicast.ipv6, address.value))
      return drop(trip, { ...step, detail: `${formatAddress(address)} is no public IPv6 address` });
  trip.identified = false;
  leftBy(trip, gateway, from.vpc, src, src);
  note(trip, { ...step, action: 'forward', detail: `\`${gateway.id}\` sends the packet out` });
  return { kind: 'internet' };
}

function leftBy(trip: Trip, gateway: InternetGateway, vpc: string, outside: Address, inside: Address): void {
  if (trip.direction === 'return') return;
  trip.flow.exits.push({ gateway: gateway.id, kind: 'internet-gateway', vpc, outside, inside });
}

/**
 * A packet from outside comes in by the VPC's gateway. `inside` is the address to which a reply's destination was
 * mapped on its flow's way out.
 */
export function enterInternetGateway(trip: Trip, vpc: string, inside: Address | undefined): Place {
  const gateway = trip.atlas.gatewayOf(vpc);
  const { src, dst } = trip.packet;
  if (gateway === undefined)
    return drop(trip, { resource: vpc, kind: 'internet-gateway', detail: `\`${vpc}\` has no internet gateway` });
  if (!works(trip, gateway.id, gateway.state ?? 'attached')) return changing(trip, gateway);
  const step = stepAt(gateway);
  if (src.family === 'ipv4' && contains(privateIpv4, src.value))
    return drop(trip, {
      ...step,
      code: `IGW_SOURCE_ADDRESS_NOT_IN_${rfcOf(src)}_INGRESS`,
      detail: `\`${gateway.id}\` takes nothing from private addresses such as ${formatAddress(src)}`,
    });
  const mapping = trip.atlas.mapping(dst);
  const holder = dst.family === 'ipv4' ? mapping?.holder : trip.atlas.holder(vpc, dst);
  if (holder === undefined || (holder.kind === 'interface' && !holder.interface.attached))
    return drop(trip, {
      ...step,
      code: 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS',
      detail: `${formatAddress(dst)} is mapped to no attached interface of \`${vpc}\``,
    });
  if (dst.family === 'ipv6' && holder.kind === 'interface' && holder.interface.denyAllIgwTraffic)
    return drop(trip, {
      ...step,
      detail: `\`${holder.interface.id}\` denies all internet gateway traffic (DenyAllIgwTraffic)`,
    });
  const behind = dst.family === 'ipv6' ? dst : (inside ?? insideOf(trip, holder));
  if (!comeIn(trip, gateway, vpc, holder, behind ?? dst) || !isPublic(trip, gateway, holder)) return end;
  return translateInward(trip, gateway, vpc, holder, behind);
}

/** The private address behind the mapped one; a choice for an imaginary host, which may hold any of its pool. */
function insideOf(trip: Trip, holder: Holder): Address | undefined {
  const mapped = trip.atlas.mapping(trip.packet.dst)?.inside;
  const imaginary = holder.kind === 'interface' ? holder.interface.imaginary : undefined;
  if (holder.kind !== 'interface' || imaginary === undefined) return mapped;
  const chosen = trip.request.choices.nat.get(holder.interface.id)?.address;
  return chosen !== undefined && contains(imaginary.pool[chosen.family] ?? [], chosen.value) ? chosen : mapped;
}

function translateInward(
  trip: Trip,
  gateway: InternetGateway,
  vpc: string,
  holder: Holder,
  inside: Address | undefined,
): Place {
  const step = stepAt(gateway);
  trip.identified = false;
  if (holder.kind === 'nat' && holder.nat.subnet === undefined) {
    note(trip, { ...step, action: 'forward', detail: `\`${gateway.id}\` hands the packet to \`${holder.nat.id}\`` });
    return { kind: 'at-nat', nat: holder.nat };
  }
  if (inside === undefined) return drop(trip, { ...step, detail: `\`${gateway.id}\` knows no private address for it` });
  const before = trip.packet.dst;
  trip.packet = { ...trip.packet, dst: inside };
  note(trip, {
    ...step,
    action: before.family === 'ipv4' ? 'translate' : 'forward',
    detail:
      before.family === 'ipv4'
        ? `\`${gateway.id}\` takes the packet in and maps ${formatAddress(before)} to ${formatAddress(inside)}`
        : `\`${gateway.id}\` takes the packet in`,
  });
  return { kind: 'edge', gateway, vpc };
}

/** Without fact 5.6, an address counts as public only where its subnet has a route to the gateway. */
function isPublic(trip: Trip, gateway: InternetGateway, holder: Holder): boolean {
  if (trip.direction === 'return' || isFact(trip, '5.6')) return true;
  const id = holder.kind === 'interface' ? holder.interface.subnet : holder.nat.subnet;
  if (id === undefined) return true;
  const subnet = subnetOf(trip, id);
  if (isUnread(subnet.routeTable)) return true;
  const table = trip.network.routeTables.get(subnet.routeTable);
  if (table?.routes.some(({ target }) => target.kind === 'internet-gateway' && target.id === gateway.id)) return true;
  drop(trip, { ...stepAt(gateway), detail: `\`${subnet.id}\` has no route to \`${gateway.id}\` (semantics 5.6)` });
  return false;
}

/** Past the translation: the edge table, if one is associated, else local delivery (semantics 4.2, 4.23). */
export function passEdge(trip: Trip, gateway: InternetGateway, vpc: string): Place {
  const table = gateway.routeTable === undefined ? undefined : trip.network.routeTables.get(gateway.routeTable);
  const unread = unreadEdge(trip.network, gateway);
  if (unread !== undefined && !side(trip, unread))
    return drop(trip, { ...stepAt(gateway), detail: `whether \`${gateway.id}\` has an edge table was not read` });
  if (table === undefined) return { kind: 'local', vpc, subnet: undefined };
  const target = decide(trip, table);
  if (target.kind === 'ended') return target;
  if (target.kind === 'network-interface' && trip.packet.dst.family === 'ipv4' && !hasPublicIp(trip, target.id))
    return drop(trip, {
      resource: target.id,
      kind: 'network-interface',
      code: 'INGRESS_RTB_NO_PUBLIC_IP',
      detail: `\`${target.id}\`, to which edge table \`${table.id}\` leads, has no public address`,
    });
  return { kind: 'routed', target, from: { vpc, subnet: undefined, regionalNat: false } };
}

const hasPublicIp = (trip: Trip, id: string): boolean =>
  trip.network.interfaces.get(id)?.addresses.some(({ publicIp }) => publicIp !== undefined) === true;
