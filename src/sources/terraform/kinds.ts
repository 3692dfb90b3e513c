/**
 * Which attributes of which Terraform types are whose identity. A reference is followed for an argument that takes one
 * kind of thing, so an attribute that the plan does not name (`aws_subnet.app[*].id` shows as `aws_subnet.app`) is told
 * by the kind. A new type is a line here; a new kind an entry.
 */
import type { Json } from './json.ts';

/** Attributes of one type, with the attribute that a `Link` names it by: `Ref` for the identity itself. */
type Attributes = Readonly<Record<string, string>>;

export interface KindOf {
  /** How AWS's ids of it begin; empty where it has names. */
  readonly prefix: string;
  readonly types: Readonly<Record<string, Attributes>>;
  /** Arguments of any type that hold such an identity. */
  readonly holders: readonly string[];
}

const id: Attributes = { id: 'Ref' };
const arn: Attributes = { arn: 'Ref', id: 'Ref' };
/** A twin in `awscc`: its primary identifier is `id` and an attribute of its own. */
const twin = (...own: readonly string[]): Attributes => Object.fromEntries(['id', ...own].map((name) => [name, 'Ref']));

const mainTable: Attributes = { main_route_table_id: 'MainRouteTable', default_route_table_id: 'MainRouteTable' };

/** Of what accepts an attachment, and stands for it. */
const accepted: Attributes = {
  id: 'TransitGatewayAttachmentId',
  transit_gateway_attachment_id: 'TransitGatewayAttachmentId',
};

/** In place of an attribute: a firewall's endpoints, one in each of its subnets. */
export const eachEndpoint = 'EndpointIn';

export const kinds = {
  vpc: {
    prefix: 'vpc-',
    types: { aws_vpc: id, aws_default_vpc: id, awscc_ec2_vpc: twin('vpc_id') },
    holders: ['vpc_id'],
  },
  subnet: {
    prefix: 'subnet-',
    types: { aws_subnet: id, aws_default_subnet: id, awscc_ec2_subnet: twin('subnet_id') },
    holders: ['subnet_id', 'subnet_ids', 'subnets'],
  },
  'route-table': {
    prefix: 'rtb-',
    types: {
      aws_route_table: id,
      aws_default_route_table: id,
      awscc_ec2_route_table: twin('route_table_id'),
      aws_vpc: mainTable,
      aws_default_vpc: mainTable,
    },
    holders: ['route_table_id', 'route_table_ids'],
  },
  'security-group': {
    prefix: 'sg-',
    types: {
      aws_security_group: id,
      aws_default_security_group: id,
      awscc_ec2_security_group: twin('security_group_id', 'group_id'),
      aws_vpc: { default_security_group_id: 'DefaultSecurityGroup' },
      aws_default_vpc: { default_security_group_id: 'DefaultSecurityGroup' },
      aws_eks_cluster: { 'vpc_config.cluster_security_group_id': 'ClusterSecurityGroupId' },
    },
    holders: ['security_group_id', 'security_group_ids', 'security_groups', 'vpc_security_group_ids'],
  },
  'security-group-rule': {
    prefix: 'sgr-',
    types: {
      aws_vpc_security_group_ingress_rule: { id: 'Ref', security_group_rule_id: 'Ref' },
      aws_vpc_security_group_egress_rule: { id: 'Ref', security_group_rule_id: 'Ref' },
    },
    holders: [],
  },
  'network-acl': {
    prefix: 'acl-',
    types: {
      aws_network_acl: id,
      aws_default_network_acl: id,
      awscc_ec2_network_acl: twin('network_acl_id'),
      aws_vpc: { default_network_acl_id: 'DefaultNetworkAcl' },
      aws_default_vpc: { default_network_acl_id: 'DefaultNetworkAcl' },
    },
    holders: ['network_acl_id'],
  },
  'internet-gateway': {
    prefix: 'igw-',
    types: { aws_internet_gateway: id, awscc_ec2_internet_gateway: twin('internet_gateway_id') },
    holders: ['internet_gateway_id'],
  },
  'egress-only-internet-gateway': {
    prefix: 'eigw-',
    types: { aws_egress_only_internet_gateway: id, awscc_ec2_egress_only_internet_gateway: id },
    holders: ['egress_only_gateway_id'],
  },
  'nat-gateway': {
    prefix: 'nat-',
    types: { aws_nat_gateway: id, awscc_ec2_nat_gateway: twin('nat_gateway_id') },
    holders: ['nat_gateway_id'],
  },
  'vpn-gateway': {
    prefix: 'vgw-',
    types: { aws_vpn_gateway: id, awscc_ec2_vpn_gateway: twin('vpn_gateway_id') },
    holders: [],
  },
  'carrier-gateway': {
    prefix: 'cagw-',
    types: { aws_ec2_carrier_gateway: id, awscc_ec2_carrier_gateway: id },
    holders: [],
  },
  'transit-gateway': {
    prefix: 'tgw-',
    types: { aws_ec2_transit_gateway: id, awscc_ec2_transit_gateway: id },
    holders: [],
  },
  'core-network': {
    prefix: 'arn:',
    types: { aws_networkmanager_core_network: arn, awscc_networkmanager_core_network: arn },
    holders: ['core_network_arn', 'core_network_id'],
  },
  'core-network-attachment': {
    prefix: 'attachment-',
    types: {
      aws_networkmanager_vpc_attachment: id,
      aws_networkmanager_site_to_site_vpn_attachment: id,
      aws_networkmanager_connect_attachment: id,
      aws_networkmanager_dx_gateway_attachment: id,
      aws_networkmanager_transit_gateway_route_table_attachment: id,
    },
    holders: ['attachment_id', 'transport_attachment_id'],
  },
  'core-network-peering': {
    prefix: 'peering-',
    types: { aws_networkmanager_transit_gateway_peering: id },
    holders: ['peering_id'],
  },
  'vpc-peering': {
    prefix: 'pcx-',
    types: { aws_vpc_peering_connection: id, awscc_ec2_vpc_peering_connection: id },
    holders: ['vpc_peering_connection_id'],
  },
  'network-interface': {
    prefix: 'eni-',
    types: {
      aws_network_interface: id,
      awscc_ec2_network_interface: id,
      aws_instance: { primary_network_interface_id: 'NetworkInterface' },
      aws_nat_gateway: { network_interface_id: 'NetworkInterface' },
    },
    holders: ['network_interface_id'],
  },
  instance: {
    prefix: 'i-',
    types: { aws_instance: id, awscc_ec2_instance: twin('instance_id') },
    holders: ['instance_id'],
  },
  eip: {
    prefix: 'eipalloc-',
    types: { aws_eip: { id: 'Ref', allocation_id: 'Ref' }, awscc_ec2_eip: { id: 'Ref', allocation_id: 'Ref' } },
    holders: ['allocation_id'],
  },
  'launch-template': {
    prefix: 'lt-',
    types: { aws_launch_template: { id: 'Ref', name: 'Ref' }, awscc_ec2_launch_template: { id: 'Ref' } },
    holders: [],
  },
  'prefix-list': {
    prefix: 'pl-',
    types: { aws_ec2_managed_prefix_list: id, awscc_ec2_prefix_list: twin('prefix_list_id') },
    holders: ['prefix_list_id', 'prefix_list_ids'],
  },
  endpoint: {
    prefix: 'vpce-',
    types: { aws_vpc_endpoint: id, awscc_ec2_vpc_endpoint: id },
    holders: ['vpc_endpoint_id'],
  },
  'firewall-endpoint': {
    prefix: 'vpce-',
    types: {
      aws_networkfirewall_firewall: { firewall_status: eachEndpoint },
      aws_networkfirewall_vpc_endpoint_association: { vpc_endpoint_association_status: 'EndpointId' },
    },
    holders: [],
  },
  firewall: {
    prefix: 'arn:',
    types: { aws_networkfirewall_firewall: arn, awscc_networkfirewall_firewall: twin('firewall_arn') },
    holders: ['firewall_arn'],
  },
  'firewall-policy': {
    prefix: 'arn:',
    types: {
      aws_networkfirewall_firewall_policy: arn,
      awscc_networkfirewall_firewall_policy: twin('firewall_policy_arn'),
    },
    holders: ['firewall_policy_arn'],
  },
  'firewall-rule-group': {
    prefix: 'arn:',
    types: { aws_networkfirewall_rule_group: arn, awscc_networkfirewall_rule_group: twin('rule_group_arn') },
    holders: [],
  },
  'tls-inspection': {
    prefix: 'arn:',
    types: { aws_networkfirewall_tls_inspection_configuration: arn },
    holders: ['tls_inspection_configuration_arn'],
  },
  'transit-gateway-attachment': {
    prefix: 'tgw-attach-',
    types: {
      aws_ec2_transit_gateway_vpc_attachment: id,
      aws_ec2_transit_gateway_peering_attachment: id,
      aws_ec2_transit_gateway_connect: id,
      aws_ec2_transit_gateway_vpc_attachment_accepter: accepted,
      aws_ec2_transit_gateway_peering_attachment_accepter: accepted,
      aws_vpn_connection: { transit_gateway_attachment_id: 'TransitGatewayAttachmentId' },
      aws_networkfirewall_firewall: {
        'firewall_status.transit_gateway_attachment_sync_states': 'TransitGatewayAttachmentId',
      },
      awscc_ec2_transit_gateway_attachment: id,
      awscc_ec2_transit_gateway_vpc_attachment: id,
      awscc_ec2_transit_gateway_peering_attachment: twin('transit_gateway_attachment_id'),
      awscc_ec2_transit_gateway_connect: twin('transit_gateway_attachment_id'),
    },
    holders: ['transit_gateway_attachment_id'],
  },
  'transit-gateway-route-table': {
    prefix: 'tgw-rtb-',
    types: {
      aws_ec2_transit_gateway_route_table: id,
      aws_ec2_transit_gateway: {
        association_default_route_table_id: 'DefaultRouteTable',
        propagation_default_route_table_id: 'DefaultRouteTable',
      },
      awscc_ec2_transit_gateway_route_table: twin('transit_gateway_route_table_id'),
    },
    holders: ['transit_gateway_route_table_id'],
  },
  'vpn-connection': {
    prefix: 'vpn-',
    types: { aws_vpn_connection: id, awscc_ec2_vpn_connection: twin('vpn_connection_id') },
    holders: ['vpn_connection_id'],
  },
  'direct-connect-gateway': { prefix: '', types: { aws_dx_gateway: id }, holders: ['dx_gateway_id'] },
  'load-balancer': {
    prefix: 'arn:',
    types: {
      aws_lb: arn,
      aws_alb: arn,
      awscc_elasticloadbalancingv2_load_balancer: twin('load_balancer_arn'),
    },
    holders: ['load_balancer_arn'],
  },
  listener: {
    prefix: 'arn:',
    types: { aws_lb_listener: arn, aws_alb_listener: arn, awscc_elasticloadbalancingv2_listener: twin('listener_arn') },
    holders: ['listener_arn'],
  },
  'classic-load-balancer': { prefix: '', types: { aws_elb: { id: 'Ref', name: 'Ref' } }, holders: [] },
  'auto-scaling-group': {
    prefix: '',
    types: { aws_autoscaling_group: { id: 'Ref', name: 'Ref' } },
    holders: ['autoscaling_group_name'],
  },
  'private-address': {
    prefix: '',
    types: {
      aws_instance: { private_ip: 'PrivateIp' },
      aws_network_interface: { private_ip: 'PrimaryPrivateIpAddress' },
    },
    holders: [],
  },
  function: { prefix: 'arn:', types: { aws_lambda_function: { arn: 'Ref' } }, holders: [] },
  'web-acl': {
    prefix: 'arn:',
    types: { aws_wafv2_web_acl: { arn: 'Ref' }, awscc_wafv2_web_acl: { arn: 'Ref' } },
    holders: ['web_acl_arn'],
  },
  'web-rule-group': { prefix: 'arn:', types: { aws_wafv2_rule_group: { arn: 'Ref' } }, holders: [] },
  'endpoint-service': {
    prefix: '',
    types: {
      aws_vpc_endpoint_service: { id: 'Ref', service_name: 'ServiceName' },
      awscc_ec2_vpc_endpoint_service: twin('service_id'),
    },
    holders: ['vpc_endpoint_service_id'],
  },
  'resolver-endpoint': { prefix: 'rslvr-', types: { aws_route53_resolver_endpoint: id }, holders: [] },
  'resolver-rule': { prefix: 'rslvr-', types: { aws_route53_resolver_rule: id }, holders: ['resolver_rule_id'] },
  'dns-firewall-rule-group': {
    prefix: 'rslvr-',
    types: { aws_route53_resolver_firewall_rule_group: id },
    holders: ['firewall_rule_group_id'],
  },
  'dns-firewall-domain-list': {
    prefix: 'rslvr-',
    types: { aws_route53_resolver_firewall_domain_list: id },
    holders: ['firewall_domain_list_id'],
  },
  'client-vpn-endpoint': {
    prefix: 'cvpn-endpoint-',
    types: { aws_ec2_client_vpn_endpoint: id },
    holders: ['client_vpn_endpoint_id'],
  },
  'vpc-arn': {
    prefix: 'arn:',
    types: { aws_vpc: { arn: 'Ref' }, aws_default_vpc: { arn: 'Ref' } },
    holders: ['vpc_arn'],
  },
  'subnet-arn': {
    prefix: 'arn:',
    types: { aws_subnet: { arn: 'Ref' }, aws_default_subnet: { arn: 'Ref' } },
    holders: ['subnet_arn', 'subnet_arns'],
  },
  'vpn-connection-arn': {
    prefix: 'arn:',
    types: { aws_vpn_connection: { arn: 'Ref' } },
    holders: ['vpn_connection_arn'],
  },
  'transit-gateway-arn': {
    prefix: 'arn:',
    types: { aws_ec2_transit_gateway: { arn: 'Ref' } },
    holders: ['transit_gateway_arn'],
  },
  'transit-gateway-route-table-arn': {
    prefix: 'arn:',
    types: { aws_ec2_transit_gateway_route_table: { arn: 'Ref' } },
    holders: ['transit_gateway_route_table_arn'],
  },
  'direct-connect-gateway-arn': {
    prefix: 'arn:',
    types: { aws_dx_gateway: { arn: 'Ref' } },
    holders: ['direct_connect_gateway_arn'],
  },
  'service-network': {
    prefix: 'sn-',
    types: { aws_vpclattice_service_network: arn, awscc_vpclattice_service_network: arn },
    holders: ['service_network_identifier', 'service_network_arn'],
  },
  'lattice-service': {
    prefix: 'svc-',
    types: { aws_vpclattice_service: arn },
    holders: ['service_identifier', 'service_arn'],
  },
  'lattice-listener': {
    prefix: '',
    types: { aws_vpclattice_listener: { arn: 'Ref', listener_id: 'Ref', id: 'Ref' } },
    holders: ['listener_identifier'],
  },
  'lattice-target-group': {
    prefix: '',
    types: { aws_vpclattice_target_group: arn },
    holders: ['target_group_identifier'],
  },
  'resource-gateway': {
    prefix: 'rgw-',
    types: { aws_vpclattice_resource_gateway: arn },
    holders: ['resource_gateway_identifier'],
  },
  'resource-configuration': {
    prefix: '',
    types: { aws_vpclattice_resource_configuration: arn },
    holders: ['resource_configuration_identifier', 'resource_configuration_arn', 'resource_configuration_group_id'],
  },
  'dns-profile': { prefix: 'rp-', types: { aws_route53profiles_profile: id }, holders: ['profile_id'] },
  'launch-configuration': { prefix: '', types: { aws_launch_configuration: { id: 'Ref', name: 'Ref' } }, holders: [] },
  'target-group': {
    prefix: 'arn:',
    types: {
      aws_lb_target_group: arn,
      aws_alb_target_group: arn,
      awscc_elasticloadbalancingv2_target_group: twin('target_group_arn'),
    },
    holders: ['target_group_arn', 'target_group_arns'],
  },
  'eks-cluster': { prefix: '', types: { aws_eks_cluster: { name: 'Ref', id: 'Ref' } }, holders: ['cluster_name'] },
  'db-cluster': { prefix: '', types: { aws_rds_cluster: { id: 'Ref', cluster_identifier: 'Ref' } }, holders: [] },
  'cache-subnet-group': {
    prefix: '',
    types: { aws_elasticache_subnet_group: { id: 'Ref', name: 'Ref' } },
    holders: [],
  },
  'redshift-subnet-group': {
    prefix: '',
    types: { aws_redshift_subnet_group: { id: 'Ref', name: 'Ref' } },
    holders: [],
  },
  'db-subnet-group': {
    prefix: '',
    types: { aws_db_subnet_group: { id: 'Ref', name: 'Ref' } },
    holders: ['db_subnet_group_name'],
  },
} satisfies Record<string, KindOf>;

export type Kind = keyof typeof kinds;

const found = new Map<string, Attributes | undefined>();

/** The attributes of a type that are identities of one of the kinds; undefined where the type has none. */
export function attributesOf(wanted: readonly Kind[], type: string): Attributes | undefined {
  const key = `${type} ${wanted.join()}`;
  if (!found.has(key)) found.set(key, identitiesOf(wanted, type));
  return found.get(key);
}

function identitiesOf(wanted: readonly Kind[], type: string): Attributes | undefined {
  const all = wanted.flatMap((kind) => {
    const types: Readonly<Record<string, Attributes>> = kinds[kind].types;
    const own = types[type];
    return own === undefined ? [] : [own];
  });
  return all.length === 0 ? undefined : (Object.assign({}, ...all) as Attributes);
}

export const holdersOf = (wanted: readonly Kind[]): readonly string[] => wanted.flatMap((kind) => kinds[kind].holders);

/** Whether some text in a value could be AWS's id of one of the kinds. */
export function mayHold(value: Json | undefined, wanted: readonly Kind[]): boolean {
  if (typeof value === 'string') return value !== '' && wanted.some((kind) => value.startsWith(kinds[kind].prefix));
  return typeof value === 'object' && value !== null && Object.values(value).some((one) => mayHold(one, wanted));
}
