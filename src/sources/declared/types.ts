/**
 * The words that CloudFormation does not have. Everything else that resources declare is told in CloudFormation's own
 * type and property names (see its resource reference).
 *
 * Types:
 * - `Vpcproof::EC2::MainRouteTableAssociation` {VpcId, RouteTableId}: makes the table the VPC's main one.
 *
 * Properties, of resources of any type:
 * - `Adopts` {VpcId}: no new resource, but the VPC's default one of the type (security group, network ACL, route table),
 *   emptied, and then holding what is declared.
 *
 * Properties of single types:
 * - `AWS::EC2::SecurityGroup`: `Complete: true` where rules that are not declared are deleted.
 * - `AWS::EC2::RouteTable`: `Routes`, a list of the properties of `AWS::EC2::Route` but for `RouteTableId`;
 *   `PropagatingVgws`, a list of VPN gateways. A route without `RouteTableId` and with `GatewayId: local` is a local one.
 * - `AWS::EC2::NetworkAcl`: `Entries`, a list of the properties of `AWS::EC2::NetworkAclEntry` but for `NetworkAclId`;
 *   `SubnetIds`, the subnets associated with it.
 * - `AWS::EC2::SecurityGroup` rules: `Self: true`, the group itself as the peer; the peers of one rule add up
 *   (`CidrIps`, `CidrIpv6s`, `SourcePrefixListIds`, `SourceSecurityGroupIds`: lists).
 * - `AWS::EC2::VPC`: `DefaultSecurityGroup`, `DefaultNetworkAcl`, `MainRouteTable` where AWS's ids are known;
 *   `CidrBlocks`, all IPv4 blocks, and `Ipv6CidrBlocks` where they are known.
 * - `AWS::EC2::Instance`, `::NetworkInterface`: `PrivateIps`, `Ipv6s`, `PublicIp` where addresses are known.
 *
 * Attributes of links: `MainRouteTable` (of a VPC), `DefaultRouteTable` (of a transit gateway), `NetworkInterface` (an
 * instance's first one, a NAT gateway's), `EndpointIn:SUBNET` and `EndpointIn:ZONE` (of a firewall).
 */

/** Makes a route table the main one of its VPC. */
export const mainRouteTableAssociation = 'Vpcproof::EC2::MainRouteTableAssociation';
