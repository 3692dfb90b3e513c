/** Load balancers of which enough was read to say where each flow goes on (semantics section 12). */
import type { Listener, LoadBalancer } from './load-balancer.ts';
import type { Network } from './network.ts';
import { isUnread } from './resource.ts';
import type { Target } from './target-group.ts';

type Parts = Pick<Network, 'interfaces' | 'targetGroups' | 'loadBalancers'>;

/**
 * All its nodes, listeners, what these forward to and every target were read. Of any other, what it takes in it may hand
 * on as anything (`passes:ID`); so may a Gateway Load Balancer, which its endpoints stand for.
 */
export function isBalancing(network: Parts, { balancerType, interfaces, listeners }: LoadBalancer): boolean {
  if (balancerType === 'gateway' || isUnread(listeners)) return false;
  const areRead = (nodes: readonly string[]): boolean =>
    nodes.every((id) => network.interfaces.get(id)?.imaginary === undefined);
  const isTold = (target: Target): boolean =>
    target.kind !== 'load-balancer' || areRead(network.loadBalancers.get(target.id)?.interfaces ?? []);
  const told = ({ forwards }: Listener): boolean =>
    !isUnread(forwards) &&
    forwards.every(({ group }) => {
      const { targets } = network.targetGroups.get(group)!;
      return !isUnread(targets) && targets.every(isTold);
    });
  return listeners.every(told) && areRead(interfaces);
}

/** The protocols, by number, of the packets that a listener takes; a Gateway Load Balancer's takes all. */
export function transportOf({ protocol }: Pick<Listener, 'protocol'>): readonly number[] {
  switch (protocol) {
    case 'HTTP':
    case 'HTTPS':
    case 'TCP':
    case 'TLS':
    case 'SSL':
      return [6];
    case 'UDP':
    case 'QUIC':
      return [17];
    case 'TCP_UDP':
    case 'TCP_QUIC':
      return [6, 17];
    case 'GENEVE':
      return [];
  }
}
