/** elbv2 describe-load-balancers, and the classic elb describe-load-balancers. */
import type { LoadBalancer as AwsLoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { present } from '../../base/present.ts';
import { arnOf } from '../../network/build/load-balancer.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { ClassicListenerFinding } from '../../network/build/load-balancer-finding.ts';
import {
  type At,
  complain,
  has,
  inner,
  list,
  oneOf,
  provenance,
  required,
  requiredPort,
  text,
  texts,
} from './fields.ts';
import { resource } from './resource.ts';

export function readLoadBalancer(at: At<AwsLoadBalancer>, findings: Findings): void {
  const arn = required(at, 'LoadBalancerArn');
  const vpc = required(at, 'VpcId');
  const balancerType = oneOf(at, 'Type', ['application', 'network', 'gateway']) ?? 'application';
  const enforces = oneOf(at, 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic', ['on', 'off']);
  if (arn === undefined || vpc === undefined) return;
  findings.loadBalancers.push({
    ...resource(at, arn, { arn, name: text(at, 'LoadBalancerName') }),
    kind: 'load-balancer',
    balancerType,
    // Gateway Load Balancers have no scheme: nothing outside reaches them.
    scheme: oneOf(at, 'Scheme', ['internet-facing', 'internal']) ?? 'internal',
    vpc,
    label: arn.slice(arn.indexOf('loadbalancer/') + 'loadbalancer/'.length),
    subnets: list(at, 'AvailabilityZones').flatMap((zone) => text(zone, 'SubnetId') ?? []),
    zones: list(at, 'AvailabilityZones').flatMap((zone) => {
      const name = text(zone, 'ZoneName');
      const subnet = text(zone, 'SubnetId');
      return name === undefined || subnet === undefined ? [] : { name, subnet };
    }),
    filters: texts(at, 'SecurityGroups').length > 0,
    ...present({ ipAddressType: balancerType === 'gateway' ? text(at, 'IpAddressType') : undefined }),
    ...(enforces === undefined ? {} : { enforcesOnPrivateLink: enforces === 'on' }),
  });
}

/** What is read of the classic API, whose client is no dependency. */
export interface ClassicLoadBalancer {
  LoadBalancerName?: string | undefined;
  VPCId?: string | undefined;
  Scheme?: string | undefined;
  Subnets?: string[] | undefined;
  Instances?: { InstanceId?: string | undefined }[] | undefined;
  ListenerDescriptions?: { Listener?: ClassicListener | undefined }[] | undefined;
}

interface ClassicListener {
  Protocol?: string | undefined;
  LoadBalancerPort?: number | undefined;
  InstanceProtocol?: string | undefined;
  InstancePort?: number | undefined;
}

export function readClassicLoadBalancer(at: At<ClassicLoadBalancer>, findings: Findings): void {
  const name = required(at, 'LoadBalancerName');
  const vpc = text(at, 'VPCId');
  if (name === undefined || vpc === undefined) return;
  const id = arnOf(name, at.in.account, at.in.region);
  findings.loadBalancers.push({
    ...resource(at, id, { name }),
    kind: 'load-balancer',
    balancerType: 'classic',
    scheme: oneOf(at, 'Scheme', ['internet-facing', 'internal']) ?? 'internal',
    vpc,
    label: name,
    subnets: texts(at, 'Subnets'),
    classic: present({
      listeners: has(at, 'ListenerDescriptions')
        ? list(at, 'ListenerDescriptions').flatMap((one) => readClassicListener(one) ?? [])
        : undefined,
      instances: has(at, 'Instances')
        ? list(at, 'Instances').flatMap((one) => {
            const instance = required(one, 'InstanceId');
            return instance === undefined ? [] : [{ id: instance, source: provenance(one) }];
          })
        : undefined,
    }),
  });
}

function readClassicListener(at: At<{ Listener?: ClassicListener | undefined }>): ClassicListenerFinding | undefined {
  const listener = inner(at, 'Listener');
  if (listener === undefined) {
    complain(at, 'missing-field', '', '`Listener` is missing.', 'Every answer of the AWS CLI has it; was it edited?');
    return undefined;
  }
  const protocol = oneOf(listener, 'Protocol', ['HTTP', 'HTTPS', 'TCP', 'SSL']);
  const port = requiredPort(listener, 'LoadBalancerPort');
  const instancePort = requiredPort(listener, 'InstancePort');
  if (protocol === undefined && !has(listener, 'Protocol')) required(listener, 'Protocol');
  if (protocol === undefined || port === undefined || instancePort === undefined) return undefined;
  return {
    protocol,
    port,
    instancePort,
    source: provenance(at),
    ...present({ instanceProtocol: text(listener, 'InstanceProtocol') }),
  };
}
