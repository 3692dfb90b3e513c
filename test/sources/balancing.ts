/** A network with one balancer in the shape of `aws elbv2 describe-*`, whole, and ways to change it. */
import type { SourceDocument } from '../../src/sources/index.ts';
import { documents, tiny } from './tiny.ts';

const elb = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';

export const balancerArn = `${elb}:loadbalancer/app/front/0123456789abcdef`;
export const networkArn = `${elb}:loadbalancer/net/thin/0123456789abcdee`;
export const groupArn = (name: string): string => `${elb}:targetgroup/${name}/fedcba9876543210`;
export const listenerArn = (label = 'app/front/0123456789abcdef'): string =>
  `${elb}:listener/${label}/00112233445566aa`;

export const balancer = {
  LoadBalancerArn: balancerArn,
  LoadBalancerName: 'front',
  Type: 'application',
  Scheme: 'internal',
  VpcId: 'vpc-1',
  AvailabilityZones: [{ ZoneName: 'eu-west-1a', SubnetId: 'subnet-1' }],
  SecurityGroups: ['sg-1'],
};

export const networkBalancer = {
  ...balancer,
  LoadBalancerArn: networkArn,
  LoadBalancerName: 'thin',
  Type: 'network',
};

export const forward = (...names: readonly string[]) => ({
  Type: 'forward',
  ForwardConfig: { TargetGroups: names.map((name) => ({ TargetGroupArn: groupArn(name) })) },
});

export const listener = (action: object = forward('web'), more: object = {}) => ({
  ListenerArn: listenerArn(),
  LoadBalancerArn: balancerArn,
  Port: 443,
  Protocol: 'HTTPS',
  DefaultActions: [action],
  ...more,
});

export const group = (name: string, more: object = {}) => ({
  TargetGroupArn: groupArn(name),
  TargetGroupName: name,
  TargetType: 'instance',
  Protocol: 'HTTP',
  Port: 8080,
  VpcId: 'vpc-1',
  ...more,
});

export const rule = (n: number | 'default', action: object, Conditions: readonly object[] = []) => ({
  RuleArn: `${listenerArn().replace(':listener/', ':listener-rule/')}/rule${n}`,
  Priority: String(n),
  IsDefault: n === 'default',
  Conditions,
  Actions: [action],
});

export const rules = (...all: readonly object[]): SourceDocument => ({ file: 'rules.json', json: { Rules: all } });

export const onlyDefault = rules(rule('default', forward('web')));

export const listeners = (...all: readonly object[]): SourceDocument => ({
  file: 'describe-listeners.loadbalancer-app-front-0123456789abcdef.json',
  json: { Listeners: all },
});

export const groups = (...all: readonly object[]): SourceDocument => ({
  file: 'target-groups.json',
  json: { TargetGroups: all },
});

export const targets = (name: string, ...TargetHealthDescriptions: readonly object[]): SourceDocument => ({
  file: `x/describe-target-health.targetgroup-${name}-fedcba9876543210.json`,
  json: { TargetHealthDescriptions },
});

export const target = (Id: string, more: object = {}, State = 'healthy') => ({
  Target: { Id, Port: 8080, ...more },
  TargetHealth: { State },
});

/** The balancers alone, with what else is read. */
export const balancing = (...more: readonly SourceDocument[]): readonly SourceDocument[] => [
  ...documents({ ...tiny, LoadBalancers: [balancer, networkBalancer] }),
  ...more,
];
