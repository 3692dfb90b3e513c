/**
 * The Terraform types that are translated, one line each. To add one: write its translation in a file of its construct
 * beside this one (`translation.ts` has what they share, `given.ts` what they ask of the plan), give its line here, and
 * where other resources refer to it, name its identity in `kinds.ts`, under a kind that exists or a new one. Arguments
 * that nobody asks for are not copied: ask for what reachability depends on, and for names by `label` and `tags`, which
 * leave out what is sensitive. What a resource shows that another one manages is taken away by `apart.ts`. `awscc_*`
 * types need no line: they are CloudFormation's own in snake case.
 */
import * as compute from './compute.ts';
import * as endpoint from './endpoint.ts';
import * as gateway from './gateway.ts';
import * as nic from './interface.ts';
import * as acl from './network-acl.ts';
import * as list from './prefix-list.ts';
import * as table from './route-table.ts';
import * as group from './security-group.ts';
import * as service from './service.ts';
import { defaultSubnet, subnet } from './subnet.ts';
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
    aws_network_interface_sg_attachment: none,
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

    // Options for what is told by others, and what never carries a packet.
    aws_vpc_dhcp_options: none,
    aws_vpc_dhcp_options_association: none,
    aws_vpc_peering_connection_options: none,
    aws_network_interface_permission: none,
    aws_lambda_permission: none,
  } satisfies Record<string, Translation>),
);

/** Told by what it belongs to, or nothing to tell. */
function none(): readonly never[] {
  return [];
}
