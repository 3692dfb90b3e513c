/** VPC endpoints, with what is associated with them beside. */
import type { Value } from '../declared/value.ts';
import { apart } from './apart.ts';
import type { Kind } from './kinds.ts';
import {
  each,
  filled,
  type Given,
  hanging,
  inBlock,
  isConfigured,
  link,
  links,
  onceKnown,
  same,
  tags,
  text,
  told,
  type Translation,
  value,
} from './translation.ts';

export const endpoint: Translation = (at) => [
  told(at, 'AWS::EC2::VPCEndpoint', {
    VpcId: link(at, 'vpc_id', 'vpc'),
    VpcEndpointType: value(at, 'vpc_endpoint_type'),
    ServiceName: link(at, 'service_name', 'endpoint-service'),
    ...same(at, 'service_region', 'ip_address_type', 'private_dns_enabled', 'auto_accept'),
    SubnetIds: associated(at, 'subnet_ids', 'subnet', true),
    SubnetConfigurations: each(at, 'subnet_configuration', (one) => ({
      SubnetId: link(one, 'subnet_id', 'subnet'),
      Ipv4: onceKnown(value(one, 'ipv4')),
      Ipv6: onceKnown(value(one, 'ipv6')),
    })),
    SecurityGroupIds: associated(at, 'security_group_ids', 'security-group', false),
    RouteTableIds: associated(at, 'route_table_ids', 'route-table', false),
    PolicyDocument: policyOf(at),
    ResourceConfigurationArn: link(at, 'resource_configuration_arn', 'resource-configuration'),
    ServiceNetworkArn: link(at, 'service_network_arn', 'service-network'),
    PrefixListId: onceKnown(value(at, 'prefix_list_id')),
    CidrBlocks: filled(onceKnown(value(at, 'cidr_blocks'))),
    State: text(at, 'state'),
    DnsOptions: inBlock(at, 'dns_options', (one) => same(one, 'private_dns_only_for_inbound_resolver_endpoint')),
    Tags: tags(at),
  }),
];

const associations = {
  subnet_ids: ['aws_vpc_endpoint_subnet_association', 'subnet_id'],
  security_group_ids: ['aws_vpc_endpoint_security_group_association', 'security_group_id'],
  route_table_ids: ['aws_vpc_endpoint_route_table_association', 'route_table_id'],
} as const;

/** What is associated beside it shows in it too, and is told by itself. */
function associated(at: Given, key: keyof typeof associations, kind: Kind, every: boolean): Value | undefined {
  const found = filled(links(at, key, [kind], { every }));
  if (isConfigured(at, key) === true || !Array.isArray(found)) return found;
  const [type, member] = associations[key];
  const taken = new Set(apart(at, [type], 'vpc_endpoint_id', text(at, 'id')).map((one) => one[member]));
  return filled((found as readonly Value[]).filter((one) => !taken.has(one as string)));
}

/** The policy; full access, which AWS gives, where none is written. */
function policyOf(at: Given): Value | undefined {
  const written = isConfigured(at, 'policy') === true;
  if (!written && apart(at, ['aws_vpc_endpoint_policy'], 'vpc_endpoint_id', text(at, 'id')).length > 0)
    return undefined;
  return value(at, 'policy');
}

const besideOf =
  (type: string, property: string, key: string, kind: Kind): Translation =>
  (at) => [
    hanging(type, {
      VpcEndpointId: link(at, 'vpc_endpoint_id', 'endpoint'),
      [property]: link(at, key, kind),
      ReplaceDefaultAssociation: value(at, 'replace_default_association'),
    }),
  ];

export const subnetAssociation = besideOf(
  'Vpcproof::EC2::VPCEndpointSubnetAssociation',
  'SubnetId',
  'subnet_id',
  'subnet',
);
export const tableAssociation = besideOf(
  'Vpcproof::EC2::VPCEndpointRouteTableAssociation',
  'RouteTableId',
  'route_table_id',
  'route-table',
);
export const groupAssociation = besideOf(
  'Vpcproof::EC2::VPCEndpointSecurityGroupAssociation',
  'SecurityGroupId',
  'security_group_id',
  'security-group',
);

export const endpointPolicy: Translation = (at) => [
  hanging('Vpcproof::EC2::VPCEndpointPolicy', {
    VpcEndpointId: link(at, 'vpc_endpoint_id', 'endpoint'),
    PolicyDocument: value(at, 'policy'),
  }),
];
