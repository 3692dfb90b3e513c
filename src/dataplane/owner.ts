/** Whose interface it is: the VPC endpoints and load balancers that list it, found once for a network. */
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { LoadBalancer } from '../network/load-balancer.ts';
import type { Network } from '../network/network.ts';

type Owner = VpcEndpoint | LoadBalancer;

const known = new WeakMap<Network, ReadonlyMap<string, readonly Owner[]>>();

/** Endpoints first, then balancers, each in the order read. */
export function ownersOf(network: Network, nic: string): readonly Owner[] {
  let owners = known.get(network);
  if (owners === undefined) known.set(network, (owners = index(network)));
  return owners.get(nic) ?? [];
}

function index(network: Network): ReadonlyMap<string, readonly Owner[]> {
  const out = new Map<string, Owner[]>();
  for (const owner of [...network.endpoints.values(), ...network.loadBalancers.values()])
    for (const nic of owner.interfaces) {
      const before = out.get(nic);
      if (before === undefined) out.set(nic, [owner]);
      else before.push(owner);
    }
  return out;
}

export const endpointOf = (network: Network, nic: string): VpcEndpoint | undefined =>
  ownersOf(network, nic).find((owner) => owner.kind === 'vpc-endpoint');

export const balancerOf = (network: Network, nic: string): LoadBalancer | undefined =>
  ownersOf(network, nic).find((owner) => owner.kind === 'load-balancer');
