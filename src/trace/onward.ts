/** A packet for which nobody has chosen what balancers and appliances do: the way, of those that they might take, by which it gets the furthest. */
import type { Address } from '../net/address.ts';
import type { Packet } from '../net/packet.ts';
import { isBalancing } from '../network/balancing.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { LoadBalancer } from '../network/load-balancer.ts';
import type { Network } from '../network/network.ts';
import { serviceBehind } from '../network/private-link.ts';
import {
  type Emission,
  furthest,
  nextTurnKey,
  type Replay,
  type ReplayRequest,
  type ReplayResult,
} from '../network/replay.ts';
import { isUnread } from '../network/resource.ts';
import { waysOnward } from './appliance-onward.ts';
import { atlasOf } from './atlas.ts';
import { forwardsOf, listenersFor } from './listener.ts';
import { replay } from './replay.ts';
import { destinationsOf } from './target.ts';

/** How many balancers may stand in a row, and how many targets of each are tried. */
const inARow = 3;
const tries = 50;

export const replayOnward: Replay = (request) => follow(request, inARow);

function follow(request: ReplayRequest, left: number): ReplayResult {
  const result = replay(request);
  const balanced = throughBalancers(request, result, left);
  const beside = left === 0 ? [] : waysOnward(request, result);
  return furthest([balanced, ...beside.map((choices) => follow({ ...request, choices }, left - 1))]);
}

function throughBalancers(request: ReplayRequest, result: ReplayResult, left: number): ReplayResult {
  const { network, choices } = request;
  const at = result.delivery?.kind === 'interface' ? network.interfaces.get(result.delivery.id) : undefined;
  const packet = result.hops.at(-1)?.packet;
  if (at === undefined || packet === undefined || left === 0) return result;
  const { by, emissions } = sentOn(network, at, packet);
  const key = nextTurnKey(choices.emits, by);
  const onward = emissions.slice(0, tries).map((emission) => {
    const emits = new Map([...choices.emits, [key, emission]]);
    return follow({ ...request, choices: { ...choices, emits } }, left - 1);
  });
  return onward.length === 0 ? result : furthest(onward);
}

/** Whatever a node, or the service behind an endpoint, might make of the packet. */
function sentOn(
  network: Network,
  at: NetworkInterface,
  packet: Packet,
): { readonly by: string; readonly emissions: readonly Emission[] } {
  const atlas = atlasOf(network);
  const balancer = network.loadBalancers.get(atlas.balancerOf(at.id));
  if (at.role === 'load-balancer' && balancer !== undefined && isBalancing(network, balancer))
    return { by: balancer.id, emissions: ofNode(network, balancer, at, packet) };
  const endpoint = at.role === 'interface-endpoint' ? atlas.endpointOf(at.id)?.id : undefined;
  const service = endpoint === undefined ? undefined : serviceBehind(network, endpoint);
  if (endpoint === undefined || service === undefined || isUnread(service.loadBalancers))
    return { by: '', emissions: [] };
  const nodes = service.loadBalancers.flatMap((id) => {
    const own = network.loadBalancers.get(id);
    return own === undefined
      ? []
      : own.interfaces.flatMap((nic) => ofNode(network, own, network.interfaces.get(nic), packet));
  });
  return { by: endpoint, emissions: nodes };
}

function ofNode(
  network: Network,
  balancer: LoadBalancer,
  node: NetworkInterface | undefined,
  packet: Packet,
): readonly Emission[] {
  if (node === undefined) return [];
  const sources = (family: Address['family']): readonly Partial<Packet>[] => [
    ...(family === packet.src.family ? [{}] : []),
    ...node.addresses
      .filter(({ address }) => address.family === family)
      .slice(0, 1)
      .map(({ address }) => ({ src: address, srcPort: 1024, fragment: false })),
  ];
  return listenersFor(balancer, packet)
    .flatMap(forwardsOf)
    .flatMap(({ group: id }) => {
      const group = network.targetGroups.get(id);
      return group === undefined ? [] : destinationsOf(network, group);
    })
    .flatMap(({ address, port }) =>
      sources(address.family).map((source): Emission => ({
        packet: { ...packet, ...source, dst: address, dstPort: port },
        at: { kind: 'interface', id: node.id },
      })),
    );
}
