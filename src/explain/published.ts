/** Packets, hops and families of flows in the published form: text and plain numbers. */
import type { Box } from '../verify/index.ts';
import type { Header } from '../dataplane/index.ts';
import { type Family, formatAddress } from '../net/address.ts';
import { type Intervals, sameIntervals, size } from '../net/interval.ts';
import { formatPrefix, toPrefixes } from '../net/prefix.ts';
import { hasPorts, isIcmp, protocolName } from '../net/protocol.ts';
import { formatInterval } from '../net/special.ts';
import type { Hop } from '../network/hop.ts';
import type { Block, FlowFamily, HopJson } from '../result/answer.ts';
import { packetJson } from '../result/packet.ts';

export const hopJson = ({ resource, kind, action, rule, code, detail, packet, source }: Hop): HopJson => ({
  resource,
  kind,
  action,
  ...(rule === undefined ? {} : { rule }),
  ...(code === undefined ? {} : { code }),
  detail,
  packet: packetJson(packet),
  ...(source === undefined ? {} : { source: { file: source.file, place: source.place } }),
});

export const blockJson = ({ hop, direction }: { hop: Hop; direction: 'forward' | 'return' }): Block => {
  const { resource, kind, detail, code, rule, source } = hopJson(hop);
  return {
    resource,
    kind,
    ...(code === undefined ? {} : { code }),
    detail,
    ...(rule === undefined ? {} : { rule }),
    ...(source === undefined ? {} : { source }),
    direction,
  };
};

/** The box over the first header's fields, in the words of reports. */
export function familyJson(first: Header, box: Box): FlowFamily {
  const setOf = (field: Exclude<keyof Header, 'family'>): Intervals => {
    const symbol = first[field];
    if (symbol.kind === 'constant') return [{ lo: symbol.value, hi: symbol.value }];
    return symbol.kind === 'variable' ? (box.get(symbol) ?? symbol.domain) : [];
  };
  const protocols = setOf('protocol');
  const some = (test: (protocol: number) => boolean): boolean =>
    protocols.some(({ lo, hi }) => [...Array(Number(hi - lo) + 1).keys()].some((i) => test(Number(lo) + i)));
  return {
    src: blocks(first.family, setOf('src')),
    dst: blocks(first.family, setOf('dst')),
    protocols: size(protocols) === 256n ? ['all'] : values(protocols).map((text) => protocolWords(text)),
    srcPorts: some(hasPorts) ? ranges(setOf('srcPort'), 65535n) : [],
    dstPorts: some(hasPorts) ? ranges(setOf('dstPort'), 65535n) : [],
    icmpTypes: some(isIcmp) ? ranges(setOf('icmpType'), 255n) : [],
    icmpCodes: some(isIcmp) ? ranges(setOf('icmpCode'), 255n) : [],
  };
}

const protocolWords = (text: string): string => (text.includes('-') ? text : protocolName(Number(text)));

const values = (set: Intervals): readonly string[] => set.map(({ lo, hi }) => (lo === hi ? `${lo}` : `${lo}-${hi}`));

const ranges = (set: Intervals, highest: bigint): readonly string[] =>
  sameIntervals(set, [{ lo: 0n, hi: highest }]) ? ['any'] : values(set);

/** CIDR blocks while they are few, ranges where blocks would be many. */
function blocks(family: Family, set: Intervals): readonly string[] {
  const prefixes = toPrefixes(family, set);
  return prefixes.length <= 2 * set.length
    ? prefixes.map((prefix) =>
        prefix.length === (family === 'ipv4' ? 32 : 128)
          ? formatAddress({ family, value: prefix.base })
          : formatPrefix(prefix),
      )
    : set.map((one) => formatInterval(family, one));
}
