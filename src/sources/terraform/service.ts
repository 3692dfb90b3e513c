/** Services that run in subnets: functions, containers, clusters, databases, SageMaker. */
import type { Kind } from './kinds.ts';
import { type Value } from '../declared/value.ts';
import {
  each,
  filled,
  type Given,
  inBlock,
  label,
  link,
  links,
  onceKnown,
  same,
  tags,
  text,
  type Told,
  told,
  type Translation,
  value,
} from './translation.ts';
import { launchTemplateIn } from './compute.ts';

/** All of a splat's instances: a service over some of them too many has interfaces to spare, and none too few. */
const subnets = (at: Given, key = 'subnet_ids'): Value | undefined =>
  filled(links(at, key, ['subnet'], { every: true }));
const groups = (at: Given, key = 'security_group_ids'): Value | undefined => filled(links(at, key, ['security-group']));

export const lambdaFunction: Translation = (at) => [
  told(at, 'AWS::Lambda::Function', {
    FunctionName: label(at, 'function_name'),
    VpcConfig: inBlock(at, 'vpc_config', (one) => ({
      SubnetIds: subnets(one),
      SecurityGroupIds: groups(one),
      Ipv6AllowedForDualStack: value(one, 'ipv6_allowed_for_dual_stack'),
    })),
    Tags: tags(at),
  }),
];

export const ecsService =
  (type: string): Translation =>
  (at) => [
    told(at, type, {
      ServiceName: label(at, 'name'),
      ...same(at, 'launch_type', 'desired_count', 'scheduling_strategy'),
      NetworkConfiguration: inBlock(at, 'network_configuration', (one) => ({
        AwsvpcConfiguration: {
          ...present('Subnets', subnets(one, 'subnets')),
          ...present('SecurityGroups', groups(one, 'security_groups')),
          AssignPublicIp: assigned(value(one, 'assign_public_ip')),
        },
      })),
      LoadBalancers: each(at, 'load_balancer', (one) => ({
        TargetGroupArn: link(one, 'target_group_arn', 'target-group'),
        LoadBalancerName: value(one, 'elb_name'),
        ContainerName: value(one, 'container_name'),
        ContainerPort: value(one, 'container_port'),
      })),
      VpcLatticeConfigurations: each(at, 'vpc_lattice_configurations', (one) => ({
        TargetGroupArn: link(one, 'target_group_arn', 'lattice-target-group'),
      })),
      Tags: tags(at),
    }),
  ];

const present = (key: string, found: Value | undefined): Record<string, Value> =>
  found === undefined ? {} : { [key]: found };

const assigned = (found: Value | undefined): Value =>
  found === true ? 'ENABLED' : found === false || found === undefined ? 'DISABLED' : found;

export const eksCluster: Translation = (at) => [
  told(at, 'AWS::EKS::Cluster', {
    Name: label(at, 'name'),
    ResourcesVpcConfig: inBlock(at, 'vpc_config', (one) => ({
      SubnetIds: subnets(one),
      SecurityGroupIds: groups(one),
      EndpointPublicAccess: value(one, 'endpoint_public_access'),
      EndpointPrivateAccess: value(one, 'endpoint_private_access'),
      PublicAccessCidrs: filled(onceKnown(value(one, 'public_access_cidrs'))),
    })),
    ClusterSecurityGroupId: clusterGroup(at),
    Tags: tags(at),
  }),
];

/** The group that the service makes, once it exists. */
function clusterGroup(at: Given): Value | undefined {
  const found = inBlock(at, 'vpc_config', (one) => ({ id: text(one, 'cluster_security_group_id') }));
  return typeof found === 'object' && found !== null && 'id' in found ? found.id : undefined;
}

export const eksNodegroup: Translation = (at) => [
  told(at, 'AWS::EKS::Nodegroup', {
    ClusterName: link(at, 'cluster_name', 'eks-cluster'),
    NodegroupName: label(at, 'node_group_name'),
    Subnets: subnets(at),
    LaunchTemplate: launchTemplateFor(launchTemplateIn(at)),
    ScalingConfig: inBlock(at, 'scaling_config', (one) => ({
      MinSize: value(one, 'min_size'),
      MaxSize: value(one, 'max_size'),
      DesiredSize: value(one, 'desired_size'),
    })),
    RemoteAccess: inBlock(at, 'remote_access', (one) => ({
      Ec2SshKey: value(one, 'ec2_ssh_key') === undefined ? undefined : 'given',
      SourceSecurityGroups: groups(one, 'source_security_group_ids'),
    })),
    Tags: tags(at),
  }),
];

/** A node group names its template by `Id` and `Name`. */
function launchTemplateFor(found: Value | undefined): Value | undefined {
  if (typeof found !== 'object' || found === null || !('LaunchTemplateId' in found || 'LaunchTemplateName' in found))
    return found;
  const { LaunchTemplateId, LaunchTemplateName, Version } = found as Record<string, Value>;
  return {
    ...present('Id', LaunchTemplateId),
    ...present('Name', LaunchTemplateName),
    ...present('Version', Version),
  };
}

const subnetGroupOf =
  (type: string, name: string): Translation =>
  (at) => [told(at, type, { [name]: label(at, 'name'), SubnetIds: subnets(at), Tags: tags(at) })];

export const dbSubnetGroup = subnetGroupOf('AWS::RDS::DBSubnetGroup', 'DBSubnetGroupName');
export const cacheSubnetGroup = subnetGroupOf('AWS::ElastiCache::SubnetGroup', 'CacheSubnetGroupName');
export const redshiftSubnetGroup = subnetGroupOf('AWS::Redshift::ClusterSubnetGroup', 'ClusterSubnetGroupName');

export const dbInstance: Translation = (at) => [
  told(at, 'AWS::RDS::DBInstance', {
    DBInstanceIdentifier: label(at, 'identifier'),
    DBClusterIdentifier: link(at, 'cluster_identifier', 'db-cluster'),
    DBSubnetGroupName: link(at, 'db_subnet_group_name', 'db-subnet-group'),
    VPCSecurityGroups: groups(at, 'vpc_security_group_ids'),
    PubliclyAccessible: value(at, 'publicly_accessible'),
    MultiAZ: onceKnown(value(at, 'multi_az')),
    Port: onceKnown(value(at, 'port')),
    Tags: tags(at),
  }),
];

export const dbCluster: Translation = (at) => [
  told(at, 'AWS::RDS::DBCluster', {
    DBClusterIdentifier: label(at, 'cluster_identifier'),
    DBSubnetGroupName: link(at, 'db_subnet_group_name', 'db-subnet-group'),
    VpcSecurityGroupIds: groups(at, 'vpc_security_group_ids'),
    Port: onceKnown(value(at, 'port')),
    Tags: tags(at),
  }),
];

export const notebookInstance: Translation = (at) => [
  told(at, 'AWS::SageMaker::NotebookInstance', {
    NotebookInstanceName: label(at, 'name'),
    SubnetId: link(at, 'subnet_id', 'subnet'),
    SecurityGroupIds: groups(at, 'security_groups'),
    DirectInternetAccess: value(at, 'direct_internet_access'),
    Tags: tags(at),
  }),
];

export const domain: Translation = (at) => [
  told(at, 'AWS::SageMaker::Domain', {
    DomainName: label(at, 'domain_name'),
    VpcId: link(at, 'vpc_id', 'vpc'),
    SubnetIds: subnets(at),
    AppNetworkAccessType: value(at, 'app_network_access_type'),
    DefaultUserSettings: inBlock(at, 'default_user_settings', (one) => ({
      SecurityGroups: groups(one, 'security_groups'),
    })),
    DefaultSpaceSettings: inBlock(at, 'default_space_settings', (one) => ({
      SecurityGroups: groups(one, 'security_groups'),
    })),
    DomainSettings: inBlock(at, 'domain_settings', (one) => ({ SecurityGroupIds: groups(one) })),
    Tags: tags(at),
  }),
];

export const model: Translation = (at) => [
  told(at, 'AWS::SageMaker::Model', {
    ModelName: label(at, 'name'),
    VpcConfig: inBlock(at, 'vpc_config', (one) => ({
      Subnets: subnets(one, 'subnets'),
      SecurityGroupIds: groups(one),
    })),
    Tags: tags(at),
  }),
];

/** Services that stand in subnets of their own list or of a group of subnets, with groups, and nothing else that counts. */
const standing =
  (
    type: string,
    places: Readonly<Record<string, string>>,
    grouped: Readonly<Record<string, string>>,
    through?: readonly [property: string, argument: string, kind: Kind],
  ): Translation =>
  (at) => {
    const properties: Record<string, Told['properties'][string]> = { Tags: tags(at) };
    for (const [property, key] of Object.entries(places)) {
      const one = key.endsWith('_id') ? link(at, key, 'subnet') : subnets(at, key);
      properties[property] = one;
    }
    for (const [property, key] of Object.entries(grouped)) properties[property] = groups(at, key);
    if (through !== undefined) properties[through[0]] = link(at, through[1], through[2]);
    if ('publicly_accessible' in at.values) properties.PubliclyAccessible = value(at, 'publicly_accessible');
    return [told(at, type, properties)];
  };

export const dbProxy = standing(
  'AWS::RDS::DBProxy',
  { VpcSubnetIds: 'vpc_subnet_ids' },
  { VpcSecurityGroupIds: 'vpc_security_group_ids' },
);
export const cacheReplicationGroup = standing(
  'AWS::ElastiCache::ReplicationGroup',
  {},
  { SecurityGroupIds: 'security_group_ids' },
  ['CacheSubnetGroupName', 'subnet_group_name', 'cache-subnet-group'],
);
export const cacheCluster = standing(
  'AWS::ElastiCache::CacheCluster',
  {},
  { VpcSecurityGroupIds: 'security_group_ids' },
  ['CacheSubnetGroupName', 'subnet_group_name', 'cache-subnet-group'],
);
export const serverlessCache = standing(
  'AWS::ElastiCache::ServerlessCache',
  { SubnetIds: 'subnet_ids' },
  { SecurityGroupIds: 'security_group_ids' },
);
export const mountTarget = standing(
  'AWS::EFS::MountTarget',
  { SubnetId: 'subnet_id' },
  { SecurityGroups: 'security_groups' },
);
export const redshiftCluster = standing(
  'AWS::Redshift::Cluster',
  {},
  { VpcSecurityGroupIds: 'vpc_security_group_ids' },
  ['ClusterSubnetGroupName', 'cluster_subnet_group_name', 'redshift-subnet-group'],
);
export const broker = standing(
  'AWS::AmazonMQ::Broker',
  { SubnetIds: 'subnet_ids' },
  { SecurityGroups: 'security_groups' },
);
export const fileSystem = standing(
  'AWS::FSx::FileSystem',
  { SubnetIds: 'subnet_ids' },
  { SecurityGroupIds: 'security_group_ids' },
);
export const openSearchEndpoint = standing(
  'AWS::OpenSearchServerless::VpcEndpoint',
  { SubnetIds: 'subnet_ids' },
  { SecurityGroupIds: 'security_group_ids' },
);

export const openSearchDomain: Translation = (at) => [
  told(at, 'AWS::OpenSearchService::Domain', {
    VPCOptions: inBlock(at, 'vpc_options', (one) => ({ SubnetIds: subnets(one), SecurityGroupIds: groups(one) })),
    Tags: tags(at),
  }),
];

export const kafkaCluster: Translation = (at) => [
  told(at, 'AWS::MSK::Cluster', {
    BrokerNodeGroupInfo: inBlock(at, 'broker_node_group_info', (one) => ({
      ClientSubnets: subnets(one, 'client_subnets'),
      SecurityGroups: groups(one, 'security_groups'),
    })),
    Tags: tags(at),
  }),
];
