/** What is read, by CloudFormation type: a type is one line here and one file, or a line in a file, beside this one. */
import { between } from './between.ts';
import { blockPublicAccess, blockPublicAccessExclusion, encryptionControl } from './block-public-access.ts';
import { services } from './database.ts';
import { elasticAddress, elasticAddressAssociation } from './elastic-address.ts';
import { flowLog } from './flow-log.ts';
import { egressOnlyInternetGateway, gatewayAttachment, internetGateway } from './gateway.ts';
import { autoScalingGroup, instance } from './instance.ts';
import { interfaceAttachment, networkInterface } from './interface.ts';
import { interfaceGroupAttachment } from './interface-outside.ts';
import { launchConfiguration, launchTemplate } from './launch.ts';
import { natGateway } from './nat-gateway.ts';
import { aclAssociation, networkAcl, networkAclEntry } from './network-acl.ts';
import { prefixList, prefixListEntry } from './prefix-list.ts';
import type { Construct } from './reading.ts';
import { gatewayTableAssociation, mainTableAssociation, subnetTableAssociation } from './route-association.ts';
import { route, routeTable } from './route-table.ts';
import { groupAssociation, securityGroup, securityGroupRule } from './security-group.ts';
import { domain, model, notebookInstance } from './sagemaker.ts';
import { ecsService, eksCluster, eksNodegroup, lambdaFunction } from './serverless.ts';
import { settings } from './setting.ts';
import { subnet, subnetCidrBlock } from './subnet.ts';
import { interfaceGroup, mainRouteTableAssociation, prefixListEntryType } from './types.ts';
import { vpcPeering } from './vpc-peering.ts';
import { vpc, vpcCidrBlock } from './vpc.ts';

export const constructs: ReadonlyMap<string, Construct> = new Map(
  Object.entries({
    'AWS::EC2::VPC': vpc,
    'AWS::EC2::VPCCidrBlock': vpcCidrBlock,
    'AWS::EC2::Subnet': subnet,
    'AWS::EC2::SubnetCidrBlock': subnetCidrBlock,
    'AWS::EC2::SecurityGroup': securityGroup,
    'AWS::EC2::SecurityGroupIngress': securityGroupRule,
    'AWS::EC2::SecurityGroupEgress': securityGroupRule,
    'AWS::EC2::SecurityGroupVpcAssociation': groupAssociation,
    'AWS::EC2::NetworkAcl': networkAcl,
    'AWS::EC2::NetworkAclEntry': networkAclEntry,
    'AWS::EC2::SubnetNetworkAclAssociation': aclAssociation,
    'AWS::EC2::RouteTable': routeTable,
    'AWS::EC2::Route': route,
    'AWS::EC2::SubnetRouteTableAssociation': subnetTableAssociation,
    'AWS::EC2::GatewayRouteTableAssociation': gatewayTableAssociation,
    [mainRouteTableAssociation]: mainTableAssociation,
    'AWS::EC2::InternetGateway': internetGateway,
    'AWS::EC2::VPCGatewayAttachment': gatewayAttachment,
    'AWS::EC2::EgressOnlyInternetGateway': egressOnlyInternetGateway,
    'AWS::EC2::NatGateway': natGateway,
    'AWS::EC2::EIP': elasticAddress,
    'AWS::EC2::EIPAssociation': elasticAddressAssociation,
    'AWS::EC2::NetworkInterface': networkInterface,
    'AWS::EC2::NetworkInterfaceAttachment': interfaceAttachment,
    [interfaceGroup]: interfaceGroupAttachment,
    'AWS::EC2::Instance': instance,
    'AWS::EC2::LaunchTemplate': launchTemplate,
    'AWS::AutoScaling::LaunchConfiguration': launchConfiguration,
    'AWS::AutoScaling::AutoScalingGroup': autoScalingGroup,
    'AWS::EC2::PrefixList': prefixList,
    [prefixListEntryType]: prefixListEntry,
    'AWS::EC2::VPCPeeringConnection': vpcPeering,
    'AWS::EC2::VPCBlockPublicAccessOptions': blockPublicAccess,
    'AWS::EC2::VPCBlockPublicAccessExclusion': blockPublicAccessExclusion,
    'AWS::EC2::VPCEncryptionControl': encryptionControl,
    'AWS::EC2::FlowLog': flowLog,
    'AWS::Lambda::Function': lambdaFunction,
    'AWS::ECS::Service': ecsService,
    'AWS::ECS::TaskSet': ecsService,
    'AWS::EKS::Cluster': eksCluster,
    'AWS::EKS::Nodegroup': eksNodegroup,
    'AWS::SageMaker::NotebookInstance': notebookInstance,
    'AWS::SageMaker::Domain': domain,
    'AWS::SageMaker::Model': model,
    ...between,
    ...services,
    ...settings,
  } satisfies Record<string, Construct>),
);
