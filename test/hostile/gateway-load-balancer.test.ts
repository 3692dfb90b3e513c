/** Answers that come to a Gateway Load Balancer by another endpoint than the request, or alone, or in another order (semantics 10.6, 11.3, 11.4). */
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { neverHolds, stillHolds } from './verdict.ts';

/** Answers from S2 to S1 go by `vpce-back`; both endpoints lead to one balancer. */
const inspected: Change = {
  subnets: [
    { id: 'subnet-f', vpc: 'vpc-a', cidrs: ['10.0.4.0/24'], zone: 'az1', table: 'rtb-main' },
    { id: 'subnet-f2', vpc: 'vpc-a', cidrs: ['10.0.6.0/24'], zone: 'az1', table: 'rtb-main' },
    { id: 'subnet-app', vpc: 'vpc-a', cidrs: ['10.0.5.0/24'], zone: 'az1', table: 'rtb-main' },
  ],
  tables: [
    { id: 'rtb-s1', routes: ['10.0.2.0/24 vpce-in'] },
    { id: 'rtb-s2', routes: ['10.0.1.0/24 vpce-back'] },
  ],
  interfaces: [{ id: 'eni-app', subnet: 'subnet-app', ips: ['10.0.5.20'], groups: ['sg-geneve'], instance: 'i-app' }],
  groups: [{ id: 'sg-geneve', vpc: 'vpc-a', in: ['udp 6081 10.0.4.0/24'], out: ['udp 6081 10.0.4.0/24'] }],
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
  firewallEndpoints: [
    { id: 'vpce-in', subnet: 'subnet-f', ip: '10.0.4.60', service: 'vpce-svc-1' },
    { id: 'vpce-back', subnet: 'subnet-f2', ip: '10.0.6.60', service: 'vpce-svc-1' },
  ],
};

/** Another balancer behind the endpoint by which answers go. */
const apart: Change = {
  balancers: [
    {
      id: 'other',
      type: 'gwlb',
      groups: [],
      at: [{ subnet: 'subnet-f', ips: ['10.0.4.42'] }],
      listeners: ['GENEVE appliances'],
    },
  ],
  services: [{ id: 'vpce-svc-2', balancers: ['other'] }],
  firewallEndpoints: [{ id: 'vpce-back', subnet: 'subnet-f2', ip: '10.0.6.60', service: 'vpce-svc-2' }],
};

/** Requests and answers alike go by one endpoint and then by the other, whose service nobody read. */
const inOneOrder: Change = {
  subnets: [
    { id: 'subnet-f', vpc: 'vpc-a', cidrs: ['10.0.4.0/24'], zone: 'az1', table: 'rtb-f' },
    { id: 'subnet-f2', vpc: 'vpc-a', cidrs: ['10.0.6.0/24'], zone: 'az1', table: 'rtb-main' },
  ],
  tables: [
    { id: 'rtb-s1', routes: ['10.0.2.0/24 vpce-one'] },
    { id: 'rtb-s2', routes: ['10.0.1.0/24 vpce-one'] },
    { id: 'rtb-f', vpc: 'vpc-a', routes: ['10.0.1.0/24 vpce-two', '10.0.2.0/24 vpce-two'] },
  ],
  firewallEndpoints: [
    { id: 'vpce-one', subnet: 'subnet-f', ip: '10.0.4.60' },
    { id: 'vpce-two', subnet: 'subnet-f2', ip: '10.0.6.60' },
  ],
};
const assumed = 'assume: ["passes:vpce-one", "passes:vpce-two", "fact:11.4=no"]';

const tcp = 'forbid: { from: eni-i1, to: eni-i2, traffic: tcp/443, mode: connection }';

neverHolds('answers at a Gateway Load Balancer', [
  {
    says: 'the balancer has seen the request, if by another endpoint of its own',
    network: world(inspected),
    property: tcp,
  },
  {
    says: 'an answer over UDP that comes to it alone is to it a flow like any other',
    network: world(inspected, { tables: [{ id: 'rtb-s1', routes: [] }] }),
    property: 'forbid: { from: eni-i1, to: eni-i2, traffic: udp/53, mode: connection }',
  },
  {
    says: 'what it answers may go by both of its endpoints',
    network: world(
      inspected,
      { tables: [{ id: 'rtb-f2', vpc: 'vpc-a', routes: ['10.0.1.0/24 vpce-in'] }] },
      {
        subnets: [{ id: 'subnet-f2', table: 'rtb-f2' }],
      },
    ),
    property: tcp,
  },
  {
    says: 'two endpoints have each seen the request, whichever sees the answer first',
    network: world(inOneOrder),
    property: `${tcp}, ${assumed}`,
  },
]);

stillHolds('answers at a Gateway Load Balancer', [
  {
    says: 'over TCP what comes to it alone is lost',
    network: world(inspected, { tables: [{ id: 'rtb-s1', routes: [] }] }),
    property: tcp,
  },
  { says: 'another balancer has not seen the request', network: world(inspected, apart), property: tcp },
  {
    says: 'an endpoint that has not seen the request gives nothing back, where that is declared',
    network: world(inspected),
    property: `${tcp}, assume: ["returns:vpce-back=no"]`,
  },
]);
