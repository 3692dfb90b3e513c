/** Two networks compared, all places with all, as `vpcproof diff` does; and whether a flow is among those found. */
import { type Compared, compareNetworks } from '../../src/change/index.ts';
import { type Family, families, parseAddress } from '../../src/net/address.ts';
import { type Intervals, contains } from '../../src/net/interval.ts';
import type { Packet } from '../../src/net/packet.ts';
import { parsePrefix, rangeOf } from '../../src/net/prefix.ts';
import { protocolName } from '../../src/net/protocol.ts';
import { syn } from '../../src/net/tcp-flags.ts';
import type { Network } from '../../src/network/network.ts';
import { placesOf } from '../../src/policy/places.ts';
import type { Places } from '../../src/policy/question.ts';
import { select } from '../../src/policy/selection.ts';
import type { FlowFamily } from '../../src/result/answer.ts';
import type { ChangedPlaces, NetworkDifferences } from '../../src/result/change.ts';
import { replay } from '../../src/trace/index.ts';

/** All places on that side, the resolver too. */
export function everywhere(network: Network, side: 'from' | 'to'): Places {
  const all = select(network, 'any');
  if (!all.ok) throw new Error('`any` is a selector');
  const places = placesOf(network, all.value, side);
  return { ...places, any: false, members: side === 'to' ? [...places.members, { kind: 'dns' }] : places.members };
}

const allOf = (before: Network, after: Network, mode: Compared['mode']): Compared => ({
  mode,
  from: { before: everywhere(before, 'from'), after: everywhere(after, 'from') },
  to: { before: everywhere(before, 'to'), after: everywhere(after, 'to') },
  traffic: [],
  families,
  sides: new Map(),
});

export const compared = (
  before: Network,
  after: Network,
  {
    mode = 'packet',
    ...options
  }: { readonly timeoutMs?: number; readonly pruning?: boolean; readonly mode?: Compared['mode'] } = {},
): Promise<NetworkDifferences> =>
  compareNetworks(before, after, allOf(before, after, mode), {
    replay,
    timeoutMs: 60_000,
    maxFamilies: 10_000,
    ...options,
  });

export interface Told {
  readonly from: string;
  readonly to: string;
  readonly packet: Packet;
}

/** Whether the flow is in one of the families. Of what it carries nothing is asked. */
export const isAmong = (network: Network, changes: readonly ChangedPlaces[], { from, to, packet }: Told): boolean =>
  changes.some(
    (one) =>
      one.from.includes(from) &&
      one.to.includes(to) &&
      (one.to.length === 1 || leadsTo(network, to, packet)) &&
      one.flows.some(({ flow }) => isIn(flow.family, packet)),
  );

const leadsTo = (network: Network, id: string, { dst }: Packet): boolean =>
  network.interfaces
    .get(id)
    ?.addresses.some(({ address, publicIp }) => [address, publicIp].some((one) => one?.value === dst.value)) === true ||
  network.interfaces.get(id)?.prefixes.some((prefix) => contains([rangeOf(prefix)], dst.value)) === true;

function isIn(
  family: FlowFamily,
  { src, dst, protocol, srcPort, dstPort, icmpType, icmpCode, fragment, tcpFlags }: Packet,
): boolean {
  const numbers = (texts: readonly string[], value: number, highest: number): boolean =>
    texts.length === 0 ||
    texts.some((text) => {
      const [lo = '0', hi = lo] = text === 'any' ? ['0', `${highest}`] : text.split('-');
      return Number(lo) <= value && value <= Number(hi);
    });
  const named = family.protocols.some(
    (text) =>
      text === 'all' ||
      text === protocolName(protocol) ||
      (/^\d+(?:-\d+)?$/.test(text) && numbers([text], protocol, 255)),
  );
  const [ported, icmp] = [protocol === 6 || protocol === 17, protocol === 1 || protocol === 58];
  return (
    named &&
    addresses(src.family, family.src).some((set) => contains(set, src.value)) &&
    addresses(dst.family, family.dst).some((set) => contains(set, dst.value)) &&
    (!ported || (numbers(family.srcPorts, srcPort, 65535) && numbers(family.dstPorts, dstPort, 65535))) &&
    (!icmp || (numbers(family.icmpTypes, icmpType, 255) && numbers(family.icmpCodes, icmpCode, 255))) &&
    (family.fragments === undefined || family.fragments === fragment) &&
    (protocol !== 6 || family.tcpFlags === undefined || numbers(family.tcpFlags, tcpFlags ?? syn, 255))
  );
}

const addresses = (family: Family, texts: readonly string[]): readonly Intervals[] =>
  texts.map((text) => {
    const prefix = text.includes('/') ? parsePrefix(text) : undefined;
    if (prefix !== undefined) return prefix.family === family ? [rangeOf(prefix)] : [];
    const [lo, hi = lo] = text.split('-').map((one) => parseAddress(one));
    return lo?.family === family ? [{ lo: lo.value, hi: hi!.value }] : [];
  });
