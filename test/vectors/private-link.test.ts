/** PrivateLink from the consumer's endpoint to the provider's targets: semantics 2.42, 9.17 to 9.19. */
import { vpcB } from '../hostile/parts.ts';
import { proves } from '../support/proves.ts';
import type { BalancerSpec, Change, TargetGroupSpec } from '../support/spec.ts';
import { world } from '../support/world.ts';

/** The provider's Network Load Balancer in VPC B, its service, and the consumer's endpoint in S2. */
const provided = (more: Partial<BalancerSpec> = {}, group: Partial<TargetGroupSpec> = {}, zone = 'az2'): Change => ({
  ...vpcB,
  subnets: [{ id: 'subnet-b', vpc: 'vpc-b', cidrs: ['10.1.1.0/24'], zone, table: 'rtb-b' }],
  groups: [
    { id: 'sg-b', vpc: 'vpc-b', in: ['tcp 8080 10.1.1.20/32'], out: ['all 0.0.0.0/0'] },
    { id: 'sg-n', vpc: 'vpc-b', in: ['tcp 443 10.50.0.0/16'], out: ['all 0.0.0.0/0'] },
  ],
  balancers: [
    {
      id: 'front',
      type: 'nlb',
      at: [{ subnet: 'subnet-b', ips: ['10.1.1.20'] }],
      groups: [],
      listeners: ['TCP 443 app'],
      ...more,
    },
  ],
  targetGroups: [{ id: 'app', vpc: 'vpc-b', protocol: 'TCP', port: 8080, targets: ['i-b'], ...group }],
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
});

const sent = 'vpce-1@eni-front-b=10.1.1.20:2048>10.1.1.10:8080';
const there = 'tcp I1:40000 -> 10.0.2.100:443';

proves([
  {
    id: '9.17',
    says: 'a consumer reaches the provider’s target by the endpoint, and the target sees the balancer',
    network: world(provided()),
    lines: [
      `[${sent}] ${there} => CONN at eni-b via front`,
      `[${sent}] tcp I1:40000 -> 10.0.2.100:80 => DENY at eni-b`,
    ],
  },
  {
    id: 'T77',
    says: 'the balancer’s groups see the client where they are enforced',
    network: world(provided({ groups: ['sg-n'] })),
    lines: [`[${sent}] ${there} => DENY at eni-b`],
  },
  {
    id: 'T77',
    says: 'and nobody where they are not',
    network: world(provided({ groups: ['sg-n'], enforces: false })),
    lines: [`[${sent}] ${there} => CONN at eni-b`],
  },
  {
    id: '2.42',
    says: 'a client that they admit gets through',
    network: world(provided({ groups: ['sg-n'] }), {
      groups: [{ id: 'sg-n', in: ['tcp 443 10.0.1.0/24'] }],
    }),
    lines: [`[${sent}] ${there} => CONN at eni-b`],
  },
  {
    id: '9.18',
    says: 'the provider does not reach the consumer',
    network: world(provided()),
    lines: ['@eni-b tcp 10.1.1.10:40000 -> 10.0.1.10:443 => DENY'],
  },
  {
    id: '9.19',
    says: 'an endpoint sends to nodes in its zone alone',
    network: world(provided({}, {}, 'az1')),
    lines: [`[${sent}] ${there} => DENY at eni-b`],
  },
  {
    id: '9.19',
    says: 'or to all where the balancer crosses zones',
    network: world(provided({ crossZone: true }, {}, 'az1')),
    lines: [`[${sent}] ${there} => CONN at eni-b`],
  },
  {
    id: '9.17',
    says: 'a rejected connection leads nowhere',
    network: world(provided(), {
      services: [{ id: 'vpce-svc-1', connections: ['vpce-1 rejected'] }],
      interfaceEndpoints: [{ id: 'vpce-1', state: 'rejected' }],
    }),
    lines: [`[${sent}] ${there} => DENY at eni-b`],
  },
]);
