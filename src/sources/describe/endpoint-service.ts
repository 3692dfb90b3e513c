/** describe-vpc-endpoint-service-configurations and describe-vpc-endpoint-connections. */
import type { ServiceConfiguration, VpcEndpointConnection } from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import { families, type Family } from '../../net/address.ts';
import type { Findings } from '../../network/build/findings.ts';
import { type At, complain, flag, has, list, oneOf, provenance, required, text, texts } from './fields.ts';
import { resource } from './resource.ts';

export function readEndpointService(at: At<ServiceConfiguration>, findings: Findings): void {
  const id = required(at, 'ServiceId');
  const serviceName = required(at, 'ServiceName');
  const balancers = balancersOf(at);
  const types = list(at, 'ServiceType').flatMap((one) => oneOf(one, 'ServiceType', endpointTypes) ?? []);
  const own = {
    state: (text(at, 'ServiceState') ?? 'available').toLowerCase(),
    regions: list(at, 'SupportedRegions').flatMap((one) => {
      const region = required(one, 'Region');
      return region === undefined ? [] : { region, state: (text(one, 'ServiceState') ?? 'available').toLowerCase() };
    }),
    managesEndpoints: flag(at, 'ManagesVpcEndpoints') ?? false,
    ...present({
      balancers: has(at, 'NetworkLoadBalancerArns') || has(at, 'GatewayLoadBalancerArns') ? balancers : undefined,
      zones: zonesOf(at),
      acceptanceRequired: flag(at, 'AcceptanceRequired'),
      families: familiesOf(at),
      privateDnsName: text(at, 'PrivateDnsName'),
    }),
  };
  if (id === undefined || serviceName === undefined) return;
  const owner = ownerOf(balancers);
  findings.endpointServices.push({
    ...resource(at, id, { account: owner.account }),
    ...present({ region: regionOf(serviceName) ?? owner.region }),
    kind: 'endpoint-service',
    serviceName,
    endpointType: types[0] ?? (balancers.some((arn) => arn.includes('/gwy/')) ? 'GatewayLoadBalancer' : 'Interface'),
    ...own,
  });
}

const endpointTypes = ['Interface', 'GatewayLoadBalancer'] as const;

export function readEndpointConnection(at: At<VpcEndpointConnection>, findings: Findings): void {
  const service = required(at, 'ServiceId');
  const endpoint = required(at, 'VpcEndpointId');
  const state = required(at, 'VpcEndpointState');
  const balancers = balancersOf(at);
  const told = present({ account: text(at, 'VpcEndpointOwner'), region: text(at, 'VpcEndpointRegion') });
  if (service === undefined || endpoint === undefined || state === undefined) return;
  const { account = at.in.account, region = at.in.region } = ownerOf(balancers);
  findings.endpointConnections.push({
    service,
    endpoint,
    state: state.toLowerCase(),
    balancers,
    provider: present({ account, region }),
    source: provenance(at),
    ...told,
  });
}

/** The ARNs of both kinds, each of the kind that it stands under. */
function balancersOf(at: At<ServiceConfiguration> | At<VpcEndpointConnection>): readonly string[] {
  return (
    [
      ['NetworkLoadBalancerArns', 'net', 'Network'],
      ['GatewayLoadBalancerArns', 'gwy', 'Gateway'],
    ] as const
  ).flatMap(([key, part, kind]) =>
    texts<ServiceConfiguration | VpcEndpointConnection>(at, key).filter((arn, index) => {
      if (balancerArn.exec(arn)?.[3] === part) return true;
      complain(
        at,
        'bad-arn',
        `${key}/${index}`,
        `\`${arn}\` is no ARN of a ${kind} Load Balancer.`,
        `Write it like arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/${part}/NAME/0123456789abcdef`,
      );
      return false;
    }),
  );
}

const balancerArn = /^arn:[^:]*:elasticloadbalancing:([^:]*):(\d*):loadbalancer\/(net|gwy)\/./;

/** A service and its load balancers are of one account and Region. */
function ownerOf([arn = '']: readonly string[]): { readonly account?: string; readonly region?: string } {
  const [, region, account] = balancerArn.exec(arn) ?? [];
  return present({ account: account === '' ? undefined : account, region: region === '' ? undefined : region });
}

/** `us-east-1` in `com.amazonaws.vpce.us-east-1.vpce-svc-0abc`. */
const regionOf = (serviceName: string): string | undefined => /\.vpce\.([a-z0-9-]+)\.vpce-svc-/.exec(serviceName)?.[1];

function familiesOf(at: At<ServiceConfiguration>): readonly Family[] | undefined {
  if (!has(at, 'SupportedIpAddressTypes')) return undefined;
  return texts(at, 'SupportedIpAddressTypes').flatMap((word, index) => {
    const family = families.find((one) => one === word);
    if (family === undefined)
      complain(
        at,
        'unknown-value',
        `SupportedIpAddressTypes/${index}`,
        `\`${word}\` is no address family; known are ${families.join(', ')}.`,
        'Compare it with what the AWS CLI prints for this call.',
      );
    return family ?? [];
  });
}

function zonesOf(at: At<ServiceConfiguration>) {
  const ids = texts(at, 'AvailabilityZoneIds');
  const names = texts(at, 'AvailabilityZones');
  if (ids.length > 0) return { ids };
  return names.length > 0 ? { names } : undefined;
}
