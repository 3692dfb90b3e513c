/** The places of a network and how they hang together, as published with every result. */
import { formatPrefix } from '../net/prefix.ts';
import type { ClientVpnEndpoint } from './client-vpn-endpoint.ts';
import type { EndpointService } from './endpoint-service.ts';
import type { LoadBalancer } from './load-balancer.ts';
import { type AnyResource, type Network, resourcesOf } from './network.ts';
import { isUnread } from './resource.ts';
import type { ResourceConfiguration } from './resource-configuration.ts';
import type { Route } from './route-table.ts';
import type { ServiceNetwork } from './service-network.ts';
import { conditionOf } from './state.ts';
import type { TargetGroup } from './target-group.ts';
import type { TransitGatewayAttachment } from './transit-gateway.ts';

interface Place {
  readonly id: string;
  readonly kind: string;
  readonly name?: string;
  readonly parent?: string;
  readonly zone?: string;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'route' | 'attachment';
  readonly destinations?: readonly string[];
}

export interface Topology {
  readonly places: readonly Place[];
  readonly edges: readonly Edge[];
}

/** VPCs, subnets, gateways, endpoints, firewalls and balancers; of all other resources, those mentioned. */
export function topologyOf(network: Network, mentioned: ReadonlySet<string>): Topology {
  const shown = [...resourcesOf(network)].filter((each) => framework.has(each.kind) || mentioned.has(each.id));
  const known = new Set(shown.map(({ id }) => id));
  const outward = shown.filter(({ kind }) => kind === 'internet-gateway' || kind === 'egress-only-internet-gateway');
  return {
    places: [...(outward.length > 0 ? [internet] : []), ...shown.map((each) => placeOf(each))],
    edges: [
      ...outward.map(({ id }) => attachment(id, internet.id)),
      ...routeEdges(network),
      ...shown.flatMap((each) => attachments(each)),
      ...shown
        .flatMap((each) => (each.kind === 'target-group' ? targetsOf(each) : joinedBy(each)))
        .filter(({ to }) => known.has(to)),
    ],
  };
}

const internet: Place = { id: 'internet', kind: 'internet' };

const attachment = (from: string, to: string): Edge => ({ from, to, kind: 'attachment' });

/** Kinds that are places whether a result mentions them or not. */
const framework: ReadonlySet<AnyResource['kind']> = new Set([
  'vpc',
  'subnet',
  'internet-gateway',
  'egress-only-internet-gateway',
  'nat-gateway',
  'vpc-endpoint',
  'network-firewall',
  'load-balancer',
  'target-group',
  'endpoint-service',
  'lattice-service',
  'resource-gateway',
  'resource-configuration',
  'transit-gateway',
  'vpc-peering',
  'vpn-gateway',
  'direct-connect-gateway',
  'client-vpn-endpoint',
  'local-gateway',
  'carrier-gateway',
  'core-network',
  'odb-network',
  'service-network',
  'direct-internet-access',
] satisfies readonly AnyResource['kind'][]);

function placeOf(resource: AnyResource): Place {
  const { id, name } = resource;
  const parent = parentOf(resource);
  return {
    id,
    kind: hopKindOf(resource),
    ...(name === undefined ? {} : { name }),
    ...(parent === undefined ? {} : { parent }),
    ...(resource.kind === 'subnet' ? { zone: resource.zone } : {}),
  };
}

const endpointKinds = {
  Gateway: 'gateway-endpoint',
  Interface: 'interface-endpoint',
  GatewayLoadBalancer: 'firewall-endpoint',
  Resource: 'resource-endpoint',
  ServiceNetwork: 'service-network-endpoint',
  Tunnel: 'tunnel-endpoint',
} as const;

const hopKindOf = (resource: AnyResource): string =>
  resource.kind === 'vpc-endpoint' ? endpointKinds[resource.endpointType] : resource.kind;

function parentOf(resource: AnyResource): string | undefined {
  if (resource.kind === 'network-interface') return resource.subnet;
  if (resource.kind === 'nat-gateway') return resource.subnet ?? resource.vpc;
  if ('behind' in resource || ('gateway' in resource && 'routes' in resource)) return resource.gateway;
  // A firewall stands where its endpoints do.
  return 'vpc' in resource && resource.kind !== 'network-firewall' ? resource.vpc : undefined;
}

function routeEdges(network: Network): readonly Edge[] {
  return [...network.subnets.values()].flatMap(({ id, routeTable }) => {
    const table = isUnread(routeTable) ? undefined : network.routeTables.get(routeTable);
    const ways = new Map<string, string[]>();
    for (const { target, destination } of table?.routes ?? []) {
      if (target.kind === 'local') continue;
      const way = ways.get(target.id);
      if (way === undefined) ways.set(target.id, [destinationText(destination)]);
      else way.push(destinationText(destination));
    }
    return [...ways].map(([to, destinations]): Edge => ({ from: id, to, kind: 'route', destinations }));
  });
}

const destinationText = (destination: Route['destination']): string =>
  destination.kind === 'prefix' ? formatPrefix(destination.prefix) : destination.id;

function attachments(resource: AnyResource): readonly Edge[] {
  if (resource.kind === 'network-firewall') return resource.endpoints.map((id) => attachment(resource.id, id));
  if (resource.kind === 'vpc-endpoint') return resource.subnets.map((id) => attachment(resource.id, id));
  if (resource.kind === 'instance') return resource.interfaces.map((id) => attachment(resource.id, id));
  if (resource.kind === 'vpn-connection') return [attachment(resource.id, resource.gateway)];
  if ('behind' in resource) return attachedTo(resource);
  if (resource.kind === 'load-balancer') return groupsOf(resource).map((id) => attachment(resource.id, id));
  if (resource.kind === 'endpoint-service') return servedBy(resource);
  if (resource.kind === 'carrier-gateway' && 'vpc' in resource) return [attachment(resource.id, resource.vpc)];
  if (resource.kind === 'lattice-service') return groupsOf(resource).map((id) => attachment(resource.id, id));
  if (resource.kind === 'resource-gateway') return resource.interfaces.map((id) => attachment(resource.id, id));
  if (resource.kind === 'resource-configuration') return gatewaysOf(resource);
  if ('associations' in resource && 'services' in resource) return standingIn(resource);
  if (resource.kind === 'web-acl') return resource.associated.map((id) => attachment(resource.id, id));
  if (resource.kind === 'client-vpn-endpoint') return associatedWith(resource);
  return 'vpcs' in resource ? resource.vpcs.map((id) => attachment(resource.id, id)) : [];
}

/** What a Direct Connect gateway or a virtual interface leads to; it may be in no account that was read. */
function joinedBy(resource: AnyResource): readonly Edge[] {
  if (resource.kind === 'virtual-interface') return [attachment(resource.id, resource.gateway)];
  if (resource.kind !== 'direct-connect-gateway') return [];
  return resource.associations.map(({ gateway }) => attachment(resource.id, gateway));
}

/** The VPCs that are associated with a service network, and what stands in it. */
const standingIn = ({ id, associations, services, resources }: ServiceNetwork): readonly Edge[] => [
  ...[...new Set(associations.map(({ vpc }) => vpc))].map((vpc) => attachment(vpc, id)),
  ...[...services, ...resources].map((member) => attachment(id, member.id)),
];

const gatewaysOf = ({ id, resources }: ResourceConfiguration): readonly Edge[] =>
  [...new Set(resources.map(({ gateway }) => gateway))].map((gateway) => attachment(id, gateway));

/** The target groups that a balancer or a service forwards to, each once. */
const groupsOf = ({ listeners }: Pick<LoadBalancer, 'listeners'>): readonly string[] => [
  ...new Set(
    (isUnread(listeners) ? [] : listeners).flatMap(({ forwards }) =>
      isUnread(forwards) ? [] : forwards.map(({ group }) => group),
    ),
  ),
];

/** The endpoints of the network that lead to a service, and the load balancers behind it. */
const servedBy = ({ id, connections, loadBalancers }: EndpointService): readonly Edge[] => [
  ...connections.flatMap(({ endpoint, known, state }) =>
    known && conditionOf(state) !== 'idle' ? [attachment(endpoint, id)] : [],
  ),
  ...(isUnread(loadBalancers) ? [] : loadBalancers.map((balancer) => attachment(id, balancer))),
];

/** The interfaces and balancers among the targets, each once; addresses and functions are no resources. */
const targetsOf = ({ id: group, targets }: TargetGroup): readonly Edge[] =>
  [
    ...new Set(
      (isUnread(targets) ? [] : targets).flatMap(({ kind, id }) =>
        kind === 'interface' || kind === 'load-balancer' ? [id] : [],
      ),
    ),
  ].map((id) => attachment(group, id));

/** The subnets by which the clients of an endpoint come in. */
const associatedWith = ({ id, associations }: ClientVpnEndpoint): readonly Edge[] =>
  isUnread(associations) ? [] : associations.map(({ subnet }) => attachment(id, subnet));

/** The subnets of an attachment to a VPC, or the gateway at its other side. */
function attachedTo({ id, behind }: TransitGatewayAttachment): readonly Edge[] {
  switch (behind.kind) {
    case 'vpc':
      return behind.subnets.map((subnet) => attachment(id, subnet));
    case 'transit-gateway':
      return [attachment(id, behind.id)];
    case 'network-function':
      return behind.firewall === undefined ? [] : [attachment(id, behind.firewall)];
    case 'on-premises':
    case 'unknown':
      return [];
  }
}
