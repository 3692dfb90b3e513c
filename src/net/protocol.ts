/** IP protocol numbers and the names that AWS and people use for them (IANA protocol numbers). */

export const protocols = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const;

const names = new Map<number, string>([
  [1, 'icmp'],
  [2, 'igmp'],
  [4, 'ipip'],
  [6, 'tcp'],
  [17, 'udp'],
  [41, 'ipv6'],
  [47, 'gre'],
  [50, 'esp'],
  [51, 'ah'],
  [58, 'icmpv6'],
  [132, 'sctp'],
]);

/** The usual name of a protocol number (0 to 255), or the number itself as text. */
export const protocolName = (protocol: number): string => names.get(protocol) ?? String(protocol);

/** The number behind a name or decimal text; undefined when it names none. */
export function parseProtocol(text: string): number | undefined {
  const lower = text.toLowerCase();
  for (const [number, name] of names) if (name === lower) return number;
  return /^\d{1,3}$/.test(text) && Number(text) <= 255 ? Number(text) : undefined;
}

/** TCP and UDP, whose rules test destination ports. */
export const hasPorts = (protocol: number): boolean => protocol === protocols.tcp || protocol === protocols.udp;

export const isIcmp = (protocol: number): boolean => protocol === protocols.icmp || protocol === protocols.icmpv6;
