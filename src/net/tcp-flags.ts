/** The flags of TCP, as names and as the byte of the header (RFC 9293, section 3.1). */

/** In the order of their bits, the lowest first. */
export const tcpFlags = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'] as const;

export type TcpFlag = (typeof tcpFlags)[number];

/** The flags of a connection's first packet. */
export const syn = 2;

/** FIN 1 to CWR 128. */
export const bitsOfFlags = (set: readonly TcpFlag[]): number =>
  tcpFlags.reduce((bits, flag, i) => (set.includes(flag) ? bits | (1 << i) : bits), 0);

export const flagsOfBits = (bits: number): readonly TcpFlag[] => tcpFlags.filter((_, i) => (bits & (1 << i)) !== 0);
