/** Appliances behind Gateway Load Balancers, and the ways past them (semantics 9.24, 9.25, 1.18, section 11); carrier gateways (4.32). */
import type { Change } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';
import { neverHolds, stillHolds, unread } from './verdict.ts';

/** S1's way out goes by `vpce-in` to the appliance `i-app`; what comes back has no way further. */
const inspected: Change = {
  subnets: [
    { id: 'subnet-f', vpc: 'vpc-a', cidrs: ['10.0.4.0/24'], zone: 'az1', table: 'rtb-f' },
    { id: 'subnet-app', vpc: 'vpc-a', cidrs: ['10.0.5.0/24'], zone: 'az1', table: 'rtb-main' },
  ],
  tables: [
    { id: 'rtb-s1', routes: ['0.0.0.0/0 vpce-in'] },
    { id: 'rtb-f', vpc: 'vpc-a', routes: [] },
  ],
  interfaces: [{ id: 'eni-app', subnet: 'subnet-app', ips: ['10.0.5.20'], groups: ['sg-open'], instance: 'i-app' }],
  balancers: [
    {
      id: 'inspect',
      type: 'gwlb',
      groups: [],
      at: [{ subnet: 'subnet-f', ips: ['10.0.4.41'] }],
      listeners: ['GENEVE appliances'],
    },
  ],
  targetGroups: [{ id: 'appliances', vpc: 'vpc-a', protocol: 'GENEVE', port: 6081, targets: ['i-app'] }],
  services: [{ id: 'vpce-svc-1', balancers: ['inspect'] }],
  firewallEndpoints: [{ id: 'vpce-in', subnet: 'subnet-f', ip: '10.0.4.60', service: 'vpce-svc-1' }],
};
const network = (...more: readonly Change[]) => world(inspected, ...more);

/** A second interface of the appliance's, in the public subnet. */
const outward: Change = {
  interfaces: [
    { id: 'eni-out', subnet: 'subnet-pub', ips: ['10.0.9.20=198.51.100.20'], groups: ['sg-open'], instance: 'i-app' },
  ],
};
/** The endpoint's subnet has a way out itself. */
const onward: Change = {
  tables: [{ id: 'rtb-f', routes: ['0.0.0.0/0 nat-a'] }],
  nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
};
const never = 'forbid: { from: subnet-s1, to: internet }';
const passing = `${never}, assume: [passes:vpce-in]`;

neverHolds('appliances', [
  {
    says: 'an appliance sends what it was given to inspect out of its second interface, under an address of its own',
    network: network(outward),
    property: never,
  },
  {
    says: 'that it gives packets back does not tell that it sends none on',
    network: network(outward),
    property: passing,
  },
  {
    says: 'an appliance registered by its address has the second interface as well',
    network: network(outward, { targetGroups: [{ id: 'appliances', type: 'ip', targets: ['10.0.5.20'] }] }),
    property: passing,
  },
  {
    says: 'one that is not healthy may be up again',
    network: network(outward, { targetGroups: [{ id: 'appliances', targets: ['i-app unhealthy'] }] }),
    property: passing,
  },
  {
    says: 'an appliance with one interface may send on by that, if its subnet has a way out',
    network: network({
      subnets: [{ id: 'subnet-app', table: 'rtb-pub' }],
      interfaces: [{ id: 'eni-app', ips: ['10.0.5.20=198.51.100.20'] }],
    }),
    property: passing,
  },
  {
    says: 'appliances that nobody read have interfaces that nobody read',
    network: network({ services: [{ gone: 'vpce-svc-1' }] }),
    property: never,
  },
  {
    says: 'so have those of a target group whose targets nobody read',
    network: network(),
    edit: unread('describe-target-health'),
    property: never,
  },
  {
    says: 'an endpoint in a zone without targets is known to lose packets by hearsay alone',
    network: network(onward, { subnets: [{ id: 'subnet-app', zone: 'az2' }] }),
    property: never,
  },
  {
    says: 'so is one whose appliance does not open GENEVE',
    network: network(onward, { interfaces: [{ id: 'eni-app', groups: ['sg-none'] }] }),
    property: never,
  },
  {
    says: 'so is IPv6 at an endpoint without it',
    network: world6(inspected, {
      subnets: [{ id: 'subnet-f', cidrs: ['10.0.4.0/24', '2600:1f18:a:4::/64'] }],
      tables: [
        { id: 'rtb-s1', routes: ['0.0.0.0/0 vpce-in', '::/0 vpce-in'] },
        { id: 'rtb-f', routes: ['::/0 igw-a'] },
      ],
    }),
    property: 'forbid: { from: subnet-s1, to: internet, family: ipv6 }',
  },
  {
    says: 'a reply may come back round the endpoint (11.4)',
    network: network({
      interfaces: [{ id: 'eni-i2', ips: ['10.0.2.10=198.51.100.2'] }],
      tables: [
        { id: 'rtb-edge', vpc: 'vpc-a', edge: 'igw-a', routes: ['10.0.2.0/24 vpce-in'] },
        { id: 'rtb-s2', routes: ['0.0.0.0/0 igw-a'] },
      ],
    }),
    property: 'forbid: { from: internet, to: eni-i2, mode: connection }',
  },
  {
    says: 'a flow may take the other appliance than the one that excuses it',
    network: network(onward, {
      interfaces: [
        { id: 'eni-app2', subnet: 'subnet-app', ips: ['10.0.5.21'], groups: ['sg-open'], instance: 'i-app2' },
      ],
      targetGroups: [{ id: 'appliances', targets: ['i-app', 'i-app2'] }],
    }),
    property: 'forbid: { from: subnet-s1, to: internet, except: { via: i-app } }, assume: [passes:vpce-in]',
  },
  {
    says: 'a way by one of several appliances is a way by it',
    network: network(onward, {
      interfaces: [
        { id: 'eni-app2', subnet: 'subnet-app', ips: ['10.0.5.21'], groups: ['sg-open'], instance: 'i-app2' },
      ],
      targetGroups: [{ id: 'appliances', targets: ['i-app', 'i-app2'] }],
    }),
    property: 'forbid: { from: subnet-s1, to: internet, via: i-app2 }',
  },
  {
    says: 'no flow is bound to go by one of several appliances',
    network: network(onward, {
      interfaces: [
        { id: 'eni-app2', subnet: 'subnet-app', ips: ['10.0.5.21'], groups: ['sg-open'], instance: 'i-app2' },
      ],
      targetGroups: [{ id: 'appliances', targets: ['i-app', 'i-app2'] }],
    }),
    property:
      'require: { from: eni-i1, to: internet, traffic: tcp/443, mode: packet, via: i-app }, assume: [passes:vpce-in]',
  },
  {
    says: 'nothing is required of an endpoint in a zone without targets',
    network: network(onward, { subnets: [{ id: 'subnet-app', zone: 'az2' }] }),
    property: 'require: { from: eni-i1, to: internet, traffic: tcp/443, mode: packet }, assume: [passes:vpce-in]',
  },
  {
    says: 'nothing is required where one of two appliances does not open GENEVE',
    network: network(onward, {
      interfaces: [
        { id: 'eni-app2', subnet: 'subnet-app', ips: ['10.0.5.21'], groups: ['sg-none'], instance: 'i-app2' },
      ],
      targetGroups: [{ id: 'appliances', targets: ['i-app', 'i-app2'] }],
    }),
    property: 'require: { from: eni-i1, to: internet, traffic: tcp/443, mode: packet }, assume: [passes:vpce-in]',
  },
]);

stillHolds('appliances', [
  {
    says: 'all that leaves by the endpoint has come by its balancer and its only appliance',
    network: network(onward),
    property: 'forbid: { from: subnet-s1, to: internet, except: { via: i-app } }',
  },
  {
    says: 'by the balancer also where an appliance sends on by itself',
    network: network(onward, outward),
    property: 'forbid: { from: subnet-s1, to: internet, except: { via: "gwlb:*" } }',
  },
  {
    says: 'what drops what comes to it hands nothing on',
    network: network(onward, outward),
    property: `${never}, assume: [drops:vpce-in]`,
  },
  {
    says: 'what passes an appliance that is certain to be there arrives',
    network: network(onward),
    property:
      'require: { from: eni-i1, to: internet, traffic: tcp/443, mode: packet, via: i-app }, assume: [passes:vpce-in]',
  },
]);

const carried: Change = {
  carriers: [{ id: 'cagw-1', vpc: 'vpc-a' }],
  tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 cagw-1'] }],
  interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10~155.146.1.1'] }],
};

neverHolds('carrier gateways', [
  {
    says: 'a carrier gateway is a way to the internet',
    network: world(carried),
    property: never,
  },
  {
    says: 'hosts of the carrier’s network begin flows',
    network: world(carried),
    property: 'forbid: { from: internet, to: subnet-s1 }',
  },
  {
    says: 'a carrier’s network may lead to private addresses',
    network: world(carried),
    property: 'forbid: { from: subnet-s1, to: 10.9.0.0/16 }',
  },
  {
    says: 'a carrier gateway that nobody read is a way anywhere',
    network: world(carried),
    edit: unread('describe-carrier-gateways'),
    property: never,
  },
]);
