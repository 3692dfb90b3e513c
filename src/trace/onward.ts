/**
 * A packet for which nobody has chosen what balancers, services, resource gateways and appliances do: the way, of those that
 * they might take, by which it gets the furthest.
 */
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
import { behindEndpoint } from './lattice-endpoint.ts';
import { type Onward, onwardAtStart, onwardByMember } from './lattice-onward.ts';
import { forwardsOf, listenersFor } from './listener.ts';
import { replay } from './replay.ts';
import { destinationsOf } from './target.ts';

/** How many of them may stand in a row, and how many targets of each are tried. */
const inARow = 3;
const tries = 50;

export const replayOnward: Replay = (request) => {
  const onward = onwardAtStart(request)
    .slice(0, tries)
    .map((one) => follow(choosing(request, one), inARow - 1));
  return onward.length === 0 ? follow(request, inARow) : furthest(onward);
};

function follow(request: ReplayRequest, left: number): ReplayResult {
  const result = replay(request);
  const balanced = throughBalancers(request, result, left);
  const beside = left === 0 ? [] : waysOnward(request, result);
  return furthest([balanced, ...beside.map((choices) => follow({ ...request, choices }, left - 1))]);
}

function throughBalancers(request: ReplayRequest, result: ReplayResult, left: number): ReplayResult {
  const { network } = request;
  const at = result.delivery?.kind === 'interface' ? network.interfaces.get(result.delivery.id) : undefined;
  const packet = result.hops.at(-1)?.packet;
  if (at === undefined || packet === undefined || left === 0) return result;
  const onward = sentOn(network, at, packet)
    .slice(0, tries)
    .map((one) => follow(choosing(request, one), left - 1));
  return onward.length === 0 ? result : furthest(onward);
}

/** The same packet, for which the element next sends that. */
function choosing(request: ReplayRequest, { by, emission }: Onward): ReplayRequest {
  const { choices } = request;
  const emits = new Map([...choices.emits, [nextTurnKey(choices.emits, by), emission]]);
  return { ...request, choices: { ...choices, emits } };
}

/** Whatever a node, or what is behind an endpoint, might make of the packet. */
function sentOn(network: Network, at: NetworkInterface, packet: Packet): readonly Onward[] {
  const atlas = atlasOf(network);
  const balancer = network.loadBalancers.get(atlas.balancerOf(at.id));
  if (at.role === 'load-balancer' && balancer !== undefined && isBalancing(network, balancer))
    return ofNode(network, balancer, at, packet).map((emission) => ({ by: balancer.id, emission }));
  const endpoint = at.role === 'interface-endpoint' ? atlas.endpointOf(at.id) : undefined;
  if (endpoint === undefined) return [];
  const behind = behindEndpoint(network, endpoint);
  if (behind !== undefined) return behind.flatMap(({ member }) => onwardByMember(network, member, packet));
  const service = serviceBehind(network, endpoint.id);
  if (service === undefined || isUnread(service.loadBalancers)) return [];
  const nodes = service.loadBalancers.flatMap((id) => {
    const own = network.loadBalancers.get(id);
    return own === undefined
      ? []
      : own.interfaces.flatMap((nic) => ofNode(network, own, network.interfaces.get(nic), packet));
  });
  return nodes.map((emission) => ({ by: endpoint.id, emission }));
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
