/** The constructs of `constructs.ts` that stand between VPCs, or in front of what is in them. */
import { classicInstance, classicLoadBalancer } from './classic-load-balancer.ts';
import { clientVpnAssociation, clientVpnEndpoint, clientVpnRoute, clientVpnRule } from './client-vpn.ts';
import { clientVpnsOutside } from './client-vpn-outside.ts';
import { coreNetwork, coreNetworkPolicyAttachment } from './core-network.ts';
import {
  coreNetworkAttachmentAcceptance,
  coreNetworkConnectAttachment,
  coreNetworkDirectConnectAttachment,
  coreNetworkPeering,
  coreNetworkTableAttachment,
  coreNetworkVpcAttachment,
  coreNetworkVpnAttachment,
} from './core-network-attachment.ts';
import {
  directConnectAssociation,
  directConnectGateway,
  directConnectLine,
  publicVirtualInterface,
  virtualInterface,
} from './direct-connect.ts';
import {
  dnsFirewallAssociation,
  dnsFirewallConfig,
  dnsFirewallDomainList,
  dnsFirewallRuleGroup,
  dnsFirewallRulesOutside,
  dnsFirewallSingleRule,
  profileAssociation,
} from './dns-firewall.ts';
import { endpoint, endpointAssociation, routeToEndpoints, routeToEndpointsOutside } from './endpoint.ts';
import { endpointsOutside } from './endpoint-outside.ts';
import { endpointConnectionAcceptance, endpointService, endpointServicePermissions } from './endpoint-service.ts';
import { firewall, firewallEndpointAssociation, loggingConfiguration } from './firewall.ts';
import { firewallPolicy, ruleGroup, tlsInspection } from './firewall-policy.ts';
import { addToOutsideBalancers, listener, listenerRule } from './listener.ts';
import { loadBalancer } from './load-balancer.ts';
import { latticeListener, latticeRule, latticeService } from './lattice-service.ts';
import { latticeTargetGroup, latticeTargets, registerLatticeTargets } from './lattice-target-group.ts';
import type { Construct, Reading } from './reading.ts';
import { resourceConfiguration, resourceGateway } from './resource-configuration.ts';
import { learnFromRouteServers, routeServerPropagation } from './route-server.ts';
import {
  resourceAssociation,
  serviceAssociation,
  serviceNetwork,
  serviceNetworkVpcAssociation,
} from './service-network.ts';
import { resolverEndpoint, resolverRule, resolverRuleAssociation } from './resolver.ts';
import {
  fleetAttachment,
  registerTargets,
  registerTargetsOutside,
  targetAttachment,
  targetGroup,
} from './target-group.ts';
import {
  addToOutsideTables,
  fillTables,
  transitGateway,
  transitGatewayRoute,
  transitGatewayRouteTable,
} from './transit-gateway.ts';
import { tableAssociation, tablePropagation } from './transit-gateway-association.ts';
import {
  attachmentAcceptance,
  connectAttachment,
  connectPeer,
  peeringAttachment,
  transitGatewayDefault,
  vpcAttachment,
} from './transit-gateway-attachment.ts';
import {
  autoScalingAttachment,
  classicAttachment,
  coreNetworkAcceptance,
  coreNetworkPolicy,
  dnsFirewallRule,
  endpointAcceptance,
  endpointGroupAssociation,
  endpointPolicy,
  endpointSubnetAssociation,
  endpointTableAssociation,
  latticeTargetAttachment,
  targetGroupAttachment,
  transitGatewayAttachmentAcceptance,
  transitGatewayDefaultTable,
  transitGatewayPrefixListReference,
} from './types.ts';
import {
  customerGateway,
  propagateRoutes,
  vpnConnection,
  vpnConnectionRoute,
  vpnGateway,
  vpnGatewaysOutside,
  vpnGatewayRoutePropagation,
} from './vpn-gateway.ts';
import { webAcl, webAclAssociation, webAclsOutside } from './web-acl.ts';

export const between = {
  'AWS::EC2::VPCEndpoint': endpoint,
  'AWS::EC2::VPCEndpointService': endpointService,
  'AWS::EC2::VPCEndpointServicePermissions': endpointServicePermissions,
  [endpointSubnetAssociation]: endpointAssociation,
  [endpointTableAssociation]: endpointAssociation,
  [endpointGroupAssociation]: endpointAssociation,
  [endpointPolicy]: endpointAssociation,
  [endpointAcceptance]: endpointConnectionAcceptance,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancer,
  'AWS::ElasticLoadBalancingV2::Listener': listener,
  'AWS::ElasticLoadBalancingV2::ListenerRule': listenerRule,
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroup,
  [targetGroupAttachment]: targetAttachment,
  'AWS::ElasticLoadBalancing::LoadBalancer': classicLoadBalancer,
  [classicAttachment]: classicInstance,
  [autoScalingAttachment]: fleetAttachment,
  'AWS::EC2::RouteServerPropagation': routeServerPropagation,
  'AWS::EC2::VPNGateway': vpnGateway,
  'AWS::EC2::VPNGatewayRoutePropagation': vpnGatewayRoutePropagation,
  'AWS::EC2::VPNConnection': vpnConnection,
  'AWS::EC2::VPNConnectionRoute': vpnConnectionRoute,
  'AWS::EC2::CustomerGateway': customerGateway,
  'AWS::DirectConnect::DirectConnectGateway': directConnectGateway,
  'AWS::DirectConnect::DirectConnectGatewayAssociation': directConnectAssociation,
  'AWS::DirectConnect::PrivateVirtualInterface': virtualInterface,
  'AWS::DirectConnect::TransitVirtualInterface': virtualInterface,
  'AWS::DirectConnect::PublicVirtualInterface': publicVirtualInterface,
  'AWS::DirectConnect::Connection': directConnectLine,
  'AWS::DirectConnect::Lag': directConnectLine,
  'AWS::Route53Resolver::ResolverEndpoint': resolverEndpoint,
  'AWS::Route53Resolver::ResolverRule': resolverRule,
  'AWS::Route53Resolver::ResolverRuleAssociation': resolverRuleAssociation,
  'AWS::Route53Resolver::FirewallRuleGroup': dnsFirewallRuleGroup,
  [dnsFirewallRule]: dnsFirewallSingleRule,
  'AWS::Route53Resolver::FirewallDomainList': dnsFirewallDomainList,
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': dnsFirewallAssociation,
  'AWS::Route53Resolver::FirewallConfig': dnsFirewallConfig,
  'AWS::Route53Profiles::ProfileAssociation': profileAssociation,
  'AWS::EC2::ClientVpnEndpoint': clientVpnEndpoint,
  'AWS::EC2::ClientVpnTargetNetworkAssociation': clientVpnAssociation,
  'AWS::EC2::ClientVpnRoute': clientVpnRoute,
  'AWS::EC2::ClientVpnAuthorizationRule': clientVpnRule,
  'AWS::NetworkManager::CoreNetwork': coreNetwork,
  [coreNetworkPolicy]: coreNetworkPolicyAttachment,
  'AWS::NetworkManager::VpcAttachment': coreNetworkVpcAttachment,
  'AWS::NetworkManager::SiteToSiteVpnAttachment': coreNetworkVpnAttachment,
  'AWS::NetworkManager::ConnectAttachment': coreNetworkConnectAttachment,
  'AWS::NetworkManager::DirectConnectGatewayAttachment': coreNetworkDirectConnectAttachment,
  'AWS::NetworkManager::TransitGatewayPeering': coreNetworkPeering,
  'AWS::NetworkManager::TransitGatewayRouteTableAttachment': coreNetworkTableAttachment,
  [coreNetworkAcceptance]: coreNetworkAttachmentAcceptance,
  'AWS::VpcLattice::ServiceNetwork': serviceNetwork,
  'AWS::VpcLattice::ServiceNetworkVpcAssociation': serviceNetworkVpcAssociation,
  'AWS::VpcLattice::ServiceNetworkServiceAssociation': serviceAssociation,
  'AWS::VpcLattice::ServiceNetworkResourceAssociation': resourceAssociation,
  'AWS::VpcLattice::Service': latticeService,
  'AWS::VpcLattice::Listener': latticeListener,
  'AWS::VpcLattice::Rule': latticeRule,
  'AWS::VpcLattice::TargetGroup': latticeTargetGroup,
  [latticeTargetAttachment]: latticeTargets,
  'AWS::VpcLattice::ResourceGateway': resourceGateway,
  'AWS::VpcLattice::ResourceConfiguration': resourceConfiguration,
  'AWS::WAFv2::WebACL': webAcl,
  'AWS::WAFv2::WebACLAssociation': webAclAssociation,
  'AWS::NetworkFirewall::Firewall': firewall,
  'AWS::NetworkFirewall::VpcEndpointAssociation': firewallEndpointAssociation,
  'AWS::NetworkFirewall::LoggingConfiguration': loggingConfiguration,
  'AWS::NetworkFirewall::FirewallPolicy': firewallPolicy,
  'AWS::NetworkFirewall::RuleGroup': ruleGroup,
  'AWS::NetworkFirewall::TLSInspectionConfiguration': tlsInspection,
  'AWS::EC2::TransitGateway': transitGateway,
  'AWS::EC2::TransitGatewayAttachment': vpcAttachment,
  'AWS::EC2::TransitGatewayVpcAttachment': vpcAttachment,
  'AWS::EC2::TransitGatewayPeeringAttachment': peeringAttachment,
  'AWS::EC2::TransitGatewayConnect': connectAttachment,
  'AWS::EC2::TransitGatewayConnectPeer': connectPeer,
  'AWS::EC2::TransitGatewayRouteTable': transitGatewayRouteTable,
  'AWS::EC2::TransitGatewayRoute': transitGatewayRoute,
  'AWS::EC2::TransitGatewayRouteTableAssociation': tableAssociation,
  'AWS::EC2::TransitGatewayRouteTablePropagation': tablePropagation,
  [transitGatewayAttachmentAcceptance]: attachmentAcceptance,
  [transitGatewayPrefixListReference]: transitGatewayRoute,
  [transitGatewayDefaultTable]: transitGatewayDefault,
} satisfies Record<string, Construct>;

/** What can be told only once everything has been read. */
export function afterAll(reading: Reading): void {
  routeToEndpoints(reading);
  routeToEndpointsOutside(reading);
  endpointsOutside(reading);
  learnFromRouteServers(reading);
  vpnGatewaysOutside(reading);
  propagateRoutes(reading);
  fillTables(reading);
  addToOutsideTables(reading);
  addToOutsideBalancers(reading);
  registerTargets(reading);
  registerTargetsOutside(reading);
  registerLatticeTargets(reading);
  webAclsOutside(reading);
  clientVpnsOutside(reading);
  dnsFirewallRulesOutside(reading);
}
