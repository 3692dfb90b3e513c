/** Protocol, ports and ICMP fields of rules, as security groups and network ACLs write them. */
import { present } from '../../base/present.ts';
import { hasPorts, isIcmp, parseProtocol } from '../../net/protocol.ts';
import type { TrafficMatch } from '../../network/traffic-match.ts';
import { type At, complain } from './fields.ts';

/** `-1` and `all` are every protocol; else a name or a number of 0 to 255 (semantics 2.8, 3.9). */
export function protocolOf(at: At<object>, key: string, text: string): number | 'all' | undefined {
  if (text === '-1' || text === 'all') return 'all';
  const protocol = parseProtocol(text);
  if (protocol === undefined)
    complain(at, 'unknown-protocol', key, `\`${text}\` is no IP protocol.`, 'Write -1, tcp, udp, icmp, or a number.');
  return protocol;
}

/** What both kinds of rules show of ports or of ICMP type and code; -1 is any. */
export interface Range {
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** The key to blame. */
  readonly key: string;
}

export function portMatch(at: At<object>, protocol: number, { from, to, key }: Range): TrafficMatch | undefined {
  if (!hasPorts(protocol)) return { protocol };
  if ((from ?? -1) === -1 && (to ?? -1) === -1) return { protocol };
  const low = from ?? -1;
  const high = to ?? -1;
  if (low < 0 || high > 65535 || low > high) {
    complain(at, 'bad-port-range', key, `The port range ${low}-${high} is not within 0-65535 in ascending order.`);
    return undefined;
  }
  return low === 0 && high === 65535 ? { protocol } : { protocol, ports: { from: low, to: high } };
}

export function icmpMatch(at: At<object>, protocol: number, { from, to, key }: Range): TrafficMatch | undefined {
  const type = from ?? -1;
  const code = to ?? -1;
  if (!isIcmp(protocol) || type === -1) return { protocol };
  if (type < 0 || type > 255 || code < -1 || code > 255) {
    complain(at, 'bad-icmp-type', key, `ICMP type ${type} and code ${code} are not within 0-255.`);
    return undefined;
  }
  return { protocol, icmp: { type, ...present({ code: code === -1 ? undefined : code }) } };
}
