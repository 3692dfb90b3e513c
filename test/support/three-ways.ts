/**
 * What is declared, written as people write it: as a Terraform plan of `aws_*` resources of which nothing is there yet, and
 * as a CloudFormation template. What AWS makes along with a VPC, and makes just so, neither of them mentions.
 */
import type { DeclaredResource } from '../../src/sources/declared/resource.ts';
import { type Fields, Link, type Value } from '../../src/sources/declared/value.ts';
import { invariant } from '../../src/base/invariant.ts';
import { type Expression, later, planJson, ref, type Resource } from './terraform.ts';

type Rule = Fields;

/** Default network ACLs that allow everything, default groups, and main tables without routes: as AWS makes them. */
function withoutDefaults(resources: readonly DeclaredResource[]): readonly DeclaredResource[] {
  const gone = new Set(resources.filter(({ properties }) => 'Adopts' in properties).map(({ address }) => address));
  for (const { address, properties, type } of resources)
    if (gone.has(address) && type === 'AWS::EC2::NetworkAcl')
      for (const one of properties['Entries'] as readonly Fields[])
        invariant(one['RuleAction'] === 'allow' && one['Protocol'] === '-1', 'AWS allows everything at first');
  // A subnet without a table of its own has the main one.
  const left = resources.filter(
    ({ address, type, properties: { RouteTableId: table } }) =>
      !gone.has(address) &&
      !(type === 'AWS::EC2::SubnetRouteTableAssociation' && table instanceof Link && gone.has(table.resource)),
  );
  for (const { properties } of left) walk(properties, (link) => invariant(!gone.has(link.resource), link.resource));
  return left;
}

function walk(value: Value | Fields, visit: (link: Link) => void): void {
  if (value instanceof Link) visit(value);
  else if (Array.isArray(value)) for (const one of value as readonly Value[]) walk(one, visit);
  else if (typeof value === 'object' && value !== null)
    for (const one of Object.values(value)) walk(one as Value, visit);
}

const present = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, one]) => one !== null && one !== undefined && !(Array.isArray(one) && one.length === 0),
    ),
  );

/** The VPC's blocks beside its first one, which are resources of their own. */
const furtherBlocks = ({ properties }: DeclaredResource): readonly Fields[] => [
  ...(properties['CidrBlocks'] as readonly string[])
    .filter((one) => one !== properties['CidrBlock'])
    .map((CidrBlock) => ({ CidrBlock })),
  ...(properties['Ipv6CidrBlocks'] as readonly string[]).map((Ipv6CidrBlock) => ({ Ipv6CidrBlock })),
];

/** Nothing of EC2's tells its ARN to a template. */
const arnOf = (kind: string, id: Value): Fields => ({
  'Fn::Join': ['/', [`arn:aws:ec2:us-east-1:111122223333:${kind}`, id]],
});

export function templateOf(all: readonly DeclaredResource[]): object {
  const resources = withoutDefaults(all);
  const ids = new Map(resources.map(({ address }, index) => [address, `Resource${index}`]));
  const written = (value: Value): unknown => {
    if (value instanceof Link) {
      const id = ids.get(value.resource)!;
      return value.attribute === 'Ref' ? { Ref: id } : { 'Fn::GetAtt': [id, value.attribute] };
    }
    if (Array.isArray(value)) return (value as readonly Value[]).map(written);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value as Fields).map(([key, one]) => [key, written(one)]));
  };
  const out: Record<string, unknown> = {};
  const put = (id: string, Type: string, fields: Fields): void => {
    out[id] = { Type, Properties: written(present(fields)) };
  };
  const egressAll = (rule: Rule): boolean => rule['IpProtocol'] === '-1' && rule['CidrIp'] === '0.0.0.0/0';
  for (const one of resources) {
    const id = ids.get(one.address)!;
    const { Complete: _, CidrBlocks, Ipv6CidrBlocks, AvailabilityZoneId, ...rest } = one.properties;
    void [CidrBlocks, Ipv6CidrBlocks, AvailabilityZoneId];
    if (one.type === 'AWS::EC2::VPC') {
      put(id, one.type, rest);
      for (const [n, block] of furtherBlocks(one).entries())
        put(`${id}Block${n}`, 'AWS::EC2::VPCCidrBlock', { VpcId: new Link(one.address), ...block });
    } else if (one.type === 'AWS::EC2::SecurityGroup') {
      const ingress = rest['SecurityGroupIngress'] as readonly Rule[];
      const egress = rest['SecurityGroupEgress'] as readonly Rule[];
      const inside = egress.filter((rule) => !Object.values(rule).some((part) => part instanceof Link));
      // What names no egress gets all of it from AWS, which a rule to nowhere keeps away.
      const own = inside.some(egressAll) ? inside : [...inside, { IpProtocol: '-1', CidrIp: '127.0.0.1/32' }];
      const { SecurityGroupIngress: _in, SecurityGroupEgress: _out, ...group } = rest;
      put(id, one.type, {
        ...group,
        GroupDescription: 'group',
        SecurityGroupEgress: own.map((rule) => present(rule)),
      });
      for (const [n, rule] of ingress.entries())
        put(`${id}In${n}`, 'AWS::EC2::SecurityGroupIngress', { GroupId: new Link(one.address), ...rule });
      for (const [n, rule] of egress.filter((each) => !inside.includes(each)).entries())
        put(`${id}Out${n}`, 'AWS::EC2::SecurityGroupEgress', { GroupId: new Link(one.address), ...rule });
    } else if (one.type === 'AWS::EC2::NetworkAcl') {
      put(id, one.type, { VpcId: rest['VpcId']!, Tags: rest['Tags'] ?? null });
      for (const [n, entry] of (rest['Entries'] as readonly Fields[]).entries())
        put(`${id}Entry${n}`, 'AWS::EC2::NetworkAclEntry', {
          NetworkAclId: new Link(one.address),
          ...present(entry),
          Protocol: Number(entry['Protocol']),
        });
      for (const [n, SubnetId] of (rest['SubnetIds'] as readonly Value[]).entries())
        put(`${id}Of${n}`, 'AWS::EC2::SubnetNetworkAclAssociation', { NetworkAclId: new Link(one.address), SubnetId });
    } else if (one.type === 'AWS::NetworkManager::VpcAttachment')
      put(id, one.type, {
        ...rest,
        VpcArn: arnOf('vpc', rest['VpcArn']!),
        SubnetArns: (rest['SubnetArns'] as readonly Value[]).map((each) => arnOf('subnet', each)),
      });
    else put(id, one.type, rest);
  }
  return { AWSTemplateFormatVersion: '2010-09-09', Resources: out };
}

/** An argument: what is known of it, and what it refers to. */
interface Argument {
  readonly after: unknown;
  readonly refs?: readonly string[];
}

export function planOf(all: readonly DeclaredResource[]): object {
  const resources = withoutDefaults(all);
  const byAddress = new Map(resources.map((one, index) => [one.address, { one, name: `r${index}` }]));
  const attachments = new Map(
    resources.flatMap(({ type, properties }) =>
      type === 'AWS::EC2::VPCGatewayAttachment'
        ? [[(properties['InternetGatewayId'] as Link).resource, properties['VpcId'] as Link] as const]
        : [],
    ),
  );
  const named = ({ resource }: Link, attribute = 'id'): string => {
    const { one, name } = byAddress.get(resource)!;
    return `${types[one.type]!}.${name}.${attribute}`;
  };
  const argument = (value: Value, key: string): Argument => {
    if (value instanceof Link) return { after: later, refs: ref(named(value, /_arns?$/.test(key) ? 'arn' : 'id')) };
    if (Array.isArray(value)) {
      const parts = (value as readonly Value[]).map((each) => argument(each, key));
      return { after: parts.map(({ after }) => after), refs: parts.flatMap(({ refs = [] }) => refs) };
    }
    return { after: value };
  };
  const out: Resource[] = [];
  const put = (address: string, fields: Readonly<Record<string, Value | undefined>>, tags?: Value): void => {
    const given = Object.entries(fields).flatMap(([key, one]) =>
      one === undefined || one === null ? [] : [[key, argument(one, key)] as const],
    );
    const refs = given.flatMap(([key, { refs: to = [] }]) => (to.length === 0 ? [] : [[key, to] as const]));
    const tagged = Object.fromEntries(
      ((tags ?? []) as readonly Fields[]).map((one) => [one['Key'] as string, one['Value'] as string]),
    );
    out.push({
      address,
      after: {
        id: later,
        arn: later,
        ...Object.fromEntries(given.map(([key, { after }]) => [key, after as string])),
        tags: tagged,
      },
      refs: Object.fromEntries(refs),
    });
  };
  /** Blocks in which links stand, each with the expressions of its own. */
  const putBlocks = (
    address: string,
    fields: Readonly<Record<string, Value | undefined>>,
    blocks: Readonly<Record<string, readonly Fields[]>>,
  ): void => {
    put(address, fields);
    const last = out.pop()!;
    const of = (value: Value, key: string): readonly [after: unknown, expression: unknown] => {
      if (value instanceof Link) return [later, { references: argument(value, key).refs }];
      if (Array.isArray(value)) {
        const parts = (value as readonly Value[]).map((each) => of(each, key));
        return [parts.map(([after]) => after), parts.map(([, expression]) => expression)];
      }
      if (typeof value !== 'object' || value === null) return [value, { constant_value: value }];
      const parts = Object.entries(value as Fields).map(([name, each]) => [name, of(each, name)] as const);
      return [
        Object.fromEntries(parts.map(([name, [after]]) => [name, after])),
        Object.fromEntries(parts.map(([name, [, expression]]) => [name, expression])),
      ];
    };
    const made = Object.entries(blocks).map(([key, one]) => [key, of(one, key)] as const);
    out.push({
      ...last,
      after: { ...last.after, ...Object.fromEntries(made.map(([key, [after]]) => [key, after as string])) },
      refs: { ...last.refs, ...Object.fromEntries(made.map(([key, [, each]]) => [key, each as Expression])) },
    });
  };
  for (const [address, { one, name }] of byAddress) {
    const { type, properties: p } = one;
    const terraform = types[type];
    invariant(terraform !== undefined, `${type} is written as something`);
    if (terraform === '') continue;
    const self = `${terraform}.${name}`;
    const of = new Link(address);
    switch (type) {
      case 'AWS::EC2::VPC':
        put(self, snake(p, ['CidrBlock', 'EnableDnsSupport', 'EnableDnsHostnames']), p['Tags']);
        for (const [n, block] of furtherBlocks(one).entries())
          put(`aws_vpc_ipv${'CidrBlock' in block ? 4 : 6}_cidr_block_association.${name}_${n}`, {
            vpc_id: of,
            cidr_block: block['CidrBlock'],
            ipv6_cidr_block: block['Ipv6CidrBlock'],
          });
        break;
      case 'AWS::EC2::SecurityGroup':
        put(self, { vpc_id: p['VpcId'], name: p['GroupName'], description: 'group' }, p['Tags']);
        for (const side of ['ingress', 'egress'] as const)
          for (const [n, rule] of (
            p[`SecurityGroup${side === 'ingress' ? 'In' : 'E'}gress`] as readonly Rule[]
          ).entries())
            put(`aws_vpc_security_group_${side}_rule.${name}_${n}`, {
              security_group_id: of,
              ip_protocol: rule['IpProtocol'],
              from_port: rule['FromPort'],
              to_port: rule['ToPort'],
              cidr_ipv4: rule['CidrIp'],
              cidr_ipv6: rule['CidrIpv6'],
              referenced_security_group_id: rule['SourceSecurityGroupId'] ?? rule['DestinationSecurityGroupId'],
              prefix_list_id: rule['SourcePrefixListId'] ?? rule['DestinationPrefixListId'],
            });
        break;
      case 'AWS::EC2::NetworkAcl': {
        const entries = (egress: boolean): Value =>
          (p['Entries'] as readonly Fields[])
            .filter((entry) => entry['Egress'] === egress)
            .map((entry) => ({
              rule_no: entry['RuleNumber']!,
              action: entry['RuleAction']!,
              protocol: entry['Protocol']!,
              cidr_block: entry['CidrBlock'] ?? '',
              ipv6_cidr_block: entry['Ipv6CidrBlock'] ?? '',
              from_port: (entry['PortRange'] as Fields | null)?.['From'] ?? 0,
              to_port: (entry['PortRange'] as Fields | null)?.['To'] ?? 0,
              icmp_type: (entry['Icmp'] as Fields | null)?.['Type'] ?? 0,
              icmp_code: (entry['Icmp'] as Fields | null)?.['Code'] ?? 0,
            }));
        put(
          self,
          { vpc_id: p['VpcId'], subnet_ids: p['SubnetIds'], ingress: entries(false), egress: entries(true) },
          p['Tags'],
        );
        break;
      }
      case 'AWS::EC2::InternetGateway':
        put(self, { vpc_id: attachments.get(address) }, p['Tags']);
        break;
      case 'AWS::EC2::NetworkInterface':
        put(
          self,
          {
            subnet_id: p['SubnetId'],
            private_ips: [p['PrivateIpAddress']!],
            ipv6_addresses: ((p['Ipv6Addresses'] ?? []) as readonly Fields[]).map((each) => each['Ipv6Address']!),
            security_groups: p['GroupSet'],
            source_dest_check: p['SourceDestCheck'],
          },
          p['Tags'],
        );
        break;
      case 'AWS::EC2::Instance': {
        const nics = p['NetworkInterfaces'] as readonly Fields[];
        const references = nics.map((each) => ({
          network_interface_id: { references: ref(named(each['NetworkInterfaceId'] as Link)) },
          device_index: { constant_value: 0 },
        }));
        put(self, {}, p['Tags']);
        const last = out.pop()!;
        out.push({
          ...last,
          after: {
            ...last.after,
            network_interface: nics.map((each) => ({
              device_index: Number(each['DeviceIndex']),
              network_interface_id: later,
            })),
          },
          refs: { network_interface: references as Expression },
        });
        break;
      }
      case 'AWS::EC2::VPCPeeringConnection':
        put(self, { ...snake(p, ['VpcId', 'PeerVpcId']), auto_accept: true }, p['Tags']);
        break;
      case 'AWS::EC2::TransitGatewayAttachment':
        put(
          self,
          {
            ...snake(p, ['TransitGatewayId', 'VpcId', 'SubnetIds']),
            transit_gateway_default_route_table_association: false,
            transit_gateway_default_route_table_propagation: false,
            appliance_mode_support: (p['Options'] as Fields)['ApplianceModeSupport'],
          },
          p['Tags'],
        );
        break;
      case 'AWS::VpcLattice::ServiceNetworkResourceAssociation':
        put(self, {
          service_network_identifier: p['ServiceNetworkId'],
          resource_configuration_identifier: p['ResourceConfigurationId'],
        });
        break;
      case 'AWS::VpcLattice::Listener':
        putBlocks(self, snake(p, ['ServiceIdentifier', 'Protocol', 'Port']), {
          default_action: [actionOf(p['DefaultAction'] as Fields)],
        });
        break;
      case 'AWS::VpcLattice::TargetGroup': {
        putBlocks(self, { type: p['Type'] }, { config: [snakeOf(p['Config'] as Fields)] });
        for (const [n, { Id, Port }] of (p['Targets'] as readonly Fields[]).entries())
          putBlocks(
            `aws_vpclattice_target_group_attachment.${name}_${n}`,
            { target_group_identifier: of },
            { target: [{ id: Id!, port: Port! }] },
          );
        break;
      }
      case 'AWS::VpcLattice::ResourceGateway':
        put(self, { ...snake(p, ['SubnetIds', 'SecurityGroupIds', 'IpAddressType']), vpc_id: p['VpcIdentifier'] });
        break;
      case 'AWS::VpcLattice::ResourceConfiguration':
        putBlocks(
          self,
          {
            type: p['ResourceConfigurationType'],
            resource_gateway_identifier: p['ResourceGatewayId'],
            port_ranges: p['PortRanges'],
          },
          {
            resource_configuration_definition: [
              {
                ip_resource: [{ ip_address: (p['ResourceConfigurationDefinition'] as Fields)['IpResource']! }],
              },
            ],
          },
        );
        break;
      case 'AWS::NetworkManager::CoreNetwork':
        put(self, { global_network_id: p['GlobalNetworkId'] }, p['Tags']);
        put(`aws_networkmanager_core_network_policy_attachment.${name}`, {
          core_network_id: of,
          policy_document: JSON.stringify(p['PolicyDocument']),
        });
        break;
      case 'AWS::NetworkManager::VpcAttachment':
        put(
          self,
          { ...snake(p, ['CoreNetworkId', 'VpcArn', 'SubnetArns']), options: [snakeOf(p['Options'] as Fields)] },
          p['Tags'],
        );
        break;
      case 'AWS::EC2::Route': {
        const { EgressOnlyInternetGatewayId: only, ...rest } = p;
        put(self, { ...snake(rest), egress_only_gateway_id: only });
        break;
      }
      case 'AWS::EC2::VPCEndpoint':
        put(
          self,
          snake(p, [
            'VpcEndpointType',
            'VpcId',
            'ServiceName',
            'SubnetIds',
            'SecurityGroupIds',
            'PrivateDnsEnabled',
            'ResourceConfigurationArn',
          ]),
          p['Tags'],
        );
        break;
      default:
        put(self, snake(p), p['Tags']);
    }
  }
  // The Region of all scenarios.
  const aws = { name: 'aws', expressions: { region: { constant_value: 'us-east-1' } } };
  return planJson({ resources: out, providers: { aws } });
}

/** Properties under Terraform's names, where these are the same words. */
const snake = (fields: Fields, keys: readonly string[] = Object.keys(fields)): Record<string, Value | undefined> =>
  Object.fromEntries(
    keys
      .filter((key) => key !== 'Tags' && key !== 'AvailabilityZoneId')
      .map((key) => [key.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase(), fields[key]]),
  );

/** What a listener does by default, in blocks. */
function actionOf({ Forward }: Fields): Fields {
  const groups = (Forward as Fields)['TargetGroups'] as readonly Fields[];
  return { forward: [{ target_groups: groups.map(snakeOf) }] };
}

const snakeOf = (fields: Fields): Fields => snake(fields) as Fields;

/** Empty: the gateway says it itself. */
const types: Readonly<Record<string, string>> = {
  'AWS::EC2::VPC': 'aws_vpc',
  'AWS::EC2::Subnet': 'aws_subnet',
  'AWS::EC2::SecurityGroup': 'aws_security_group',
  'AWS::EC2::NetworkAcl': 'aws_network_acl',
  'AWS::EC2::RouteTable': 'aws_route_table',
  'AWS::EC2::SubnetRouteTableAssociation': 'aws_route_table_association',
  'AWS::EC2::Route': 'aws_route',
  'AWS::EC2::InternetGateway': 'aws_internet_gateway',
  'AWS::EC2::VPCGatewayAttachment': '',
  'AWS::EC2::EgressOnlyInternetGateway': 'aws_egress_only_internet_gateway',
  'AWS::EC2::EIP': 'aws_eip',
  'AWS::EC2::EIPAssociation': 'aws_eip_association',
  'AWS::EC2::NatGateway': 'aws_nat_gateway',
  'AWS::EC2::VPCPeeringConnection': 'aws_vpc_peering_connection',
  'AWS::EC2::NetworkInterface': 'aws_network_interface',
  'AWS::EC2::Instance': 'aws_instance',
  'AWS::EC2::VPCEndpoint': 'aws_vpc_endpoint',
  'AWS::VpcLattice::ServiceNetwork': 'aws_vpclattice_service_network',
  'AWS::VpcLattice::ServiceNetworkVpcAssociation': 'aws_vpclattice_service_network_vpc_association',
  'AWS::VpcLattice::ServiceNetworkServiceAssociation': 'aws_vpclattice_service_network_service_association',
  'AWS::VpcLattice::ServiceNetworkResourceAssociation': 'aws_vpclattice_service_network_resource_association',
  'AWS::VpcLattice::Service': 'aws_vpclattice_service',
  'AWS::VpcLattice::Listener': 'aws_vpclattice_listener',
  'AWS::VpcLattice::TargetGroup': 'aws_vpclattice_target_group',
  'AWS::VpcLattice::ResourceGateway': 'aws_vpclattice_resource_gateway',
  'AWS::VpcLattice::ResourceConfiguration': 'aws_vpclattice_resource_configuration',
  'AWS::NetworkManager::CoreNetwork': 'aws_networkmanager_core_network',
  'AWS::NetworkManager::VpcAttachment': 'aws_networkmanager_vpc_attachment',
  'AWS::EC2::TransitGateway': 'aws_ec2_transit_gateway',
  'AWS::EC2::TransitGatewayRouteTable': 'aws_ec2_transit_gateway_route_table',
  'AWS::EC2::TransitGatewayAttachment': 'aws_ec2_transit_gateway_vpc_attachment',
  'AWS::EC2::TransitGatewayRouteTableAssociation': 'aws_ec2_transit_gateway_route_table_association',
  'AWS::EC2::TransitGatewayRouteTablePropagation': 'aws_ec2_transit_gateway_route_table_propagation',
  'AWS::EC2::TransitGatewayRoute': 'aws_ec2_transit_gateway_route',
};
