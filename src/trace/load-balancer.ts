/** Load balancers that are modelled: a node sends what it takes to a target, as a flow of its own (semantics 12.1). */
import { formatAddress, sameAddress } from '../net/address.ts';
import type { Packet } from '../net/packet.ts';
import { prefixContains } from '../net/prefix.ts';
import { hasPorts, protocolName } from '../net/protocol.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Forward, Listener, LoadBalancer } from '../network/load-balancer.ts';
import type { Network } from '../network/network.ts';
import type { Emission } from '../network/replay.ts';
import type { TargetGroup } from '../network/target-group.ts';
import { passes } from '../network/unknown.ts';
import { takeTurn } from './emission.ts';
import { type Refusal, forwardsOf, listenersFor, nameOf, stepAtBalancer } from './listener.ts';
import type { Place } from './place.ts';
import { type Destination, destinationsOf, whyNotEnabled, whyNotHealthy, whyNotInZone } from './target.ts';
import { keepings, whyNotSo } from './target-header.ts';
import { type Trip, drop, flowSent, note, sendAnew, side } from './trip.ts';

/** How the packet may come to be sent: by which listener, to which target, and as from whom. */
interface Way {
  readonly listener: Listener;
  readonly group: TargetGroup;
  readonly destination: Destination;
  readonly kept: boolean;
}

/** An endpoint that handed the packet to the node, and its interface at which that was (semantics 9.17). */
interface Link {
  readonly id: string;
  readonly interface: NetworkInterface;
}

/** The packet is at a node, which goes on with another: that is held against all that the balancer may send. */
export function sendOn(
  trip: Trip,
  node: NetworkInterface,
  balancer: LoadBalancer,
  { packet, at }: Emission,
  link?: Link,
): Place {
  const step = stepAtBalancer(balancer);
  const name = `\`${nameOf(balancer)}\``;
  if (trip.request.sides.get(passes(balancer.id)) === false)
    return drop(trip, { ...step, detail: `${name} is taken to drop the packet` });
  if (at.kind !== 'interface' || at.id !== node.id)
    return drop(trip, { ...step, detail: `${name} sends on by the node \`${node.id}\`, at which the packet is` });
  const way = findWay(trip, node, balancer, packet, link !== undefined);
  if ('detail' in way) return drop(trip, { ...step, ...way });

  const { listener, group, destination, kept } = way;
  const taken = trip.packet;
  const traffic = `${protocolName(taken.protocol).toUpperCase()} ${taken.dstPort}`;
  note(trip, {
    ...step,
    action: 'forward',
    detail: `load balancer ${name} listens on ${traffic}`,
    source: listener.source,
  });
  takeTurn(trip, link?.id ?? balancer.id);
  const handedBy = link === undefined ? {} : { handedBy: link.interface };
  trip.flow = flowSent({ balancer, node, ...handedBy, taken, flow: trip.flow, sent: packet, kept });
  sendAnew(trip, node, packet);
  note(trip, {
    resource: group.id,
    kind: 'target-group',
    action: 'translate',
    detail: `${name} sends to ${socket(packet)}, a target of \`${nameOf(group)}\`, ${kept ? "keeping the client's address" : `as from ${formatAddress(packet.src)}`}`,
    source: destination.target.source,
  });
  return { kind: 'leaving', interface: node };
}

const socket = ({ dst, dstPort }: Packet): string =>
  dst.family === 'ipv6' ? `[${formatAddress(dst)}]:${dstPort}` : `${formatAddress(dst)}:${dstPort}`;

/** The first way that nothing is against; else what is against the last ones left. */
function findWay(
  trip: Trip,
  node: NetworkInterface,
  balancer: LoadBalancer,
  sent: Packet,
  linked: boolean,
): Way | Refusal {
  const { network, packet: taken } = trip;
  const name = `\`${nameOf(balancer)}\``;
  if (!hasPorts(taken.protocol)) return { detail: `the node \`${node.id}\` answers pings itself, and sends none on` };

  const forwards = listenersFor(balancer, taken).flatMap((listener) =>
    forwardsOf(listener).map((forward) => ({ listener, forward })),
  );
  if (forwards.length === 0)
    return { code: 'ELBV2_LISTENER_HAS_NO_TG', detail: `${name} answers itself on port ${taken.dstPort}` };
  const open = forwards.filter(({ forward }) => isOpenTo(forward, taken));
  if (open.length === 0) return { detail: `no rule of ${name} forwards what comes from ${formatAddress(taken.src)}` };

  const sure = open.filter(({ forward }) => isSure(forward, taken) || side(trip, passes(balancer.id)));
  if (sure.length === 0)
    return {
      detail: `whether any request from ${formatAddress(taken.src)} gets past the other rules of ${name} is not told`,
    };

  const all = sure.flatMap(({ listener, forward }) => waysBy(network, listener, forward));
  const addressed = all.filter(({ destination }) => sameAddress(destination.address, sent.dst));
  if (addressed.length === 0)
    return {
      code: 'TARGET_ADDRESS_RESTRICTION',
      detail: `${name} forwards what it takes on port ${taken.dstPort} to no target with the address ${formatAddress(sent.dst)}`,
    };
  const registered = addressed.filter(({ destination }) => destination.port === sent.dstPort);
  if (registered.length === 0)
    return {
      code: 'TARGET_PORT_RESTRICTION',
      detail: `${name} sends to ${formatAddress(sent.dst)} on no port ${sent.dstPort}`,
    };
  const standing = sift(
    registered,
    ({ group, destination }) =>
      whyNotInZone(trip, balancer, group, destination, node.subnet) ??
      whyNotEnabled(trip, balancer, destination) ??
      whyNotHealthy(trip, group, destination),
  );
  if ('detail' in standing) return standing;
  const either = standing.flatMap((way) =>
    // What comes by PrivateLink never shows a target whose it is (semantics 12.14).
    (linked ? [false] : keepings(trip, balancer, way.group, taken, sent)).map((kept): Way => ({ ...way, kept })),
  );
  if (either.length === 0)
    return {
      code: 'ELBV2_SOURCE_ADDRESS_PRESERVATION',
      detail: `whether ${name} keeps the client's address on the way to ${formatAddress(sent.dst)} was not read`,
    };
  const found = sift(either, ({ kept }) => whyNotSo(trip, balancer, node, taken, sent, kept));
  return 'detail' in found ? found : found[0];
}

/** Those that nothing is against; else what is against the first. */
function sift<T>(all: readonly T[], against: (one: T) => Refusal | undefined): readonly [T, ...T[]] | Refusal {
  const [first, ...more] = all.filter((one) => against(one) === undefined);
  if (first !== undefined) return [first, ...more];
  return all.map(against).find((refusal) => refusal !== undefined) ?? { detail: 'nothing is left' };
}

/** Whoever asks, or who is in one of the blocks, by the address that the node sees (semantics 12.8). */
const isOpenTo = ({ sources }: Forward, { src }: Packet): boolean =>
  sources === undefined || sources.some((block) => prefixContains(block, src));

/** Some request of that client gets there, whatever the rules before it take (semantics 12.8). */
const isSure = ({ unsure }: Forward, { src }: Packet): boolean =>
  unsure !== 'all' && !(unsure ?? []).some((block) => prefixContains(block, src));

function waysBy(network: Network, listener: Listener, { group: id }: Forward): readonly Omit<Way, 'kept'>[] {
  const group = network.targetGroups.get(id);
  return group === undefined
    ? []
    : destinationsOf(network, group).map((destination) => ({ listener, group, destination }));
}
