/** A rule's traffic as a predicate (semantics 2.8 to 2.11, 3.9, 3.10): only destination ports are tested. */
import type { TrafficMatch } from '../network/traffic-match.ts';
import { type Predicate, and, between, equals, yes } from './predicate.ts';

export function trafficPredicate({ protocol, ports, icmp }: TrafficMatch): Predicate {
  if (protocol === 'all') return yes;
  return and(
    equals('protocol', protocol),
    ports === undefined || (ports.from <= 0 && ports.to >= 65535) ? yes : between('dstPort', ports.from, ports.to),
    icmp === undefined ? yes : equals('icmpType', icmp.type),
    icmp?.code === undefined ? yes : equals('icmpCode', icmp.code),
  );
}
