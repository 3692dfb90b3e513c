/** What an endpoint may hand on to, behind its service, is never proved away. */
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { vpcB } from './parts.ts';
import { each, type Edit, neverHolds, stillHolds, unread } from './verdict.ts';

const open = { in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] };

/** The endpoint in S2, in az2; the service in B, in az1 unless `near`. */
const provided: Change = {
  ...vpcB,
  groups: [
    { id: 'sg-b', vpc: 'vpc-b', in: ['tcp 8080 10.1.1.20/32'], out: [] },
    { id: 'sg-n', vpc: 'vpc-b', in: ['tcp 443 10.50.0.0/16'], out: ['all 0.0.0.0/0'] },
  ],
  balancers: [
    {
      id: 'front',
      type: 'nlb',
      at: [{ subnet: 'subnet-b', ips: ['10.1.1.20'] }],
      groups: [],
      listeners: ['TCP 443 app'],
    },
  ],
  targetGroups: [{ id: 'app', vpc: 'vpc-b', protocol: 'TCP', port: 8080, targets: ['i-b'] }],
  services: [{ id: 'vpce-svc-1', balancers: ['front'], connections: ['vpce-1'] }],
  interfaceEndpoints: [
    {
      id: 'vpce-1',
      vpc: 'vpc-a',
      service: 'vpce-svc-1',
      groups: ['sg-open'],
      at: [{ subnet: 'subnet-s2', ips: ['10.0.2.100'] }],
    },
  ],
};

const near: Change = { subnets: [{ id: 'subnet-b', zone: 'az2' }] };

const property = 'forbid: { from: eni-i1, to: eni-b }';

/** Nobody tells the zone of the subnet. */
const unzoned = (id: string): Edit =>
  each('describe-subnets', 'Subnets', ({ AvailabilityZone: name, AvailabilityZoneId: zone, ...one }) =>
    one['SubnetId'] === id ? one : { ...one, AvailabilityZone: name, AvailabilityZoneId: zone },
  );

/** A balancer in S1 with a target in S2, and no more. */
const across = world({
  balancers: [
    {
      id: 'front',
      type: 'nlb',
      at: [{ subnet: 'subnet-s1', ips: ['10.0.1.50'] }],
      groups: [],
      listeners: ['TCP 443 app'],
    },
  ],
  targetGroups: [{ id: 'app', vpc: 'vpc-a', protocol: 'TCP', port: 8080, targets: ['i-i2'] }],
});

const toTarget = 'forbid: { from: eni-i1, to: eni-i2, via: front }';

/** B's balancer has an endpoint of C's service for its target. */
const onward: Change = {
  vpcs: [{ id: 'vpc-c', cidrs: ['10.2.0.0/16'] }],
  subnets: [{ id: 'subnet-c', vpc: 'vpc-c', cidrs: ['10.2.1.0/24'], zone: 'az2', table: 'rtb-c' }],
  tables: [{ id: 'rtb-c', vpc: 'vpc-c', main: true, routes: [] }],
  acls: [{ id: 'acl-c', vpc: 'vpc-c', default: true, ...open }],
  groups: [
    { id: 'sg-c', vpc: 'vpc-c', in: ['all 10.2.1.20/32'], out: [] },
    { id: 'sg-e', vpc: 'vpc-b', in: ['all 0.0.0.0/0'], out: [] },
  ],
  interfaces: [{ id: 'eni-c', subnet: 'subnet-c', ips: ['10.2.1.10'], groups: ['sg-c'] }],
  balancers: [
    {
      id: 'second',
      type: 'nlb',
      at: [{ subnet: 'subnet-c', ips: ['10.2.1.20'] }],
      groups: [],
      listeners: ['TCP 443 last'],
    },
  ],
  targetGroups: [
    { id: 'app', type: 'ip', port: 443, targets: ['10.1.1.99'] },
    { id: 'last', vpc: 'vpc-c', protocol: 'TCP', port: 8080, targets: ['i-c'] },
  ],
  services: [{ id: 'vpce-svc-2', balancers: ['second'], connections: ['vpce-2'] }],
  interfaceEndpoints: [
    {
      id: 'vpce-2',
      vpc: 'vpc-b',
      service: 'vpce-svc-2',
      groups: ['sg-e'],
      at: [{ subnet: 'subnet-b', ips: ['10.1.1.99'] }],
    },
  ],
};

neverHolds('zones that nobody tells', [
  {
    says: 'the provider’s may be the endpoint’s (9.19)',
    network: world(provided),
    edit: unzoned('subnet-b'),
    property,
  },
  { says: 'and so may the consumer’s', network: world(provided), edit: unzoned('subnet-s2'), property },
  {
    says: 'a target’s may be that of the balancer’s node (12.9)',
    network: across,
    edit: unzoned('subnet-s2'),
    property: toTarget,
  },
  { says: 'and so may the node’s', network: across, edit: unzoned('subnet-s1'), property: toTarget },
]);

neverHolds('endpoints of services', [
  {
    says: 'listeners that nobody read may take anything',
    network: world(provided, near),
    edit: unread('describe-listeners'),
    property,
  },
  {
    says: 'targets that nobody read may be anything',
    network: world(provided, near),
    edit: unread('describe-target-health'),
    property,
  },
  {
    says: 'a service that nobody read may have any balancer',
    network: world(provided, near),
    edit: unread('describe-vpc-endpoint-service', 'describe-vpc-endpoint-connections'),
    property,
  },
  {
    says: 'an endpoint that only its interface shows may lead anywhere',
    network: world(provided, near),
    edit: unread('describe-vpc-endpoint'),
    property,
  },
  {
    says: 'a balancer whose nodes no answer shows has some',
    network: world(provided, near),
    edit: each('describe-network-interfaces', 'NetworkInterfaces', (one) =>
      one['NetworkInterfaceId'] === 'eni-front-b' ? undefined : one,
    ),
    property,
  },
  {
    says: 'groups of the balancer see nothing where they are not enforced (2.42)',
    network: world(provided, near, { balancers: [{ id: 'front', groups: ['sg-n'], enforces: false }] }),
    property,
  },
  {
    says: 'UDP goes by PrivateLink as well (9.13)',
    network: world(provided, near, {
      balancers: [{ id: 'front', listeners: ['TCP_UDP 53 app'] }],
      targetGroups: [{ id: 'app', protocol: 'TCP_UDP' }],
      groups: [{ id: 'sg-b', in: ['udp 8080 10.1.1.20/32'] }],
    }),
    property: 'forbid: { from: eni-i1, to: eni-b, traffic: udp/53 }',
  },
  {
    says: 'an endpoint may be a target, and lead on to another service',
    network: world(provided, near, onward),
    property: 'forbid: { from: eni-i1, to: eni-c, mode: connection }',
  },
]);

stillHolds('endpoints of services', [
  { says: 'an endpoint leads to no node of another zone (9.19)', network: world(provided), property },
  { says: 'nor a balancer to a target of another zone (12.9)', network: across, property: toTarget },
  {
    says: 'the balancer’s groups see the client (2.42)',
    network: world(provided, near, { balancers: [{ id: 'front', groups: ['sg-n'] }] }),
    property,
  },
  {
    says: 'an endpoint that waits to be accepted leads nowhere (9.17)',
    network: world(provided, near, {
      services: [{ id: 'vpce-svc-1', connections: ['vpce-1 pendingAcceptance'] }],
      interfaceEndpoints: [{ id: 'vpce-1', state: 'pendingAcceptance' }],
    }),
    property,
  },
]);
