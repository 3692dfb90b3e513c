/** What every packet satisfies by its format: fields that its protocol does not have are zero. */
import type { Family } from '../net/address.ts';
import { type Predicate, and, equals, hasPorts, or } from './predicate.ts';

export function wellFormed(family: Family): Predicate {
  const icmp = equals('protocol', family === 'ipv4' ? 1 : 58);
  return and(
    or(hasPorts, and(equals('srcPort', 0), equals('dstPort', 0))),
    or(icmp, and(equals('icmpType', 0), equals('icmpCode', 0))),
    or(equals('protocol', 6), equals('flags', 0)),
  );
}
