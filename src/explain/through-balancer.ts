/** Ways that lead to a destination through a load balancer: the node, or the endpoint before it, to address, and what it then sends to its target. */
import type { Address } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import type { Packet } from '../net/packet.ts';
import { rangeOf } from '../net/prefix.ts';
import { isBalancing, transportOf } from '../network/balancing.ts';
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

/** One for each target that the question's destination holds, from that client; outside, to the nodes' public addresses. */
export const detours = (
  network: Network,
  question: Question,
  client: Packet,
  fromOutside: boolean,
): readonly Detour[] => [
  ...byNodes(network, question, client, fromOutside),
  ...(fromOutside ? [] : byEndpoints(network, question, client)),
];

/** To an endpoint of a service, whose balancers send under their nodes' addresses; nodes of its own zone before others. */
function byEndpoints(network: Network, { to }: Question, client: Packet): readonly Detour[] {
  const zoneOf = ({ subnet }: NetworkInterface): string => network.subnets.get(subnet)?.zone ?? '';
  const found = [...network.endpoints.values()].flatMap(({ id: endpoint, interfaces }) => {
    const behind = serviceBehind(network, endpoint)?.loadBalancers ?? [];
    return (isUnread(behind) ? [] : behind).flatMap((one) => {
      const balancer = network.loadBalancers.get(one)!;
      return waysIn(network, balancer, client).flatMap(({ listener, group }) =>
        interfaces.flatMap((entrance) =>
          balancer.interfaces.flatMap((id) => {
            const [at, node] = [network.interfaces.get(entrance), network.interfaces.get(id)!];
            if (at === undefined) return [];
            const packet = addressed(client, at, listener, false);
            return aims(network, group, to.members).flatMap(({ address, port }) => {
              const sent = packet && hidden(packet, node, address, port);
              if (packet === undefined || sent === undefined) return [];
              const emission = { packet: sent, at: { kind: 'interface', id } } as const;
              return [{ near: zoneOf(at) === zoneOf(node), packet, emits: new Map([[endpoint, emission]]) }];
            });
          }),
        ),
      );
    });
  });
  return [...found.filter(({ near }) => near), ...found.filter(({ near }) => !near)];
}

function byNodes(network: Network, { to }: Question, client: Packet, fromOutside: boolean): readonly Detour[] {
  return [...network.loadBalancers.values()].flatMap((balancer) =>
    isBalancing(network, balancer)
      ? waysIn(network, balancer, client).flatMap(({ listener, group }) =>
          balancer.interfaces.flatMap((id) => {
            const node = network.interfaces.get(id)!;
            return aims(network, group, to.members).flatMap(({ address, port }) => {
              const packet = addressed(client, node, listener, fromOutside);
              const sent = packet && onward(packet, balancer, group, node, address, port);
              if (packet === undefined || sent === undefined) return [];
              const emission = { packet: sent, at: { kind: 'interface', id } } as const;
              return [{ packet, emits: new Map([[balancer.id, emission]]) }];
            });
          }),
        )
      : [],
  );
}

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
  const isThere = ({ family, value }: Address): boolean =>
    places.some((place) => {
      if (place.kind === 'cidr') return place.prefix.family === family && contains([rangeOf(place.prefix)], value);
      const nic = place.kind === 'interface' ? network.interfaces.get(place.id) : undefined;
      return nic?.addresses.some(({ address }) => address.family === family && address.value === value) === true;
    });
  return (isUnread(targets) ? [] : targets).flatMap((target) =>
    'address' in target && isThere(target.address) ? [target] : [],
  );
}

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

function onward(
  packet: Packet,
  { balancerType }: LoadBalancer,
  { preservesClientIp }: TargetGroup,
  node: NetworkInterface,
  dst: Address,
  dstPort: number,
): Packet | undefined {
  const keeps = balancerType === 'network' && preservesClientIp === true && dst.family === packet.src.family;
  return keeps ? { ...packet, dst, dstPort } : hidden(packet, node, dst, dstPort);
}

/** Under the node's own address. */
function hidden(packet: Packet, { addresses }: NetworkInterface, dst: Address, dstPort: number): Packet | undefined {
  const src = addresses.find(({ address }) => address.family === dst.family)?.address;
  return src && { ...packet, src, srcPort: 1024, dst, dstPort };
}
