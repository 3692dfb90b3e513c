/** One concrete IP packet, as far as any AWS construct looks at it (semantics 1.1). */
import { type Address, formatAddress, parseAddress } from './address.ts';
import { hasPorts, isIcmp, parseProtocol, protocolName, protocols } from './protocol.ts';
import { bitsOfFlags, flagsOfBits, syn, tcpFlags } from './tcp-flags.ts';

/**
 * Ports are 0 to 65535 and 0 where the protocol has none; ICMP type and code are 0 to 255 and 0 where the
 * protocol is not ICMP or ICMPv6. `src` and `dst` are of one family.
 */
export interface Packet {
  readonly src: Address;
  readonly dst: Address;
  /** 0 to 255. */
  readonly protocol: number;
  readonly srcPort: number;
  readonly dstPort: number;
  readonly icmpType: number;
  readonly icmpCode: number;
  /** A fragment of a larger packet, first or later. */
  readonly fragment: boolean;
  /** FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128; absent on TCP: SYN alone, a connection's first packet. */
  readonly tcpFlags?: number;
}

const endpoint = (address: Address, port: number): string =>
  address.family === 'ipv6' ? `[${formatAddress(address)}]:${port}` : `${formatAddress(address)}:${port}`;

/** `tcp 10.0.1.5:40000 -> 1.1.1.1:443`, the same with ` flags SYN,ACK`, `icmp A -> B type 8 code 0`, `47 A -> B`. */
export function formatPacket(packet: Packet): string {
  const { src, dst, protocol } = packet;
  const flags = packet.tcpFlags === undefined ? '' : ` flags ${flagsOfBits(packet.tcpFlags).join(',') || 'none'}`;
  const tail = `${flags}${packet.fragment ? ' fragment' : ''}`;
  if (hasPorts(protocol))
    return `${protocolName(protocol)} ${endpoint(src, packet.srcPort)} -> ${endpoint(dst, packet.dstPort)}${tail}`;
  const plain = `${protocolName(protocol)} ${formatAddress(src)} -> ${formatAddress(dst)}`;
  return (isIcmp(protocol) ? `${plain} type ${packet.icmpType} code ${packet.icmpCode}` : plain) + tail;
}

/** Reads what `formatPacket` prints; undefined when it is no packet. Type and code default to an echo request. */
export function parsePacket(text: string): Packet | undefined {
  const match =
    /^\s*(\S+)\s+(\S+)\s*->\s*(\S+?)(?:\s+type\s+(\d+)(?:\s+code\s+(\d+))?)?(?:\s+flags\s+(\S+))?(\s+fragment)?\s*$/.exec(
      text,
    );
  if (match === null) return undefined;
  const protocol = parseProtocol(match[1]!);
  if (protocol === undefined) return undefined;
  const src = parseEndpoint(match[2]!, hasPorts(protocol));
  const dst = parseEndpoint(match[3]!, hasPorts(protocol));
  if (src === undefined || dst === undefined || src.address.family !== dst.address.family) return undefined;
  const type = match[4] === undefined ? echoRequest(protocol) : Number(match[4]);
  const code = Number(match[5] ?? 0);
  if (type > 255 || code > 255 || (match[4] !== undefined && !isIcmp(protocol))) return undefined;
  const flags = match[6] === undefined ? undefined : readFlags(match[6]);
  if (match[6] !== undefined && (flags === undefined || protocol !== protocols.tcp)) return undefined;
  return {
    src: src.address,
    dst: dst.address,
    protocol,
    srcPort: src.port,
    dstPort: dst.port,
    icmpType: type,
    icmpCode: code,
    fragment: match[7] !== undefined,
    ...(flags === undefined || flags === syn ? {} : { tcpFlags: flags }),
  };
}

/** The type of an echo request: 8 in ICMP, 128 in ICMPv6 (semantics 2.10); 0 for what is not ICMP. */
export const echoRequest = (protocol: number): number => (protocol === 1 ? 8 : protocol === 58 ? 128 : 0);

/** `SYN,ACK`, or `none`. */
function readFlags(text: string): number | undefined {
  const words = text === 'none' ? [] : text.toUpperCase().split(',');
  const set = words.flatMap((word) => tcpFlags.find((flag) => flag === word) ?? []);
  return set.length === words.length ? bitsOfFlags(set) : undefined;
}

function parseEndpoint(text: string, withPort: boolean): { address: Address; port: number } | undefined {
  if (!withPort) {
    const address = parseAddress(text.replace(/^\[(.*)\]$/, '$1'));
    return address && { address, port: 0 };
  }
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const address = match === null ? undefined : parseAddress(match[1] ?? match[2]!);
  const port = Number(match?.[3]);
  return address === undefined || port > 65535 ? undefined : { address, port };
}
