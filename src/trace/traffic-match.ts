/** Whether a rule's part that names traffic matches a packet (semantics 2.8 to 2.11, 3.7, 3.9, 3.10). */
import { formatAddress } from '../net/address.ts';
import type { Packet } from '../net/packet.ts';
import { hasPorts, isIcmp, protocolName } from '../net/protocol.ts';
import type { TrafficMatch } from '../network/traffic-match.ts';

/** Ports are the packet's destination ports, whichever way the rule looks. */
export function matchesTraffic(match: TrafficMatch, packet: Packet): boolean {
  if (match.protocol === 'all') return true;
  if (match.protocol !== packet.protocol) return false;
  if (hasPorts(packet.protocol) && match.ports !== undefined)
    return packet.dstPort >= match.ports.from && packet.dstPort <= match.ports.to;
  if (isIcmp(packet.protocol) && match.icmp !== undefined)
    return (
      packet.icmpType === match.icmp.type && (match.icmp.code === undefined || packet.icmpCode === match.icmp.code)
    );
  return true;
}

/** `tcp/443`, `icmp type 8 code 0`, `protocol 47`. */
export function trafficOf(packet: Packet): string {
  const { protocol } = packet;
  if (hasPorts(protocol)) return `${protocolName(protocol)}/${packet.dstPort}`;
  if (isIcmp(protocol)) return `${protocolName(protocol)} type ${packet.icmpType} code ${packet.icmpCode}`;
  return `protocol ${protocol}`;
}

/** `tcp/443 from 10.0.1.5`, `udp/53 to 8.8.8.8`. */
export const trafficBetween = (packet: Packet, direction: 'from' | 'to'): string =>
  `${trafficOf(packet)} ${direction} ${formatAddress(direction === 'from' ? packet.src : packet.dst)}`;
