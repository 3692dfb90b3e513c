/** Source translations by NAT gateways and guests, and their undoing for replies (semantics 5.12, 5.17, 5.25). */
import type { Address } from '../net/address.ts';
import type { Packet } from '../net/packet.ts';
import { hasPorts, protocols } from '../net/protocol.ts';
import { nat64 } from '../net/special.ts';
import type { Trip, Translation } from './trip.ts';

/** The packet with another source; the port counts only where the protocol has ports. */
export const translated = (packet: Packet, src: Address, port: number): Packet => ({
  ...packet,
  src,
  srcPort: hasPorts(packet.protocol) ? port : packet.srcPort,
});

/**
 * An IPv6 packet to 64:ff9b::/96 as IPv4 to the address in it; its source is still to be given. Undefined for ICMPv6
 * messages other than echoes, and for what is no such packet.
 */
export function toIpv4(packet: Packet): Packet | undefined {
  if (packet.dst.family !== 'ipv6' || packet.dst.value < nat64.lo || packet.dst.value > nat64.hi) return undefined;
  const dst: Address = { family: 'ipv4', value: packet.dst.value - nat64.lo };
  const out: Packet = { ...packet, src: { family: 'ipv4', value: 0n }, dst };
  if (packet.protocol !== protocols.icmpv6) return out;
  if (packet.icmpType !== 128 && packet.icmpType !== 129) return undefined;
  return { ...out, protocol: protocols.icmp, icmpType: packet.icmpType === 128 ? 8 : 0 };
}

/** The last translation by this element that the reply's destination answers to, and that the reply has yet to undo. */
export function translationAt(trip: Trip, id: string): Translation | undefined {
  const { packet } = trip;
  return trip.flow.translations.findLast(
    ({ id: own, after, undone }) =>
      own === id &&
      undone !== true &&
      after.protocol === packet.protocol &&
      after.src.family === packet.dst.family &&
      after.src.value === packet.dst.value &&
      (!hasPorts(packet.protocol) || after.srcPort === packet.dstPort),
  );
}

/** Gives the reply the client's address and port back, and its family. */
export function undo(trip: Trip, translation: Translation): void {
  const { before, after } = translation;
  const { packet } = trip;
  translation.undone = true;
  const back = { ...packet, dst: before.src, dstPort: hasPorts(packet.protocol) ? before.srcPort : packet.dstPort };
  if (before.src.family === after.src.family) {
    trip.packet = back;
    return;
  }
  const src: Address = { family: 'ipv6', value: nat64.lo + packet.src.value };
  trip.packet =
    packet.protocol === protocols.icmp
      ? { ...back, src, protocol: protocols.icmpv6, icmpType: packet.icmpType === 0 ? 129 : 128 }
      : { ...back, src };
}
