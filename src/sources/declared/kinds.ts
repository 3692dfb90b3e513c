/** CloudFormation types that readers ask for by name. */
export const vpcType = 'AWS::EC2::VPC';
export const subnetType = 'AWS::EC2::Subnet';
export const groupType = 'AWS::EC2::SecurityGroup';
export const aclType = 'AWS::EC2::NetworkAcl';
export const tableType = 'AWS::EC2::RouteTable';
export const interfaceType = 'AWS::EC2::NetworkInterface';
export const instanceType = 'AWS::EC2::Instance';
export const endpointType = 'AWS::EC2::VPCEndpoint';
export const natGatewayType = 'AWS::EC2::NatGateway';
export const prefixListType = 'AWS::EC2::PrefixList';
export const autoScalingGroupType = 'AWS::AutoScaling::AutoScalingGroup';
