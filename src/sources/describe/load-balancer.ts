/** elbv2 describe-load-balancers, and the classic elb describe-load-balancers. */
import type { LoadBalancer as AwsLoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { arnOf } from '../../network/build/load-balancer.ts';
import type { Findings } from '../../network/build/findings.ts';
import { type At, list, oneOf, required, text, texts } from './fields.ts';
import { resource } from './resource.ts';

export function readLoadBalancer(at: At<AwsLoadBalancer>, findings: Findings): void {
  const arn = required(at, 'LoadBalancerArn');
  const vpc = required(at, 'VpcId');
  const balancerType = oneOf(at, 'Type', ['application', 'network', 'gateway']) ?? 'application';
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
  });
}

/** What is read of the classic API, whose client is no dependency. */
export interface ClassicLoadBalancer {
  LoadBalancerName?: string | undefined;
  VPCId?: string | undefined;
  Scheme?: string | undefined;
  Subnets?: string[] | undefined;
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
  });
}
