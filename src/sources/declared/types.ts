/**
 * The words that CloudFormation does not have. Everything else that resources declare is told in CloudFormation's own
 * type and property names (see its resource reference).
 *
 * Types:
 * - `Vpcproof::EC2::MainRouteTableAssociation` {VpcId, RouteTableId}: makes the table the VPC's main one.
 * - `Vpcproof::EC2::PrefixListEntry` {PrefixListId, Cidr}: an entry of a list that exists already.
 * - `Vpcproof::EC2::NetworkInterfaceSecurityGroup` {NetworkInterfaceId, GroupId}: a group of an interface that exists already.
 * - `Vpcproof::EC2::TransitGatewayPrefixListReference` {TransitGatewayRouteTableId, PrefixListId,
 *   TransitGatewayAttachmentId, Blackhole}: as a route of the table, of all the list's blocks.
 * - `Vpcproof::EC2::TransitGatewayAttachmentAcceptance` {TransitGatewayAttachmentId, DefaultRouteTableAssociation,
 *   DefaultRouteTablePropagation}: accepts what another account asked for.
 * - `Vpcproof::EC2::TransitGatewayDefaultRouteTable` {TransitGatewayId, AssociationDefaultRouteTableId or
 *   PropagationDefaultRouteTableId}: makes another table the default one.
 * - `Vpcproof::ElasticLoadBalancingV2::TargetGroupAttachment` {TargetGroupArn, Id, Port, AvailabilityZone}: a target.
 * - `Vpcproof::ElasticLoadBalancing::Attachment` {LoadBalancerName, InstanceId}: an instance behind a classic balancer.
 * - `Vpcproof::AutoScaling::Attachment` {AutoScalingGroupName, TargetGroupArn or LoadBalancerName}: registers the group's
 *   instances.
 * - `Vpcproof::EC2::VPCEndpointSubnetAssociation` {VpcEndpointId, SubnetId}, `::VPCEndpointRouteTableAssociation`
 *   {VpcEndpointId, RouteTableId}, `::VPCEndpointSecurityGroupAssociation` {VpcEndpointId, SecurityGroupId,
 *   ReplaceDefaultAssociation}, `::VPCEndpointPolicy` {VpcEndpointId, PolicyDocument}: what an endpoint has besides.
 * - `Vpcproof::EC2::VPCEndpointConnectionAcceptance` {VpcEndpointId, ServiceId}: the service's owner accepts the endpoint.
 * - `Vpcproof::Route53Resolver::FirewallRule`: a rule of a DNS Firewall rule group, with its `FirewallRuleGroupId`.
 * - `Vpcproof::VpcLattice::TargetGroupAttachment` {TargetGroupIdentifier, Target}: a target of VPC Lattice.
 * - `Vpcproof::NetworkManager::CoreNetworkPolicy` {CoreNetworkId, PolicyDocument}: puts the policy in force.
 * - `Vpcproof::NetworkManager::AttachmentAcceptance` {AttachmentId}: accepts what the policy has somebody accept.
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
 * - `AWS::NetworkFirewall::Firewall`: `SyncStates`, a list of {SubnetId, EndpointId}, where AWS's ids are known.
 * - `AWS::EC2::TransitGateway…Attachment`, `::TransitGatewayConnect`: `DefaultRouteTableAssociation` and
 *   `DefaultRouteTablePropagation`, false where the attachment does without; `State` where it exists.
 * - `AWS::EC2::VPCEndpoint`: `SubnetConfigurations`, a list of {SubnetId, Ipv4, Ipv6}; `State`, `PrefixListId` and
 *   `CidrBlocks` of the service where AWS has told them; `AutoAccept: true`.
 * - `AWS::EC2::VPCEndpointService`: `Name`, AWS's name of it where that is known; `AllowedPrincipals`, `PrivateDnsName`.
 * - VPN connections, associations of Direct Connect, firewalls: `TransitGatewayAttachmentId`, where AWS's id is known.
 *
 * Attributes of links: `MainRouteTable` (of a VPC), `DefaultRouteTable` (of a transit gateway), `NetworkInterface` (an
 * instance's first one, a NAT gateway's), `EndpointIn:SUBNET` and `EndpointIn:ZONE` (of a firewall),
 * `TransitGatewayAttachmentId` (of a VPN connection, of an association of Direct Connect, of a firewall).
 */

/** An entry of a managed prefix list that exists already. */
export const prefixListEntryType = 'Vpcproof::EC2::PrefixListEntry';
/** A security group of an interface that exists already. */
export const interfaceGroup = 'Vpcproof::EC2::NetworkInterfaceSecurityGroup';
/** A prefix list in a transit gateway route table. */
export const transitGatewayPrefixListReference = 'Vpcproof::EC2::TransitGatewayPrefixListReference';
/** The acceptance of an attachment by the owner of its transit gateway, or of the peer. */
export const transitGatewayAttachmentAcceptance = 'Vpcproof::EC2::TransitGatewayAttachmentAcceptance';

/** A target registered with a target group. */
export const targetGroupAttachment = 'Vpcproof::ElasticLoadBalancingV2::TargetGroupAttachment';

/** A target registered with a target group of VPC Lattice. */
export const latticeTargetAttachment = 'Vpcproof::VpcLattice::TargetGroupAttachment';

/** An instance behind a classic load balancer. */
export const classicAttachment = 'Vpcproof::ElasticLoadBalancing::Attachment';

/** A target group, or classic balancer, with which an Auto Scaling group registers its instances. */
export const autoScalingAttachment = 'Vpcproof::AutoScaling::Attachment';

/** What an endpoint has besides its own properties. */
export const endpointSubnetAssociation = 'Vpcproof::EC2::VPCEndpointSubnetAssociation';
export const endpointTableAssociation = 'Vpcproof::EC2::VPCEndpointRouteTableAssociation';
export const endpointGroupAssociation = 'Vpcproof::EC2::VPCEndpointSecurityGroupAssociation';
export const endpointPolicy = 'Vpcproof::EC2::VPCEndpointPolicy';

/** The acceptance of an endpoint by the owner of its service. */
export const endpointAcceptance = 'Vpcproof::EC2::VPCEndpointConnectionAcceptance';

/** The policy of a core network, declared beside it. */
export const coreNetworkPolicy = 'Vpcproof::NetworkManager::CoreNetworkPolicy';

/** The acceptance of an attachment by the owner of its core network. */
export const coreNetworkAcceptance = 'Vpcproof::NetworkManager::AttachmentAcceptance';

/** A rule of a DNS Firewall rule group, declared beside it. */
export const dnsFirewallRule = 'Vpcproof::Route53Resolver::FirewallRule';

/** A table that is made the default one of a transit gateway. */
export const transitGatewayDefaultTable = 'Vpcproof::EC2::TransitGatewayDefaultRouteTable';

/** Makes a route table the main one of its VPC. */
export const mainRouteTableAssociation = 'Vpcproof::EC2::MainRouteTableAssociation';
