/** Interfaces with the source/destination check off may forward, translate, absorb and forge (semantics 1.15 to 1.18). */
import { world, world6 } from '../support/world.ts';
import { alone, outOnlyTo } from './parts.ts';
import { each, neverHolds } from './verdict.ts';

const overlay = world(outOnlyTo('192.168.0.0/16'), {
  interfaces: [{ id: 'eni-r', subnet: 'subnet-s2', ips: ['10.0.2.40'], groups: ['sg-open'], check: false }],
  tables: [{ id: 'rtb-s1', routes: ['192.168.10.10/32 eni-r'] }],
});

const without = (...keys: readonly string[]) =>
  each('describe-route-tables', 'RouteTables', ({ Routes, ...table }) => ({
    ...table,
    Routes: (Routes as object[]).map((route) => ({
      ...route,
      ...Object.fromEntries(keys.map((key) => [key, undefined])),
    })),
  }));

neverHolds('guests', [
  {
    says: 'a guest absorbs what is routed to it',
    network: overlay,
    property: 'forbid: { from: subnet-s1, to: eni-r }',
  },
  {
    says: 'an overlay address is reached where a route hands it to a guest',
    network: overlay,
    property: 'forbid: { from: subnet-s1, to: 192.168.10.10/32 }',
  },
  {
    says: "a service's interface with the check off absorbs as well",
    network: world({
      interfaces: [
        {
          id: 'eni-fsx',
          subnet: 'subnet-s2',
          ips: ['10.0.2.60'],
          groups: ['sg-open'],
          check: false,
          type: 'fsx',
          description: 'AWS created network interface for FSx fs-1',
        },
      ],
      tables: [{ id: 'rtb-s1', routes: ['198.19.255.0/24 eni-fsx'] }],
    }),
    property: 'forbid: { from: subnet-s1, to: 198.19.255.0/24 }',
  },
  {
    says: "a translating guest sends under its instance's own addresses, whatever stands beside them in the subnet",
    network: world(alone, {
      subnets: [{ id: 'subnet-t', vpc: 'vpc-a', cidrs: ['10.0.6.0/24'], zone: 'az1', table: 'rtb-main' }],
      interfaces: [
        { id: 'eni-a0', subnet: 'subnet-pub', ips: ['10.0.9.9'], groups: ['sg-open'] },
        {
          id: 'eni-e1',
          subnet: 'subnet-pub',
          ips: ['10.0.9.10=198.51.100.1'],
          groups: ['sg-open'],
          instance: 'i-two',
        },
        { id: 'eni-e0', subnet: 'subnet-t', ips: ['10.0.6.10'], groups: ['sg-open'], check: false, instance: 'i-two' },
      ],
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 eni-e0'] }],
    }),
    edit: without('InstanceId', 'InstanceOwnerId'),
    property: 'forbid: { from: subnet-s1, to: internet }',
  },
]);

neverHolds('guests, further', [
  {
    says: 'a reply may leave by the other interface of the instance (1.17)',
    network: world({
      subnets: [{ id: 'subnet-t', vpc: 'vpc-a', cidrs: ['10.0.6.0/24'], zone: 'az1', table: 'rtb-main' }],
      interfaces: [
        { gone: 'eni-i1' },
        { gone: 'eni-i2' },
        {
          id: 'eni-e1',
          subnet: 'subnet-pub',
          ips: ['10.0.9.10'],
          groups: ['sg-open'],
          instance: 'i-two',
          check: false,
        },
        { id: 'eni-e0', subnet: 'subnet-t', ips: ['10.0.6.10=198.51.100.7'], groups: ['sg-open'], instance: 'i-two' },
      ],
    }),
    property: 'forbid: { from: internet, to: eni-e0, mode: connection }',
  },
  {
    says: 'an egress-only gateway takes what a guest hands on (5.10 speaks of firewalls)',
    network: world6(alone, {
      eigws: [{ id: 'eigw-1', vpc: 'vpc-a' }],
      interfaces: [
        {
          id: 'eni-r',
          subnet: 'subnet-pub',
          ips: ['10.0.9.40', '2600:1f18:a:9::40'],
          groups: ['sg-open'],
          check: false,
        },
      ],
      tables: [
        { id: 'rtb-s1', routes: ['::/0 eni-r'] },
        { id: 'rtb-pub', routes: ['::/0 eigw-1'] },
      ],
    }),
    property: 'forbid: { from: subnet-s1, to: internet }',
  },
  {
    says: 'a guest may translate destinations as well',
    network: world(alone, {
      interfaces: [
        { id: 'eni-fw', subnet: 'subnet-pub', ips: ['10.0.9.40=198.51.100.40'], groups: ['sg-open'], check: false },
      ],
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 eni-fw'] }],
    }),
    property: 'forbid: { from: internet, to: subnet-s1 }',
  },
  {
    says: "a translating guest's packets count as its own groups' (2.16)",
    network: world({
      groups: [
        { id: 'sg-nat', vpc: 'vpc-a', in: ['all 0.0.0.0/0'], out: ['all 0.0.0.0/0'] },
        { id: 'sg-t', vpc: 'vpc-a', in: ['all sg-nat'], out: [] },
      ],
      interfaces: [
        { id: 'eni-r', subnet: 'subnet-pub', ips: ['10.0.9.40'], groups: ['sg-nat'], check: false },
        { id: 'eni-i2', groups: ['sg-t'] },
      ],
      tables: [{ id: 'rtb-s1', routes: ['10.0.2.0/24 eni-r'] }],
    }),
    property: 'forbid: { from: subnet-s1, to: subnet-s2 }',
  },
  {
    says: 'what a rewriting guest sends to itself arrives there',
    network: world(alone, {
      interfaces: [
        { id: 'eni-r', subnet: 'subnet-pub', ips: ['10.0.9.40=198.51.100.40'], groups: ['sg-open'], check: false },
      ],
      tables: [{ id: 'rtb-pub', routes: [] }],
    }),
    property: 'forbid: { from: internet, to: eni-r, mode: connection }',
  },
]);
