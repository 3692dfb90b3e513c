/**
 * What a source found, before references are resolved: the resources in the network's own words, and which calls
 * were made. Sources fill it; `buildNetwork` alone makes a network of it.
 */
import type { Prefix } from '../../net/prefix.ts';
import type { CarrierGateway } from '../carrier-gateway.ts';
import type { CoverageEntry } from '../coverage.ts';
import type { VpcEndpoint } from '../endpoint.ts';
import type { FlowLog } from '../flow-log.ts';
import type { FirewallPolicy, RuleGroup, TlsInspection } from '../firewall-policy.ts';
import type { EgressOnlyInternetGateway, InternetGateway, NatGateway } from '../gateway.ts';
import type { Instance } from '../instance.ts';
import type { NetworkAcl } from '../network-acl.ts';
import type { PrefixList } from '../prefix-list.ts';
import type { Provenance } from '../resource.ts';
import type { Route, RouteTable, RouteTarget } from '../route-table.ts';
import type { MirrorTarget, TrafficMirrorSession } from '../traffic-mirror.ts';
import type { VpcPeering } from '../vpc-peering.ts';
import type { VirtualInterface } from '../direct-connect-gateway.ts';
import type { VpnConnection } from '../vpn-gateway.ts';
import type {
  AuthorizationRuleFinding,
  ClientVpnAnswer,
  ClientVpnAssociationFinding,
  ClientVpnEndpointFinding,
  ClientVpnRouteFinding,
} from './client-vpn-finding.ts';
import type { EncryptionControlFinding } from './encryption-control-finding.ts';
import { type DnsFindings, noDnsFindings } from './dns-finding.ts';
import { type LatticeFindings, noLatticeFindings } from './lattice-finding.ts';
import type { EndpointConnectionFinding, EndpointServiceFinding } from './endpoint-service-finding.ts';
import type {
  CoreNetworkAttachmentFinding,
  CoreNetworkPolicyFinding,
  CoreNetworkRoutesFinding,
  CoreNetworkVpcAttachmentFinding,
} from './core-network-finding.ts';
import type {
  DirectConnectAssociationFinding,
  DirectConnectAssociationsFinding,
  DirectConnectGatewayFinding,
} from './direct-connect-finding.ts';
import type {
  BalancerAttributesFinding,
  ListenerRulesFinding,
  ListenersFinding,
  LoadBalancerFinding,
  TargetGroupFinding,
  TargetHealthFinding,
  WebAclAssociationFinding,
  WebAclFinding,
} from './load-balancer-finding.ts';
import type {
  TransitGatewayAttachmentFinding,
  TransitGatewayConnectFinding,
  TransitGatewayConnectPeerFinding,
  TransitGatewayFinding,
  TransitGatewayPrefixListReferenceFinding,
  TransitGatewayRouteTableFinding,
  TransitGatewayRoutesFinding,
  TransitGatewayTableMembersFinding,
  TransitGatewayVpcAttachmentFinding,
  VpnGatewayFinding,
} from './transit-gateway-finding.ts';
import type {
  VpcFinding,
  DnsAttributeFinding,
  BlockPublicAccessFinding,
  BlockPublicAccessExclusionFinding,
  SubnetFinding,
} from './vpc-finding.ts';
import type { InterfaceFinding, ElasticAddressFinding, CarrierAddressFinding } from './interface-finding.ts';
import type {
  SecurityGroupFinding,
  SecurityGroupRuleFinding,
  GroupAssociationFinding,
} from './security-group-finding.ts';
import type { AttachmentFinding, OpaqueGatewayFinding, DirectInternetFinding } from './opaque-gateway-finding.ts';
import type { FirewallFinding, RuleGroupMetadataFinding } from './firewall-finding.ts';

/** One answer of one call. */
export interface Read {
  /** The CLI command: `describe-subnets`. */
  readonly call: string;
  /** Whose answer it is; absent where the input does not tell, which stands for any. */
  readonly account?: string;
  readonly region?: string;
  /** False where a filter narrowed the answer, so that what is not in it may still exist. */
  readonly complete: boolean;
}

export interface NetworkAclFinding extends NetworkAcl {
  /** The subnets associated with it. */
  readonly subnets: readonly string[];
  /** False where an entry has a field that this program does not know. */
  readonly understood: boolean;
}

/** `vpc-endpoint` where the route names a `vpce-…`, of either kind. */
export interface RouteFinding extends Omit<Route, 'target'> {
  readonly target: RouteTarget | { readonly kind: 'vpc-endpoint'; readonly id: string };
  /** The account of the instance that the route names. */
  readonly targetOwner?: string;
}

export interface RouteTableFinding extends Omit<RouteTable, 'routes'> {
  readonly routes: readonly RouteFinding[];
  readonly subnets: readonly string[];
  /** The gateways of its edge associations. */
  readonly gateways: readonly string[];
  /** Its local routes are not told, and there as always. */
  readonly impliesLocal?: true;
}

/** Entries are absent where the answer did not hold them. */
export interface PrefixListFinding extends Omit<PrefixList, 'entries'> {
  readonly entries?: readonly Prefix[];
}

export interface PrefixListEntriesFinding {
  readonly list: string;
  readonly entries: readonly Prefix[];
  readonly source: Provenance;
}

export interface TrafficMirrorSessionFinding extends Omit<TrafficMirrorSession, 'target'> {
  /** `tmt-…`. */
  readonly target: string;
}

export interface MirrorTargetFinding extends MirrorTarget {
  readonly source: Provenance;
}

export interface VpcPeeringFinding extends Omit<VpcPeering, 'vpcs' | 'sameRegion' | 'state'> {
  /** The requester's and the accepter's. */
  readonly sides: readonly { readonly vpc?: string; readonly region?: string }[];
  readonly state: string;
}

/** Where what plans and templates declare ends: answers of AWS's calls, which are of whole accounts, have none of these. */
export interface Edges {
  /** Ids of what is declared with all that stands in it: of a VPC among them, each call counts as made. */
  readonly whole: Set<string>;
  /** Ids of what is named, and exists outside: a reference to it is no mistake. */
  readonly outside: Set<string>;
  /** Ids of subnets that hold interfaces which nothing shows. */
  readonly hiding: Set<string>;
}

export interface Findings {
  readonly reads: Read[];
  readonly vpcs: VpcFinding[];
  readonly dnsAttributes: DnsAttributeFinding[];
  readonly blockPublicAccess: BlockPublicAccessFinding[];
  readonly blockPublicAccessExclusions: BlockPublicAccessExclusionFinding[];
  readonly subnets: SubnetFinding[];
  /** By id. */
  readonly interfaces: Map<string, InterfaceFinding>;
  /** Interfaces that only their instances show. */
  readonly instanceInterfaces: InterfaceFinding[];
  readonly instances: Instance[];
  readonly elasticAddresses: ElasticAddressFinding[];
  readonly carrierAddresses: CarrierAddressFinding[];
  readonly securityGroups: SecurityGroupFinding[];
  readonly securityGroupRules: SecurityGroupRuleFinding[];
  readonly groupAssociations: GroupAssociationFinding[];
  readonly networkAcls: NetworkAclFinding[];
  readonly routeTables: RouteTableFinding[];
  readonly prefixLists: PrefixListFinding[];
  readonly prefixListEntries: PrefixListEntriesFinding[];
  readonly internetGateways: Omit<InternetGateway, 'routeTable'>[];
  readonly egressOnlyInternetGateways: EgressOnlyInternetGateway[];
  readonly natGateways: NatGateway[];
  readonly endpoints: VpcEndpoint[];
  readonly firewalls: FirewallFinding[];
  readonly firewallPolicies: FirewallPolicy[];
  readonly ruleGroups: RuleGroup[];
  readonly ruleGroupMetadata: RuleGroupMetadataFinding[];
  readonly tlsInspections: TlsInspection[];
  readonly loadBalancers: LoadBalancerFinding[];
  readonly listeners: ListenersFinding[];
  readonly listenerRules: ListenerRulesFinding[];
  readonly targetGroups: TargetGroupFinding[];
  readonly targetHealth: TargetHealthFinding[];
  readonly balancerAttributes: BalancerAttributesFinding[];
  readonly webAcls: WebAclFinding[];
  readonly webAclAssociations: WebAclAssociationFinding[];
  readonly endpointServices: EndpointServiceFinding[];
  readonly endpointConnections: EndpointConnectionFinding[];
  readonly lattice: LatticeFindings;
  readonly vpcPeerings: VpcPeeringFinding[];
  readonly opaqueGateways: OpaqueGatewayFinding[];
  /** Gateways that something else names as its own; whose they are, it does not tell. */
  readonly namedGateways: Pick<OpaqueGatewayFinding, 'kind' | 'id' | 'source'>[];
  readonly attachments: AttachmentFinding[];
  readonly directInternet: DirectInternetFinding[];
  readonly transitGateways: TransitGatewayFinding[];
  readonly transitGatewayAttachments: TransitGatewayAttachmentFinding[];
  readonly transitGatewayVpcAttachments: TransitGatewayVpcAttachmentFinding[];
  readonly transitGatewayConnects: TransitGatewayConnectFinding[];
  readonly transitGatewayConnectPeers: TransitGatewayConnectPeerFinding[];
  readonly transitGatewayRouteTables: TransitGatewayRouteTableFinding[];
  readonly transitGatewayRoutes: TransitGatewayRoutesFinding[];
  readonly transitGatewayAssociations: TransitGatewayTableMembersFinding[];
  readonly transitGatewayPropagations: TransitGatewayTableMembersFinding[];
  readonly transitGatewayPrefixListReferences: TransitGatewayPrefixListReferenceFinding[];
  readonly coreNetworkAttachments: CoreNetworkAttachmentFinding[];
  readonly coreNetworkVpcAttachments: CoreNetworkVpcAttachmentFinding[];
  readonly coreNetworkPolicies: CoreNetworkPolicyFinding[];
  readonly coreNetworkRoutes: CoreNetworkRoutesFinding[];
  readonly encryptionControls: EncryptionControlFinding[];
  readonly vpnGateways: VpnGatewayFinding[];
  readonly vpnConnections: VpnConnection[];
  readonly directConnectGateways: DirectConnectGatewayFinding[];
  readonly directConnectAssociations: DirectConnectAssociationFinding[];
  readonly directConnectAnswers: DirectConnectAssociationsFinding[];
  /** An interface that two calls show is here twice. */
  readonly virtualInterfaces: VirtualInterface[];
  readonly carrierGateways: CarrierGateway[];
  readonly trafficMirrorSessions: TrafficMirrorSessionFinding[];
  readonly flowLogs: FlowLog[];
  readonly trafficMirrorTargets: MirrorTargetFinding[];
  readonly clientVpnEndpoints: ClientVpnEndpointFinding[];
  readonly clientVpnAssociations: ClientVpnAnswer<ClientVpnAssociationFinding>[];
  readonly clientVpnRoutes: ClientVpnAnswer<ClientVpnRouteFinding>[];
  readonly clientVpnRules: ClientVpnAnswer<AuthorizationRuleFinding>[];
  readonly dns: DnsFindings;
  readonly edges: Edges;
  /** Resources that no part of the network stands for. */
  readonly notModelled: CoverageEntry[];
  readonly warnings: string[];
}

export const noFindings = (): Findings => ({
  reads: [],
  vpcs: [],
  dnsAttributes: [],
  blockPublicAccess: [],
  blockPublicAccessExclusions: [],
  subnets: [],
  interfaces: new Map(),
  instanceInterfaces: [],
  instances: [],
  elasticAddresses: [],
  carrierAddresses: [],
  securityGroups: [],
  securityGroupRules: [],
  groupAssociations: [],
  networkAcls: [],
  routeTables: [],
  prefixLists: [],
  prefixListEntries: [],
  internetGateways: [],
  egressOnlyInternetGateways: [],
  natGateways: [],
  endpoints: [],
  firewalls: [],
  firewallPolicies: [],
  ruleGroups: [],
  ruleGroupMetadata: [],
  tlsInspections: [],
  loadBalancers: [],
  listeners: [],
  listenerRules: [],
  targetGroups: [],
  targetHealth: [],
  balancerAttributes: [],
  webAcls: [],
  webAclAssociations: [],
  endpointServices: [],
  endpointConnections: [],
  lattice: noLatticeFindings(),
  vpcPeerings: [],
  opaqueGateways: [],
  namedGateways: [],
  attachments: [],
  directInternet: [],
  transitGateways: [],
  transitGatewayAttachments: [],
  transitGatewayVpcAttachments: [],
  transitGatewayConnects: [],
  transitGatewayConnectPeers: [],
  transitGatewayRouteTables: [],
  transitGatewayRoutes: [],
  transitGatewayAssociations: [],
  transitGatewayPropagations: [],
  transitGatewayPrefixListReferences: [],
  coreNetworkAttachments: [],
  coreNetworkVpcAttachments: [],
  coreNetworkPolicies: [],
  coreNetworkRoutes: [],
  encryptionControls: [],
  vpnGateways: [],
  vpnConnections: [],
  directConnectGateways: [],
  directConnectAssociations: [],
  directConnectAnswers: [],
  virtualInterfaces: [],
  carrierGateways: [],
  trafficMirrorSessions: [],
  flowLogs: [],
  trafficMirrorTargets: [],
  clientVpnEndpoints: [],
  clientVpnAssociations: [],
  clientVpnRoutes: [],
  clientVpnRules: [],
  dns: noDnsFindings(),
  edges: { whole: new Set(), outside: new Set(), hiding: new Set() },
  notModelled: [],
  warnings: [],
});
