/** NAT gateways: source translation for flows from inside, and for their replies alone (semantics 5.11 to 5.31). */
import { type Address, formatAddress, sameAddress } from '../net/address.ts';
import type { Packet } from '../net/packet.ts';
import { hasPorts, protocols } from '../net/protocol.ts';
import type { NatAddress, NatGateway } from '../network/gateway.ts';
import type { RouteTable } from '../network/route-table.ts';
import { nextTurnKey } from '../network/replay.ts';
import { passes, up } from '../network/unknown.ts';
import { isOwnAddress } from './holder.ts';
import { enterSubnet } from './network-acl.ts';
import type { Ended, From, Place } from './place.ts';
import { decide, lookUp } from './route-table.ts';
import { toIpv4, translated, translationAt, undo } from './translation.ts';
import { type Step, type Trip, drop, note, side, subnetOf, works } from './trip.ts';

const stepAt = (nat: NatGateway) => ({ resource: nat.id, kind: 'nat-gateway', source: nat.source }) as const;

/** A route leads to the gateway. */
export function routeToNat(trip: Trip, id: string, from: From): Place {
  const nat = trip.network.natGateways.get(id);
  if (nat === undefined)
    return drop(trip, { resource: id, kind: 'nat-gateway', code: 'BAD_STATE_ROUTE', detail: `\`${id}\` is not there` });
  const subnet = nat.subnet === undefined ? undefined : subnetOf(trip, nat.subnet);
  if (!enterSubnet(trip, subnet, from.subnet)) return { kind: 'ended' };
  const { dst } = trip.packet;
  if (nat.addresses.some(({ privateIp }) => privateIp !== undefined && sameAddress(privateIp, dst)))
    return { kind: 'at-nat', nat };
  const refusal = whyRefused(trip, nat, from);
  if (refusal !== undefined) return drop(trip, { ...stepAt(nat), ...refusal });
  const packet = trip.packet.src.family === 'ipv6' ? toIpv4(trip.packet) : trip.packet;
  if (packet === undefined)
    return drop(trip, {
      ...stepAt(nat),
      code: 'PROTOCOL_RESTRICTION',
      detail: `\`${nat.id}\` translates IPv6 to 64:ff9b::/96 alone, and of ICMPv6 echoes alone`,
    });
  return nat.subnet === undefined ? throughRegional(trip, nat, packet, from) : throughZonal(trip, nat, packet);
}

function whyRefused(trip: Trip, nat: NatGateway, from: From): Pick<Step, 'code' | 'detail'> | undefined {
  const { packet } = trip;
  if (nat.vpc !== from.vpc)
    return { code: 'NGW_REQUIRES_SOURCE_IN_VPC', detail: `\`${nat.id}\` serves \`${nat.vpc}\` alone` };
  if (!works(trip, nat.id, nat.state)) return { code: 'BAD_STATE', detail: `\`${nat.id}\` is ${nat.state}` };
  if (trip.direction === 'return')
    return { detail: `\`${nat.id}\` takes the reply for a flow of its own, and nobody awaits it so` };
  if (trip.flow.translations.some(({ id }) => id === nat.id))
    return { detail: `the packet comes back to \`${nat.id}\`: a loop` };
  const icmp = packet.src.family === 'ipv4' ? protocols.icmp : protocols.icmpv6;
  if (!hasPorts(packet.protocol) && packet.protocol !== icmp)
    return { code: 'PROTOCOL_RESTRICTION', detail: `\`${nat.id}\` carries TCP, UDP and ICMP alone` };
  if (packet.fragment && packet.protocol !== protocols.udp)
    return { code: 'PROTOCOL_RESTRICTION', detail: `\`${nat.id}\` carries fragments of UDP alone` };
  return undefined;
}

/** Into its own subnet again, as one of its private addresses. */
function throughZonal(trip: Trip, nat: NatGateway, packet: Packet): Place {
  const subnet = nat.subnet === undefined ? undefined : subnetOf(trip, nat.subnet);
  const chosen = choiceOf(trip, nat)?.address;
  // A gateway in the making may show no address yet: which it takes is a choice.
  if (nat.addresses.length === 0 && isFree(trip, nat, chosen) && subnet !== undefined && side(trip, up(nat.id))) {
    take(trip, nat, translated(packet, chosen, portOf(trip, nat)));
    return { kind: 'subnet', subnet };
  }
  const address = choose(trip, nat, nat.addresses);
  if ('kind' in address) return address;
  if (address.privateIp === undefined || subnet === undefined)
    return drop(trip, { ...stepAt(nat), code: 'BAD_STATE', detail: `\`${nat.id}\` has no private address` });
  take(trip, nat, translated(packet, address.privateIp, portOf(trip, nat)));
  return { kind: 'subnet', subnet };
}

/**
 * By the gateway's own table: out by an internet gateway as a public address of the source's zone, anywhere else as
 * a private one.
 */
function throughRegional(trip: Trip, nat: NatGateway, packet: Packet, from: From): Place {
  const table = nat.routeTable === undefined ? undefined : trip.network.routeTables.get(nat.routeTable);
  if (table === undefined)
    return drop(trip, { ...stepAt(nat), code: 'NO_ROUTE_TO_DESTINATION', detail: `\`${nat.id}\` has no route table` });
  const zone = from.subnet?.zone;
  const near = nat.addresses.filter((each) => each.zone !== undefined && each.zone === zone);
  const outward = lookUp(trip, table, packet.dst)?.route.target.kind === 'internet-gateway';
  const chosen = choiceOf(trip, nat)?.address;
  const hidden = !outward && nat.addresses.every(({ privateIp }) => privateIp === undefined);
  const own = near.length > 0 ? near : nat.addresses;
  // A private address that no call shows is a choice, for whoever takes the gateway to pass; or its public one all the way.
  const isPublic = own.some(({ publicIp }) => publicIp && chosen && sameAddress(publicIp, chosen));
  if (hidden && chosen && (isPublic || isFree(trip, nat, chosen)) && side(trip, passes(nat.id)))
    return byTable(trip, nat, table, translated(packet, chosen, portOf(trip, nat)), false);
  const address = choose(trip, nat, own);
  if ('kind' in address) return address;
  const src = outward ? address.publicIp : address.privateIp;
  if (src === undefined)
    return drop(trip, {
      ...stepAt(nat),
      code: 'BAD_STATE',
      detail: `\`${nat.id}\` has no ${outward ? 'public' : 'private'} address to send from`,
    });
  return byTable(trip, nat, table, translated(packet, src, portOf(trip, nat)), outward);
}

function byTable(trip: Trip, nat: NatGateway, table: RouteTable, after: Packet, outward: boolean): Place {
  take(trip, nat, after);
  const target = decide(trip, table);
  if (target.kind === 'ended') return target;
  return { kind: 'routed', target, from: { vpc: nat.vpc, subnet: undefined, regionalNat: outward } };
}

/** The address that the choices name, else the first. */
function choose(trip: Trip, nat: NatGateway, addresses: readonly NatAddress[]): NatAddress | Ended {
  const wanted = choiceOf(trip, nat)?.address;
  const is = (own: NatAddress['privateIp']): boolean =>
    wanted !== undefined && own !== undefined && sameAddress(own, wanted);
  const steady = addresses.filter(({ state }) => state === undefined || side(trip, up(nat.id)));
  const found = wanted === undefined ? steady[0] : steady.find((each) => is(each.privateIp) || is(each.publicIp));
  return (
    found ??
    drop(trip, {
      ...stepAt(nat),
      code: 'BAD_STATE',
      detail:
        wanted === undefined
          ? `\`${nat.id}\` has no address`
          : `${formatAddress(wanted)} is no address that \`${nat.id}\` takes for this packet`,
    })
  );
}

/** An address that the gateway may have because nothing else that is shown has it. */
function isFree(trip: Trip, { vpc }: NatGateway, address: Address | undefined): address is Address {
  if (address?.family !== 'ipv4') return false;
  for (const each of trip.network.interfaces.values()) {
    const isShown = each.vpc === vpc && each.role !== 'nat-gateway' && each.imaginary === undefined;
    if (isShown && isOwnAddress(each, address)) return false;
  }
  return true;
}

/** What is named for this time that the packet comes to it. */
const choiceOf = (trip: Trip, { id }: NatGateway) => trip.request.choices.nat.get(nextTurnKey(trip.flow.turns, id));

/** 1024 to 65535 (semantics 5.17). */
const portOf = (trip: Trip, nat: NatGateway): number => choiceOf(trip, nat)?.port ?? 1024;

function take(trip: Trip, nat: NatGateway, after: Packet): void {
  trip.flow.turns.add(nextTurnKey(trip.flow.turns, nat.id));
  trip.flow.translations.push({ id: nat.id, before: trip.packet, after });
  trip.packet = after;
  trip.identified = false;
  trip.inspected = false;
  trip.passedBy = undefined;
  trip.sentByNat = true;
  trip.transited = false;
  note(trip, {
    ...stepAt(nat),
    action: 'translate',
    code: 'NGW_SOURCE_ADDRESS_REASSIGN',
    detail: `\`${nat.id}\` sends the packet as from ${formatAddress(after.src)}`,
  });
}

/** At the gateway's own address: a reply to a flow that it translated goes on, all else is dropped (semantics 5.18). */
export function arriveAtNat(trip: Trip, nat: NatGateway): Place {
  const translation = trip.direction === 'return' ? translationAt(trip, nat.id) : undefined;
  if (translation === undefined)
    return drop(trip, {
      ...stepAt(nat),
      detail: `\`${nat.id}\` takes in only replies to flows that it translated`,
    });
  undo(trip, translation);
  note(trip, {
    ...stepAt(nat),
    action: 'translate',
    detail: `\`${nat.id}\` sends the reply on to ${formatAddress(trip.packet.dst)}`,
  });
  const subnet = nat.subnet === undefined ? undefined : subnetOf(trip, nat.subnet);
  if (subnet !== undefined) return { kind: 'subnet', subnet };
  const table = nat.routeTable === undefined ? undefined : trip.network.routeTables.get(nat.routeTable);
  if (table === undefined)
    return drop(trip, { ...stepAt(nat), code: 'NO_ROUTE_TO_DESTINATION', detail: `\`${nat.id}\` has no route table` });
  const target = decide(trip, table);
  if (target.kind === 'ended') return target;
  return { kind: 'routed', target, from: { vpc: nat.vpc, subnet: undefined, regionalNat: false } };
}
