/** The traffic of questions in the words of rules. */
import { isIcmp } from '../net/protocol.ts';
import type { TrafficMatch } from '../network/traffic-match.ts';
import type { Prefix } from '../net/prefix.ts';
import type { Question, Traffic } from '../policy/question.ts';

/** What rules can say of it: protocol, destination ports, ICMP type and code; none for traffic without a protocol. */
export const asMatches = (traffic: readonly Traffic[]): readonly TrafficMatch[] =>
  traffic.flatMap(({ protocol, ports, icmpType, icmpCode }): readonly TrafficMatch[] => {
    if (protocol === undefined) return [];
    const icmp =
      isIcmp(protocol) && icmpType !== undefined
        ? { icmp: { type: icmpType, ...(icmpCode === undefined ? {} : { code: icmpCode }) } }
        : {};
    return [{ protocol, ...(ports === undefined || isIcmp(protocol) ? {} : { ports }), ...icmp }];
  });

/** The blocks that a question names. */
export const blocksAsked = ({ from, to, traffic }: Question): readonly Prefix[] => [
  ...[from, to].flatMap(({ members }) => members.flatMap((one) => (one.kind === 'cidr' ? [one.prefix] : []))),
  ...traffic.flatMap(({ src, dst }) => [...(src === undefined ? [] : [src]), ...(dst === undefined ? [] : [dst])]),
];
