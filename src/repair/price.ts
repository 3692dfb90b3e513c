/** What edits change besides: the flows that they open and close anywhere, some of them shown, the others counted. */
import { type Compared, compareNetworks } from '../change/index.ts';
import { families } from '../net/address.ts';
import { prefixContains } from '../net/prefix.ts';
import { parseProtocol, protocols } from '../net/protocol.ts';
import { serviceShortName } from '../network/endpoint.ts';
import type { Network } from '../network/network.ts';
import { blocksNamed } from '../network/named-block.ts';
import { placements } from '../network/placement.ts';
import type { Replay } from '../network/replay.ts';
import { placeKey, placesOf } from '../policy/places.ts';
import type { Place, Places, Question, Traffic } from '../policy/question.ts';
import { select } from '../policy/selection.ts';
import type { FlowFamily } from '../result/answer.ts';
import type { ChangedPlaces } from '../result/change.ts';
import type { PriceJson, PricedFlow } from '../result/repair.ts';

export interface PriceOptions {
  readonly replay: Replay;
  readonly timeoutMs: number;
  /** How many families of each direction are shown. */
  readonly shown: number;
  /** What was asked for, whose flows are told apart. */
  readonly asked?: Question;
  readonly sides: ReadonlyMap<string, boolean>;
}

/** What begins a flow: of TCP the SYN. Firewalls tell the later packets apart in more ways than anybody would read. */
const firstPackets: readonly Traffic[] = [
  { protocol: protocols.tcp, tcpFlags: ['SYN'], fragment: false },
  ...[protocols.udp, protocols.icmp, protocols.icmpv6].map((protocol) => ({ protocol, fragment: false })),
];

export async function priceOf(
  before: Network,
  after: Network,
  { replay, timeoutMs, shown, asked, sides }: PriceOptions,
): Promise<PriceJson> {
  const compared: Compared = {
    from: { before: all(before, 'from'), after: all(after, 'from') },
    to: { before: all(before, 'to'), after: all(after, 'to') },
    traffic: firstPackets,
    families,
    sides,
    mode: 'packet',
  };
  // More than is shown, so that what was asked for hides nothing else.
  const found = await compareNetworks(before, after, compared, { replay, timeoutMs, maxFamilies: 4 * shown });
  const opened = priced(after, found.opened, asked);
  const closed = priced(after, found.closed, asked);
  return {
    opened: opened.slice(0, shown),
    closed: closed.slice(0, shown),
    omitted: {
      opened: found.omitted.opened + Math.max(0, opened.length - shown),
      closed: found.omitted.closed + Math.max(0, closed.length - shown),
    },
    // Where AWS will pick addresses that something tells apart, those that stand here alone were compared.
    complete: found.undecided.length === 0 && [before, after].every(isPlaced),
  };
}

const isPlaced = (network: Network): boolean => placements(network, blocksNamed([firstPackets]))?.length === 1;

function all(network: Network, side: 'from' | 'to'): Places {
  const selected = select(network, 'any');
  if (!selected.ok) return { text: 'any', members: [], any: false, silent: [] };
  const places = placesOf(network, selected.value, side);
  return { ...places, any: false, members: side === 'to' ? [...places.members, { kind: 'dns' }] : places.members };
}

/** What goes beyond what was asked for comes first. */
function priced(
  network: Network,
  changes: readonly ChangedPlaces[],
  asked: Question | undefined,
): readonly PricedFlow[] {
  const told = changes.flatMap(({ from, to, flows }) =>
    flows.map(({ flow: { family, packet } }) => ({
      from,
      to,
      family,
      example: packet,
      asked: asked !== undefined && isWithin(network, asked, from, to, family),
    })),
  );
  return [...told.filter((one) => !one.asked), ...told.filter((one) => one.asked)];
}

function isWithin(
  network: Network,
  { from, to, traffic }: Question,
  senders: readonly string[],
  receivers: readonly string[],
  family: FlowFamily,
): boolean {
  const among = (places: Places, ids: readonly string[]): boolean => {
    const keys = new Set(places.members.flatMap((one) => keysOf(network, one)));
    return ids.every((id) => keys.has(id));
  };
  if (!among(from, senders) || !among(to, receivers)) return false;
  return (
    traffic.length === 0 ||
    family.protocols.every((name) =>
      traffic.some(
        ({ protocol, ports, src, dst, srcPorts, icmpType, icmpCode }) =>
          [src, dst, srcPorts, icmpType, icmpCode].every((one) => one === undefined) &&
          (protocol === undefined || protocol === parseProtocol(name)) &&
          (ports === undefined ||
            (family.dstPorts.length > 0 && family.dstPorts.every((text) => isInRange(text, ports)))),
      ),
    )
  );
}

/** As reports name the place, and the interfaces at which it is reached. */
function keysOf({ endpoints, interfaces }: Network, place: Place): readonly string[] {
  switch (place.kind) {
    case 'onprem':
      return ['on-premises'];
    case 'service':
      return [...endpoints.values()].flatMap(({ id, serviceName, interfaces: nics }) =>
        serviceName === place.name || serviceShortName(serviceName) === place.name ? [id, ...nics] : [],
      );
    case 'cidr':
      return [...interfaces.values()].flatMap(({ id, addresses }) =>
        addresses.every(({ address }) => prefixContains(place.prefix, address)) ? [id] : [],
      );
    case 'interface':
    case 'internet':
    case 'dns':
    case 'gateway-endpoint':
      return [placeKey(place)];
  }
}

function isInRange(text: string, { from, to }: { readonly from: number; readonly to: number }): boolean {
  const [lo, hi = lo] = text.split('-').map(Number);
  return lo !== undefined && hi !== undefined && from <= lo && hi <= to;
}
