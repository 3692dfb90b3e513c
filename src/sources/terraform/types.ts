/**
 * The Terraform types that are translated, one line each. To add one: write its translation in a file of its construct
 * beside this one (`translation.ts` has what they share, `given.ts` what they ask of the plan), give its line here, and
 * where other resources refer to it, name its identity in `kinds.ts`, under a kind that exists or a new one. Arguments
 * that nobody asks for are not copied: ask for what reachability depends on, and for names by `label` and `tags`, which
 * leave out what is sensitive. What a resource shows that another one manages is taken away by `apart.ts`. `awscc_*`
 * types need no line: they are CloudFormation's own in snake case.
 */
import * as clientVpn from './client-vpn.ts';
import * as compute from './compute.ts';
import * as core from './core-network.ts';
import * as endpoint from './endpoint.ts';
import * as firewall from './firewall.ts';

import * as gateway from './gateway.ts';
import * as nic from './interface.ts';
import * as lattice from './lattice.ts';
import * as line from './line.ts';
import * as balancer from './load-balancer.ts';
import * as acl from './network-acl.ts';
import * as list from './prefix-list.ts';
import * as resolver from './resolver.ts';
import * as table from './route-table.ts';
import * as group from './security-group.ts';
import * as service from './service.ts';
import { defaultSubnet, subnet } from './subnet.ts';
import * as transit from './transit-gateway.ts';
import type { Translation } from './translation.ts';
import * as vpc from './vpc.ts';

export const translations: ReadonlyMap<string, Translation> = new Map(
  Object.entries({
    aws_vpc: vpc.vpc,
    aws_default_vpc: vpc.defaultVpc,
    aws_vpc_ipv4_cidr_block_association: vpc.vpcCidrBlock,
    aws_vpc_ipv6_cidr_block_association: vpc.vpcCidrBlock,
    aws_vpc_peering_connection: vpc.vpcPeering,
    aws_vpc_peering_connection_accepter: vpc.vpcPeeringAccepter,
    aws_flow_log: vpc.flowLog,
    aws_vpc_block_public_access_options: vpc.blockPublicAccess,
    aws_vpc_block_public_access_exclusion: vpc.blockPublicAccessExclusion,
    aws_vpc_encryption_control: vpc.encryptionControl,

    aws_subnet: subnet,
    aws_default_subnet: defaultSubnet,

    aws_route_table: table.routeTable,
    aws_default_route_table: table.defaultRouteTable,
    aws_route: table.route,
    aws_route_table_association: table.routeTableAssociation,
    aws_main_route_table_association: table.mainAssociation,
    aws_vpn_gateway_route_propagation: table.routePropagation,
    aws_vpc_route_server_propagation: table.routeServerPropagation,

    aws_network_acl: acl.networkAcl,
    aws_default_network_acl: acl.defaultNetworkAcl,
    aws_network_acl_rule: acl.networkAclRule,
    aws_network_acl_association: acl.networkAclAssociation,

    aws_security_group: group.securityGroup,
    aws_default_security_group: group.defaultSecurityGroup,
    aws_security_group_rule: group.securityGroupRule,
    aws_vpc_security_group_ingress_rule: group.vpcSecurityGroupRule('ingress'),
    aws_vpc_security_group_egress_rule: group.vpcSecurityGroupRule('egress'),
    aws_vpc_security_group_rules_exclusive: none,
    aws_vpc_security_group_vpc_association: group.vpcAssociation,

    aws_ec2_managed_prefix_list: list.prefixList,
    aws_ec2_managed_prefix_list_entry: list.prefixListEntry,

    aws_internet_gateway: gateway.internetGateway,
    aws_internet_gateway_attachment: gateway.internetGatewayAttachment,
    aws_egress_only_internet_gateway: gateway.gatewayOf('AWS::EC2::EgressOnlyInternetGateway'),
    aws_ec2_carrier_gateway: gateway.gatewayOf('AWS::EC2::CarrierGateway'),
    aws_nat_gateway: gateway.natGateway,
    aws_nat_gateway_eip_association: none,
    aws_eip: gateway.elasticAddress,
    aws_eip_association: gateway.elasticAddressAssociation,

    aws_network_interface: nic.networkInterface,
    aws_network_interface_attachment: nic.networkInterfaceAttachment,
    aws_network_interface_sg_attachment: nic.groupAttachment,
    aws_instance: compute.instance,
    aws_spot_instance_request: compute.spotInstance,
    aws_launch_template: compute.launchTemplate,
    aws_launch_configuration: compute.launchConfiguration,
    aws_autoscaling_group: compute.autoScalingGroup,

    aws_vpc_endpoint: endpoint.endpoint,
    aws_vpc_endpoint_subnet_association: endpoint.subnetAssociation,
    aws_vpc_endpoint_route_table_association: endpoint.tableAssociation,
    aws_vpc_endpoint_security_group_association: endpoint.groupAssociation,
    aws_vpc_endpoint_policy: endpoint.endpointPolicy,

    aws_lambda_function: service.lambdaFunction,
    aws_ecs_service: service.ecsService('AWS::ECS::Service'),
    aws_ecs_task_set: service.ecsService('AWS::ECS::TaskSet'),
    aws_eks_cluster: service.eksCluster,
    aws_eks_node_group: service.eksNodegroup,
    aws_db_subnet_group: service.dbSubnetGroup,
    aws_db_instance: service.dbInstance,
    aws_rds_cluster: service.dbCluster,
    aws_rds_cluster_instance: service.dbInstance,
    aws_db_proxy: service.dbProxy,
    aws_elasticache_subnet_group: service.cacheSubnetGroup,
    aws_elasticache_replication_group: service.cacheReplicationGroup,
    aws_elasticache_cluster: service.cacheCluster,
    aws_elasticache_serverless_cache: service.serverlessCache,
    aws_efs_mount_target: service.mountTarget,
    aws_redshift_subnet_group: service.redshiftSubnetGroup,
    aws_redshift_cluster: service.redshiftCluster,
    aws_opensearch_domain: service.openSearchDomain,
    aws_opensearchserverless_vpc_endpoint: service.openSearchEndpoint,
    aws_msk_cluster: service.kafkaCluster,
    aws_mq_broker: service.broker,
    aws_fsx_lustre_file_system: service.fileSystem,
    aws_fsx_ontap_file_system: service.fileSystem,
    aws_fsx_openzfs_file_system: service.fileSystem,
    aws_fsx_windows_file_system: service.fileSystem,
    aws_sagemaker_notebook_instance: service.notebookInstance,
    aws_sagemaker_domain: service.domain,
    aws_sagemaker_model: service.model,

    aws_vpc_endpoint_service: balancer.endpointService,
    aws_vpc_endpoint_service_allowed_principal: balancer.allowedPrincipal,
    aws_vpc_endpoint_connection_accepter: balancer.connectionAcceptance,

    aws_networkfirewall_firewall: firewall.firewall,
    aws_networkfirewall_vpc_endpoint_association: firewall.endpointAssociation,
    aws_networkfirewall_firewall_policy: firewall.firewallPolicy,
    aws_networkfirewall_rule_group: firewall.ruleGroup,
    aws_networkfirewall_tls_inspection_configuration: firewall.tlsInspection,

    aws_lb: balancer.loadBalancer,
    aws_alb: balancer.loadBalancer,
    aws_lb_listener: balancer.listener,
    aws_alb_listener: balancer.listener,
    aws_lb_listener_rule: balancer.listenerRule,
    aws_alb_listener_rule: balancer.listenerRule,
    aws_lb_target_group: balancer.targetGroup,
    aws_alb_target_group: balancer.targetGroup,
    aws_lb_target_group_attachment: balancer.targetAttachment,
    aws_alb_target_group_attachment: balancer.targetAttachment,
    aws_autoscaling_attachment: balancer.fleetAttachment,
    aws_autoscaling_traffic_source_attachment: balancer.fleetAttachment,
    aws_elb: balancer.classicLoadBalancer,
    aws_elb_attachment: balancer.classicAttachment,
    aws_wafv2_web_acl: balancer.webAcl,
    aws_wafv2_web_acl_association: balancer.webAclAssociation,

    aws_ec2_transit_gateway: transit.transitGateway,
    aws_ec2_transit_gateway_vpc_attachment: transit.vpcAttachment,
    aws_ec2_transit_gateway_vpc_attachment_accepter: transit.acceptance,
    aws_ec2_transit_gateway_peering_attachment: transit.peeringAttachment,
    aws_ec2_transit_gateway_peering_attachment_accepter: transit.acceptance,
    aws_ec2_transit_gateway_connect: transit.connectAttachment,
    aws_ec2_transit_gateway_connect_peer: transit.connectPeer,
    aws_ec2_transit_gateway_route_table: transit.routeTable,
    aws_ec2_transit_gateway_route: transit.route,
    aws_ec2_transit_gateway_prefix_list_reference: transit.prefixListReference,
    aws_ec2_transit_gateway_route_table_association: transit.association,
    aws_ec2_transit_gateway_route_table_propagation: transit.propagation,
    aws_ec2_transit_gateway_policy_table_association: transit.policyTableAssociation,
    aws_ec2_transit_gateway_default_route_table_association: transit.defaultTable('Association'),
    aws_ec2_transit_gateway_default_route_table_propagation: transit.defaultTable('Propagation'),

    aws_vpn_gateway: line.vpnGateway,
    aws_vpn_gateway_attachment: line.vpnGatewayAttachment,
    aws_customer_gateway: line.customerGateway,
    aws_vpn_connection: line.vpnConnection,
    aws_vpn_connection_route: line.vpnConnectionRoute,
    aws_dx_gateway: line.directConnectGateway,
    aws_dx_gateway_association: line.directConnectAssociation,
    aws_dx_private_virtual_interface: line.virtualInterface('Private'),
    aws_dx_transit_virtual_interface: line.virtualInterface('Transit'),
    aws_dx_hosted_private_virtual_interface_accepter: line.virtualInterface('Private'),
    aws_dx_hosted_transit_virtual_interface_accepter: line.virtualInterface('Transit'),
    aws_dx_public_virtual_interface: line.publicVirtualInterface,

    aws_route53_resolver_endpoint: resolver.resolverEndpoint,
    aws_route53_resolver_rule: resolver.resolverRule,
    aws_route53_resolver_rule_association: resolver.resolverRuleAssociation,
    aws_route53_resolver_firewall_rule_group: resolver.firewallRuleGroup,
    aws_route53_resolver_firewall_rule: resolver.firewallRule,
    aws_route53_resolver_firewall_domain_list: resolver.firewallDomainList,
    aws_route53_resolver_firewall_rule_group_association: resolver.firewallAssociation,
    aws_route53_resolver_firewall_config: resolver.firewallConfig,
    aws_route53profiles_association: resolver.profileAssociation,

    aws_ec2_client_vpn_endpoint: clientVpn.endpoint,
    aws_ec2_client_vpn_network_association: clientVpn.association,
    aws_ec2_client_vpn_route: clientVpn.route,
    aws_ec2_client_vpn_authorization_rule: clientVpn.rule,
    aws_networkmanager_core_network: core.coreNetwork,
    aws_networkmanager_core_network_policy_attachment: core.policyAttachment,
    aws_networkmanager_vpc_attachment: core.vpcAttachment,
    aws_networkmanager_site_to_site_vpn_attachment: core.vpnAttachment,
    aws_networkmanager_connect_attachment: core.connectAttachment,
    aws_networkmanager_dx_gateway_attachment: core.directConnectAttachment,
    aws_networkmanager_transit_gateway_peering: core.peering,
    aws_networkmanager_transit_gateway_route_table_attachment: core.tableAttachment,
    aws_networkmanager_attachment_accepter: core.attachmentAcceptance,
    aws_vpclattice_service_network: lattice.serviceNetwork,
    aws_vpclattice_service_network_vpc_association: lattice.vpcAssociation,
    aws_vpclattice_service_network_service_association: lattice.serviceAssociation,
    aws_vpclattice_service_network_resource_association: lattice.resourceAssociation,
    aws_vpclattice_service: lattice.service,
    aws_vpclattice_listener: lattice.listener,
    aws_vpclattice_listener_rule: lattice.rule,
    aws_vpclattice_target_group: lattice.targetGroup,
    aws_vpclattice_target_group_attachment: lattice.targetAttachment,
    aws_vpclattice_resource_gateway: lattice.resourceGateway,
    aws_vpclattice_resource_configuration: lattice.resourceConfiguration,
    aws_vpclattice_access_log_subscription: none,
    aws_vpclattice_auth_policy: none,
    aws_vpclattice_domain_verification: none,
    aws_vpclattice_resource_policy: none,

    // Options for what is told by others, and what never carries a packet.
    aws_vpc_dhcp_options: none,
    aws_vpc_dhcp_options_association: none,
    aws_vpc_peering_connection_options: none,
    aws_network_interface_permission: none,
    aws_lambda_permission: none,
    aws_networkmanager_connect_peer: none,
    aws_networkmanager_connection: none,
    aws_networkmanager_customer_gateway_association: none,
    aws_networkmanager_device: none,
    aws_networkmanager_global_network: none,
    aws_networkmanager_link: none,
    aws_networkmanager_link_association: none,
    aws_networkmanager_site: none,
    aws_networkmanager_transit_gateway_connect_peer_association: none,
    aws_networkmanager_transit_gateway_registration: none,
    aws_networkfirewall_logging_configuration: none,
    aws_networkfirewall_resource_policy: none,
    aws_networkfirewall_firewall_transit_gateway_attachment_accepter: none,
    aws_lb_listener_certificate: none,
    aws_alb_listener_certificate: none,
    aws_lb_trust_store: none,
    aws_lb_cookie_stickiness_policy: none,
    aws_app_cookie_stickiness_policy: none,
    aws_load_balancer_policy: none,
    aws_wafv2_ip_set: none,
    aws_wafv2_rule_group: none,
    aws_wafv2_regex_pattern_set: none,
    aws_wafv2_web_acl_logging_configuration: none,
    aws_vpc_endpoint_private_dns: none,
    aws_vpc_endpoint_connection_notification: none,
    aws_ec2_transit_gateway_policy_table: none,
    aws_dx_bgp_peer: none,
    aws_dx_connection: none,
    aws_dx_connection_association: none,
    aws_dx_connection_confirmation: none,
    aws_dx_hosted_connection: none,
    // Of another account, whose accepter says which gateway it leads to.
    aws_dx_gateway_association_proposal: none,
    aws_dx_hosted_private_virtual_interface: none,
    aws_dx_hosted_public_virtual_interface: none,
    aws_dx_hosted_public_virtual_interface_accepter: none,
    aws_dx_hosted_transit_virtual_interface: none,
    aws_dx_lag: none,
    aws_dx_macsec_key_association: none,
    aws_route53_resolver_config: none,
    aws_route53_resolver_dnssec_config: none,
    aws_route53_resolver_query_log_config: none,
    aws_route53_resolver_query_log_config_association: none,
  } satisfies Record<string, Translation>),
);

/** Told by what it belongs to, or nothing to tell. */
function none(): readonly never[] {
  return [];
}
