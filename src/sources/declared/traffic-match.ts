/** Protocol, ports and ICMP fields of declared rules. */
import { isIcmp } from '../../net/protocol.ts';
import type { TrafficMatch } from '../../network/traffic-match.ts';
import type { At as Described } from '../describe/fields.ts';
import { icmpMatch, portMatch, protocolOf, type Range } from '../describe/traffic-match.ts';
import { known, text, whole } from './property.ts';
import { type At, complain, provenance } from './reading.ts';
import { Unknown } from './value.ts';

/** As readers of AWS's answers take it: for what both read alike. */
export function described(at: At, json: object = {}): Described<object> {
  const { file, place } = provenance(at);
  const { account, region } = at.of;
  return { json, place, in: { file, account, region, request: undefined, problems: at.in.problems } };
}

/** What rules of security groups match (semantics 2.8 to 2.11); unknown where any part of it is. */
export function ruleMatch(at: At): TrafficMatch | Unknown | undefined {
  const name = text(at, 'IpProtocol');
  if (name instanceof Unknown) return name;
  if (name === undefined) {
    complain(at, 'missing-field', '', '`IpProtocol` is missing.');
    return undefined;
  }
  const protocol = protocolOf(described(at), 'IpProtocol', name);
  if (protocol === undefined || protocol === 'all') return protocol && { protocol };
  return inRange(at, protocol, whole(at, 'FromPort'), whole(at, 'ToPort'), 'FromPort');
}

export function inRange(
  at: At,
  protocol: number,
  from: number | Unknown | undefined,
  to: number | Unknown | undefined,
  key: string,
): TrafficMatch | Unknown | undefined {
  if (from instanceof Unknown) return from;
  if (to instanceof Unknown) return to;
  const range: Range = { from: known(from), to: known(to), key };
  return isIcmp(protocol) ? icmpMatch(described(at), protocol, range) : portMatch(described(at), protocol, range);
}
