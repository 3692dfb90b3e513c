/** Endpoints whose service is in the input, with load balancers that are modelled (semantics 9.17). */
import { isBalancing } from './balancing.ts';
import type { EndpointService } from './endpoint-service.ts';
import type { Network } from './network.ts';
import type { LoadBalancer } from './load-balancer.ts';
import { isUnread } from './resource.ts';
import { conditionOf } from './state.ts';

type Parts = Pick<Network, 'endpointServices' | 'loadBalancers' | 'interfaces' | 'targetGroups'>;

/**
 * The service that the interface endpoint is connected to, where all its Network Load Balancers are modelled. What any
 * other endpoint takes in its service may hand on as anything (`passes:ID`).
 */
export const serviceBehind = (network: Parts, endpointId: string): EndpointService | undefined =>
  [...network.endpointServices.values()].find(
    (service) =>
      service.endpointType === 'Interface' &&
      service.connections.some(({ endpoint, known }) => known && endpoint === endpointId) &&
      balancersBehind(network, service) !== undefined,
  );

/** The Network Load Balancers of the service, where all of them are modelled. */
export function balancersBehind(
  network: Parts,
  { loadBalancers }: EndpointService,
): readonly LoadBalancer[] | undefined {
  const ids = isUnread(loadBalancers) ? [] : loadBalancers;
  const modelled = ids.flatMap((id) => {
    const balancer = network.loadBalancers.get(id);
    // One without nodes has some that no answer shows.
    const isKnown = balancer?.balancerType === 'network' && balancer.interfaces.length > 0;
    return isKnown && isBalancing(network, balancer) ? [balancer] : [];
  });
  return modelled.length > 0 && modelled.length === ids.length ? modelled : undefined;
}

/**
 * Consumers whose endpoints are not in the input use it, or may, for all that was asked: hosts of a VPC that nobody read, and
 * whoever reaches that (`passes:vpce-svc-…`). Those of a Gateway Load Balancer only have their packets inspected.
 */
export const isUsedElsewhere = ({ endpointType, state, connections, unread }: EndpointService): boolean =>
  endpointType === 'Interface' &&
  conditionOf(state) !== 'idle' &&
  (unread !== undefined || connections.some((one) => !one.known && conditionOf(one.state) !== 'idle'));
