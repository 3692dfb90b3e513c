/** Which interfaces a resource holds: those in a VPC or subnet, of a group, or of an owner. */
import type { AnyResource, Network } from './network.ts';
import type { NetworkInterface } from './interface.ts';

type Index = ReadonlyMap<string, readonly NetworkInterface[]>;

const indexes = new WeakMap<Network, Index>();

/** Interfaces by the id of their VPC, their subnet and each of their groups. */
function indexOf(network: Network): Index {
  const known = indexes.get(network);
  if (known !== undefined) return known;
  const index = new Map<string, NetworkInterface[]>();
  for (const each of network.interfaces.values())
    for (const id of [each.vpc, each.subnet, ...each.groups]) {
      const list = index.get(id);
      if (list === undefined) index.set(id, [each]);
      else list.push(each);
    }
  indexes.set(network, index);
  return index;
}

/** The interfaces the resource holds, in the network's order; undefined where its kind holds none. */
export function interfacesIn(network: Network, resource: AnyResource): readonly NetworkInterface[] | undefined {
  switch (resource.kind) {
    case 'network-interface':
      return [resource];
    case 'vpc':
    case 'subnet':
    case 'security-group':
      return indexOf(network).get(resource.id) ?? [];
    case 'instance':
    case 'load-balancer':
    case 'vpc-endpoint':
    case 'resolver-endpoint':
    case 'resource-gateway':
      return resource.interfaces.flatMap((id) => network.interfaces.get(id) ?? []);
    case 'network-acl':
    case 'route-table':
    case 'prefix-list':
    case 'internet-gateway':
    case 'egress-only-internet-gateway':
    case 'nat-gateway':
    case 'network-firewall':
    case 'target-group':
    case 'web-acl':
    case 'firewall-policy':
    case 'stateless-rule-group':
    case 'stateful-rule-group':
    case 'tls-inspection-configuration':
    case 'endpoint-service':
    case 'lattice-service':
    case 'resource-configuration':
    case 'transit-gateway':
    case 'transit-gateway-attachment':
    case 'core-network-attachment':
    case 'transit-gateway-route-table':
    case 'core-network-route-table':
    case 'vpc-peering':
    case 'vpn-gateway':
    case 'vpn-connection':
    case 'direct-connect-gateway':
    case 'virtual-interface':
    case 'traffic-mirror-session':
    case 'flow-log':
    case 'client-vpn-endpoint':
    case 'local-gateway':
    case 'carrier-gateway':
    case 'core-network':
    case 'odb-network':
    case 'service-network':
    case 'direct-internet-access':
    case 'dns-firewall-rule-group':
    case 'dns-firewall-domain-list':
    case 'dns-firewall-association':
    case 'resolver-rule':
      return undefined;
  }
}
