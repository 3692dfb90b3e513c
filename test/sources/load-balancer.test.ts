/** Load balancers and their nodes. */
import { expect, test } from 'vitest';
import { added, documents, network, tiny } from './tiny.ts';

const node = (description: string) => ({
  ...tiny.NetworkInterfaces[0],
  NetworkInterfaceId: 'eni-2',
  Attachment: { InstanceOwnerId: 'amazon-elb', Status: 'attached' },
  Description: description,
  PrivateIpAddress: '10.0.1.30',
  PrivateIpAddresses: [],
  RequesterManaged: true,
});

const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef';

const balancer = {
  LoadBalancerArn: arn,
  LoadBalancerName: 'web',
  Type: 'application',
  Scheme: 'internet-facing',
  VpcId: 'vpc-1',
};

test('a balancer’s nodes are the interfaces whose description names it', () => {
  const lists = { ...added('NetworkInterfaces', node('ELB app/web/0123456789abcdef')), LoadBalancers: [balancer] };
  const net = network(documents(lists));
  expect(net.loadBalancers.get(arn)).toMatchObject({ name: 'web', scheme: 'internet-facing', interfaces: ['eni-2'] });
  expect(net.coverage).toContainEqual(expect.objectContaining({ id: arn, assumption: `passes:${arn}` }));
});

test('a balancer that only its nodes show has the ARN that AWS gives it', () => {
  const net = network(documents(added('NetworkInterfaces', node('ELB app/web/0123456789abcdef'))));
  expect([...net.loadBalancers.values()]).toMatchObject([
    { id: arn, balancerType: 'application', scheme: 'internal', interfaces: ['eni-2'] },
  ]);
});

test('a classic balancer is known by its name', () => {
  const LoadBalancerDescriptions = [{ LoadBalancerName: 'old', VPCId: 'vpc-1', Scheme: 'internal' }];
  const net = network(documents({ ...added('NetworkInterfaces', node('ELB old')), LoadBalancerDescriptions }));
  expect([...net.loadBalancers.values()]).toMatchObject([
    { name: 'old', balancerType: 'classic', interfaces: ['eni-2'] },
  ]);
});
