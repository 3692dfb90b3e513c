/** The header of the reply to a packet (semantics 2.13, 2.30). */
import { type Packet, echoRequest } from '../net/packet.ts';
import { protocols } from '../net/protocol.ts';

/** ICMP over IPv4, ICMPv6 over IPv6; the other way round either is a protocol like any other (semantics 2.13). */
const isIcmpOfFamily = ({ src, protocol }: Packet): boolean =>
  protocol === (src.family === 'ipv4' ? protocols.icmp : protocols.icmpv6);

/** Source and destination, and their ports, change places; an echo request is answered, no other ICMP message is. */
export function replyTo(packet: Packet): Packet | undefined {
  const icmp = isIcmpOfFamily(packet);
  if (icmp && packet.icmpType !== echoRequest(packet.protocol)) return undefined;
  return {
    ...packet,
    src: packet.dst,
    dst: packet.src,
    srcPort: packet.dstPort,
    dstPort: packet.srcPort,
    icmpType: icmp ? (packet.protocol === protocols.icmp ? 0 : 129) : 0,
    icmpCode: icmp ? packet.icmpCode : 0,
    fragment: false,
  };
}

/** Alike in all that a reply must carry. */
export const sameHeader = (a: Packet, b: Packet): boolean =>
  a.src.family === b.src.family &&
  a.src.value === b.src.value &&
  a.dst.value === b.dst.value &&
  a.protocol === b.protocol &&
  a.srcPort === b.srcPort &&
  a.dstPort === b.dstPort &&
  a.icmpType === b.icmpType &&
  a.icmpCode === b.icmpCode;
