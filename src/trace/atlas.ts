/** What a packet asks of a network by address or id, indexed once a network. */
import type { Address } from '../net/address.ts';
import { prefixContains } from '../net/prefix.ts';
import { isBalancing } from '../network/balancing.ts';
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { InternetGateway } from '../network/gateway.ts';
import type { LoadBalancer } from '../network/load-balancer.ts';
import type { Network } from '../network/network.ts';
import { listsOfAws } from '../network/prefix-list.ts';
import { type Holders, holdersOf } from './holder.ts';
import { membershipOf } from './membership.ts';
import { type PublicAddresses, publicAddressesOf } from './public-address.ts';

export interface Atlas extends Holders, PublicAddresses {
  readonly isMemberAddress: (group: string, vpc: string | undefined, address: Address) => boolean;
  readonly gatewayOf: (vpc: string) => InternetGateway | undefined;
  /** The firewall whose endpoint this is, else the endpoint itself. */
  readonly firewallOf: (endpoint: string) => string;
  /** The balancer whose node this is, else the interface itself. */
  readonly balancerOf: (interfaceId: string) => string;
  /** The balancer whose node this is, where it is modelled. */
  readonly balancingAt: (interfaceId: string) => LoadBalancer | undefined;
  readonly endpointOf: (interfaceId: string) => VpcEndpoint | undefined;
  /** The VPC in whose blocks the address lies; the first, where several overlap. */
  readonly vpcAround: (address: Address) => string | undefined;
  /** Whether the prefix list is one of AWS's own. */
  readonly isListOfAws: (list: string) => boolean;
}

const known = new WeakMap<Network, Atlas>();

export function atlasOf(network: Network): Atlas {
  const before = known.get(network);
  if (before !== undefined) return before;
  const atlas = draw(network);
  known.set(network, atlas);
  return atlas;
}

function draw(network: Network): Atlas {
  const holders = holdersOf(network);
  const firewalls = owners(network.firewalls.values(), (each) => each.endpoints);
  const balancers = owners(network.loadBalancers.values(), (each) => each.interfaces);
  const endpoints = owners(network.endpoints.values(), (each) => each.interfaces);
  const gateways = owners(network.internetGateways.values(), (each) => (each.vpc === undefined ? [] : [each.vpc]));
  const vpcs = [...network.vpcs.values()];
  const lists = listsOfAws(network);
  return {
    ...holders,
    ...publicAddressesOf(network),
    isMemberAddress: membershipOf(network),
    gatewayOf: (vpc) => gateways.get(vpc),
    firewallOf: (endpoint) => firewalls.get(endpoint)?.id ?? endpoint,
    balancerOf: (interfaceId) => balancers.get(interfaceId)?.id ?? interfaceId,
    balancingAt: (interfaceId) => {
      const balancer = balancers.get(interfaceId);
      return balancer !== undefined && isBalancing(network, balancer) ? balancer : undefined;
    },
    endpointOf: (interfaceId) => endpoints.get(interfaceId),
    vpcAround: (address) => vpcs.find(({ cidrs }) => cidrs.some((cidr) => prefixContains(cidr, address)))?.id,
    isListOfAws: (list) => lists.has(list),
  };
}

/** By what is owned; the first owner counts. */
function owners<T>(all: Iterable<T>, owned: (each: T) => readonly string[]): ReadonlyMap<string, T> {
  const out = new Map<string, T>();
  for (const each of all) for (const id of owned(each)) if (!out.has(id)) out.set(id, each);
  return out;
}
