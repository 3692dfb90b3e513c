/** What a question says is never taken for less than a person means by it. */
import { world, world6 } from '../support/world.ts';
import { natA, vpcB } from './parts.ts';
import { neverHolds } from './verdict.ts';

const endpoint = {
  id: 'vpce-b',
  vpc: 'vpc-a',
  service: 'bedrock-runtime',
  at: [{ subnet: 'subnet-s2', ips: ['10.0.2.50'] }],
  groups: ['sg-open'],
};

neverHolds('places and waypoints', [
  {
    says: 'an IPv4 destination is meant where NAT64 embeds it, too (5.25)',
    network: world6({
      nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
      tables: [{ id: 'rtb-s1', routes: ['64:ff9b::/96 nat-a'] }],
    }),
    property: 'forbid: { from: subnet-s1, to: 1.2.3.4/32 }',
  },
  {
    says: 'a path through a NAT gateway crosses its interface',
    network: world(natA),
    property: 'forbid: { from: subnet-s1, to: internet, via: eni-nat-a }',
  },
  {
    says: 'neighbours cross the subnet that they are in',
    network: world({ interfaces: [{ id: 'eni-i3', subnet: 'subnet-s1', ips: ['10.0.1.11'], groups: ['sg-open'] }] }),
    property: 'forbid: { from: eni-i1, to: eni-i3, via: subnet-s1 }',
  },
  {
    says: 'a regional NAT gateway may carry flows that stay inside',
    network: world({
      nats: [{ id: 'nat-r', vpc: 'vpc-a', ips: ['198.51.100.9@az1'], table: 'rtb-nat' }],
      tables: [
        { id: 'rtb-nat', vpc: 'vpc-a', routes: ['0.0.0.0/0 igw-a'] },
        { id: 'rtb-s1', routes: ['10.0.2.0/24 nat-r'] },
      ],
    }),
    property: 'forbid: { from: subnet-s1, to: subnet-s2 }',
  },
  {
    says: 'a NAT gateway that is being deleted may still work',
    network: world(natA, { nats: [{ id: 'nat-a', state: 'deleting' }] }),
    property: 'forbid: { from: subnet-s1, to: internet }',
  },
]);

neverHolds('requirements', [
  {
    says: 'two senders of one address in two VPCs each need a way',
    network: world(natA, vpcB, {
      vpcs: [{ id: 'vpc-b', cidrs: ['10.0.0.0/16'] }],
      subnets: [{ id: 'subnet-b', cidrs: ['10.0.1.0/24'] }],
      interfaces: [{ id: 'eni-b', ips: ['10.0.1.10'] }],
    }),
    property: 'require: { from: [subnet-s1, subnet-b], to: internet, traffic: tcp/443 }',
  },
  {
    says: 'an endpoint of AWS is known to answer on 443 alone (9.13)',
    network: world({ interfaceEndpoints: [endpoint] }),
    property: 'require: { from: subnet-s1, to: service:bedrock-runtime, traffic: tcp/22 }',
  },
  {
    says: 'a rejected endpoint answers nobody',
    network: world({ interfaceEndpoints: [{ ...endpoint, state: 'rejected' }] }),
    property: 'require: { from: subnet-s1, to: service:bedrock-runtime, traffic: tcp/443 }',
  },
]);
