/** Goes to test/hostile. Answers that come to a Gateway Load Balancer by another endpoint than the request, or alone (semantics 11.3, 11.4). */
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { neverHolds } from './verdict.ts';

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

neverHolds('answers at a Gateway Load Balancer', [
  {
    says: 'the balancer has seen the request, if by another endpoint of its own',
    network: world(inspected),
    property: 'forbid: { from: eni-i1, to: eni-i2, traffic: tcp/443, mode: connection }',
  },
  {
    says: 'an answer over UDP that comes to it alone is to it a flow like any other',
    network: world(inspected, { tables: [{ id: 'rtb-s1', routes: [] }] }),
    property: 'forbid: { from: eni-i1, to: eni-i2, traffic: udp/53, mode: connection }',
  },
]);
