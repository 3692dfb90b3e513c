/** The network: everything read, by id, every reference checked by the builder. */
import type { CarrierGateway } from './carrier-gateway.ts';
import type { ClientVpnEndpoint } from './client-vpn-endpoint.ts';
import type { CoverageEntry, DefaultTaken } from './coverage.ts';
import type { DirectConnectGateway, VirtualInterface } from './direct-connect-gateway.ts';
import type { DnsFirewallAssociation, DnsFirewallDomainList, DnsFirewallRuleGroup } from './dns-firewall.ts';
import type { VpcEndpoint } from './endpoint.ts';
import type { EndpointService } from './endpoint-service.ts';
import type { Firewall } from './firewall.ts';
import type { FlowLog } from './flow-log.ts';
import type { FirewallPolicy, RuleGroup, TlsInspection } from './firewall-policy.ts';
import type { EgressOnlyInternetGateway, InternetGateway, NatGateway } from './gateway.ts';
import type { Instance } from './instance.ts';
import type { NetworkInterface } from './interface.ts';
import type { LoadBalancer } from './load-balancer.ts';
import type { NetworkAcl } from './network-acl.ts';
import type { OpaqueGateway } from './opaque-gateway.ts';
import type { PrefixList } from './prefix-list.ts';
import type { ResolverEndpoint, ResolverRule } from './resolver-endpoint.ts';
import type { ResourceConfiguration, ResourceGateway } from './resource-configuration.ts';
import type { RouteTable } from './route-table.ts';
import type { SecurityGroup } from './security-group.ts';
import type { LatticeService, ServiceNetwork } from './service-network.ts';
import type { Subnet } from './subnet.ts';
import type { TargetGroup } from './target-group.ts';
import type { TrafficMirrorSession } from './traffic-mirror.ts';
import type { TransitGateway, TransitGatewayAttachment, TransitGatewayRouteTable } from './transit-gateway.ts';
import type { Vpc } from './vpc.ts';
import type { VpcPeering } from './vpc-peering.ts';
import type { VpnConnection, VpnGateway } from './vpn-gateway.ts';
import type { WebAcl } from './web-acl.ts';

type ById<T> = ReadonlyMap<string, T>;

export interface Network {
  readonly vpcs: ById<Vpc>;
  readonly subnets: ById<Subnet>;
  readonly interfaces: ById<NetworkInterface>;
  readonly instances: ById<Instance>;
  readonly securityGroups: ById<SecurityGroup>;
  readonly networkAcls: ById<NetworkAcl>;
  readonly routeTables: ById<RouteTable>;
  readonly prefixLists: ById<PrefixList>;
  readonly internetGateways: ById<InternetGateway>;
  readonly egressOnlyInternetGateways: ById<EgressOnlyInternetGateway>;
  readonly natGateways: ById<NatGateway>;
  readonly endpoints: ById<VpcEndpoint>;
  readonly firewalls: ById<Firewall>;
  /** By ARN, as the next two. One that a firewall names and that was not read, or not wholly, is not in it. */
  readonly firewallPolicies: ById<FirewallPolicy>;
  readonly ruleGroups: ById<RuleGroup>;
  readonly tlsInspections: ById<TlsInspection>;
  readonly loadBalancers: ById<LoadBalancer>;
  readonly targetGroups: ById<TargetGroup>;
  readonly webAcls: ById<WebAcl>;
  readonly endpointServices: ById<EndpointService>;
  /** Those that were read wholly; others are opaque gateways. */
  readonly serviceNetworks: ById<ServiceNetwork>;
  readonly latticeServices: ById<LatticeService>;
  readonly resourceGateways: ById<ResourceGateway>;
  /** Those that were read wholly. */
  readonly resourceConfigurations: ById<ResourceConfiguration>;
  readonly vpcPeerings: ById<VpcPeering>;
  readonly transitGateways: ById<TransitGateway>;
  readonly transitGatewayAttachments: ById<TransitGatewayAttachment>;
  readonly transitGatewayRouteTables: ById<TransitGatewayRouteTable>;
  readonly vpnGateways: ById<VpnGateway>;
  readonly vpnConnections: ById<VpnConnection>;
  readonly directConnectGateways: ById<DirectConnectGateway>;
  readonly virtualInterfaces: ById<VirtualInterface>;
  readonly carrierGateways: ById<CarrierGateway>;
  readonly trafficMirrorSessions: ById<TrafficMirrorSession>;
  readonly flowLogs: ById<FlowLog>;
  readonly clientVpnEndpoints: ById<ClientVpnEndpoint>;
  readonly opaqueGateways: ById<OpaqueGateway>;
  readonly dnsFirewallRuleGroups: ById<DnsFirewallRuleGroup>;
  readonly dnsFirewallDomainLists: ById<DnsFirewallDomainList>;
  readonly dnsFirewallAssociations: ById<DnsFirewallAssociation>;
  readonly resolverEndpoints: ById<ResolverEndpoint>;
  readonly resolverRules: ById<ResolverRule>;
  readonly coverage: readonly CoverageEntry[];
  readonly defaults: readonly DefaultTaken[];
  /** What the reader says about the input that is no error: one sentence each. */
  readonly warnings: readonly string[];
  /** The files read, in order of name. */
  readonly sources: readonly string[];
}

/** Any resource of a network, a union closed on `kind`. */
export type AnyResource =
  | Vpc
  | Subnet
  | NetworkInterface
  | Instance
  | SecurityGroup
  | NetworkAcl
  | RouteTable
  | PrefixList
  | InternetGateway
  | EgressOnlyInternetGateway
  | NatGateway
  | VpcEndpoint
  | Firewall
  | FirewallPolicy
  | RuleGroup
  | TlsInspection
  | LoadBalancer
  | TargetGroup
  | WebAcl
  | EndpointService
  | ServiceNetwork
  | LatticeService
  | ResourceGateway
  | ResourceConfiguration
  | VpcPeering
  | TransitGateway
  | TransitGatewayAttachment
  | TransitGatewayRouteTable
  | VpnGateway
  | VpnConnection
  | DirectConnectGateway
  | VirtualInterface
  | CarrierGateway
  | TrafficMirrorSession
  | FlowLog
  | ClientVpnEndpoint
  | OpaqueGateway
  | DnsFirewallRuleGroup
  | DnsFirewallDomainList
  | DnsFirewallAssociation
  | ResolverEndpoint
  | ResolverRule;

/** Every resource of the network once, kind by kind, in the order read. */
export function* resourcesOf(network: Network): Iterable<AnyResource> {
  yield* network.vpcs.values();
  yield* network.subnets.values();
  yield* network.interfaces.values();
  yield* network.instances.values();
  yield* network.securityGroups.values();
  yield* network.networkAcls.values();
  yield* network.routeTables.values();
  yield* network.prefixLists.values();
  yield* network.internetGateways.values();
  yield* network.egressOnlyInternetGateways.values();
  yield* network.natGateways.values();
  yield* network.endpoints.values();
  yield* network.firewalls.values();
  yield* network.firewallPolicies.values();
  yield* network.ruleGroups.values();
  yield* network.tlsInspections.values();
  yield* network.loadBalancers.values();
  yield* network.targetGroups.values();
  yield* network.webAcls.values();
  yield* network.endpointServices.values();
  yield* network.serviceNetworks.values();
  yield* network.latticeServices.values();
  yield* network.resourceGateways.values();
  yield* network.resourceConfigurations.values();
  yield* network.vpcPeerings.values();
  yield* network.transitGateways.values();
  yield* network.transitGatewayAttachments.values();
  yield* network.transitGatewayRouteTables.values();
  yield* network.vpnGateways.values();
  yield* network.vpnConnections.values();
  yield* network.directConnectGateways.values();
  yield* network.virtualInterfaces.values();
  yield* network.carrierGateways.values();
  yield* network.trafficMirrorSessions.values();
  yield* network.flowLogs.values();
  yield* network.clientVpnEndpoints.values();
  yield* network.opaqueGateways.values();
  yield* network.dnsFirewallRuleGroups.values();
  yield* network.dnsFirewallDomainLists.values();
  yield* network.dnsFirewallAssociations.values();
  yield* network.resolverEndpoints.values();
  yield* network.resolverRules.values();
}
