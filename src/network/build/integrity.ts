/** The promise of a network, checked on the network itself: each id in it names something in it. */
import type { Problem } from '../../base/problem.ts';
import type { Listener } from '../load-balancer.ts';
import { type AnyResource, type Network, resourcesOf } from '../network.ts';
import { isUnread, type Provenance } from '../resource.ts';
import type { Route } from '../route-table.ts';
import type { SecurityGroupRule } from '../security-group.ts';
import type { ServiceNetwork } from '../service-network.ts';
import type { Target } from '../target-group.ts';
import type { BehindAttachment, TransitGatewayRoute } from '../transit-gateway.ts';

/** The maps of a network by which an id is looked up. */
type Kind = Exclude<keyof Network, 'coverage' | 'defaults' | 'warnings' | 'sources'>;

interface Reference {
  /** One of these holds it. */
  readonly to: readonly [Kind, ...Kind[]];
  readonly id: string;
  readonly source?: Provenance;
}

const words: Readonly<Record<Kind, string>> = {
  vpcs: 'VPC',
  subnets: 'subnet',
  interfaces: 'network interface',
  instances: 'instance',
  securityGroups: 'security group',
  networkAcls: 'network ACL',
  routeTables: 'route table',
  prefixLists: 'prefix list',
  internetGateways: 'internet gateway',
  egressOnlyInternetGateways: 'egress-only internet gateway',
  natGateways: 'NAT gateway',
  endpoints: 'VPC endpoint',
  firewalls: 'firewall',
  firewallPolicies: 'firewall policy',
  ruleGroups: 'rule group',
  tlsInspections: 'TLS inspection configuration',
  loadBalancers: 'load balancer',
  targetGroups: 'target group',
  webAcls: 'web ACL',
  endpointServices: 'endpoint service',
  serviceNetworks: 'service network',
  latticeServices: 'VPC Lattice service',
  resourceGateways: 'resource gateway',
  resourceConfigurations: 'resource configuration',
  vpcPeerings: 'VPC peering connection',
  transitGateways: 'transit gateway',
  transitGatewayAttachments: 'transit gateway attachment',
  transitGatewayRouteTables: 'transit gateway route table',
  vpnGateways: 'VPN gateway',
  vpnConnections: 'VPN connection',
  directConnectGateways: 'Direct Connect gateway',
  virtualInterfaces: 'virtual interface',
  carrierGateways: 'carrier gateway',
  trafficMirrorSessions: 'traffic mirror session',
  flowLogs: 'flow log',
  clientVpnEndpoints: 'Client VPN endpoint',
  opaqueGateways: 'gateway',
  dnsFirewallRuleGroups: 'DNS Firewall rule group',
  dnsFirewallDomainLists: 'DNS Firewall domain list',
  dnsFirewallAssociations: 'DNS Firewall association',
  resolverEndpoints: 'resolver endpoint',
  resolverRules: 'resolver rule',
};

export function checkIntegrity(network: Network): readonly Problem[] {
  const problems: Problem[] = [];
  for (const resource of resourcesOf(network))
    for (const { to, id, source = resource.source } of referencesOf(resource))
      if (!to.some((kind) => network[kind].has(id)))
        problems.push({
          code: 'dangling-reference',
          file: source.file,
          place: source.place,
          message: `\`${resource.id}\` names the ${words[to[0]]} \`${id}\`, which the network does not hold.`,
          hint: 'Correct the id, or add what it names.',
        });
  return problems;
}

const to = (kind: Kind, ...ids: readonly (string | undefined)[]): readonly Reference[] =>
  ids.flatMap((id) => (id === undefined ? [] : [{ to: [kind], id }]));

function referencesOf(resource: AnyResource): readonly Reference[] {
  switch (resource.kind) {
    case 'vpc':
    case 'prefix-list':
    case 'stateless-rule-group':
    case 'stateful-rule-group':
    case 'tls-inspection-configuration':
    // Both sides of Direct Connect may be of accounts and Regions that the input does not hold.
    case 'direct-connect-gateway':
    case 'virtual-interface':
    // What is mirrored, and to where, too.
    case 'traffic-mirror-session':
    case 'flow-log':
    case 'dns-firewall-domain-list':
      return [];
    case 'dns-firewall-rule-group':
      return isUnread(resource.rules)
        ? []
        : resource.rules.flatMap(({ domainList }) => to('dnsFirewallDomainLists', domainList));
    case 'dns-firewall-association':
      return [...to('vpcs', resource.vpc), ...to('dnsFirewallRuleGroups', resource.group)];
    case 'resolver-endpoint':
      return [...to('vpcs', resource.vpc), ...to('interfaces', ...resource.interfaces)];
    // An endpoint may be another account's, which shares the rule.
    case 'resolver-rule':
      return isUnread(resource.associations) ? [] : to('vpcs', ...resource.associations.map(({ vpc }) => vpc));
    case 'subnet':
      return [
        ...to('vpcs', resource.vpc),
        ...(isUnread(resource.routeTable) ? [] : to('routeTables', resource.routeTable)),
        ...(isUnread(resource.networkAcl) ? [] : to('networkAcls', resource.networkAcl)),
      ];
    case 'network-interface':
      return [
        ...to('vpcs', resource.vpc),
        ...to('subnets', resource.subnet),
        ...to('instances', resource.instance),
        ...to('securityGroups', ...resource.groups),
      ];
    case 'instance':
      return to('interfaces', ...resource.interfaces);
    case 'security-group':
      return [
        ...to('vpcs', resource.vpc, ...resource.associatedVpcs),
        ...[resource.ingress, resource.egress].flatMap((rules) => (isUnread(rules) ? [] : rules.flatMap(ofRule))),
      ];
    case 'network-acl':
      return to('vpcs', resource.vpc);
    case 'route-table':
      return [...to('vpcs', resource.vpc), ...resource.routes.flatMap(ofRoute)];
    case 'internet-gateway':
      return [...to('vpcs', resource.vpc), ...to('routeTables', resource.routeTable)];
    case 'egress-only-internet-gateway':
      return to('vpcs', resource.vpc);
    case 'nat-gateway':
      return [
        ...to('vpcs', resource.vpc),
        ...to('subnets', resource.subnet),
        ...to('routeTables', resource.routeTable),
        ...to('interfaces', ...resource.addresses.map((address) => address.interface)),
      ];
    case 'vpc-endpoint':
      return [
        ...to('vpcs', resource.vpc),
        ...to('subnets', ...resource.subnets),
        ...to('routeTables', ...resource.routeTables),
        ...to('interfaces', ...resource.interfaces),
      ];
    case 'network-firewall':
      return to('endpoints', ...resource.endpoints);
    case 'firewall-policy':
      return [
        ...to('ruleGroups', ...[...resource.stateless.groups, ...resource.stateful.groups].map(({ group }) => group)),
        ...to('tlsInspections', resource.tlsInspection),
      ];
    case 'load-balancer':
      return [
        ...to('vpcs', resource.vpc),
        ...to('interfaces', ...resource.interfaces),
        ...(isUnread(resource.listeners) ? [] : resource.listeners.flatMap(ofListener)),
      ];
    case 'target-group':
      return [...to('vpcs', resource.vpc), ...(isUnread(resource.targets) ? [] : resource.targets.flatMap(ofTarget))];
    case 'web-acl':
      return to('loadBalancers', ...resource.associated);
    case 'endpoint-service':
      return [
        ...(isUnread(resource.loadBalancers) ? [] : to('loadBalancers', ...resource.loadBalancers)),
        ...resource.connections.flatMap(({ endpoint, known, source }): readonly Reference[] =>
          known ? [{ to: ['endpoints'], id: endpoint, source }] : [],
        ),
      ];
    case 'lattice-service':
      return resource.listeners.flatMap(ofListener);
    case 'resource-gateway':
      return [...to('vpcs', resource.vpc), ...to('interfaces', ...resource.interfaces)];
    case 'resource-configuration':
      return to('resourceGateways', ...resource.resources.map(({ gateway }) => gateway));
    case 'transit-gateway-attachment':
    case 'core-network-attachment':
      return [
        ...to('transitGateways', resource.gateway),
        ...to('transitGatewayRouteTables', resource.routeTable),
        ...behind(resource.behind),
      ];
    case 'transit-gateway-route-table':
    case 'core-network-route-table':
      return [
        ...to('transitGateways', resource.gateway),
        ...(isUnread(resource.routes) ? [] : resource.routes.flatMap(ofTransitGatewayRoute)),
        ...to('transitGatewayAttachments', ...(resource.learns?.from ?? [])),
      ];
    case 'client-vpn-endpoint':
      return isUnread(resource.associations)
        ? []
        : resource.associations.flatMap(({ subnet, interfaces }) => [
            ...to('subnets', subnet),
            ...to('interfaces', ...interfaces),
          ]);
    case 'vpn-connection':
      return [{ to: ['vpnGateways', 'transitGateways', 'opaqueGateways'], id: resource.gateway }];
    case 'transit-gateway':
    case 'vpc-peering':
    case 'vpn-gateway':
    case 'local-gateway':
    case 'carrier-gateway':
    case 'core-network':
    case 'odb-network':
    case 'service-network':
    case 'direct-internet-access':
      return [
        ...('services' in resource ? ofServiceNetwork(resource) : []),
        ...('vpcs' in resource ? to('vpcs', ...resource.vpcs) : []),
        ...('vpc' in resource ? to('vpcs', resource.vpc) : []),
        ...('routeTable' in resource ? to('routeTables', resource.routeTable) : []),
        ...('clients' in resource ? to('vpcs', ...(resource.clients ?? [])) : []),
        ...('beside' in resource ? to('interfaces', ...(resource.beside ?? [])) : []),
      ];
  }
}

const ofServiceNetwork = ({ associations, services, resources }: ServiceNetwork): readonly Reference[] => [
  ...associations.map(({ vpc, source }): Reference => ({ to: ['vpcs'], id: vpc, source })),
  ...to('latticeServices', ...services.map(({ id }) => id)),
  ...to('resourceConfigurations', ...resources.map(({ id }) => id)),
];

function ofListener({ forwards, source }: Listener): readonly Reference[] {
  return isUnread(forwards) ? [] : forwards.map(({ group }) => ({ to: ['targetGroups'], id: group, source }));
}

function ofTarget({ kind, id, source }: Target): readonly Reference[] {
  switch (kind) {
    case 'interface':
      return [{ to: ['interfaces'], id, source }];
    case 'load-balancer':
      return [{ to: ['loadBalancers'], id, source }];
    case 'address':
    case 'lambda':
      return [];
  }
}

function behind(side: BehindAttachment): readonly Reference[] {
  switch (side.kind) {
    case 'vpc':
      return [...to('vpcs', side.vpc), ...to('subnets', ...side.subnets)];
    case 'transit-gateway':
      return [{ to: ['transitGateways', 'opaqueGateways'], id: side.id }];
    case 'network-function':
      return to('firewalls', side.firewall);
    case 'unknown':
      return to('vpcs', ...side.vpcs);
    case 'on-premises':
      return [];
  }
}

function ofTransitGatewayRoute({ destination, attachments, source }: TransitGatewayRoute): readonly Reference[] {
  const list: readonly Reference[] =
    destination.kind === 'prefix-list' ? [{ to: ['prefixLists'], id: destination.id, source }] : [];
  return [...list, ...attachments.map((id) => ({ to: ['transitGatewayAttachments'] as const, id, source }))];
}

function ofRule({ peer, source }: SecurityGroupRule): readonly Reference[] {
  switch (peer.kind) {
    case 'prefix':
      return [];
    case 'prefix-list':
      return [{ to: ['prefixLists'], id: peer.id, source }];
    case 'security-group':
      return peer.known ? [{ to: ['securityGroups'], id: peer.id, source }] : [];
  }
}

function ofRoute({ destination, target, source }: Route): readonly Reference[] {
  const list: readonly Reference[] =
    destination.kind === 'prefix-list' ? [{ to: ['prefixLists'], id: destination.id, source }] : [];
  const maps = targetMaps(target.kind);
  return maps === undefined || target.kind === 'local' ? list : [...list, { to: maps, id: target.id, source }];
}

function targetMaps(kind: Route['target']['kind']): Reference['to'] | undefined {
  switch (kind) {
    case 'local':
    case 'unknown':
      return undefined;
    case 'network-interface':
      return ['interfaces'];
    case 'internet-gateway':
      return ['internetGateways'];
    case 'egress-only-internet-gateway':
      return ['egressOnlyInternetGateways'];
    case 'nat-gateway':
      return ['natGateways'];
    case 'gateway-endpoint':
    case 'firewall-endpoint':
      return ['endpoints'];
    case 'vpc-peering':
      return ['vpcPeerings', 'opaqueGateways'];
    case 'transit-gateway':
      return ['transitGateways', 'opaqueGateways'];
    case 'vpn-gateway':
      return ['vpnGateways', 'opaqueGateways'];
    case 'carrier-gateway':
      return ['carrierGateways', 'opaqueGateways'];
    case 'core-network':
      return ['transitGateways', 'opaqueGateways'];
    case 'local-gateway':
    case 'odb-network':
      return ['opaqueGateways'];
  }
}
