/** VPC Lattice: service networks, services with listeners and rules, target groups, and shared resources. */
import { latticeTargetAttachment } from '../declared/types.ts';
import {
  blocks,
  each,
  filled,
  type Given,
  hanging,
  inBlock,
  label,
  link,
  links,
  same,
  tags,
  told,
  type Translation,
  value,
} from './translation.ts';
import { Unknown, type Value } from '../declared/value.ts';

export const serviceNetwork: Translation = (at) => [
  told(at, 'AWS::VpcLattice::ServiceNetwork', {
    Name: label(at, 'name'),
    AuthType: value(at, 'auth_type'),
    Tags: tags(at),
  }),
];

export const vpcAssociation: Translation = (at) => [
  told(at, 'AWS::VpcLattice::ServiceNetworkVpcAssociation', {
    ServiceNetworkIdentifier: link(at, 'service_network_identifier', 'service-network'),
    VpcIdentifier: link(at, 'vpc_identifier', 'vpc'),
    SecurityGroupIds: filled(links(at, 'security_group_ids', ['security-group'])),
    Tags: tags(at),
  }),
];

export const serviceAssociation: Translation = (at) => [
  told(at, 'AWS::VpcLattice::ServiceNetworkServiceAssociation', {
    ServiceNetworkIdentifier: link(at, 'service_network_identifier', 'service-network'),
    ServiceIdentifier: link(at, 'service_identifier', 'lattice-service'),
    Tags: tags(at),
  }),
];

export const resourceAssociation: Translation = (at) => [
  told(at, 'AWS::VpcLattice::ServiceNetworkResourceAssociation', {
    ServiceNetworkId: link(at, 'service_network_identifier', 'service-network'),
    ResourceConfigurationId: link(at, 'resource_configuration_identifier', 'resource-configuration'),
    Tags: tags(at),
  }),
];

export const service: Translation = (at) => [
  told(at, 'AWS::VpcLattice::Service', { Name: label(at, 'name'), AuthType: value(at, 'auth_type'), Tags: tags(at) }),
];

export const listener: Translation = (at) => [
  told(
    at,
    'AWS::VpcLattice::Listener',
    {
      Name: label(at, 'name'),
      ServiceIdentifier: serviceOf(at),
      ...same(at, 'protocol', 'port'),
      DefaultAction: actionIn(at, 'default_action'),
      Tags: tags(at),
    },
    'arn',
  ),
];

export const rule: Translation = (at) => [
  told(
    at,
    'AWS::VpcLattice::Rule',
    {
      Name: label(at, 'name'),
      ServiceIdentifier: serviceOf(at),
      ListenerIdentifier: link(at, 'listener_identifier', 'lattice-listener'),
      Priority: value(at, 'priority'),
      Match: inBlock(at, 'match', (match) => ({
        HttpMatch: inBlock(match, 'http_match', (http) => ({
          Method: value(http, 'method'),
          PathMatch: inBlock(http, 'path_match', (path) => ({
            CaseSensitive: value(path, 'case_sensitive'),
            Match: inBlock(path, 'match', (one) => same(one, 'exact', 'prefix')),
          })),
          // What headers hold decides nothing here.
          HeaderMatches: each(http, 'header_matches', (one) => ({ Name: label(one, 'name') })),
        })),
      })),
      Action: actionIn(at, 'action'),
      Tags: tags(at),
    },
    'arn',
  ),
];

/** Either argument names it. */
const serviceOf = (at: Given): Value | undefined =>
  link(at, 'service_identifier', 'lattice-service') ?? link(at, 'service_arn', 'lattice-service');

const actionIn = (at: Given, key: string): Value | undefined =>
  inBlock(at, key, (action) => ({
    FixedResponse: inBlock(action, 'fixed_response', (one) => ({ StatusCode: value(one, 'status_code') })),
    Forward: forwardIn(action),
  }));

function forwardIn(action: Given): Value | undefined {
  const all = blocks(action, 'forward');
  if (all.length === 0) return undefined;
  const groups = all.flatMap((one) =>
    one instanceof Unknown
      ? [one]
      : ((each(one, 'target_groups', (group) => ({
          TargetGroupIdentifier: link(group, 'target_group_identifier', 'lattice-target-group'),
          Weight: value(group, 'weight'),
        })) ?? []) as readonly Value[]),
  );
  return { TargetGroups: groups };
}

export const targetGroup: Translation = (at) => [
  told(
    at,
    'AWS::VpcLattice::TargetGroup',
    {
      Name: label(at, 'name'),
      Type: value(at, 'type'),
      Config: inBlock(at, 'config', (config) => ({
        ...same(config, 'port', 'protocol', 'ip_address_type'),
        VpcIdentifier: link(config, 'vpc_identifier', 'vpc'),
      })),
      Tags: tags(at),
    },
    'arn',
  ),
];

export const targetAttachment: Translation = (at) => [
  hanging(latticeTargetAttachment, {
    TargetGroupIdentifier: link(at, 'target_group_identifier', 'lattice-target-group'),
    Target: inBlock(at, 'target', (target) => ({
      Id: link(target, 'id', 'instance', 'private-address', 'load-balancer', 'function'),
      Port: value(target, 'port'),
    })),
  }),
];

export const resourceGateway: Translation = (at) => [
  told(at, 'AWS::VpcLattice::ResourceGateway', {
    Name: label(at, 'name'),
    VpcIdentifier: link(at, 'vpc_id', 'vpc'),
    SubnetIds: filled(links(at, 'subnet_ids', ['subnet'], { every: true })),
    SecurityGroupIds: filled(links(at, 'security_group_ids', ['security-group'])),
    ...same(at, 'ip_address_type', 'ipv4_addresses_per_eni'),
    Tags: tags(at),
  }),
];

export const resourceConfiguration: Translation = (at) => [
  told(at, 'AWS::VpcLattice::ResourceConfiguration', {
    Name: label(at, 'name'),
    ResourceConfigurationType: value(at, 'type'),
    ResourceGatewayId: link(at, 'resource_gateway_identifier', 'resource-gateway'),
    ResourceConfigurationGroupId: link(at, 'resource_configuration_group_id', 'resource-configuration'),
    PortRanges: filled(value(at, 'port_ranges')),
    ResourceConfigurationDefinition: inBlock(at, 'resource_configuration_definition', (one) => ({
      IpResource: addressIn(one),
      DnsResource: inBlock(one, 'dns_resource', (dns) => same(dns, 'domain_name')),
      ArnResource: inBlock(one, 'arn_resource', (arn) => same(arn, 'arn')),
    })),
    Tags: tags(at),
  }),
];

function addressIn(at: Given): Value | undefined {
  const [found] = blocks(at, 'ip_resource');
  return found === undefined || found instanceof Unknown ? found : link(found, 'ip_address', 'private-address');
}
