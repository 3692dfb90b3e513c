/** Compute that holds interfaces in subnets without being instances: Lambda functions, tasks of ECS, clusters and nodes of EKS. */
import { derivedResource, resource, tagsOf } from './common.ts';
import { subnetFacts } from './subnet-facts.ts';
import { clusterGroupOf } from './cluster-group.ts';
import { groupType, instanceType, subnetType } from './kinds.ts';
import { hostsIn } from './instance.ts';
import { launchInterfaces, launchOf } from './launch.ts';
import { addInterface, placesOf } from './new-interface.ts';
import { flag, has, inner, known, type Listed, references, text, whole } from './property.ts';
import { type At, type Construct, derive, note, notModelled } from './reading.ts';
import { Unknown } from './value.ts';

/** A resource that has no part of its own in the network: its interfaces carry its name, tags and address. */
export const standsFor = (at: At, id: string, name?: string) => derivedResource(at, id, { name }, tagsOf(at), at.of);

/** An interface in each subnet that serves all invocations there; it receives no flow (semantics 1.21). */
export const lambdaFunction: Construct = {
  identities: ['FunctionName', 'FunctionArn', 'SnapStartResponse'],
  properties: [
    'VpcConfig',
    'FunctionName',
    'Architectures',
    'CapacityProviderConfig',
    'Code',
    'CodeSigningConfigArn',
    'DeadLetterConfig',
    'Description',
    'DurableConfig',
    'Environment',
    'EphemeralStorage',
    'FileSystemConfigs',
    'FunctionScalingConfig',
    'Handler',
    'ImageConfig',
    'KmsKeyArn',
    'Layers',
    'LoggingConfig',
    'MemorySize',
    'PackageType',
    'PublishToLatestPublished',
    'RecursiveLoop',
    'ReservedConcurrentExecutions',
    'Role',
    'Runtime',
    'RuntimeManagementConfig',
    'SnapStart',
    'Tags',
    'TenancyConfig',
    'Timeout',
    'TracingConfig',
  ],
  read(at) {
    const config = inner(at, 'VpcConfig');
    if (config === undefined) return;
    if (config instanceof Unknown) {
      anywhere(at, 'VpcConfig', config);
      return;
    }
    const name = known(text(at, 'FunctionName')) ?? at.of.address;
    const { certain, possible } = placesOf(config, references(config, 'SubnetIds', subnetType));
    for (const subnet of [...certain, ...possible])
      addInterface(config, {
        id: at.in.around.functionInterfaces.get(`${name} ${subnet}`) ?? `${at.of.id}/${subnet}`,
        subnet,
        groups: references(config, 'SecurityGroupIds', groupType),
        interfaceType: 'lambda',
        description: `AWS Lambda VPC ENI-${name}`,
        requesterManaged: true,
        ipv6: dualStack(config, subnet),
        // A public subnet gives it no public address (semantics 1.21).
        public: false,
        uncertain: !certain.includes(subnet),
        own: standsFor(at, `${at.of.id}/${subnet}`, name),
      });
  },
};

const dualStack = (config: At, subnet: string): number =>
  known(flag(config, 'Ipv6AllowedForDualStack')) !== false &&
  has(config, 'Ipv6AllowedForDualStack') &&
  subnetFacts(config.in, subnet)?.cidrs.some(({ family }) => family === 'ipv6') === true
    ? 1
    : 0;

/** It may hold interfaces in any subnet that is declared. */
export function anywhere(at: At, key: string, unknown: Unknown): void {
  note(at, key, unknown, 'interfaces of its may be in any subnet');
  for (const { of } of at.in.byType.get(subnetType) ?? []) at.in.findings.edges.hiding.add(of.id);
  notModelled(at, at.of.type, `its ${key} is not known`, 'every question about it');
}

/** Tasks with interfaces of their own: representative ones in each subnet. */
export const ecsService: Construct = {
  identities: ['ServiceArn', 'Name', 'ServiceName'],
  properties: [
    'NetworkConfiguration',
    'DesiredCount',
    'Scale',
    'LoadBalancers',
    'ServiceName',
    'AvailabilityZoneRebalancing',
    'CapacityProviderStrategy',
    'Cluster',
    'DeploymentConfiguration',
    'DeploymentController',
    'EnableECSManagedTags',
    'EnableExecuteCommand',
    'ExternalId',
    'ForceNewDeployment',
    'HealthCheckGracePeriodSeconds',
    'LaunchType',
    'PlacementConstraints',
    'PlacementStrategies',
    'PlatformVersion',
    'PropagateTags',
    'Role',
    'SchedulingStrategy',
    'Service',
    'ServiceConnectConfiguration',
    'ServiceRegistries',
    'Tags',
    'TaskDefinition',
    'VolumeConfigurations',
    'VpcLatticeConfigurations',
  ],
  read(at) {
    for (const { id, subnet, uncertain } of tasksOf(at)) {
      const awsvpc = configurationOf(at);
      if (awsvpc === undefined || awsvpc instanceof Unknown) continue;
      const assigned = text(awsvpc, 'AssignPublicIp');
      addInterface(awsvpc, {
        id: `${id}/eth0`,
        subnet,
        groups: has(awsvpc, 'SecurityGroups') ? references(awsvpc, 'SecurityGroups', groupType) : undefined,
        interfaceType: 'interface',
        description: `arn:aws:ecs:task of ${at.of.address}`,
        requesterManaged: true,
        public: assigned instanceof Unknown ? undefined : assigned === 'ENABLED',
        uncertain,
        own: standsFor(at, `${id}/eth0`, known(text(at, 'ServiceName'))),
      });
    }
    const awsvpc = configurationOf(at);
    if (awsvpc instanceof Unknown) anywhere(at, 'NetworkConfiguration', awsvpc);
  },
};

const configurationOf = (at: At): At | Unknown | undefined => {
  const configuration = inner(at, 'NetworkConfiguration');
  if (configuration === undefined || configuration instanceof Unknown) return configuration;
  return inner(
    configuration,
    has(configuration, 'AwsVpcConfiguration') ? 'AwsVpcConfiguration' : 'AwsvpcConfiguration',
  );
};

/** Of a service or a task set: each task's interface is `${id}/eth0`. Targets are theirs where it names target groups. */
export function tasksOf(at: At): ReturnType<typeof hostsIn> {
  const awsvpc = configurationOf(at);
  if (awsvpc === undefined || awsvpc instanceof Unknown) return [];
  const wanted = whole(at, 'DesiredCount');
  const count = wanted instanceof Unknown ? undefined : wanted;
  // Scaling may start more; where none is asked for, there may be some all the same.
  return hostsIn(at, placesOf(awsvpc, references(awsvpc, 'Subnets', subnetType)), undefined, count ?? 1);
}

/** The control plane's interfaces, and the group that EKS makes for it and the nodes. */
export const eksCluster: Construct = {
  identities: ['Name'],
  properties: [
    'ResourcesVpcConfig',
    'Name',
    'AccessConfig',
    'BootstrapSelfManagedAddons',
    'ComputeConfig',
    'ControlPlaneScalingConfig',
    'DeletionProtection',
    'EncryptionConfig',
    'Force',
    'KubernetesNetworkConfig',
    'Logging',
    'OutpostConfig',
    'RemoteNetworkConfig',
    'RoleArn',
    'StorageConfig',
    'Tags',
    'UpgradePolicy',
    'Version',
    'ZonalShiftConfig',
  ],
  attribute: (at, name) => (name === 'ClusterSecurityGroupId' ? clusterGroupOf(at) : undefined),
  read(at) {
    const config = inner(at, 'ResourcesVpcConfig');
    if (config === undefined) return;
    if (config instanceof Unknown) {
      anywhere(at, 'ResourcesVpcConfig', config);
      return;
    }
    const { certain, possible } = placesOf(config, references(config, 'SubnetIds', subnetType));
    const all = [...certain, ...possible];
    const own = clusterGroupOf(at);
    const vpc = all.map((subnet) => subnetFacts(at.in, subnet)?.vpc).find((one) => one !== undefined);
    if (vpc !== undefined && at.in.byId.get(own) === undefined) addClusterGroup(at, own, vpc);
    const more = references(config, 'SecurityGroupIds', groupType);
    for (const subnet of all)
      addInterface(config, {
        id: `${at.of.id}/${subnet}`,
        subnet,
        groups: { known: [own, ...more.known], unknown: more.unknown },
        interfaceType: 'interface',
        description: `Amazon EKS ${known(text(at, 'Name')) ?? at.of.address}`,
        requesterManaged: true,
        public: false,
        // EKS picks two to four of them.
        uncertain: all.length > 1,
        own: standsFor(at, `${at.of.id}/${subnet}`, known(text(at, 'Name'))),
      });
  },
};

/** Admits its own members, and lets out everything: that is how EKS makes it. */
function addClusterGroup(at: At, id: string, vpc: string): void {
  const source = at.of.source;
  const match = { protocol: 'all' } as const;
  if (at.of.id !== at.of.address) {
    at.in.findings.securityGroups.push({
      ...derivedResource(at, id),
      kind: 'security-group',
      vpc,
      ingress: 'not-told',
      egress: 'not-told',
    });
    return;
  }
  at.in.findings.securityGroups.push({
    ...derivedResource(at, id),
    kind: 'security-group',
    vpc,
    ingress: [{ match, peer: { kind: 'security-group', id, stale: false, remote: false }, source }],
    egress: [
      { match, peer: { kind: 'prefix', prefix: { family: 'ipv4', base: 0n, length: 0 } }, source },
      { match, peer: { kind: 'prefix', prefix: { family: 'ipv6', base: 0n, length: 0 } }, source },
    ],
  });
}

/** Nodes: representative ones in each subnet, in the cluster's group unless their template says otherwise. */
export const eksNodegroup: Construct = {
  identities: ['NodegroupName', 'ClusterName'],
  properties: [
    'ClusterName',
    'NodegroupName',
    'Subnets',
    'LaunchTemplate',
    'RemoteAccess',
    'ScalingConfig',
    'AmiType',
    'CapacityType',
    'DiskSize',
    'ForceUpdateEnabled',
    'InstanceTypes',
    'Labels',
    'NodeRepairConfig',
    'NodeRole',
    'ReleaseVersion',
    'Tags',
    'Taints',
    'UpdateConfig',
    'Version',
  ],
  read(at) {
    const specification = inner(at, 'LaunchTemplate');
    const launch = launchOf({ ...at, fields: {} }, renamed(specification));
    const cluster = clusterOf(at);
    const groups: Listed<string> =
      cluster === undefined
        ? { known: [], unknown: [new Unknown('the cluster is not in the input')] }
        : { known: [clusterGroupOf(cluster)], unknown: [] };
    for (const { id, subnet, uncertain } of nodesOf(at)) {
      derive(at.in, id, instanceType);
      const templated = launch.sources.some((one) =>
        ['SecurityGroupIds', 'NetworkInterfaces'].some((key) => has(one, key)),
      );
      const interfaces =
        templated || launch.unknown !== undefined
          ? launchInterfaces(at, launch, { instance: id, subnet, uncertain })
          : addInterface(at, {
                id: `${id}/eth0`,
                subnet,
                groups: has(at, 'RemoteAccess') ? { ...groups, unknown: [remoteAccess] } : groups,
                interfaceType: 'interface',
                description: '',
                requesterManaged: false,
                public: subnetFacts(at.in, subnet)?.mapPublicIpOnLaunch,
                uncertain,
                instance: id,
                primary: true,
              })
            ? [`${id}/eth0`]
            : [];
      if (interfaces.length > 0)
        at.in.findings.instances.push({ ...resource(at), id, kind: 'instance', state: 'running', interfaces });
    }
  },
};

/** Its rules admit SSH from wherever the node group says. */
const remoteAccess = new Unknown('EKS makes a group of its own for remote access to the nodes');

export function nodesOf(at: At): ReturnType<typeof hostsIn> {
  const scaling = inner(at, 'ScalingConfig');
  const size = (key: string): number | undefined =>
    scaling === undefined || scaling instanceof Unknown ? undefined : known(whole(scaling, key));
  const least = Math.max(size('MinSize') ?? 1, size('DesiredSize') ?? 0);
  return hostsIn(at, placesOf(at, references(at, 'Subnets', subnetType)), size('MaxSize'), least);
}

/** EKS names its template by `Id` and `Name`. */
function renamed(specification: At | Unknown | undefined): At | Unknown | undefined {
  if (specification === undefined || specification instanceof Unknown) return specification;
  const { Id: id, Name: name, ...rest } = specification.fields;
  const fields = {
    ...rest,
    ...(id === undefined ? {} : { LaunchTemplateId: id }),
    ...(name === undefined ? {} : { LaunchTemplateName: name }),
  };
  return { ...specification, fields };
}

function clusterOf(at: At): At | undefined {
  const name = known(text(at, 'ClusterName'));
  return (at.in.byType.get('AWS::EKS::Cluster') ?? []).find(
    (one) => one.of.id === name || known(text(one, 'Name')) === name,
  );
}
