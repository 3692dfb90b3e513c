/** VPCs, their further blocks, peerings between them, and what watches them. */
import { mainRouteTableAssociation } from '../declared/types.ts';
import { Link } from '../declared/value.ts';
import { apart } from './apart.ts';
import { given } from './given.ts';
import { ofType } from './instance.ts';
import {
  camel,
  type Given,
  hanging,
  isConfigured,
  link,
  own,
  same,
  tags,
  text,
  type Told,
  told,
  type Translation,
  value,
} from './translation.ts';

export const vpc: Translation = (at) => [
  told(at, 'AWS::EC2::VPC', {
    ...same(at, 'cidr_block', 'enable_dns_support', 'enable_dns_hostnames', 'instance_tenancy'),
    ...ipv6Of(at),
    ...defaultsOf(at),
    Tags: tags(at),
  }),
  ...mainElsewhere(at),
];

/** The account's default VPC in the Region, adopted: what is in it, nobody tells. */
export const defaultVpc: Translation = (at) => {
  const [made, ...rest] = vpc(at);
  return [{ ...made!, properties: { ...made!.properties, Adopts: {} } }, ...rest];
};

const ipv6Of = (at: Given): Told['properties'] => {
  if (text(at, 'ipv6_cidr_block') !== undefined) return same(at, 'ipv6_cidr_block');
  if (at.values.assign_generated_ipv6_cidr_block === true) return { AmazonProvidedIpv6CidrBlock: true };
  const Ipv6IpamPoolId = value(at, 'ipv6_ipam_pool_id');
  if (Ipv6IpamPoolId !== undefined) return { Ipv6IpamPoolId, Ipv6CidrBlock: value(at, 'ipv6_cidr_block') };
  return isConfigured(at, 'ipv6_cidr_block') === true ? same(at, 'ipv6_cidr_block') : {};
};

/** AWS's ids of what it made with the VPC, once it exists. */
const defaultsOf = (at: Given): Told['properties'] => ({
  DefaultSecurityGroup: text(at, 'default_security_group_id'),
  DefaultNetworkAcl: text(at, 'default_network_acl_id'),
  MainRouteTable: text(at, 'default_route_table_id') ?? text(at, 'main_route_table_id'),
});

/** The main role was given to another table outside Terraform. */
function mainElsewhere(at: Given): readonly Told[] {
  const main = text(at, 'main_route_table_id');
  const original = text(at, 'default_route_table_id');
  if (main === undefined || original === undefined || main === original) return [];
  if (apart(at, ['aws_main_route_table_association'], 'vpc_id', text(at, 'id')).length > 0) return [];
  return [hanging(mainRouteTableAssociation, { VpcId: own(at), RouteTableId: main }, 'main-route-table')];
}

export const vpcCidrBlock: Translation = (at) => [
  hanging('AWS::EC2::VPCCidrBlock', {
    VpcId: link(at, 'vpc_id', 'vpc'),
    ...same(at, 'cidr_block'),
    ...(at.of.type.includes('ipv6') ? ipv6Association(at) : {}),
  }),
];

const ipv6Association = (at: Given): Told['properties'] => {
  if (text(at, 'ipv6_cidr_block') !== undefined) return same(at, 'ipv6_cidr_block');
  const Ipv6IpamPoolId = value(at, 'ipv6_ipam_pool_id');
  if (Ipv6IpamPoolId !== undefined) return { Ipv6IpamPoolId, ...same(at, 'ipv6_netmask_length') };
  if (isConfigured(at, 'ipv6_cidr_block') === true) return same(at, 'ipv6_cidr_block');
  return { AmazonProvidedIpv6CidrBlock: true };
};

export const vpcPeering: Translation = (at) => [
  told(at, 'AWS::EC2::VPCPeeringConnection', {
    VpcId: link(at, 'vpc_id', 'vpc'),
    PeerVpcId: link(at, 'peer_vpc_id', 'vpc'),
    PeerOwnerId: value(at, 'peer_owner_id'),
    PeerRegion: value(at, 'peer_region'),
    Status: text(at, 'accept_status'),
    Accepted: at.values.auto_accept === true || isAccepted(at),
    Tags: tags(at),
  }),
];

/** Somebody accepts it in the same plan. */
const isAccepted = (at: Given): boolean =>
  ofType(at.world, accepter).some((one) => {
    if (one.values.auto_accept !== true) return false;
    const named = link(given(at.world, one), 'vpc_peering_connection_id', 'vpc-peering');
    return named instanceof Link ? named.resource === at.of.address : named === text(at, 'id');
  });

const accepter = 'aws_vpc_peering_connection_accepter';

/** What accepts another's connection tells of it, unless the plan manages the connection too. */
export const vpcPeeringAccepter: Translation = (at) => {
  const id = link(at, 'vpc_peering_connection_id', 'vpc-peering');
  const managed = ofType(at.world, 'aws_vpc_peering_connection').some(({ values }) => values.id === id);
  if (typeof id !== 'string' || managed) return [];
  const properties = {
    VpcId: link(at, 'peer_vpc_id', 'vpc'),
    PeerVpcId: link(at, 'vpc_id', 'vpc'),
    Status: text(at, 'accept_status'),
    Accepted: at.values.auto_accept === true,
    Tags: tags(at),
  };
  return [{ type: 'AWS::EC2::VPCPeeringConnection', id, properties }];
};

export const flowLog: Translation = (at) => {
  const watched = [
    ['VPC', link(at, 'vpc_id', 'vpc')],
    ['Subnet', link(at, 'subnet_id', 'subnet')],
    ['NetworkInterface', link(at, 'eni_id', 'network-interface')],
    ['TransitGateway', link(at, 'transit_gateway_id', 'transit-gateway')],
    ['TransitGatewayAttachment', value(at, 'transit_gateway_attachment_id')],
  ] as const;
  const [ResourceType, ResourceId] = watched.find(([, id]) => id !== undefined) ?? [];
  return [
    told(at, 'AWS::EC2::FlowLog', {
      ResourceType,
      ResourceId,
      ...same(at, 'traffic_type', 'log_destination_type', 'log_format'),
      Tags: tags(at),
    }),
  ];
};

export const blockPublicAccess: Translation = (at) => [
  told(at, 'AWS::EC2::VPCBlockPublicAccessOptions', same(at, 'internet_gateway_block_mode')),
];

export const blockPublicAccessExclusion: Translation = (at) => [
  told(at, 'AWS::EC2::VPCBlockPublicAccessExclusion', {
    ...same(at, 'internet_gateway_exclusion_mode'),
    VpcId: link(at, 'vpc_id', 'vpc'),
    SubnetId: link(at, 'subnet_id', 'subnet'),
    Tags: tags(at),
  }),
];

const exclusions = [
  'egress_only_internet_gateway_exclusion',
  'elastic_file_system_exclusion',
  'internet_gateway_exclusion',
  'lambda_exclusion',
  'nat_gateway_exclusion',
  'virtual_private_gateway_exclusion',
  'vpc_lattice_exclusion',
  'vpc_peering_exclusion',
];

export const encryptionControl: Translation = (at) => [
  told(at, 'AWS::EC2::VPCEncryptionControl', {
    VpcId: link(at, 'vpc_id', 'vpc'),
    ...same(at, 'mode'),
    ...Object.fromEntries(exclusions.map((name) => [`${camel(name)}Input`, value(at, name)])),
    Tags: tags(at),
  }),
];
