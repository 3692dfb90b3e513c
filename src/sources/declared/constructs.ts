/** What is read, by CloudFormation type: a type is one line here and one file, or a line in a file, beside this one. */
import { egressOnlyInternetGateway, gatewayAttachment, internetGateway } from './gateway.ts';
import { aclAssociation, networkAcl, networkAclEntry } from './network-acl.ts';
import type { Construct } from './reading.ts';
import { services } from './services.ts';
import { gatewayTableAssociation, mainTableAssociation, subnetTableAssociation } from './route-association.ts';
import { route, routeTable } from './route-table.ts';
import { groupAssociation, securityGroup, securityGroupRule } from './security-group.ts';
import { subnet, subnetCidrBlock } from './subnet.ts';
import { mainRouteTableAssociation } from './types.ts';
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
    ...services,
  } satisfies Record<string, Construct>),
);
