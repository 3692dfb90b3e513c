/** Ways that lead to a destination through a load balancer: the node, or the endpoint before it, to address, and what it then sends to its target. */
import type { Address } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import type { Packet } from '../net/packet.ts';
import { rangeOf } from '../net/prefix.ts';
import { isBalancing, transportOf } from '../network/balancing.ts';
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Listener, LoadBalancer } from '../network/load-balancer.ts';
import type { Network } from '../network/network.ts';
import { serviceBehind } from '../network/private-link.ts';
import type { Choices } from '../network/replay.ts';
import { isUnread } from '../network/resource.ts';
import type { TargetGroup } from '../network/target-group.ts';
import type { Place, Question } from '../policy/question.ts';

/** A packet to try, and what the balancer would make of it. */
export interface Detour {
  readonly packet: Packet;
  readonly emits: Choices['emits'];
}

/** Where a packet is addressed that a balancer's node is to send on: the node, or an endpoint of a service behind which it stands. */
interface Entrance {
  readonly at: NetworkInterface;
  readonly node: NetworkInterface;
  readonly balancer: LoadBalancer;
  /** Whose emission it is: the endpoint's, which hides the client, or the balancer's. */
  readonly endpoint?: string;
}

/** One for each target that the question's destination holds, from that client; outside, to the nodes' public addresses. */
export function detours(network: Network, { to }: Question, client: Packet, fromOutside: boolean): readonly Detour[] {
  const found: Detour[] = [];
  const entrances = [...nodesOf(network), ...(fromOutside ? [] : endpointsOf(network))];
  for (const { at, node, balancer, endpoint } of entrances)
    for (const { listener, group } of waysIn(network, balancer, client)) {
      const packet = addressed(client, at, listener, fromOutside);
      if (packet === undefined) continue;
      for (const { address, port } of aims(network, group, to.members)) {
        const keeps = endpoint === undefined && mayKeep(balancer, group, packet, address);
        const sent = keeps ? { ...packet, dst: address, dstPort: port } : hidden(packet, node, address, port);
        if (sent === undefined) continue;
        const emission = { packet: sent, at: { kind: 'interface', id: node.id } } as const;
        found.push({ packet, emits: new Map([[endpoint ?? balancer.id, emission]]) });
      }
    }
  return found;
}

const nodesOf = (network: Network): readonly Entrance[] =>
  [...network.loadBalancers.values()]
    .filter((balancer) => isBalancing(network, balancer))
    .flatMap((balancer) => interfacesOf(network, balancer).map((node) => ({ at: node, node, balancer })));

/** Those with a node in their own zone before others. */
function endpointsOf(network: Network): readonly Entrance[] {
  const found = [...network.endpoints.values()].flatMap((endpoint) => {
    const behind = serviceBehind(network, endpoint.id)?.loadBalancers ?? [];
    const balancers = (isUnread(behind) ? [] : behind).flatMap((id) => network.loadBalancers.get(id) ?? []);
    return interfacesOf(network, endpoint).flatMap((at) =>
      balancers.flatMap((balancer) =>
        interfacesOf(network, balancer).map((node) => ({ at, node, balancer, endpoint: endpoint.id })),
      ),
    );
  });
  const zoneOf = ({ subnet }: NetworkInterface): string => network.subnets.get(subnet)?.zone ?? '';
  const isNear = ({ at, node }: Entrance): boolean => zoneOf(at) === zoneOf(node);
  return [...found.filter(isNear), ...found.filter((one) => !isNear(one))];
}

const interfacesOf = (network: Network, { interfaces }: LoadBalancer | VpcEndpoint): readonly NetworkInterface[] =>
  interfaces.flatMap((id) => network.interfaces.get(id) ?? []);

function waysIn(
  network: Network,
  { listeners }: LoadBalancer,
  client: Packet,
): readonly { readonly listener: Listener; readonly group: TargetGroup }[] {
  return (isUnread(listeners) ? [] : listeners).flatMap((listener) =>
    transportOf(listener).includes(client.protocol) && !isUnread(listener.forwards)
      ? listener.forwards.map(({ group }) => ({ listener, group: network.targetGroups.get(group)! }))
      : [],
  );
}

/** The targets among the places. */
function aims(
  network: Network,
  { targets }: TargetGroup,
  places: readonly Place[],
): readonly { readonly address: Address; readonly port: number }[] {
  return (isUnread(targets) ? [] : targets).flatMap((target) =>
    'address' in target && isAmong(network, places, target.address) ? [target] : [],
  );
}

/** One of the places holds the address. */
export const isAmong = (network: Network, places: readonly Place[], { family, value }: Address): boolean =>
  places.some((place) => {
    if (place.kind === 'cidr') return place.prefix.family === family && contains([rangeOf(place.prefix)], value);
    const nic = place.kind === 'interface' ? network.interfaces.get(place.id) : undefined;
    return nic?.addresses.some(({ address }) => address.family === family && address.value === value) === true;
  });

function addressed(
  client: Packet,
  { addresses }: NetworkInterface,
  { from }: Listener,
  fromOutside: boolean,
): Packet | undefined {
  const own = addresses.filter(({ address }) => address.family === client.src.family);
  const dst = fromOutside ? own.find(({ publicIp }) => publicIp !== undefined)?.publicIp : own[0]?.address;
  return dst && { ...client, dst, dstPort: from };
}

const mayKeep = (
  { balancerType }: LoadBalancer,
  { preservesClientIp }: TargetGroup,
  { src }: Packet,
  dst: Address,
): boolean => balancerType === 'network' && preservesClientIp === true && dst.family === src.family;

/** Under the node's own address. */
function hidden(packet: Packet, { addresses }: NetworkInterface, dst: Address, dstPort: number): Packet | undefined {
  const src = addresses.find(({ address }) => address.family === dst.family)?.address;
  return src && { ...packet, src, srcPort: 1024, dst, dstPort };
}
