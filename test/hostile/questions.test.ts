/** What a question says is never taken for less than a person means by it. */
import { world, world6 } from '../support/world.ts';
import { alone, group, natA, vpcB } from './parts.ts';
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

neverHolds('exceptions, services, imaginary hosts', [
  {
    says: 'an exception for a CIDR block excuses no forged source',
    network: world({
      interfaces: [
        { id: 'eni-evil', subnet: 'subnet-s2', ips: ['10.0.2.66'], groups: ['sg-open'], check: false },
        { id: 'eni-p', subnet: 'subnet-pub', ips: ['10.0.9.10'], groups: ['sg-open'] },
      ],
    }),
    property: 'forbid: { from: eni-evil, to: eni-i1, src-ip: 10.0.9.0/24, except: { from: 10.0.9.0/24 } }',
  },
  {
    says: "an IPv4 prefix list says nothing of a service's IPv6 addresses",
    network: world6(alone, {
      groups: [{ id: 'sg-open', out: ['all ::/0'] }],
      eigws: [{ id: 'eigw-1', vpc: 'vpc-a' }],
      lists: [{ id: 'pl-s3', name: 'com.amazonaws.us-east-1.s3', entries: ['52.216.0.0/15'] }],
      tables: [{ id: 'rtb-s1', routes: ['::/0 eigw-1'] }],
    }),
    property: 'forbid: { from: subnet-s1, to: service:s3 }',
  },
  {
    says: 'an imaginary public host has any free address of its subnet',
    network: world(alone, group('sg-h', ['all 10.0.9.128/25'], ['all 0.0.0.0/0']), {
      interfaces: [{ id: 'eni-r', subnet: 'subnet-s2', ips: ['10.0.2.40'], groups: ['sg-h'], check: false }],
      tables: [
        { id: 'rtb-pub', routes: ['0.0.0.0/0 eni-r'] },
        { id: 'rtb-s2', routes: ['0.0.0.0/0 igw-a'] },
      ],
      subnets: [{ id: 'subnet-pub', mapPublic: true }],
    }),
    property: 'potential: true, forbid: { from: subnet-pub, to: internet }',
  },
  {
    says: 'a host launched tomorrow may have any of its subnet behind its public address, not the lowest alone',
    network: world({ subnets: [{ id: 'subnet-pub', mapPublic: true }] }),
    property: 'potential: true, forbid: { from: subnet-pub, to: internet, src-ip: 10.0.9.128/25, mode: connection }',
  },
  {
    says: 'the internet reaches a host launched tomorrow behind whichever private address it has',
    network: world(
      {
        subnets: [
          { id: 'subnet-pub', mapPublic: true },
          { id: 'subnet-f', vpc: 'vpc-a', cidrs: ['10.0.4.0/24'], zone: 'az1' },
        ],
      },
      {
        tables: [{ id: 'rtb-edge', vpc: 'vpc-a', edge: 'igw-a', routes: ['10.0.9.0/24 vpce-fw'] }],
        firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-f', ip: '10.0.4.10' }],
      },
    ),
    property: 'potential: true, assume: ["passes:vpce-fw"], forbid: { from: internet, to: subnet-pub }',
  },
  {
    says: 'a VPN connection of a virtual private gateway is a way that can be avoided',
    network: world({
      tables: [{ id: 'rtb-s1', routes: ['192.168.0.0/16 vgw-a'] }],
      vgws: [{ id: 'vgw-a', vpc: 'vpc-a' }],
      vpns: [{ id: 'vpn-1', gateway: 'vgw-a', routes: ['192.168.0.0/16'] }],
    }),
    property:
      'assume: ["drops:vgw-a"], require: { from: eni-i1, to: 192.168.1.1/32, traffic: tcp/443, avoid: vpn-1, mode: packet }',
  },
  {
    says: 'a VPN connection of a virtual private gateway is a way that can be forbidden',
    network: world({
      tables: [{ id: 'rtb-s1', routes: ['192.168.0.0/16 vgw-a'] }],
      vgws: [{ id: 'vgw-a', vpc: 'vpc-a' }],
      vpns: [{ id: 'vpn-1', gateway: 'vgw-a', routes: ['192.168.0.0/16'] }],
    }),
    property: 'assume: ["drops:vgw-a"], forbid: { from: eni-i1, to: 192.168.1.1/32, via: vpn-1 }',
  },
]);
