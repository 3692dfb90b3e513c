/**
 * What stands behind a Gateway Load Balancer endpoint, as far as the input holds it: the endpoint service, its balancers,
 * and the appliances registered with them (semantics 9.24, 11.1 to 11.8).
 */
import { type Address, sameAddress } from '../net/address.ts';
import { prefixContains } from '../net/prefix.ts';
import type { EndpointConnection, EndpointService } from './endpoint-service.ts';
import { firewallAt } from './firewall.ts';
import type { LoadBalancer } from './load-balancer.ts';
import type { Network } from './network.ts';
import { isUnread, type Unread } from './resource.ts';
import type { Target, TargetGroup } from './target-group.ts';

export interface Inspection {
  readonly service: EndpointService;
  /** The endpoint's own, by its state. */
  readonly connection: EndpointConnection;
  /** Those of the service that the input holds. */
  readonly balancers: readonly LoadBalancer[];
  /** All that are registered with them, whatever their zone and health: each interface once a target group. */
  readonly appliances: readonly Appliance[];
  /** Present where appliances may stand behind the endpoint besides: what was not read. */
  readonly unread?: Unread;
}

export interface Appliance {
  /** The interface of the network to which the Gateway Load Balancer sends GENEVE. */
  readonly interface: string;
  readonly address: Address;
  readonly balancer: LoadBalancer;
  readonly group: TargetGroup;
  /** The zone that it is registered for; `all` for one that every node sends to; absent: that of its subnet. */
  readonly zone?: string;
  /** As describe-target-health shows it. */
  readonly health?: string;
}

type Parts = Pick<
  Network,
  'endpoints' | 'endpointServices' | 'firewalls' | 'loadBalancers' | 'targetGroups' | 'interfaces'
>;

/**
 * Undefined for an endpoint of a network firewall, and for one whose service is not in the input: its appliances are
 * somebody else's.
 */
export function inspectionBehind(network: Parts, endpointId: string): Inspection | undefined {
  const endpoint = network.endpoints.get(endpointId);
  if (endpoint?.endpointType !== 'GatewayLoadBalancer' || firewallAt(network, endpointId) !== undefined)
    return undefined;
  for (const service of network.endpointServices.values()) {
    const connection = service.connections.find((one) => one.known && one.endpoint === endpointId);
    if (connection === undefined || service.endpointType !== 'GatewayLoadBalancer') continue;
    const { loadBalancers } = service;
    const balancers = (isUnread(loadBalancers) ? [] : loadBalancers).map((id) => network.loadBalancers.get(id)!);
    const found = balancers.map((balancer) => appliancesOf(network, balancer));
    const unread = isUnread(loadBalancers) ? loadBalancers : found.find((one) => one.unread !== undefined)?.unread;
    return {
      service,
      connection,
      balancers,
      appliances: found.flatMap(({ appliances }) => appliances),
      ...(unread === undefined ? {} : { unread }),
    };
  }
  return undefined;
}

/**
 * Both endpoints may lead to one balancer: false only where the balancers behind both are told, and none is behind both.
 * Their flows are one table's to that balancer, which has met the request of a reply that comes to the other (semantics 11.3, 11.4).
 */
export function mayShareBalancer(network: Parts, one: string, other: string): boolean {
  const [behind, beside] = [inspectionBehind(network, one), inspectionBehind(network, other)];
  if (behind === undefined || beside === undefined) return true;
  const told = ({ service }: Inspection): boolean => !isUnread(service.loadBalancers);
  return (
    !told(behind) || !told(beside) || behind.balancers.some(({ id }) => beside.balancers.some((two) => two.id === id))
  );
}

/** The endpoints of the network behind which the interface is an appliance. */
export const inspectedBy = (network: Parts, interfaceId: string): readonly string[] =>
  [...network.endpoints.keys()].filter((id) =>
    inspectionBehind(network, id)?.appliances.some((one) => one.interface === interfaceId),
  );

interface Found {
  readonly appliances: readonly Appliance[];
  readonly unread?: Unread;
}

function appliancesOf(network: Parts, balancer: LoadBalancer): Found {
  const { listeners } = balancer;
  if (isUnread(listeners)) return { appliances: [], unread: listeners };
  const groups = new Set<string>();
  let unread: Unread | undefined;
  for (const { forwards } of listeners)
    if (isUnread(forwards)) unread ??= forwards;
    else for (const { group } of forwards) groups.add(group);
  const appliances: Appliance[] = [];
  for (const id of groups) {
    const group = network.targetGroups.get(id)!;
    if (isUnread(group.targets)) unread ??= group.targets;
    else
      for (const target of group.targets) {
        const appliance = applianceAt(network, balancer, group, target);
        if (isUnread<Appliance>(appliance)) unread ??= appliance;
        else appliances.push(appliance);
      }
  }
  return unread === undefined ? { appliances } : { appliances, unread };
}

/** A target by its interface, or by an address that an interface of the target group's VPC holds. */
function applianceAt(network: Parts, balancer: LoadBalancer, group: TargetGroup, target: Target): Appliance | Unread {
  if (target.kind !== 'interface' && target.kind !== 'address')
    return { unread: 'elbv2 describe-target-health', subject: group.id };
  const { address } = target;
  const holder = target.kind === 'interface' ? target.id : holderOf(network, group.vpc, address);
  if (holder === undefined) return { unread: 'describe-network-interfaces', subject: target.id };
  return {
    interface: holder,
    address,
    balancer,
    group,
    ...(target.kind === 'address' && target.zone !== undefined ? { zone: target.zone } : {}),
    ...(target.health === undefined ? {} : { health: target.health }),
  };
}

const holderOf = ({ interfaces }: Parts, vpc: string | undefined, address: Address): string | undefined =>
  [...interfaces.values()].find(
    (nic) =>
      nic.vpc === vpc &&
      nic.attached &&
      (nic.addresses.some((one) => sameAddress(one.address, address)) ||
        nic.prefixes.some((prefix) => prefixContains(prefix, address))),
  )?.id;
