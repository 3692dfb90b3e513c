/** What will own interfaces: instances, services, endpoints; and the types of the second provider. */
import { describe, expect, test } from 'vitest';
import { after, at, later, type Plan, ref, type Resource, shown } from '../../support/terraform.ts';

const fresh = (address: string, values: Resource['after'] = {}, refs: Resource['refs'] = {}): Resource => ({
  address,
  after: { id: later, ...values },
  refs,
});
const there = (address: string, values: Readonly<Record<string, unknown>>, refs: Resource['refs'] = {}): Resource => ({
  address,
  before: values as never,
  after: values as never,
  actions: ['no-op'],
  refs,
});
const told = (resources: Plan['resources'], address = resources.at(-1)!.address): unknown => {
  const { type, properties } = at(after({ resources }), address);
  return { type, ...(shown(properties) as object) };
};
const net = [fresh('aws_subnet.s'), fresh('aws_security_group.g')];
const place = { subnet_ids: later, security_group_ids: later };
const placeRefs = {
  subnet_ids: { references: ref('aws_subnet.s.id') },
  security_group_ids: { references: ref('aws_security_group.g.id') },
};
const placed = { SubnetIds: ['→aws_subnet.s'], SecurityGroupIds: ['→aws_security_group.g'] };

describe('an instance', () => {
  test('has its subnet and its groups', () => {
    const it = fresh(
      'aws_instance.i',
      { subnet_id: later, vpc_security_group_ids: later, source_dest_check: false, associate_public_ip_address: true },
      { subnet_id: ref('aws_subnet.s.id'), vpc_security_group_ids: ref('aws_security_group.g.id') },
    );
    expect(told([...net, it])).toEqual({
      type: 'AWS::EC2::Instance',
      SubnetId: '→aws_subnet.s',
      SecurityGroupIds: ['→aws_security_group.g'],
      SourceDestCheck: false,
      AssociatePublicIpAddress: true,
    });
  });

  test('that exists has its addresses', () => {
    const it = there('aws_instance.i', {
      id: 'i-1',
      private_ip: '10.0.0.5',
      secondary_private_ips: ['10.0.0.6'],
      public_ip: '203.0.113.9',
      instance_state: 'running',
      primary_network_interface_id: 'eni-1',
    });
    expect(told([it])).toMatchObject({
      PrivateIpAddress: '10.0.0.5',
      PrivateIps: ['10.0.0.5', '10.0.0.6'],
      PublicIp: '203.0.113.9',
      PrimaryNetworkInterface: 'eni-1',
    });
  });

  test('has the groups that are attached to its interface beside it', () => {
    const it = fresh(
      'aws_instance.i',
      { vpc_security_group_ids: ['sg-1'], primary_network_interface_id: later },
      { vpc_security_group_ids: [] },
    );
    const more = fresh(
      'aws_network_interface_sg_attachment.m',
      { security_group_id: later, network_interface_id: later },
      {
        security_group_id: ref('aws_security_group.g.id'),
        network_interface_id: ref('aws_instance.i.primary_network_interface_id'),
      },
    );
    expect(told([...net, it, more], 'aws_instance.i')).toMatchObject({
      SecurityGroupIds: ['sg-1', '→aws_security_group.g'],
    });
  });

  test('with no group of its own and one attached has the default one besides, which is not known', () => {
    const it = fresh('aws_instance.i', { primary_network_interface_id: later });
    const more = fresh(
      'aws_network_interface_sg_attachment.m',
      { security_group_id: 'sg-1', network_interface_id: later },
      { network_interface_id: ref('aws_instance.i.primary_network_interface_id') },
    );
    expect(told([it, more], 'aws_instance.i')).toMatchObject({ SecurityGroupIds: ['?', 'sg-1'] });
  });
});

test('an interface has its addresses, the primary one first, and what it is attached to', () => {
  const it = fresh(
    'aws_network_interface.n',
    {
      subnet_id: 'subnet-1',
      security_groups: ['sg-1'],
      private_ip: '10.0.0.9',
      private_ips: ['10.0.0.8', '10.0.0.9'],
      attachment: [{ instance: later, device_index: 1 }],
    },
    { attachment: [{ instance: { references: ref('aws_instance.i.id') }, device_index: { constant_value: 1 } }] },
  );
  const resources = [fresh('aws_instance.i'), it];
  expect(told(resources)).toMatchObject({
    SubnetId: 'subnet-1',
    GroupSet: ['sg-1'],
    PrivateIps: ['10.0.0.9', '10.0.0.8'],
  });
  expect(told(resources, 'aws_network_interface.n#attachment-0')).toEqual({
    type: 'AWS::EC2::NetworkInterfaceAttachment',
    NetworkInterfaceId: '→aws_network_interface.n',
    InstanceId: '→aws_instance.i',
    DeviceIndex: 1,
  });
});

test('an autoscaling group launches what its template says', () => {
  const template = fresh(
    'aws_launch_template.t',
    { name: 'x', network_interfaces: [{ security_groups: later, associate_public_ip_address: 'true' }] },
    { network_interfaces: [{ security_groups: { references: ref('aws_security_group.g.id') } }] },
  );
  const group = fresh(
    'aws_autoscaling_group.a',
    { vpc_zone_identifier: later, min_size: 1, max_size: 4, launch_template: [{ id: later, version: later }] },
    {
      vpc_zone_identifier: ref('aws_subnet.s.id'),
      launch_template: [
        {
          id: { references: ref('aws_launch_template.t.id') },
          version: { references: ref('aws_launch_template.t.latest_version') },
        },
      ],
    },
  );
  const resources = [...net, template, group];
  expect(told(resources, 'aws_launch_template.t')).toMatchObject({
    LaunchTemplateData: {
      NetworkInterfaces: [{ Groups: ['→aws_security_group.g'], AssociatePublicIpAddress: 'true' }],
    },
  });
  expect(told(resources)).toEqual({
    type: 'AWS::AutoScaling::AutoScalingGroup',
    VPCZoneIdentifier: ['→aws_subnet.s'],
    MinSize: 1,
    MaxSize: 4,
    LaunchTemplate: { LaunchTemplateId: '→aws_launch_template.t', Version: '$Latest' },
  });
});

describe('a service in subnets', () => {
  test('a function', () => {
    expect(
      told([...net, fresh('aws_lambda_function.f', { vpc_config: [place] }, { vpc_config: [placeRefs] })]),
    ).toEqual({ type: 'AWS::Lambda::Function', VpcConfig: placed });
  });

  test('a container service', () => {
    const it = fresh(
      'aws_ecs_service.e',
      { network_configuration: [{ subnets: later, security_groups: later, assign_public_ip: true }] },
      { network_configuration: [{ subnets: placeRefs.subnet_ids, security_groups: placeRefs.security_group_ids }] },
    );
    expect(told([...net, it])).toEqual({
      type: 'AWS::ECS::Service',
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          Subnets: ['→aws_subnet.s'],
          SecurityGroups: ['→aws_security_group.g'],
          AssignPublicIp: 'ENABLED',
        },
      },
    });
  });

  test('a cluster and its nodes', () => {
    const cluster = fresh(
      'aws_eks_cluster.c',
      { name: 'c', vpc_config: [{ ...place, endpoint_public_access: true, cluster_security_group_id: later }] },
      { vpc_config: [placeRefs] },
    );
    const nodes = fresh(
      'aws_eks_node_group.n',
      { cluster_name: 'c', subnet_ids: later, scaling_config: [{ min_size: 1, max_size: 2, desired_size: 1 }] },
      { subnet_ids: ref('aws_subnet.s.id') },
    );
    expect(told([...net, cluster])).toEqual({
      type: 'AWS::EKS::Cluster',
      Name: 'c',
      ResourcesVpcConfig: { ...placed, EndpointPublicAccess: true },
    });
    expect(told([...net, nodes])).toMatchObject({
      ClusterName: 'c',
      Subnets: ['→aws_subnet.s'],
      ScalingConfig: { MaxSize: 2 },
    });
    const rule = fresh(
      'aws_vpc_security_group_ingress_rule.r',
      { security_group_id: later },
      { security_group_id: ref('aws_eks_cluster.c.vpc_config[0].cluster_security_group_id') },
    );
    expect(told([...net, cluster, rule])).toMatchObject({ GroupId: '→aws_eks_cluster.c.ClusterSecurityGroupId' });
  });

  test('a database by its subnet group', () => {
    const group = fresh(
      'aws_db_subnet_group.d',
      { name: 'd', subnet_ids: later },
      { subnet_ids: ref('aws_subnet.s.id') },
    );
    const db = fresh(
      'aws_db_instance.i',
      { db_subnet_group_name: later, vpc_security_group_ids: later, publicly_accessible: false },
      {
        db_subnet_group_name: ref('aws_db_subnet_group.d.name'),
        vpc_security_group_ids: ref('aws_security_group.g.id'),
      },
    );
    expect(told([...net, group])).toMatchObject({ DBSubnetGroupName: 'd', SubnetIds: ['→aws_subnet.s'] });
    expect(told([...net, { ...group, after: { ...group.after, name: later } }, db])).toEqual({
      type: 'AWS::RDS::DBInstance',
      DBSubnetGroupName: '→aws_db_subnet_group.d',
      VPCSecurityGroups: ['→aws_security_group.g'],
      PubliclyAccessible: false,
    });
  });

  test('SageMaker', () => {
    const notebook = fresh(
      'aws_sagemaker_notebook_instance.n',
      { subnet_id: later, security_groups: later, direct_internet_access: 'Disabled' },
      { subnet_id: ref('aws_subnet.s.id'), security_groups: ref('aws_security_group.g.id') },
    );
    expect(told([...net, notebook])).toEqual({
      type: 'AWS::SageMaker::NotebookInstance',
      SubnetId: '→aws_subnet.s',
      SecurityGroupIds: ['→aws_security_group.g'],
      DirectInternetAccess: 'Disabled',
    });
    const domain = fresh(
      'aws_sagemaker_domain.d',
      {
        vpc_id: 'vpc-1',
        subnet_ids: later,
        app_network_access_type: 'VpcOnly',
        default_user_settings: [{ security_groups: ['sg-1'] }],
      },
      { subnet_ids: ref('aws_subnet.s.id') },
    );
    expect(told([...net, domain])).toEqual({
      type: 'AWS::SageMaker::Domain',
      VpcId: 'vpc-1',
      SubnetIds: ['→aws_subnet.s'],
      AppNetworkAccessType: 'VpcOnly',
      DefaultUserSettings: { SecurityGroups: ['sg-1'] },
    });
  });
});

describe('an endpoint', () => {
  test('has its subnets, groups and tables', () => {
    const it = fresh(
      'aws_vpc_endpoint.e',
      {
        vpc_id: 'vpc-1',
        vpc_endpoint_type: 'Interface',
        service_name: 'com.amazonaws.eu-west-1.bedrock-runtime',
        private_dns_enabled: true,
        ...place,
        route_table_ids: later,
        policy: later,
        state: later,
      },
      { subnet_ids: ref('aws_subnet.s.id'), security_group_ids: ref('aws_security_group.g.id') },
    );
    expect(told([...net, it])).toEqual({
      type: 'AWS::EC2::VPCEndpoint',
      VpcId: 'vpc-1',
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.eu-west-1.bedrock-runtime',
      PrivateDnsEnabled: true,
      ...placed,
    });
  });

  test('for tables by no index has any of them', () => {
    const tables = [0, 1].map((i) => fresh(`aws_route_table.t[${i}]`));
    const it = fresh('aws_vpc_endpoint.e', { route_table_ids: later }, { route_table_ids: ['aws_route_table.t'] });
    expect(told([...tables, it])).toMatchObject({ RouteTableIds: '? →aws_route_table.t[0] | →aws_route_table.t[1]' });
  });

  test('shows no table whose association beside it is deleted', () => {
    const it = there('aws_vpc_endpoint.e', { id: 'vpce-1', route_table_ids: ['rtb-1', 'rtb-2'] });
    const gone: Resource = {
      address: 'aws_vpc_endpoint_route_table_association.a',
      before: { vpc_endpoint_id: 'vpce-1', route_table_id: 'rtb-2' },
      after: null,
      refs: {},
    };
    expect(told([it, gone], 'aws_vpc_endpoint.e')).toMatchObject({ RouteTableIds: ['rtb-1'] });
  });
});

describe('types of `awscc`', () => {
  test('are CloudFormation’s in snake case', () => {
    const table = fresh(
      'awscc_ec2_route_table.t',
      { vpc_id: later, route_table_id: later, tags: [{ key: 'a', value: 'b' }] },
      { vpc_id: ref('aws_vpc.v.id') },
    );
    expect(told([fresh('aws_vpc.v'), table])).toEqual({
      type: 'AWS::EC2::RouteTable',
      VpcId: '→aws_vpc.v',
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    const association = fresh(
      'awscc_ec2_subnet_route_table_association.a',
      { subnet_id: later, route_table_id: later },
      { subnet_id: ref('aws_subnet.s.id'), route_table_id: ref('awscc_ec2_route_table.t.route_table_id') },
    );
    expect(told([...net, table, association])).toEqual({
      type: 'AWS::EC2::SubnetRouteTableAssociation',
      SubnetId: '→aws_subnet.s',
      RouteTableId: '→awscc_ec2_route_table.t',
    });
  });

  test('have blocks whose references are shared', () => {
    const it = fresh(
      'awscc_ec2_security_group.c',
      {
        vpc_id: 'vpc-1',
        security_group_ingress: [
          { ip_protocol: 'tcp', from_port: 1, to_port: 2, cidr_ip: '10.0.0.0/8' },
          { ip_protocol: 'tcp', from_port: 3, to_port: 4, source_security_group_id: later },
        ],
      },
      { security_group_ingress: ref('aws_security_group.g.id') },
    );
    expect(told([...net, it])).toEqual({
      type: 'AWS::EC2::SecurityGroup',
      VpcId: 'vpc-1',
      SecurityGroupIngress: [
        { IpProtocol: 'tcp', FromPort: 1, ToPort: 2, CidrIp: '10.0.0.0/8' },
        { IpProtocol: 'tcp', FromPort: 3, ToPort: 4, SourceSecurityGroupId: '→aws_security_group.g' },
      ],
    });
  });

  test('have the id that CloudFormation names', () => {
    const it = there('awscc_ec2_subnet.s', {
      id: 'subnet-1',
      subnet_id: 'subnet-1',
      vpc_id: 'vpc-1',
      ipv_6_cidr_block: '2001:db8::/64',
    });
    expect(at(after({ resources: [it] }), 'awscc_ec2_subnet.s')).toMatchObject({
      id: 'subnet-1',
      properties: { Ipv6CidrBlock: '2001:db8::/64' },
    });
  });
});
