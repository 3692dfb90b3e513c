/** The part of a rule that names traffic: protocol, destination ports, ICMP type and code (semantics 2.8 to 2.11, 3.9, 3.10). */

/** Both ends inclusive, 0 to 65535. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/**
 * `ports` only with protocols 6 and 17, `icmp` only with 1 and 58; absent means all. AWS ignores port fields of
 * other protocols, so sources drop them.
 */
export interface TrafficMatch {
  readonly protocol: number | 'all';
  readonly ports?: PortRange;
  /** A type alone means all its codes. */
  readonly icmp?: { readonly type: number; readonly code?: number };
}
