/** A plan that changes VPC endpoints and load balancers that run: their interfaces are those that AWS shows. */
import { expect, test } from 'vitest';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { Unknown, type Value } from '../../../src/sources/declared/value.ts';
import { declared } from '../../support/declared.ts';
import { changed } from '../../support/over-base.ts';
import { documents, tiny } from '../tiny.ts';

const nic = {
  ...tiny.NetworkInterfaces[0]!,
  NetworkInterfaceId: 'eni-e',
  InterfaceType: 'vpc_endpoint',
  Description: 'VPC Endpoint Interface vpce-1',
  RequesterManaged: true,
  Attachment: { Status: 'attached' },
  PrivateIpAddress: '10.0.1.77',
  PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: '10.0.1.77' }],
};
const running = {
  VpcEndpointId: 'vpce-1',
  VpcId: 'vpc-1',
  VpcEndpointType: 'Interface',
  ServiceName: 'com.amazonaws.eu-west-1.sqs',
  State: 'available',
  SubnetIds: ['subnet-1'],
  NetworkInterfaceIds: ['eni-e'],
  Groups: [{ GroupId: 'sg-1' }],
};
const runs = documents({
  ...tiny,
  Subnets: [...tiny.Subnets, { ...tiny.Subnets[0]!, SubnetId: 'subnet-2', CidrBlock: '10.0.2.0/24' }],
  SecurityGroups: [...tiny.SecurityGroups, { ...tiny.SecurityGroups[0]!, GroupId: 'sg-2', GroupName: 'other' }],
  NetworkInterfaces: [...tiny.NetworkInterfaces, nic],
  VpcEndpoints: [running],
});
const open = new Unknown('known after apply');

const beside = (SubnetId: Value, VpcEndpointId: Value = 'vpce-1') =>
  declared('beside', 'Vpcproof::EC2::VPCEndpointSubnetAssociation', { VpcEndpointId, SubnetId });
const own = (subnets: Value, ...groups: readonly string[]) =>
  declared(
    'own',
    'AWS::EC2::VPCEndpoint',
    {
      VpcId: 'vpc-1',
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.eu-west-1.sqs',
      SubnetIds: subnets,
      SecurityGroupIds: groups,
    },
    { id: 'vpce-1' },
  );

/** The interfaces of the endpoint, each with its subnet, groups and state, and how many there are in all beside one. */
function interfaces(before: readonly DeclaredResource[], after: readonly DeclaredResource[]) {
  const network = changed(runs, before, after)[1];
  const all = network.endpoints.get('vpce-1')!.interfaces;
  expect([...network.interfaces.keys()].toSorted()).toEqual(['eni-1', ...all].toSorted());
  return all.map((id) => {
    const { subnet, groups, state } = network.interfaces.get(id)!;
    return [id, subnet, ...groups, ...(state === undefined ? [] : [state])].join(' ');
  });
}

test('a subnet that an association brings to an endpoint that runs has an interface like the others, until it goes', () => {
  const before = ['eni-e subnet-1 sg-1'];
  expect(interfaces([], [])).toEqual(before);
  expect(interfaces([], [beside('subnet-2')])).toEqual([...before, 'beside/subnet-2 subnet-2 sg-1']);
  expect(interfaces([beside('subnet-1')], [beside('subnet-1')])).toEqual(before);
  expect(interfaces([beside('subnet-1')], [])).toEqual([]);
});

test('an association of which the subnet is not known, or the endpoint, may bring an interface', () => {
  for (const one of [beside(open), beside('subnet-2', open)])
    expect(interfaces([], [one])).toContain('beside/subnet-2 subnet-2 sg-1 unknown');
});

test('a group that is associated with the endpoint in the same plan is one of the new interface too', () => {
  const group = declared('group', 'Vpcproof::EC2::VPCEndpointSecurityGroupAssociation', {
    VpcEndpointId: 'vpce-1',
    SecurityGroupId: 'sg-2',
  });
  expect(interfaces([], [beside('subnet-2'), group])).toEqual([
    'eni-e subnet-1 sg-1 sg-2',
    'beside/subnet-2 subnet-2 sg-1 sg-2',
  ]);
});

test('an endpoint in the plan changes the groups and the subnets of the interfaces that it runs with', () => {
  const old = [own(['subnet-1'], 'sg-1')];
  expect(interfaces(old, old)).toEqual(['eni-e subnet-1 sg-1']);
  expect(interfaces(old, [own(['subnet-1'], 'sg-2')])).toEqual(['eni-e subnet-1 sg-2']);
  expect(interfaces(old, [own(['subnet-1', 'subnet-2'], 'sg-1')])).toEqual([
    'eni-e subnet-1 sg-1',
    'vpce-1/subnet-2 subnet-2 sg-1',
  ]);
  expect(interfaces(old, [own(['subnet-2'], 'sg-1')])).toEqual(['vpce-1/subnet-2 subnet-2 sg-1']);
  expect(interfaces(old, [own(open, 'sg-1')])).toEqual([
    'eni-e subnet-1 sg-1 unknown',
    'vpce-1/subnet-2 subnet-2 sg-1 unknown',
  ]);
});

const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188';
const balanced = documents({
  ...tiny,
  SecurityGroups: [...tiny.SecurityGroups, { ...tiny.SecurityGroups[0]!, GroupId: 'sg-2', GroupName: 'other' }],
  NetworkInterfaces: [
    ...tiny.NetworkInterfaces,
    ...[77, 78].map((n) => ({
      ...nic,
      NetworkInterfaceId: `eni-${n}`,
      InterfaceType: 'interface',
      Description: 'ELB app/web/50dc6c495c0c9188',
      PrivateIpAddress: `10.0.1.${n}`,
      PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: `10.0.1.${n}` }],
    })),
  ],
  LoadBalancers: [
    {
      LoadBalancerArn: arn,
      LoadBalancerName: 'web',
      Type: 'application',
      Scheme: 'internal',
      VpcId: 'vpc-1',
      State: { Code: 'active' },
      AvailabilityZones: [{ ZoneName: 'eu-west-1a', SubnetId: 'subnet-1' }],
      SecurityGroups: ['sg-1'],
    },
  ],
});

test('a load balancer in the plan changes the groups of the nodes that it runs with', () => {
  const balancer = (group: string) =>
    declared(
      'web',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      { Type: 'application', Scheme: 'internal', Subnets: ['subnet-1'], SecurityGroups: [group] },
      { id: arn },
    );
  const network = changed(balanced, [balancer('sg-1')], [balancer('sg-2')])[1];
  expect(network.loadBalancers.get(arn)!.interfaces).toEqual(['eni-77', 'eni-78']);
  for (const id of ['eni-77', 'eni-78']) expect(network.interfaces.get(id)!.groups).toEqual(['sg-2']);
  expect(network.interfaces.size).toBe(3);
});
