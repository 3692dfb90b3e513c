/** Instances, launch templates and what launches instances of them. */
import { Unknown, type Value } from '../declared/value.ts';
import { groupsShown, withAttached } from './interface.ts';
import {
  blocks,
  defined,
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

export const instance: Translation = (at) => [instanceOf(at, 'id')];

/** One that a spot request launches: its own id is another attribute. */
export const spotInstance: Translation = (at) => [instanceOf(at, 'spot_instance_id')];

const instanceOf = (at: Given, idFrom: string): Told =>
  told(
    at,
    'AWS::EC2::Instance',
    {
      SubnetId: link(at, 'subnet_id', 'subnet'),
      SecurityGroupIds: groupsOf(at),
      NetworkInterfaces: interfacesOf(at),
      AssociatePublicIpAddress: onceKnown(value(at, 'associate_public_ip_address')),
      PrivateIpAddress: onceKnown(value(at, 'private_ip')),
      PrivateIps: addressesOf(at),
      PublicIp: onceKnown(value(at, 'public_ip')),
      Ipv6AddressCount: onceKnown(value(at, 'ipv6_address_count')),
      Ipv6s: filled(onceKnown(value(at, 'ipv6_addresses'))),
      SourceDestCheck: value(at, 'source_dest_check'),
      LaunchTemplate: launchTemplateIn(at),
      PrimaryNetworkInterface: text(at, 'primary_network_interface_id'),
      State: text(at, 'instance_state'),
      Tags: tags(at),
    },
    idFrom,
  );

/** `security_groups` are names where AWS has shown them, and ids where somebody wrote them for a VPC. */
function groupsOf(at: Given): Value | undefined {
  const nic = text(at, 'primary_network_interface_id');
  const shown = groupsShown(at, 'vpc_security_group_ids', nic) ?? links(at, 'security_groups', ['security-group']);
  return withAttached(at, filled(shown), 'NetworkInterface', nic);
}

function interfacesOf(at: Given): Value | undefined {
  const given = [
    ...blocks(at, 'network_interface').map((one) => [one, undefined] as const),
    ...blocks(at, 'primary_network_interface').map((one) => [one, '0'] as const),
  ];
  const all = given.map(([one, index]): Value =>
    one instanceof Unknown
      ? one
      : defined({
          DeviceIndex: index ?? value(one, 'device_index'),
          NetworkInterfaceId: link(one, 'network_interface_id', 'network-interface'),
        }),
  );
  return filled(all);
}

function addressesOf(at: Given): Value | undefined {
  const primary = value(at, 'private_ip');
  const secondary = filled(onceKnown(value(at, 'secondary_private_ips')));
  if (typeof primary !== 'string' || !Array.isArray(secondary)) return undefined;
  return [primary, ...(secondary as readonly Value[])];
}

/** `launch_template`, by id or by name. */
export const launchTemplateIn = (at: Given, key = 'launch_template'): Value | undefined => inBlock(at, key, templateIn);

const templateIn = (one: Given): Told['properties'] => ({
  LaunchTemplateId: link(one, 'id', 'launch-template') ?? link(one, 'launch_template_id', 'launch-template'),
  LaunchTemplateName: link(one, 'name', 'launch-template') ?? link(one, 'launch_template_name', 'launch-template'),
  Version: versionOf(value(one, 'version')),
});

/** A version that is known after apply is the newest: that of a template that is made or changed. */
const versionOf = (found: Value | undefined): Value | undefined => (found instanceof Unknown ? '$Latest' : found);

export const launchTemplate: Translation = (at) => [
  told(at, 'AWS::EC2::LaunchTemplate', {
    LaunchTemplateName: label(at, 'name'),
    LaunchTemplateData: defined({
      SecurityGroupIds: filled(links(at, 'vpc_security_group_ids', ['security-group'])),
      NetworkInterfaces: each(at, 'network_interfaces', (one) => ({
        SubnetId: link(one, 'subnet_id', 'subnet'),
        Groups: filled(links(one, 'security_groups', ['security-group'])),
        NetworkInterfaceId: link(one, 'network_interface_id', 'network-interface'),
        DeviceIndex: value(one, 'device_index'),
        AssociatePublicIpAddress: value(one, 'associate_public_ip_address'),
        PrivateIpAddress: value(one, 'private_ip_address'),
        Ipv6AddressCount: value(one, 'ipv6_address_count'),
      })),
    }),
    Tags: tags(at),
  }),
];

export const launchConfiguration: Translation = (at) => [
  told(at, 'AWS::AutoScaling::LaunchConfiguration', {
    LaunchConfigurationName: label(at, 'name'),
    SecurityGroups: filled(links(at, 'security_groups', ['security-group'])),
    AssociatePublicIpAddress: onceKnown(value(at, 'associate_public_ip_address')),
  }),
];

export const autoScalingGroup: Translation = (at) => [
  told(at, 'AWS::AutoScaling::AutoScalingGroup', {
    AutoScalingGroupName: label(at, 'name'),
    VPCZoneIdentifier: filled(links(at, 'vpc_zone_identifier', ['subnet'], { every: true })),
    AvailabilityZones: filled(onceKnown(value(at, 'availability_zones'))),
    LaunchTemplate: launchTemplateIn(at),
    LaunchConfigurationName: link(at, 'launch_configuration', 'launch-configuration'),
    MixedInstancesPolicy: inBlock(at, 'mixed_instances_policy', (policy) => ({
      LaunchTemplate: inBlock(policy, 'launch_template', (one) => ({
        LaunchTemplateSpecification: launchTemplateIn(one, 'launch_template_specification'),
        Overrides: each(one, 'override', (override) => ({
          LaunchTemplateSpecification: launchTemplateIn(override, 'launch_template_specification'),
        })),
      })),
    })),
    ...same(at, 'min_size', 'max_size', 'desired_capacity'),
    TargetGroupARNs: filled(links(at, 'target_group_arns', ['target-group'])),
    LoadBalancerNames: filled(value(at, 'load_balancers')),
    TrafficSources: each(at, 'traffic_source', (one) => ({
      Identifier: link(one, 'identifier', 'target-group', 'lattice-target-group', 'classic-load-balancer'),
    })),
    Tags: each(at, 'tag', (one) => ({
      Key: value(one, 'key'),
      Value: label(one, 'value'),
      PropagateAtLaunch: value(one, 'propagate_at_launch'),
    })),
  }),
];
