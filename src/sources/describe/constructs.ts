/** Which list keys of AWS's answers are read, by which call they come, and what reads them. */
import type { Findings } from '../../network/build/findings.ts';
import {
  firewallAssociationsCall,
  firewallConfigsCall,
  firewallRulesCall,
  profilesCall,
  resolverAssociationsCall,
  resolverRulesCall,
} from '../../network/build/dns-firewall.ts';
import { associationsCall } from '../../network/direct-connect-gateway.ts';
import { readElasticAddress } from './address.ts';
import { readAttributes, readBalancerAttributes } from './balancer-attribute.ts';
import { readExclusion, readOptions } from './block-public-access.ts';
import { readCarrierGateway } from './carrier-gateway.ts';
import { readAuthorizationRules, readClientVpnEndpoint, readTargetNetworks } from './client-vpn-endpoint.ts';
import {
  readDirectConnectAssociations,
  readDirectConnectAttachment,
  readDirectConnectGateway,
  readVirtualInterface,
} from './direct-connect-gateway.ts';
import {
  isCoreNetworkAttachments,
  readCoreNetworkAttachment,
  readCoreNetworkVpcAttachment,
  readNetworkRoutes,
} from './core-network.ts';
import { readCoreNetworkPolicy } from './core-network-policy.ts';
import { readEncryptionControl } from './encryption-control.ts';
import {
  areNames,
  readFirewallAssociationOfVpc,
  readFirewallConfig,
  readFirewallDomainList,
  readFirewallDomains,
  readFirewallRuleGroup,
  readFirewallRules,
  readProfileAssociation,
} from './dns-firewall.ts';
import { readEndpoint } from './endpoint.ts';
import { readEndpointConnection, readEndpointService } from './endpoint-service.ts';
import type { At } from './fields.ts';
import { readFirewall, readFirewallAssociation } from './firewall.ts';
import { readFirewallPolicy, readTlsInspection } from './firewall-policy.ts';
import { isFirewallRuleGroup, isRuleGroupMetadata, readRuleGroup, readRuleGroupMetadata } from './rule-group.ts';
import { readFlowLog } from './flow-log.ts';
import { readEgressOnlyInternetGateway, readInternetGateway, readNatGateway } from './gateway.ts';
import { readInstance } from './instance.ts';
import { readInterface } from './interface.ts';
import { isAssociationList, isLatticeItem, isLatticeList, readLattice } from './lattice.ts';
import { readListeners, readRules } from './listener.ts';
import { readClassicLoadBalancer, readLoadBalancer } from './load-balancer.ts';
import { readNetworkAcl } from './network-acl.ts';
import { readLocalGateway, readLocalGatewayAssociation, readPartOfLocalGateway } from './opaque-gateway.ts';
import { readPrefixList, readPrefixListEntries } from './prefix-list.ts';
import {
  areResolverAddresses,
  readResolverAddresses,
  readResolverEndpoint,
  readResolverRule,
  readResolverRuleAssociation,
} from './resolver-endpoint.ts';
import { readRouteTable } from './route-table.ts';
import { isDomainList, readDomain, readListed, readNotebookInstance } from './sagemaker.ts';
import { readGroupAssociation, readSecurityGroup } from './security-group.ts';
import { readSecurityGroupRule } from './security-group-rule.ts';
import { readSubnet } from './subnet.ts';
import { readTargetGroup, readTargetHealth } from './target-group.ts';
import { readTrafficMirrorSession, readTrafficMirrorTarget } from './traffic-mirror.ts';
import {
  readTransitGateway,
  readTransitGatewayAttachment,
  readTransitGatewayConnect,
  readTransitGatewayConnectPeer,
  readTransitGatewayPeering,
  readTransitGatewayVpcAttachment,
} from './transit-gateway.ts';
import {
  readAssociations,
  readPrefixListReference,
  readPropagations,
  readStaticRoutes,
  readTransitGatewayRouteTable,
  readTransitGatewayRoutes,
} from './transit-gateway-route-table.ts';
import { readVpc, readVpcAttribute } from './vpc.ts';
import { readVpcPeering } from './vpc-peering.ts';
import { readVpnConnection, readVpnGateway } from './vpn-gateway.ts';
import { mayBeAllOfRegion, readWebAcl, readWebAclResources, readWebAcls } from './web-acl.ts';

export interface Construct {
  /** The CLI command whose answer this is. */
  readonly call: string;
  /** The key holds a list of resources, one resource, a list of lists, or the answer is one resource as a whole. */
  readonly holds: 'list' | 'object' | 'nested' | 'answer';
  /** For `nested`: the key of the inner list. */
  readonly within?: string;
  /** The field that tells one resource from another; without it, answers are never the same resource twice. */
  readonly id?: string;
  readonly read: (at: At<object>, findings: Findings) => void;
  /** Whether it is this answer that stands under a key which others have too. */
  readonly of?: (content: unknown) => boolean;
  /** Whether these resources are the call's, and not of another whose answers have the same key and are read as well. */
  readonly ofCall?: (items: readonly object[], file: string) => boolean;
}

type Reader<T> = (at: At<T>, findings: Findings) => void;

const construct = <T extends object>(
  call: string,
  holds: Construct['holds'],
  id: (keyof T & string) | undefined,
  read: Reader<T>,
  within?: string,
): Construct => ({
  call,
  holds,
  // The reader checks every field that it touches, so that any object may be handed to it.
  read: read as unknown as Reader<object>,
  ...(id === undefined ? {} : { id }),
  ...(within === undefined ? {} : { within }),
});

const list = <T extends object>(call: string, id: keyof T & string, read: Reader<T>): Construct =>
  construct(call, 'list', id, read);

/** The names of a DNS Firewall domain list, under a key that other services have too. */
const namesKey = 'Domains of names';

/** The key under which an answer is known here. */
export const keyOf = (key: string, content: unknown): string =>
  key === 'Domains' && areNames(content) ? namesKey : key;

/** The construct that reads what stands under the key; undefined where none does. */
export function constructOf(key: string, content: unknown): Construct | undefined {
  const found = constructs.get(keyOf(key, content));
  return found?.of === undefined || found.of(content) ? found : undefined;
}

/** Answers that are one resource, all of whose keys others have too, but for one: that key, and where it is an answer. */
export const wholeAnswers: readonly { readonly key: string; readonly is: (value: object) => boolean }[] = [
  { key: 'items', is: isLatticeItem },
  { key: 'NotebookInstanceArn', is: (value) => 'NotebookInstanceArn' in value && 'NotebookInstanceStatus' in value },
  { key: 'RuleGroupArn', is: isRuleGroupMetadata },
  { key: 'DomainArn', is: (value) => 'DomainArn' in value && 'DomainId' in value },
];

const policyCall = 'network-firewall describe-firewall-policy';
const groupCall = 'network-firewall describe-rule-group';
const tlsCall = 'network-firewall describe-tls-inspection-configuration';

/** By key, in the order in which they are read: interfaces before the instances that show them again. */
export const constructs: ReadonlyMap<string, Construct> = new Map([
  ['Vpcs', list('describe-vpcs', 'VpcId', readVpc)],
  ['EnableDnsSupport', construct('describe-vpc-attribute', 'answer', undefined, readVpcAttribute)],
  ['EnableDnsHostnames', construct('describe-vpc-attribute', 'answer', undefined, readVpcAttribute)],
  [
    'VpcBlockPublicAccessOptions',
    construct('describe-vpc-block-public-access-options', 'object', undefined, readOptions),
  ],
  ['VpcBlockPublicAccessExclusions', list('describe-vpc-block-public-access-exclusions', 'ExclusionId', readExclusion)],
  ['VpcEncryptionControls', construct('describe-vpc-encryption-controls', 'list', undefined, readEncryptionControl)],
  ['Subnets', list('describe-subnets', 'SubnetId', readSubnet)],
  ['NetworkInterfaces', list('describe-network-interfaces', 'NetworkInterfaceId', readInterface)],
  ['Reservations', construct('describe-instances', 'nested', 'InstanceId', readInstance, 'Instances')],
  ['Addresses', list('describe-addresses', 'PublicIp', readElasticAddress)],
  ['SecurityGroups', list('describe-security-groups', 'GroupId', readSecurityGroup)],
  ['SecurityGroupRules', list('describe-security-group-rules', 'SecurityGroupRuleId', readSecurityGroupRule)],
  [
    'SecurityGroupVpcAssociations',
    construct('describe-security-group-vpc-associations', 'list', undefined, readGroupAssociation),
  ],
  ['NetworkAcls', list('describe-network-acls', 'NetworkAclId', readNetworkAcl)],
  ['RouteTables', list('describe-route-tables', 'RouteTableId', readRouteTable)],
  ['PrefixLists', list('describe-managed-prefix-lists', 'PrefixListId', readPrefixList)],
  // What some tools call the same list when they merge answers.
  ['ManagedPrefixLists', list('describe-managed-prefix-lists', 'PrefixListId', readPrefixList)],
  ['Entries', construct('get-managed-prefix-list-entries', 'answer', undefined, readPrefixListEntries)],
  ['InternetGateways', list('describe-internet-gateways', 'InternetGatewayId', readInternetGateway)],
  [
    'EgressOnlyInternetGateways',
    list('describe-egress-only-internet-gateways', 'EgressOnlyInternetGatewayId', readEgressOnlyInternetGateway),
  ],
  ['NatGateways', list('describe-nat-gateways', 'NatGatewayId', readNatGateway)],
  ['VpcEndpoints', list('describe-vpc-endpoints', 'VpcEndpointId', readEndpoint)],
  ['ServiceConfigurations', list('describe-vpc-endpoint-service-configurations', 'ServiceId', readEndpointService)],
  [
    'VpcEndpointConnections',
    list('describe-vpc-endpoint-connections', 'VpcEndpointConnectionId', readEndpointConnection),
  ],
  ['Firewall', construct('describe-firewall', 'answer', undefined, readFirewall)],
  [
    'VpcEndpointAssociation',
    construct('describe-vpc-endpoint-association', 'answer', undefined, readFirewallAssociation),
  ],
  ['FirewallPolicyResponse', construct(policyCall, 'answer', undefined, readFirewallPolicy)],
  ['FirewallPolicy', construct(policyCall, 'answer', undefined, readFirewallPolicy)],
  ['FirewallPolicyV2', construct(policyCall, 'answer', undefined, readFirewallPolicy)],
  ['RuleGroupResponse', construct(groupCall, 'answer', undefined, readRuleGroup)],
  ['RuleGroup', { ...construct(groupCall, 'answer', undefined, readRuleGroup), of: isFirewallRuleGroup }],
  [
    'RuleGroupArn',
    construct('network-firewall describe-rule-group-metadata', 'answer', undefined, readRuleGroupMetadata),
  ],
  ['TLSInspectionConfigurationResponse', construct(tlsCall, 'answer', undefined, readTlsInspection)],
  ['TLSInspectionConfiguration', construct(tlsCall, 'answer', undefined, readTlsInspection)],
  ['LoadBalancers', list('elbv2 describe-load-balancers', 'LoadBalancerArn', readLoadBalancer)],
  [
    'LoadBalancerDescriptions',
    construct('elb describe-load-balancers', 'list', 'LoadBalancerName', readClassicLoadBalancer),
  ],
  ['TargetGroups', list('elbv2 describe-target-groups', 'TargetGroupArn', readTargetGroup)],
  // These tell whose they are by what was read before.
  ['Listeners', construct('elbv2 describe-listeners', 'answer', undefined, readListeners)],
  ['LoadBalancerListeners', construct('elbv2 describe-listeners', 'list', undefined, readListeners)],
  ['Rules', construct('elbv2 describe-rules', 'answer', undefined, readRules)],
  ['TargetHealthDescriptions', construct('elbv2 describe-target-health', 'answer', undefined, readTargetHealth)],
  ['LoadBalancerTargetHealth', construct('elbv2 describe-target-health', 'list', undefined, readTargetHealth)],
  ['Attributes', construct('elbv2 describe-load-balancer-attributes', 'answer', undefined, readAttributes)],
  [
    'LoadBalancerAttributes',
    construct('elb describe-load-balancer-attributes', 'answer', undefined, readBalancerAttributes),
  ],
  ['TargetGroupAttributes', construct('elbv2 describe-target-group-attributes', 'list', undefined, readAttributes)],
  ['WebACLs', { ...construct('wafv2 list-web-acls', 'answer', undefined, readWebAcls), ofCall: mayBeAllOfRegion }],
  ['WebACL', construct('wafv2 get-web-acl', 'answer', undefined, readWebAcl)],
  ['ResourceArns', construct('wafv2 list-resources-for-web-acl', 'answer', undefined, readWebAclResources)],
  ['VpcPeeringConnections', list('describe-vpc-peering-connections', 'VpcPeeringConnectionId', readVpcPeering)],
  ['TransitGateways', list('describe-transit-gateways', 'TransitGatewayId', readTransitGateway)],
  [
    'TransitGatewayAttachments',
    list('describe-transit-gateway-attachments', 'TransitGatewayAttachmentId', readTransitGatewayAttachment),
  ],
  [
    'TransitGatewayVpcAttachments',
    list('describe-transit-gateway-vpc-attachments', 'TransitGatewayAttachmentId', readTransitGatewayVpcAttachment),
  ],
  [
    'TransitGatewayPeeringAttachments',
    list('describe-transit-gateway-peering-attachments', 'TransitGatewayAttachmentId', readTransitGatewayPeering),
  ],
  [
    'TransitGatewayConnects',
    list('describe-transit-gateway-connects', 'TransitGatewayAttachmentId', readTransitGatewayConnect),
  ],
  [
    'TransitGatewayConnectPeers',
    list('describe-transit-gateway-connect-peers', 'TransitGatewayConnectPeerId', readTransitGatewayConnectPeer),
  ],
  [
    'TransitGatewayRouteTables',
    list('describe-transit-gateway-route-tables', 'TransitGatewayRouteTableId', readTransitGatewayRouteTable),
  ],
  ['Routes', construct('search-transit-gateway-routes', 'answer', undefined, readTransitGatewayRoutes)],
  ['TransitGatewayStaticRoutes', construct('search-transit-gateway-routes', 'list', undefined, readStaticRoutes)],
  ['Associations', construct('get-transit-gateway-route-table-associations', 'answer', undefined, readAssociations)],
  [
    'TransitGatewayRouteTablePropagations',
    construct('get-transit-gateway-route-table-propagations', 'answer', undefined, readPropagations),
  ],
  [
    'TransitGatewayPropagations',
    construct('get-transit-gateway-route-table-propagations', 'list', undefined, readPropagations),
  ],
  [
    'TransitGatewayPrefixListReferences',
    construct('get-transit-gateway-prefix-list-references', 'list', undefined, readPrefixListReference),
  ],
  ['VpnGateways', list('describe-vpn-gateways', 'VpnGatewayId', readVpnGateway)],
  ['VpnConnections', list('describe-vpn-connections', 'VpnConnectionId', readVpnConnection)],
  [
    'directConnectGateways',
    list('directconnect describe-direct-connect-gateways', 'directConnectGatewayId', readDirectConnectGateway),
  ],
  ['directConnectGatewayAssociations', construct(associationsCall, 'answer', undefined, readDirectConnectAssociations)],
  [
    'directConnectGatewayAttachments',
    construct(
      'directconnect describe-direct-connect-gateway-attachments',
      'list',
      undefined,
      readDirectConnectAttachment,
    ),
  ],
  ['virtualInterfaces', list('directconnect describe-virtual-interfaces', 'virtualInterfaceId', readVirtualInterface)],
  ['ClientVpnEndpoints', list('describe-client-vpn-endpoints', 'ClientVpnEndpointId', readClientVpnEndpoint)],
  [
    'ClientVpnTargetNetworks',
    construct('describe-client-vpn-target-networks', 'answer', undefined, readTargetNetworks),
  ],
  [
    'AuthorizationRules',
    construct('describe-client-vpn-authorization-rules', 'answer', undefined, readAuthorizationRules),
  ],
  [
    'items',
    {
      ...construct('vpc-lattice list-service-network-vpc-associations', 'answer', undefined, readLattice),
      of: isLatticeList,
      ofCall: isAssociationList,
    },
  ],
  [
    'NotebookInstances',
    construct('sagemaker list-notebook-instances', 'list', undefined, readListed('NotebookInstances')),
  ],
  [
    'Domains',
    { ...construct('sagemaker list-domains', 'list', undefined, readListed('sagemaker-domains')), of: isDomainList },
  ],
  ['NotebookInstanceArn', construct('sagemaker describe-notebook-instance', 'answer', undefined, readNotebookInstance)],
  ['DomainArn', construct('sagemaker describe-domain', 'answer', undefined, readDomain)],
  [
    'Attachments',
    {
      ...list('networkmanager list-attachments', 'AttachmentId', readCoreNetworkAttachment),
      of: isCoreNetworkAttachments,
    },
  ],
  ['VpcAttachment', construct('networkmanager get-vpc-attachment', 'object', undefined, readCoreNetworkVpcAttachment)],
  [
    'CoreNetworkPolicy',
    construct('networkmanager get-core-network-policy', 'object', undefined, readCoreNetworkPolicy),
  ],
  ['NetworkRoutes', construct('networkmanager get-network-routes', 'answer', undefined, readNetworkRoutes)],
  ['CarrierGateways', list('describe-carrier-gateways', 'CarrierGatewayId', readCarrierGateway)],
  [
    'TrafficMirrorSessions',
    list('describe-traffic-mirror-sessions', 'TrafficMirrorSessionId', readTrafficMirrorSession),
  ],
  ['FlowLogs', list('describe-flow-logs', 'FlowLogId', readFlowLog)],
  ['TrafficMirrorTargets', list('describe-traffic-mirror-targets', 'TrafficMirrorTargetId', readTrafficMirrorTarget)],
  ['LocalGateways', list('describe-local-gateways', 'LocalGatewayId', readLocalGateway)],
  [
    'LocalGatewayRouteTables',
    list('describe-local-gateway-route-tables', 'LocalGatewayRouteTableId', readPartOfLocalGateway),
  ],
  [
    'LocalGatewayVirtualInterfaces',
    list('describe-local-gateway-virtual-interfaces', 'LocalGatewayVirtualInterfaceId', readPartOfLocalGateway),
  ],
  [
    'LocalGatewayVirtualInterfaceGroups',
    list(
      'describe-local-gateway-virtual-interface-groups',
      'LocalGatewayVirtualInterfaceGroupId',
      readPartOfLocalGateway,
    ),
  ],
  [
    'LocalGatewayRouteTableVirtualInterfaceGroupAssociations',
    list(
      'describe-local-gateway-route-table-virtual-interface-group-associations',
      'LocalGatewayRouteTableVirtualInterfaceGroupAssociationId',
      readPartOfLocalGateway,
    ),
  ],
  [
    'LocalGatewayRouteTableVpcAssociations',
    list(
      'describe-local-gateway-route-table-vpc-associations',
      'LocalGatewayRouteTableVpcAssociationId',
      readLocalGatewayAssociation,
    ),
  ],
  ['FirewallRuleGroupAssociations', list(firewallAssociationsCall, 'Id', readFirewallAssociationOfVpc)],
  [
    'FirewallRuleGroupAssociation',
    construct('route53resolver get-firewall-rule-group-association', 'object', 'Id', readFirewallAssociationOfVpc),
  ],
  [
    'FirewallRuleGroups',
    construct('route53resolver list-firewall-rule-groups', 'list', undefined, readFirewallRuleGroup),
  ],
  [
    'FirewallRuleGroup',
    construct('route53resolver get-firewall-rule-group', 'object', undefined, readFirewallRuleGroup),
  ],
  ['FirewallRules', construct(firewallRulesCall, 'answer', undefined, readFirewallRules)],
  [
    'FirewallDomainLists',
    construct('route53resolver list-firewall-domain-lists', 'list', undefined, readFirewallDomainList),
  ],
  [
    'FirewallDomainList',
    construct('route53resolver get-firewall-domain-list', 'object', undefined, readFirewallDomainList),
  ],
  [namesKey, construct('route53resolver list-firewall-domains', 'answer', undefined, readFirewallDomains)],
  ['FirewallConfigs', construct(firewallConfigsCall, 'list', undefined, readFirewallConfig)],
  ['FirewallConfig', construct('route53resolver get-firewall-config', 'object', undefined, readFirewallConfig)],
  ['ProfileAssociations', list(profilesCall, 'Id', readProfileAssociation)],
  ['ResolverEndpoints', list('route53resolver list-resolver-endpoints', 'Id', readResolverEndpoint)],
  ['ResolverEndpoint', construct('route53resolver get-resolver-endpoint', 'object', 'Id', readResolverEndpoint)],
  [
    'IpAddresses',
    {
      ...construct('route53resolver list-resolver-endpoint-ip-addresses', 'answer', undefined, readResolverAddresses),
      of: areResolverAddresses,
    },
  ],
  ['ResolverRules', list(resolverRulesCall, 'Id', readResolverRule)],
  ['ResolverRule', construct('route53resolver get-resolver-rule', 'object', 'Id', readResolverRule)],
  ['ResolverRuleAssociations', list(resolverAssociationsCall, 'Id', readResolverRuleAssociation)],
]);
