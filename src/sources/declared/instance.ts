/** Instances, and groups of instances that scale: representative hosts in each of their subnets. */
import { resource } from './common.ts';
import { instanceType, subnetType } from './kinds.ts';
import { launchInterfaces, launchOf, type Launch } from './launch.ts';
import { placesOf } from './new-interface.ts';
import { has, inner, known, objects, reference, references, text, texts, whole } from './property.ts';
import { type At, type Construct, derive, notModelled, topOf } from './reading.ts';
import { tagsOf } from './common.ts';
import { Unknown } from './value.ts';

/** Properties of instances that change nothing in what is reachable. */
const idle = [
  'AdditionalInfo',
  'Affinity',
  'AvailabilityZone',
  'BlockDeviceMappings',
  'CpuOptions',
  'CreditSpecification',
  'DisableApiTermination',
  'EbsOptimized',
  'ElasticGpuSpecifications',
  'ElasticInferenceAccelerators',
  'EnclaveOptions',
  'HibernationOptions',
  'HostId',
  'HostResourceGroupArn',
  'IamInstanceProfile',
  'ImageId',
  'InstanceInitiatedShutdownBehavior',
  'InstanceType',
  'KernelId',
  'KeyName',
  'LicenseSpecifications',
  'MetadataOptions',
  'Monitoring',
  'PlacementGroupName',
  'PrivateDnsNameOptions',
  'PropagateTagsToVolumeOnCreation',
  'RamdiskId',
  'SsmAssociations',
  'Tenancy',
  'UserData',
  'Volumes',
];

export const instance: Construct = {
  identities: ['InstanceId'],
  properties: [
    'SubnetId',
    'SecurityGroupIds',
    'SecurityGroups',
    'NetworkInterfaces',
    'AssociatePublicIpAddress',
    'PrivateIpAddress',
    'PrivateIps',
    'PublicIp',
    'Ipv6AddressCount',
    'Ipv6Addresses',
    'Ipv6s',
    'SourceDestCheck',
    'LaunchTemplate',
    'PrimaryNetworkInterface',
    'State',
    'PrimaryNetworkInterface',
    'Tags',
    ...idle,
  ],
  attribute(at, name) {
    if (name === 'NetworkInterface' || name === 'PrimaryNetworkInterfaceId') {
      const told = known(text(at, 'PrimaryNetworkInterface'));
      const own = at.in.around.instanceInterfaces.get(at.of.id)?.[0] ?? (told === '' ? undefined : told);
      return own ?? derive(at.in, `${at.of.id}/eth0`, 'AWS::EC2::NetworkInterface');
    }
    if (name === 'PrivateIp') return texts(at, 'PrivateIps').known[0] ?? at.fields['PrivateIpAddress'];
    return undefined;
  },
  read(at) {
    const interfaces = launchInterfaces(at, launchOf(at), { instance: at.of.id, uncertain: false });
    if (interfaces.length === 0 && !has(at, 'SubnetId') && !has(at, 'NetworkInterfaces'))
      notModelled(
        at,
        'instance',
        "it is launched in the account's default VPC, which is not declared",
        'every question about it',
      );
    const state = at.of.uncertain === undefined ? (known(text(at, 'State')) ?? 'running') : 'unknown';
    at.in.findings.instances.push({ ...resource(at), kind: 'instance', state, interfaces });
  },
};

export const autoScalingGroup: Construct = {
  identities: ['AutoScalingGroupName', 'AutoScalingGroupARN'],
  properties: [
    'AutoScalingGroupName',
    'VPCZoneIdentifier',
    'AvailabilityZones',
    'LaunchTemplate',
    'LaunchConfigurationName',
    'MixedInstancesPolicy',
    'InstanceId',
    'MinSize',
    'MaxSize',
    'DesiredCapacity',
    'TargetGroupARNs',
    'LoadBalancerNames',
    'TrafficSources',
    'Tags',
    'AvailabilityZoneDistribution',
    'AvailabilityZoneImpairmentPolicy',
    'CapacityRebalance',
    'CapacityReservationSpecification',
    'Context',
    'Cooldown',
    'DefaultInstanceWarmup',
    'DesiredCapacityType',
    'HealthCheckGracePeriod',
    'HealthCheckType',
    'InstanceMaintenancePolicy',
    'LifecycleHookSpecificationList',
    'MaxInstanceLifetime',
    'MetricsCollection',
    'NewInstancesProtectedFromScaleIn',
    'NotificationConfigurations',
    'PlacementGroup',
    'ServiceLinkedRoleARN',
    'SkipZonalShiftValidation',
    'TerminationPolicies',
  ],
  read(at) {
    const launch = launchOfGroup(at);
    for (const { id, subnet, uncertain } of hostsOf(at)) {
      derive(at.in, id, instanceType);
      const interfaces = launchInterfaces(at, launch, { instance: id, subnet, uncertain });
      if (interfaces.length > 0)
        at.in.findings.instances.push({
          ...resource(at),
          id,
          tags: hostTags(at),
          kind: 'instance',
          state: 'running',
          interfaces,
        });
    }
  },
};

/** Tags that go on to the instances. */
function hostTags(at: At): Readonly<Record<string, string>> {
  const kept = objects(at, 'Tags').known.filter((tag) => known(text(tag, 'PropagateAtLaunch')) !== 'false');
  return kept.length === 0 ? {} : tagsOf({ ...at, fields: { Tags: kept.map(({ fields }) => fields) } });
}

export interface Host {
  readonly id: string;
  readonly subnet: string;
  readonly uncertain: boolean;
}

/** Two stand for any number of hosts in a subnet, one where there is never another; none where there are never any. */
export function hostsIn(
  at: At,
  subnets: ReturnType<typeof placesOf>,
  most: number | undefined,
  least: number,
): readonly Host[] {
  if (most === 0) return [];
  const many = most === 1 ? 1 : 2;
  return [...subnets.certain, ...subnets.possible].flatMap((subnet) =>
    Array.from({ length: many }, (_, n) => ({
      id: `${at.of.id}/${subnet}/${n}`,
      subnet,
      uncertain: least === 0 || !subnets.certain.includes(subnet),
    })),
  );
}

/** The hosts of a group, whose instances targets are as well. */
export function hostsOf(at: At): readonly Host[] {
  const size = (key: string): number | undefined => {
    const value = whole(at, key);
    return value instanceof Unknown ? undefined : value;
  };
  const least = Math.max(size('MinSize') ?? 0, size('DesiredCapacity') ?? 0);
  return hostsIn(at, placesOf(at, references(at, 'VPCZoneIdentifier', subnetType)), size('MaxSize'), least);
}

function launchOfGroup(at: At): Launch {
  const bare = { ...at, fields: {} };
  const mixed = inner(at, 'MixedInstancesPolicy');
  if (mixed instanceof Unknown) return { sources: [bare], unknown: mixed };
  if (mixed !== undefined) {
    const template = inner(mixed, 'LaunchTemplate');
    if (template === undefined || template instanceof Unknown)
      return { sources: [bare], unknown: template ?? new Unknown('its policy names no launch template') };
    const other = objects(template, 'Overrides').known.some((one) => has(one, 'LaunchTemplateSpecification'));
    if (other) return { sources: [bare], unknown: new Unknown('some of its instances have another launch template') };
    return launchOf(bare, inner(template, 'LaunchTemplateSpecification'));
  }
  const configuration = reference(at, 'LaunchConfigurationName', 'AWS::AutoScaling::LaunchConfiguration');
  if (configuration instanceof Unknown) return { sources: [bare], unknown: configuration };
  if (configuration !== undefined)
    return configuration.resource === undefined
      ? {
          sources: [bare],
          unknown: new Unknown(`the launch configuration \`${configuration.id}\` is not in the input`),
        }
      : { sources: [topOf(at.in, configuration.resource)] };
  const template = inner(at, 'LaunchTemplate');
  if (template !== undefined) return launchOf(bare, template);
  return { sources: [bare], unknown: new Unknown('nothing tells what it launches') };
}
