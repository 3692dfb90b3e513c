/** Endpoint services and the connections to them as `aws ec2 describe-*` prints them to their owner. */
import type { ServiceConfiguration, VpcEndpointConnection } from '@aws-sdk/client-ec2';
import { invariant } from '../../src/base/invariant.ts';
import type { Document } from './aws.ts';
import { balancerNamed } from './aws-load-balancer.ts';
import { account, region, zoneId, zoneName } from './identity.ts';
import type { EndpointServiceSpec, Spec } from './spec.ts';

/** The service name, by the id. */
export function serviceNamed(spec: Spec, id: string): string {
  return spec.services.find((one) => one.id === id)?.name ?? `com.amazonaws.vpce.${region}.${id}`;
}

/** Both answers; nothing where there are no services, nor connections where nobody asked. */
export function describeServices(spec: Spec): readonly Document[] {
  if (spec.services.length === 0) return [];
  const configurations = {
    file: 'describe-vpc-endpoint-service-configurations.json',
    json: { ServiceConfigurations: spec.services.map((one) => describeService(spec, one)) },
  };
  const connections = {
    file: 'describe-vpc-endpoint-connections.json',
    json: { VpcEndpointConnections: spec.services.flatMap((one) => describeConnections(spec, one)) },
  };
  return spec.services.some((one) => one.connections !== undefined) ? [configurations, connections] : [configurations];
}

function describeService(spec: Spec, service: EndpointServiceSpec): ServiceConfiguration {
  const { id, balancers, acceptance, families, privateName } = service;
  const zones = service.zones ?? [...new Set(balancers.flatMap((name) => zonesOf(spec, name)))];
  const state = (service.state ?? 'Available') as 'Available';
  const arns = arnsOf(spec, service);
  return {
    ServiceType: [{ ServiceType: 'GatewayLoadBalancerArns' in arns ? 'GatewayLoadBalancer' : 'Interface' }],
    ServiceId: id,
    ServiceName: serviceNamed(spec, id),
    ServiceState: state,
    AvailabilityZoneIds: zones.map(zoneId),
    AvailabilityZones: zones.map(zoneName),
    AcceptanceRequired: acceptance ?? true,
    ManagesVpcEndpoints: false,
    ...arns,
    SupportedIpAddressTypes: [...(families ?? ['ipv4' as const])],
    BaseEndpointDnsNames: [`${id}.${region}.vpce.amazonaws.com`],
    ...(privateName === undefined ? {} : { PrivateDnsName: privateName }),
    SupportedRegions: [region, ...(service.regions ?? [])].map((one) => ({ Region: one, ServiceState: 'Available' })),
    Tags: [],
  };
}

const zonesOf = (spec: Spec, name: string): readonly string[] =>
  (spec.balancers.find(({ id }) => id === name)?.at ?? []).flatMap(
    ({ subnet }) => spec.subnets.find(({ id }) => id === subnet)?.zone ?? [],
  );

function arnsOf(spec: Spec, { id, balancers }: EndpointServiceSpec) {
  const arns = balancers.map((name) => (name.startsWith('arn:') ? name : balancerNamed(spec, name)));
  const gateways = arns.filter((arn) => arn.includes('loadbalancer/gwy/'));
  invariant(gateways.length === 0 || gateways.length === arns.length, `${id} has balancers of one type`);
  return gateways.length > 0 ? { GatewayLoadBalancerArns: gateways } : { NetworkLoadBalancerArns: arns };
}

function describeConnections(spec: Spec, service: EndpointServiceSpec): VpcEndpointConnection[] {
  return (service.connections ?? []).map((line) => {
    const [first = '', state = 'available'] = line.split(' ');
    const [endpoint = '', owner = account] = first.split('@');
    return {
      ServiceId: service.id,
      VpcEndpointId: endpoint,
      VpcEndpointOwner: owner,
      VpcEndpointState: state as 'Available',
      VpcEndpointRegion: region,
      ...arnsOf(spec, service),
      IpAddressType: 'ipv4',
      VpcEndpointConnectionId: `vpce-con-${endpoint.replace(/^vpce-/, '')}`,
      Tags: [],
    };
  });
}
