/** Which flows are asked about: from what the policy calls its own to the internet, of a protocol, carrying something. */
import { type Predicate, predicate as p } from '../dataplane/index.ts';
import type { Family } from '../net/address.ts';
import { type Intervals, subtract } from '../net/interval.ts';
import { intervalsOf, type Prefix } from '../net/prefix.ts';
import { protocols } from '../net/protocol.ts';
import { publicUnicast } from '../net/special.ts';
import type { Subject } from './subject.ts';

export const tcp: Predicate = p.equals('protocol', protocols.tcp);
export const udp: Predicate = p.equals('protocol', protocols.udp);

/** The family's own. */
export const icmp = (family: Family): Predicate =>
  p.equals('protocol', family === 'ipv4' ? protocols.icmp : protocols.icmpv6);

/** Neither TCP, UDP nor ICMP of either family. */
export const otherProtocol: Predicate = p.not(p.or(tcp, udp, icmp('ipv4'), icmp('ipv6')));

export const carries = (payloads: Intervals): Predicate => p.isIn('payload', payloads);

export const whole: Predicate = p.equals('fragment', 0);

/** The blocks of HOME_NET; none where it is not known. */
export const homeNetOf = ({ network, firewall, policy }: Subject): readonly Prefix[] =>
  policy.homeNet ?? network.vpcs.get(firewall.vpc ?? '')?.cidrs ?? [];

/** From HOME_NET to public addresses outside; from anywhere where HOME_NET is not known. */
export function outward(subject: Subject, family: Family): Predicate {
  const blocks = homeNetOf(subject);
  const home = intervalsOf(blocks, family);
  const outside = p.isIn('dst', subtract(publicUnicast[family], home));
  return blocks.length === 0 ? outside : p.and(p.isIn('src', home), outside);
}
