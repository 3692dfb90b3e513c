/** Load balancers and what lies behind them: semantics section 12, and 2.38 to 2.41. */
import { vpcB } from '../hostile/parts.ts';
import { front as frontOf } from '../support/front.ts';
import { proves } from '../support/proves.ts';
import type { BalancerSpec, Change, TargetGroupSpec } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';

const everything = { in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] };

/** A Network Load Balancer without groups, unless it is another. */
const front = (more: Partial<BalancerSpec>): Change =>
  frontOf({ type: 'nlb', groups: [], listeners: ['TCP 443 web'], ...more });

const web = (more: Partial<TargetGroupSpec>): Change => ({
  targetGroups: [{ id: 'web', vpc: 'vpc-a', protocol: 'TCP', port: 8080, targets: ['i-i1'], ...more }],
});

/** I1's group lets in what these rules say, and nothing else. */
const i1Takes = (...rules: readonly string[]): Change => ({
  groups: [{ id: 'sg-web', vpc: 'vpc-a', in: rules, out: ['all 0.0.0.0/0'] }],
  interfaces: [{ id: 'eni-i1', groups: ['sg-web'] }],
});

const albGroup: Change = {
  groups: [{ id: 'sg-alb', vpc: 'vpc-a', in: ['tcp 443 0.0.0.0/0'], out: ['all 0.0.0.0/0'] }],
};
const nlbGroup: Change = { groups: [{ id: 'sg-n', vpc: 'vpc-a', in: ['tcp 443 0.0.0.0/0'], out: ['all 0.0.0.0/0'] }] };

const alb = [
  albGroup,
  front({ type: 'alb', groups: ['sg-alb'], listeners: ['HTTPS 443 web'] }),
  web({ protocol: 'HTTP' }),
  i1Takes('tcp 8080 sg-alb'),
] as const;

const client = '203.0.113.5:40000';
const fromNode = 'front@eni-front-pub=10.0.9.20:2048>10.0.1.10:8080';
const asClient = `front@eni-front-pub=${client}>10.0.1.10:8080`;

proves([
  {
    id: 'T72',
    says: 'the internet reaches a target behind an Application Load Balancer through it alone',
    network: world(...alb),
    lines: [
      `[${fromNode}] @internet tcp ${client} -> 198.51.100.20:443 => CONN at eni-i1 via front`,
      `@internet tcp ${client} -> 198.51.100.20:80 => DENY@security-group`,
      `@internet tcp ${client} -> 10.0.1.10:8080 => DENY`,
      'tcp I2:40000 -> I1:8080 => DENY@security-group',
      `[${fromNode}] tcp I2:40000 -> FRONT-PUB:443 => CONN at eni-i1`,
    ],
  },
  {
    id: '12.1',
    says: 'both hops have to be open: the node’s groups, the target’s, and the ACLs between',
    network: world(...alb, {
      acls: [
        {
          id: 'acl-x',
          vpc: 'vpc-a',
          in: ['100 allow tcp 8080 10.0.9.0/24'],
          out: ['100 allow tcp 1024-65535 10.0.8.0/24'],
        },
      ],
      subnets: [{ id: 'subnet-s1', acl: 'acl-x' }],
    }),
    lines: [`[${fromNode}] @internet tcp ${client} -> 198.51.100.20:443 => PKT, return DENY@network-acl at eni-i1`],
  },
  {
    id: '12.6',
    says: 'a target that admits the client, and not the balancer, is not reached',
    network: world(...alb, i1Takes('tcp 8080 203.0.113.0/24')),
    lines: [`[${fromNode}] @internet tcp ${client} -> 198.51.100.20:443 => DENY@security-group at eni-i1`],
  },
  {
    id: '12.8',
    says: 'a rule for some clients lets only those through',
    network: world(
      ...alb,
      front({
        type: 'alb',
        groups: ['sg-alb'],
        listeners: ['HTTPS 443 fixed | web from 203.0.113.0/24'],
      }),
    ),
    lines: [
      `[${fromNode}] @internet tcp ${client} -> 198.51.100.20:443 => CONN at eni-i1`,
      `[${fromNode}] @internet tcp 203.0.112.5:40000 -> 198.51.100.20:443 => DENY at eni-i1`,
    ],
  },
  {
    id: 'T74',
    says: 'a target that admits the balancer’s group takes its clients though it sees their own addresses',
    network: world(nlbGroup, front({ groups: ['sg-n'] }), web({}), i1Takes('tcp 8080 sg-n'), {
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] }],
    }),
    lines: [
      `[${asClient}] @internet tcp ${client} -> 198.51.100.20:443 => CONN at eni-i1 via front`,
      `[${asClient}] @internet tcp ${client} -> 198.51.100.20:444 => DENY at eni-i1`,
    ],
  },
  {
    id: '12.15',
    says: 'with client addresses kept, the target’s group has to admit the clients',
    network: world(front({}), web({}), i1Takes('tcp 8080 203.0.113.0/24'), {
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] }],
    }),
    lines: [
      `[${asClient}] @internet tcp ${client} -> 198.51.100.20:443 => CONN at eni-i1`,
      `[front@eni-front-pub=203.0.112.5:40000>10.0.1.10:8080] @internet tcp 203.0.112.5:40000 -> 198.51.100.20:443 => DENY@security-group at eni-i1`,
    ],
  },
  {
    id: '12.15',
    says: 'with the node’s own address, the node',
    network: world(front({}), web({ preserve: false }), i1Takes('tcp 8080 10.0.9.0/24')),
    lines: [`[${fromNode}] @internet tcp ${client} -> 198.51.100.20:443 => CONN at eni-i1`],
  },
  {
    id: '12.16',
    says: 'the reply to a kept address passes the target’s ACL, and is certain only where the target has a route to the client',
    network: world(front({}), web({})),
    lines: [
      `[${asClient} !fact:12.16] @internet tcp ${client} -> 198.51.100.20:443 => PKT at eni-i1`,
      `[${asClient} fact:12.16] @internet tcp ${client} -> 198.51.100.20:443 => CONN at eni-i1`,
    ],
  },
  {
    id: '12.16',
    says: 'it is stopped by an ACL that lets nothing out to clients',
    network: world(front({}), web({}), {
      acls: [{ id: 'acl-x', vpc: 'vpc-a', in: everything.in, out: ['100 allow all 10.0.0.0/8'] }],
      subnets: [{ id: 'subnet-s1', acl: 'acl-x' }],
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] }],
    }),
    lines: [`[${asClient}] @internet tcp ${client} -> 198.51.100.20:443 => PKT, return DENY@network-acl at eni-i1`],
  },
  {
    id: '12.9',
    says: 'a node sends to the targets of its own zone alone unless zones are crossed',
    network: world(front({}), web({ preserve: false, targets: ['i-i2'] })),
    lines: [
      `[front@eni-front-pub=10.0.9.20:2048>10.0.2.10:8080] @internet tcp ${client} -> 198.51.100.20:443 => DENY at eni-i2`,
    ],
  },
  {
    id: '12.9',
    says: 'with zones crossed it sends to all in which the balancer has a node',
    network: world(
      front({
        crossZone: true,
        at: [
          { subnet: 'subnet-pub', ips: ['10.0.9.20=198.51.100.20'] },
          { subnet: 'subnet-s2', ips: ['10.0.2.20'] },
        ],
      }),
      web({ preserve: false, targets: ['i-i2'] }),
    ),
    lines: [
      `[front@eni-front-pub=10.0.9.20:2048>10.0.2.10:8080] @internet tcp ${client} -> 198.51.100.20:443 => CONN at eni-i2`,
    ],
  },
  {
    id: '12.10',
    says: 'whether it sends to a zone in which it has none is not known, nor to a target that is not healthy',
    network: world(front({ crossZone: true }), web({ preserve: false, targets: ['i-i2', 'i-i1 unhealthy'] })),
    lines: [
      `[front@eni-front-pub=10.0.9.20:2048>10.0.2.10:8080] @internet tcp ${client} -> 198.51.100.20:443 => UNKNOWN fact:12.10 at eni-i2`,
      `[${fromNode}] @internet tcp ${client} -> 198.51.100.20:443 => UNKNOWN fact:12.10-health at eni-i1`,
    ],
  },
  {
    id: '12.11',
    says: 'a node drops what no listener is for',
    network: world(front({}), web({})),
    lines: [
      `@internet tcp ${client} -> 198.51.100.20:22 => DENY`,
      `@internet udp ${client} -> 198.51.100.20:443 => DENY`,
      '@internet icmp 203.0.113.5 -> 198.51.100.20 => DENY',
    ],
  },
  {
    id: '12.17',
    says: 'a target does not reach itself through a balancer that keeps its address',
    network: world(front({ public: false, at: [{ subnet: 'subnet-pub', ips: ['10.0.9.20'] }] }), web({})),
    lines: ['[front@eni-front-pub=10.0.1.10:40000>10.0.1.10:8080] tcp I1:40000 -> FRONT-PUB:443 => DENY at eni-i1'],
  },
  {
    id: '12.14',
    says: 'between the families the target sees the node’s address',
    network: world6(
      front({ type: 'nlb', groups: [], at: [{ subnet: 'subnet-pub', ips: ['10.0.9.20', '2600:1f18:a:9::20'] }] }),
      web({}),
    ),
    lines: [`[${fromNode}] tcp I2.6:40000 -> [2600:1f18:a:9::20]:443 => CONN at eni-i1`],
  },
  {
    id: '12.18',
    says: 'a Network Load Balancer in front of an Application Load Balancer',
    network: world(
      albGroup,
      {
        balancers: [
          {
            id: 'front',
            type: 'nlb',
            public: true,
            at: [{ subnet: 'subnet-pub', ips: ['10.0.9.20=198.51.100.20'] }],
            groups: [],
            listeners: ['TCP 443 proxy'],
          },
          {
            id: 'inner',
            type: 'alb',
            at: [{ subnet: 'subnet-s1', ips: ['10.0.1.20'] }],
            groups: ['sg-alb'],
            listeners: ['HTTPS 443 web'],
          },
        ],
        targetGroups: [
          { id: 'proxy', vpc: 'vpc-a', protocol: 'TCP', port: 443, type: 'alb', targets: ['inner'] },
          { id: 'web', vpc: 'vpc-a', protocol: 'HTTP', port: 8080, targets: ['i-i1'] },
        ],
        tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] }],
      },
      i1Takes('tcp 8080 sg-alb'),
    ),
    lines: [
      `[front@eni-front-pub=${client}>10.0.1.20:443 inner@eni-inner-s1=10.0.1.20:2048>10.0.1.10:8080] @internet tcp ${client} -> 198.51.100.20:443 => CONN at eni-i1 via front inner`,
    ],
  },
  {
    id: '12.21',
    says: 'a classic balancer sends from the port that it listens on to the instances’',
    network: world(front({ type: 'clb', groups: ['sg-open'], listeners: ['TCP 443 8080'], instances: ['i-i1'] })),
    lines: [
      `[${fromNode}] @internet tcp ${client} -> 198.51.100.20:443 => CONN at eni-i1`,
      `@internet tcp ${client} -> 198.51.100.20:8080 => DENY`,
    ],
  },
  {
    id: 'T29',
    says: 'a classic balancer’s node passes its network ACL even to an instance beside it',
    network: world(
      front({
        type: 'clb',
        public: false,
        at: [{ subnet: 'subnet-s1', ips: ['10.0.1.20'] }],
        groups: ['sg-open'],
        listeners: ['TCP 443 8080'],
        instances: ['i-i1'],
      }),
      {
        acls: [
          { id: 'acl-x', vpc: 'vpc-a', in: everything.in, out: ['90 deny tcp 8080 0.0.0.0/0', ...everything.out] },
        ],
        subnets: [{ id: 'subnet-s1', acl: 'acl-x' }],
      },
    ),
    lines: [
      '[front@eni-front-s1=10.0.1.20:2048>10.0.1.10:8080] tcp I2:40000 -> 10.0.1.20:443 => DENY@network-acl:ELB_ACL_RESTRICTION at eni-i1',
    ],
  },
  {
    id: 'T75',
    says: 'client addresses are not kept on the way over a transit gateway',
    network: world(
      vpcB,
      front({ public: false, at: [{ subnet: 'subnet-pub', ips: ['10.0.9.20'] }] }),
      web({ type: 'ip', preserve: true, targets: ['10.1.1.10@all'] }),
      { tgws: [{ id: 'tgw-1' }] },
      {
        attachments: [
          { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-1' },
          { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-1' },
        ],
        transitTables: [
          { id: 'tgw-rtb-1', gateway: 'tgw-1', routes: ['10.0.0.0/16 tgw-attach-a', '10.1.0.0/16 tgw-attach-b'] },
        ],
        tables: [
          { id: 'rtb-pub', routes: ['10.1.0.0/16 tgw-1'] },
          { id: 'rtb-b', routes: ['10.0.0.0/16 tgw-1'] },
        ],
      },
    ),
    lines: [
      '[front@eni-front-pub=10.0.1.10:40000>10.1.1.10:8080] tcp I1:40000 -> 10.0.9.20:443 => DENY at eni-b',
      '[front@eni-front-pub=10.0.1.10:40000>10.1.1.10:8080 !fact:12.13 !fact:12.16] tcp I1:40000 -> 10.0.9.20:443 => PKT at eni-b',
    ],
  },
]);
