/** Web ACLs as ways in: whatever may get past them is no proof that nothing does (semantics 12.23). */
import { front } from '../support/front.ts';
import type { BalancerSpec, Change, TargetGroupSpec } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';
import { vpcB } from './parts.ts';
import { neverHolds, stillHolds, unread } from './verdict.ts';

const group = (id: string, more: Partial<TargetGroupSpec> = {}): TargetGroupSpec => ({
  id,
  vpc: 'vpc-a',
  protocol: 'HTTP',
  port: 8080,
  targets: ['i-i1'],
  ...more,
});

/** I1 behind `front`, which the web ACL `waf` is in front of. */
const guarded: Change = { targetGroups: [group('web')], webAcls: [{ id: 'waf', balancers: ['front'] }] };

/** Another balancer in PUB, with a public address. */
const beside = (more: Partial<BalancerSpec>): Change => ({
  balancers: [
    {
      id: 'beside',
      type: 'nlb',
      public: true,
      at: [{ subnet: 'subnet-pub', ips: ['10.0.9.30=198.51.100.30'] }],
      groups: ['sg-open'],
      listeners: ['TCP 8443 direct'],
      ...more,
    },
  ],
});

const direct = (more: Partial<TargetGroupSpec> = {}): Change => ({
  targetGroups: [group('direct', { protocol: 'TCP', preserve: false, ...more })],
});

const dual = { at: [{ subnet: 'subnet-pub', ips: ['10.0.9.20=198.51.100.20', '2600:1f18:a:9::20'] }], dualstack: true };
const ipv4Host: Change = { interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10'] }] };

const service = (more: object): Change => ({
  interfaces: [
    { id: 'eni-svc', subnet: 'subnet-s2', ips: ['10.0.2.70'], groups: ['sg-open'], instance: 'service', ...more },
  ],
});

const peered: Change = {
  ...vpcB,
  igws: [{ id: 'igw-b', vpc: 'vpc-b' }],
  opaque: [{ id: 'pcx-1', vpcs: ['vpc-a', 'vpc-b'] }],
  tables: [
    { id: 'rtb-b', vpc: 'vpc-b', main: true, routes: ['0.0.0.0/0 igw-b', '10.0.0.0/16 pcx-1'] },
    { id: 'rtb-s1', routes: ['10.1.0.0/16 pcx-1'] },
  ],
};
const far = { at: [{ subnet: 'subnet-b', ips: ['10.1.1.30=198.51.100.30'] }], groups: ['sg-b'] };
const toFar = { vpc: 'vpc-b', type: 'ip', targets: ['10.0.1.10@all'] } as const;

const consumer: Change = {
  services: [{ id: 'vpce-svc-1', balancers: ['beside'], connections: ['vpce-own'] }],
  interfaceEndpoints: [
    {
      id: 'vpce-own',
      vpc: 'vpc-a',
      service: 'vpce-svc-1',
      groups: ['sg-open'],
      at: [{ subnet: 'subnet-s2', ips: ['10.0.2.46'] }],
    },
  ],
};

/** Only what the balancers send, and what the endpoint's interface does, gets to I1. */
const shut: Change = {
  groups: [{ id: 'sg-in', vpc: 'vpc-a', in: ['tcp all 10.0.9.0/24'], out: [] }],
  interfaces: [{ id: 'eni-i1', groups: ['sg-in'] }],
};

const past = "forbid: { from: internet, to: eni-i1, except: { via: 'web-acl:*' } }";

neverHolds('web ACLs', [
  {
    says: 'a target with a public address is reached past the balancer',
    network: world(front(), guarded, { interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.10'] }] }),
    property: past,
  },
  {
    says: 'a dual-stack target is reached over IPv6 past the balancer',
    network: world6(front(dual), guarded),
    property: past,
  },
  {
    says: 'a Network Load Balancer sends to an Application Load Balancer and to its target',
    network: world(
      front({ public: false, at: [{ subnet: 'subnet-pub', ips: ['10.0.9.20'] }] }),
      guarded,
      beside({ listeners: ['TCP 443 proxy', 'TCP 8443 direct'] }),
      {
        targetGroups: [
          group('direct', { protocol: 'TCP', preserve: false }),
          group('proxy', { protocol: 'TCP', type: 'alb', port: 443, targets: ['front'] }),
        ],
      },
    ),
    property: past,
  },
  {
    says: 'an Application Load Balancer beside it has no web ACL',
    network: world(
      front(),
      guarded,
      beside({ type: 'alb', listeners: ['HTTP 80 direct'] }),
      direct({ protocol: 'HTTP' }),
    ),
    property: past,
  },
  {
    says: 'a Classic Load Balancer beside it can have none',
    network: world(front(), guarded, beside({ type: 'clb', listeners: ['TCP 80 8080'], instances: ['i-i1'] })),
    property: past,
  },
  {
    says: 'a rule of a listener with a page for everybody else forwards past it',
    network: world(
      front(),
      guarded,
      beside({ type: 'alb', listeners: ['HTTP 80 fixed | direct from 203.0.113.0/24'] }),
      direct({ protocol: 'HTTP' }),
    ),
    property: past,
  },
  {
    says: 'a balancer in a peered VPC sends to it by its address',
    network: world(front(), guarded, peered, beside(far), direct(toFar)),
    property: past,
  },
  {
    says: 'a balancer whose listeners nobody read may send to it',
    network: world(front(), guarded, beside({ type: 'alb', listeners: ['HTTP 80 fixed'] })),
    edit: unread('describe-listeners.loadbalancer-app-beside'),
    property: past,
  },
  {
    says: 'a balancer whose targets nobody read may send to it',
    network: world(front(), guarded, beside({}), direct({ targets: ['i-i2'] })),
    edit: unread('describe-target-health.targetgroup-direct'),
    property: past,
  },
  {
    says: 'a balancer may cross zones where nobody read whether it does',
    network: world(
      front(),
      guarded,
      beside({ at: [{ subnet: 'subnet-s2', ips: ['10.0.2.30=198.51.100.30'] }] }),
      direct(),
      {
        tables: [{ id: 'rtb-s2', routes: ['0.0.0.0/0 igw-a'] }],
      },
    ),
    edit: unread('describe-load-balancer-attributes', 'describe-target-group-attributes'),
    property: past,
  },
  {
    says: 'an endpoint of a service leads by its Network Load Balancer past it',
    network: world(front(), guarded, beside({}), direct(), consumer, shut),
    property: "forbid: { from: eni-i2, to: eni-i1, except: { via: 'web-acl:*' } }",
  },
  {
    says: 'Global Accelerator may send to the target itself',
    network: world(front(), guarded, service({ type: 'global_accelerator_managed' })),
    property: past,
  },
  {
    says: 'CloudFront may send to the target itself by a VPC origin, whatever web ACL the distribution has',
    network: world(front(), guarded, service({ description: 'CloudFront VPC origin vo-1' })),
    property: past,
  },
  {
    says: 'API Gateway may send to the target itself by a VPC link',
    network: world(front(), guarded, service({ type: 'api_gateway_managed' })),
    property: past,
  },
  {
    says: 'a public guest without the source/destination check may forward to it',
    network: world(front(), guarded, {
      interfaces: [
        { id: 'eni-g', subnet: 'subnet-pub', ips: ['10.0.9.66=198.51.100.66'], groups: ['sg-open'], check: false },
      ],
    }),
    property: past,
  },
  {
    says: 'an instance that calls itself a node of the balancer is none',
    network: world(front(), guarded, {
      interfaces: [{ id: 'eni-i1', description: 'ELB app/front/62517cf510056cd6', ips: ['10.0.1.10=198.51.100.10'] }],
    }),
    property: past,
  },
  {
    says: 'another web ACL is in front of the balancer than the one named',
    network: world(front(), guarded, { webAcls: [{ id: 'strict', balancers: [] }] }),
    property: "forbid: { from: internet, to: eni-i1, except: { via: 'web-acl:strict' } }",
  },
  {
    says: 'the web ACL is in front of another balancer',
    network: world(front(), beside({ type: 'alb', listeners: ['HTTP 80 fixed'] }), {
      ...guarded,
      webAcls: [{ id: 'waf', balancers: ['beside'] }],
    }),
    property: past,
  },
  {
    says: 'a host launched tomorrow with a public address is reached past it',
    network: world(front(), guarded, { subnets: [{ id: 'subnet-pub', mapPublic: true }] }),
    property: "potential: true, forbid: { from: internet, to: subnet-pub, except: { via: 'web-acl:*' } }",
  },
  {
    says: 'a balancer that nobody described, of which there is a node, may send to it',
    network: world(
      front(),
      guarded,
      service({
        description: 'ELB net/other/0123456789abcdef',
        type: 'network_load_balancer',
        ips: ['10.0.2.70=198.51.100.70'],
      }),
    ),
    property: past,
  },
  {
    says: 'a way by the web ACL is there where it is forbidden',
    network: world(front(), guarded),
    property: "forbid: { from: internet, to: eni-i1, via: 'web-acl:waf' }",
  },
  {
    says: 'none of the ways that are required goes round it',
    network: world(front(), guarded),
    property: "require: { from: internet, to: eni-i1, traffic: tcp/443, avoid: 'web-acl:*' }",
  },
  {
    says: 'only what is sent to the port is excused',
    network: world(front({ listeners: ['HTTPS 443 web', 'HTTP 8443 web'] }), guarded),
    property: "forbid: { from: internet, to: eni-i1, except: { via: 'web-acl:*', traffic: tcp/443 } }",
  },
]);

stillHolds('web ACLs', [
  {
    says: 'every listener of a balancer is behind its web ACL',
    network: world(
      front({ listeners: ['HTTPS 443 web', 'HTTP 80 redirect', 'HTTP 8443 fixed | web from 203.0.113.0/24'] }),
      guarded,
    ),
    property: past,
  },
  {
    says: 'a Network Load Balancer that sends to an Application Load Balancer goes by its web ACL',
    network: world(
      front({ public: false, at: [{ subnet: 'subnet-pub', ips: ['10.0.9.20'] }] }),
      guarded,
      beside({ listeners: ['TCP 443 proxy'] }),
      {
        targetGroups: [group('proxy', { protocol: 'TCP', type: 'alb', port: 443, targets: ['front'] })],
      },
    ),
    property: past,
  },
  {
    says: 'a dual-stack balancer is behind it over both families',
    network: world6(front(dual), guarded, ipv4Host),
    property: past,
  },
  {
    says: 'a balancer of a peered VPC is behind its own',
    network: world(
      peered,
      beside({ type: 'alb', listeners: ['HTTP 80 direct'], ...far }),
      direct({ ...toFar, protocol: 'HTTP' }),
      {
        webAcls: [{ id: 'waf', balancers: ['beside'] }],
      },
    ),
    property: past,
  },
  {
    says: 'a balancer without targets beside it leads nowhere',
    network: world(front(), guarded, beside({}), direct({ targets: [] })),
    property: past,
  },
  {
    says: 'a balancer is behind its web ACL whatever its listeners are',
    network: world(front(), guarded),
    edit: unread('describe-listeners'),
    property: past,
  },
]);
