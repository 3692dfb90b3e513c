/** Packets and what they carry in the published form: text and plain numbers. */
import { formatAddress } from '../net/address.ts';
import type { Packet } from '../net/packet.ts';
import type { Payload } from '../net/payload.ts';
import { hasPorts, isIcmp, protocolName } from '../net/protocol.ts';
import { flagsOfBits } from '../net/tcp-flags.ts';
import type { PacketJson } from './answer.ts';
import type { CarriedJson } from './carried.ts';

export const packetJson = (packet: Packet): PacketJson => ({
  src: formatAddress(packet.src),
  dst: formatAddress(packet.dst),
  protocol: protocolName(packet.protocol),
  ...(hasPorts(packet.protocol) ? { srcPort: packet.srcPort, dstPort: packet.dstPort } : {}),
  ...(isIcmp(packet.protocol) ? { icmpType: packet.icmpType, icmpCode: packet.icmpCode } : {}),
  ...(packet.fragment ? { fragment: true as const } : {}),
});

/** Told where they are not SYN alone. */
export const flagsJson = ({ tcpFlags }: Packet): Pick<CarriedJson, 'tcpFlags'> =>
  tcpFlags === undefined ? {} : { tcpFlags: flagsOfBits(tcpFlags) };

/** A request's method and address are told where they are not the usual ones. */
export const payloadJson = ({ app, sni, httpHost, httpMethod, httpUri, dnsName, dnsType }: Payload): CarriedJson => ({
  app,
  ...(sni === undefined ? {} : { sni }),
  ...(httpHost === undefined ? {} : { httpHost }),
  ...(httpMethod === undefined || httpMethod === 'GET' ? {} : { httpMethod }),
  ...(httpUri === undefined || httpUri === '/' ? {} : { httpUri }),
  ...(dnsName === undefined ? {} : { dnsName }),
  ...(dnsType === undefined ? {} : { dnsType }),
});
