/** Endpoints whose service is in the input, with load balancers that are modelled (semantics 9.17). */
import { isBalancing } from './balancing.ts';
import type { EndpointService } from './endpoint-service.ts';
import type { Network } from './network.ts';
import { isUnread } from './resource.ts';

type Parts = Pick<Network, 'endpointServices' | 'loadBalancers' | 'interfaces' | 'targetGroups'>;

/**
 * The service that the interface endpoint is connected to, where all its Network Load Balancers are modelled. What any
 * other endpoint takes in its service may hand on as anything (`passes:ID`).
 */
export function serviceBehind(network: Parts, endpointId: string): EndpointService | undefined {
  const modelled = (id: string): boolean => {
    const balancer = network.loadBalancers.get(id);
    // One without nodes has some that no answer shows.
    return balancer?.balancerType === 'network' && balancer.interfaces.length > 0 && isBalancing(network, balancer);
  };
  return [...network.endpointServices.values()].find(
    ({ endpointType, connections, loadBalancers }) =>
      endpointType === 'Interface' &&
      connections.some(({ endpoint, known }) => known && endpoint === endpointId) &&
      !isUnread(loadBalancers) &&
      loadBalancers.length > 0 &&
      loadBalancers.every(modelled),
  );
}
