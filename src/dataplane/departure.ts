/** The point at which a route table is consulted, as the constructs behind its routes need to know it. */
import type { Predicate } from './predicate.ts';

export interface Departure {
  readonly vpc: string;
  /** Absent where no subnet is left: a gateway's edge, a regional NAT gateway. */
  readonly subnet?: string;
  readonly zone?: string;
  /** It is the edge table of an internet gateway, whose targets need a public address (semantics 4.22). */
  readonly edge?: boolean;
  /** It is a regional NAT gateway's own table, and the packet bears one of that gateway's public addresses (semantics 5.30). */
  readonly regional?: boolean;
  /** What it takes to leave towards a target in that subnet (undefined: in none): the outbound ACL, where it applies. */
  readonly leaves: (into: string | undefined) => Predicate;
  /** Ids of what is crossed in leaving. */
  readonly crosses: readonly string[];
}
