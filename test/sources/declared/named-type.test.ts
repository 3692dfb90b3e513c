/** The types that the table of constructs names for plans and templates: each is read, or the reason stands here. */
import { describe, expect, test } from 'vitest';
import { constructs } from '../../../src/sources/declared/constructs.ts';
import { translations } from '../../../src/sources/terraform/types.ts';

/** By Terraform's prefix, and by CloudFormation's service: what AWS has of them. */
const terraform: Readonly<Record<string, string>> = {
  aws_: `vpc default_vpc vpc_ipv4_cidr_block_association vpc_ipv6_cidr_block_association vpc_dhcp_options
    vpc_dhcp_options_association subnet default_subnet network_interface network_interface_attachment
    network_interface_sg_attachment instance launch_template autoscaling_group spot_instance_request eip eip_association
    security_group default_security_group security_group_rule vpc_security_group_ingress_rule
    vpc_security_group_egress_rule vpc_security_group_rules_exclusive vpc_security_group_vpc_association
    ec2_managed_prefix_list ec2_managed_prefix_list_entry network_acl network_acl_rule network_acl_association
    default_network_acl route_table route route_table_association main_route_table_association default_route_table
    vpn_gateway_route_propagation internet_gateway internet_gateway_attachment egress_only_internet_gateway nat_gateway
    nat_gateway_eip_association vpc_peering_connection vpc_peering_connection_accepter vpc_peering_connection_options
    vpn_gateway vpn_gateway_attachment vpn_connection vpn_connection_route customer_gateway vpc_endpoint
    vpc_endpoint_policy vpc_endpoint_security_group_association vpc_endpoint_subnet_association
    vpc_endpoint_route_table_association vpc_endpoint_service vpc_endpoint_service_allowed_principal
    vpc_endpoint_connection_accepter vpc_block_public_access_options vpc_block_public_access_exclusion
    vpc_encryption_control lb lb_listener lb_listener_rule lb_target_group lb_target_group_attachment alb alb_listener
    alb_listener_rule alb_target_group alb_target_group_attachment elb elb_attachment flow_log lambda_function
    eks_cluster db_instance sagemaker_notebook_instance sagemaker_domain sagemaker_model`,
  aws_ec2_transit_gateway: `- _vpc_attachment _vpc_attachment_accepter _route_table _route _route_table_association
    _route_table_propagation _prefix_list_reference _peering_attachment _peering_attachment_accepter _connect _connect_peer`,
  aws_dx_: `bgp_peer connection connection_association connection_confirmation gateway gateway_association
    gateway_association_proposal hosted_connection hosted_private_virtual_interface
    hosted_private_virtual_interface_accepter hosted_public_virtual_interface hosted_public_virtual_interface_accepter
    hosted_transit_virtual_interface hosted_transit_virtual_interface_accepter lag macsec_key_association
    private_virtual_interface public_virtual_interface transit_virtual_interface`,
  aws_networkfirewall_: `firewall vpc_endpoint_association firewall_policy rule_group tls_inspection_configuration`,
  aws_route53_resolver_: `endpoint rule rule_association firewall_rule_group firewall_rule_group_association firewall_rule
    firewall_domain_list firewall_config`,
  aws_vpclattice_: `access_log_subscription auth_policy domain_verification listener listener_rule resource_configuration
    resource_gateway resource_policy service service_network service_network_resource_association
    service_network_service_association service_network_vpc_association target_group target_group_attachment`,
  aws_networkmanager_: `attachment_accepter connect_attachment connect_peer connection core_network
    core_network_policy_attachment customer_gateway_association device dx_gateway_attachment global_network link
    link_association site site_to_site_vpn_attachment transit_gateway_connect_peer_association transit_gateway_peering
    transit_gateway_registration transit_gateway_route_table_attachment vpc_attachment`,
  aws_ec2_client_vpn_: `endpoint network_association route authorization_rule`,
  aws_vpc_route_server: `- _endpoint _peer _propagation _vpc_association`,
};

const cloudFormation: Readonly<Record<string, string>> = {
  EC2: `VPC VPCCidrBlock DHCPOptions VPCDHCPOptionsAssociation Subnet SubnetCidrBlock NetworkInterface
    NetworkInterfaceAttachment Instance LaunchTemplate EIP EIPAssociation SecurityGroup SecurityGroupIngress
    SecurityGroupEgress SecurityGroupVpcAssociation PrefixList NetworkAcl NetworkAclEntry SubnetNetworkAclAssociation
    RouteTable Route SubnetRouteTableAssociation GatewayRouteTableAssociation VPNGatewayRoutePropagation InternetGateway
    VPCGatewayAttachment EgressOnlyInternetGateway NatGateway VPCPeeringConnection TransitGateway
    TransitGatewayAttachment TransitGatewayVpcAttachment TransitGatewayRouteTable TransitGatewayRoute
    TransitGatewayRouteTableAssociation TransitGatewayRouteTablePropagation TransitGatewayPeeringAttachment
    TransitGatewayConnect TransitGatewayConnectPeer VPNGateway VPNConnection VPNConnectionRoute CustomerGateway
    VPCEndpoint VPCEndpointService VPCEndpointServicePermissions VPCBlockPublicAccessOptions
    VPCBlockPublicAccessExclusion VPCEncryptionControl ClientVpnEndpoint ClientVpnTargetNetworkAssociation ClientVpnRoute
    ClientVpnAuthorizationRule FlowLog RouteServer RouteServerAssociation RouteServerEndpoint RouteServerPeer
    RouteServerPropagation`,
  DirectConnect: `Connection DirectConnectGateway DirectConnectGatewayAssociation Lag PrivateVirtualInterface
    PublicVirtualInterface TransitVirtualInterface`,
  NetworkFirewall: `Firewall VpcEndpointAssociation FirewallPolicy RuleGroup TLSInspectionConfiguration`,
  ElasticLoadBalancingV2: `LoadBalancer Listener ListenerCertificate ListenerRule TargetGroup TrustStore TrustStoreRevocation`,
  ElasticLoadBalancing: `LoadBalancer`,
  Route53Resolver: `ResolverEndpoint ResolverRule ResolverRuleAssociation FirewallRuleGroup FirewallRuleGroupAssociation
    FirewallDomainList FirewallConfig`,
  VpcLattice: `AccessLogSubscription AuthPolicy DomainVerification Listener ResourceConfiguration ResourceGateway
    ResourcePolicy Rule Service ServiceNetwork ServiceNetworkResourceAssociation ServiceNetworkServiceAssociation
    ServiceNetworkVpcAssociation TargetGroup`,
  NetworkManager: `ConnectAttachment ConnectPeer CoreNetwork CoreNetworkPrefixListAssociation CustomerGatewayAssociation
    Device DirectConnectGatewayAttachment GlobalNetwork Link LinkAssociation Site SiteToSiteVpnAttachment
    TransitGatewayPeering TransitGatewayRegistration TransitGatewayRouteTableAttachment VpcAttachment`,
  Lambda: `Function`,
};

/** Of route servers only the tables count that they propagate into, with whatever BGP tells; `coverage` names the rest. */
const notRead = /^(?:aws_vpc_route_server|AWS::EC2::RouteServer)(?!_?propagation)/i;

const namesIn = (words: string, name: (word: string) => string): readonly string[] =>
  words.split(/\s+/).map((word) => name(word === '-' ? '' : word));

describe.each([
  [
    'Terraform',
    Object.entries(terraform).flatMap(([start, all]) => namesIn(all, (word) => start + word)),
    translations,
  ],
  [
    'CloudFormation',
    Object.entries(cloudFormation).flatMap(([of, all]) => namesIn(all, (word) => `AWS::${of}::${word}`)),
    constructs,
  ],
] as const)('the types of %s', (_, names, read) => {
  test('are read, each that is named', () => {
    expect(names.filter((name) => !read.has(name) && !notRead.test(name))).toEqual([]);
  });

  test('are not read where a reason is given, and no others', () => {
    const given = names.filter((name) => notRead.test(name));
    expect(given.length).toBe(4);
    expect(given.filter((name) => read.has(name))).toEqual([]);
  });
});
