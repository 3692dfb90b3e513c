/** What every packet satisfies by its format: fields that its protocol does not have are zero. */
import type { Family } from '../net/address.ts';
import { type Predicate, and, equals, or } from './predicate.ts';

export function wellFormed(family: Family): Predicate {
  const ports = or(equals('protocol', 6), equals('protocol', 17));
  const icmp = equals('protocol', family === 'ipv4' ? 1 : 58);
  return and(
    or(ports, and(equals('srcPort', 0), equals('dstPort', 0))),
    or(icmp, and(equals('icmpType', 0), equals('icmpCode', 0))),
  );
}
