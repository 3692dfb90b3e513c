/** VPC Lattice, of which everything was read: semantics 14.1 and, for shared resources, 9.27 to 9.30. */
import { vpcB } from '../hostile/parts.ts';
import { lattice, type LatticeSpec } from '../support/aws-lattice.ts';
import { proves } from '../support/proves.ts';
import { balancerArn } from '../support/aws-load-balancer.ts';
import type { BalancerSpec, Change } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';

/** What Lattice sends from, as its prefix list tells. */
const list: Change = {
  lists: [{ id: 'pl-lat', name: 'com.amazonaws.us-east-1.vpc-lattice', entries: ['169.254.171.0/24'] }],
};

type Network = NonNullable<LatticeSpec['networks']>[number];

/** VPC A is associated with a service network, in which one service leads to B on 8080. */
const served = (network: Partial<Network> = {}, more: LatticeSpec = {}): Change =>
  lattice({
    networks: [{ id: 'sn-1', vpcs: ['vpc-a'], services: ['svc-1'], ...network }],
    services: [{ id: 'svc-1', listeners: ['HTTPS 443 tg-1'] }],
    groups: [{ id: 'tg-1', vpc: 'vpc-b', port: 8080, targets: ['i-b'] }],
    ...more,
  });

const admits = (...words: readonly string[]): Change => ({ groups: [{ id: 'sg-b', in: words }] });

const front: BalancerSpec = {
  id: 'front',
  type: 'alb',
  at: [{ subnet: 'subnet-b', ips: ['10.1.1.20'] }],
  groups: ['sg-front'],
  listeners: ['HTTP 80 app'],
};

const sent = 'svc-1@vpc-b=169.254.171.7:2048>10.1.1.10:8080';
const asks = 'tcp I1:40000 -> 169.254.171.5:443';

proves([
  {
    id: 'T98',
    says: 'a client reaches a target in another VPC by a service, without a route',
    network: world(vpcB, list, served()),
    lines: [
      `[${sent}] ${asks} => CONN at eni-b via sn-1 svc-1`,
      `[${sent}] tcp I1:40000 -> 169.254.171.5:80 => DENY at eni-b`,
      `[${sent}] udp I1:40000 -> 169.254.171.5:443 => DENY at eni-b`,
      'tcp I1:40000 -> 10.1.1.10:8080 => DENY@route-table',
      '@eni-b tcp 10.1.1.10:40000 -> 169.254.171.5:443 => DENY',
    ],
  },
  {
    id: '14.1',
    says: 'the routes that AWS makes for it forward nothing besides',
    network: world(vpcB, list, served(), {
      tables: [{ id: 'rtb-s1', routes: ['169.254.171.0/24 VpcLattice', '129.224.0.0/17 VpcLattice'] }],
    }),
    lines: [`[${sent}] ${asks} => CONN at eni-b via sn-1 svc-1`, 'tcp I1:40000 -> 129.224.0.7:22 => DENY at eni-b'],
  },
  {
    id: '14.1',
    says: 'and show an association that no answer tells of',
    network: world(vpcB, { tables: [{ id: 'rtb-s1', routes: ['169.254.171.0/24 VpcLattice'] }] }),
    lines: [`${asks} => UNKNOWN passes:sn-unread-vpc-a`, '@eni-b tcp 10.1.1.10:40000 -> 169.254.171.5:443 => DENY'],
  },
  {
    id: 'T98',
    says: 'the target’s group has to admit Lattice, whose address it sees',
    network: world(vpcB, list, served(), admits('tcp 8080 pl-lat')),
    lines: [`[${sent}] ${asks} => CONN at eni-b`],
  },
  {
    id: 'T98',
    says: 'and not the client, whose address it does not see',
    network: world(vpcB, list, served(), admits('tcp 8080 10.0.0.0/8')),
    lines: [`[${sent}] ${asks} => DENY@security-group at eni-b`],
  },
  {
    id: '2.16',
    says: 'a reference to the client’s group admits nothing that comes by Lattice',
    network: world(list, served({}, { groups: [{ id: 'tg-1', vpc: 'vpc-a', port: 8080, targets: ['i-i2'] }] }), {
      groups: [
        { id: 'sg-client', vpc: 'vpc-a', in: [], out: ['all 0.0.0.0/0'] },
        { id: 'sg-target', vpc: 'vpc-a', in: ['all sg-client'], out: [] },
      ],
      interfaces: [
        { id: 'eni-i1', groups: ['sg-client'] },
        { id: 'eni-i2', groups: ['sg-target'] },
      ],
    }),
    lines: [`[svc-1@vpc-a=169.254.171.7:2048>10.0.2.10:8080] ${asks} => DENY@security-group at eni-i2`],
  },
  {
    id: 'T98',
    says: 'the client’s group has to let it out to Lattice',
    network: world(vpcB, list, served(), {
      groups: [
        { id: 'sg-lat', vpc: 'vpc-a', in: [], out: ['tcp 443 pl-lat'] },
        { id: 'sg-no', vpc: 'vpc-a', in: [], out: ['all 10.0.0.0/8'] },
      ],
      interfaces: [
        { id: 'eni-i1', groups: ['sg-lat'] },
        { id: 'eni-i2', groups: ['sg-no'] },
      ],
    }),
    lines: [
      `[${sent}] ${asks} => CONN at eni-b`,
      `[${sent}] tcp I2:40000 -> 169.254.171.5:443 => DENY@security-group at eni-b`,
    ],
  },
  {
    id: 'T98',
    says: 'the groups of the association decide which clients get there',
    network: world(vpcB, list, served({ vpcs: ['vpc-a sg-assoc'] }), {
      groups: [{ id: 'sg-assoc', vpc: 'vpc-a', in: ['tcp 443 10.0.1.0/24'], out: [] }],
    }),
    lines: [
      `[${sent}] ${asks} => CONN at eni-b via sg-assoc`,
      `[${sent}] tcp I2:40000 -> 169.254.171.5:443 => DENY@security-group at eni-b`,
    ],
  },
  {
    id: '14.1',
    says: 'groups of the association that nobody read may let pass or not',
    network: world(vpcB, list, served({ vpcs: ['vpc-a ?'] })),
    lines: [
      `[unread:vpc-lattice~get-service-network-vpc-association:snva-sn-1-vpc-a ${sent}] ${asks} => CONN at eni-b`,
      `[!unread:vpc-lattice~get-service-network-vpc-association:snva-sn-1-vpc-a ${sent}] ${asks} => DENY at eni-b`,
    ],
  },
  {
    id: '14.1',
    says: 'a network ACL of the client’s subnet stands between it and Lattice, both ways',
    network: world(vpcB, list, served(), {
      acls: [
        { id: 'acl-1', vpc: 'vpc-a', in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 10.0.0.0/8'] },
        { id: 'acl-2', vpc: 'vpc-a', in: ['100 allow all 10.0.0.0/8'], out: ['100 allow all 0.0.0.0/0'] },
      ],
      subnets: [
        { id: 'subnet-s1', acl: 'acl-1' },
        { id: 'subnet-s2', acl: 'acl-2' },
      ],
    }),
    lines: [
      `[${sent}] ${asks} => DENY@network-acl at eni-b`,
      `[${sent}] tcp I2:40000 -> 169.254.171.5:443 => PKT, return DENY@network-acl at eni-b`,
    ],
  },
  {
    id: '14.1',
    says: 'a network ACL of the target’s subnet lets Lattice in',
    network: world(vpcB, list, served(), {
      acls: [{ id: 'acl-b', in: ['100 allow all 10.0.0.0/8'] }],
    }),
    lines: [`[${sent}] ${asks} => DENY@network-acl at eni-b`],
  },
  {
    id: '14.1',
    says: 'and its answer out',
    network: world(vpcB, list, served(), {
      acls: [{ id: 'acl-b', out: ['100 allow all 10.0.0.0/8'] }],
    }),
    lines: [`[${sent}] ${asks} => PKT, return DENY@network-acl at eni-b`],
  },
  {
    id: '14.1',
    says: 'whom an auth policy lets pass is not known',
    network: world(vpcB, list, served({ auth: 'AWS_IAM' })),
    lines: [
      `[${sent}] ${asks} => UNKNOWN passes:sn-1 at eni-b`,
      `[passes:sn-1 ${sent}] ${asks} => CONN at eni-b`,
      `[!passes:sn-1 ${sent}] ${asks} => DENY at eni-b`,
    ],
  },
  {
    id: '14.1',
    says: 'nor whom that of the service does, or one of which nobody read whether it is there',
    network: world(
      vpcB,
      list,
      served({}, { services: [{ id: 'svc-1', auth: 'unread', listeners: ['HTTPS 443 tg-1'] }] }),
    ),
    lines: [`[${sent}] ${asks} => UNKNOWN passes:svc-1 at eni-b`, `[passes:svc-1 ${sent}] ${asks} => CONN at eni-b`],
  },
  {
    id: '14.1',
    says: 'a service may stand at other addresses than those that are known',
    network: world(vpcB, list, served()),
    lines: [
      `[passes:sn-1 ${sent}] tcp I1:40000 -> 129.224.3.4:443 => CONN at eni-b`,
      `[!passes:sn-1 ${sent}] tcp I1:40000 -> 129.224.3.4:443 => DENY at eni-b`,
    ],
  },
  {
    id: '14.1',
    says: 'every rule of a listener leads to its group, and one that takes everything leaves nothing for certain to the default',
    network: world(
      vpcB,
      list,
      served(
        {},
        {
          services: [{ id: 'svc-1', listeners: ['HTTPS 443 tg-1 | /admin tg-2', 'HTTP 80 tg-1 | /* tg-2'] }],
          groups: [
            { id: 'tg-1', vpc: 'vpc-b', port: 8080, targets: ['i-b'] },
            { id: 'tg-2', vpc: 'vpc-b', port: 9090, targets: ['i-b'] },
          ],
        },
      ),
      admits('tcp 8080 pl-lat'),
    ),
    lines: [
      `[${sent}] ${asks} => CONN at eni-b`,
      `[${sent}] tcp I1:40000 -> 169.254.171.5:80 => UNKNOWN passes:svc-1 at eni-b`,
    ],
  },
  {
    id: '14.1',
    says: 'a fixed answer leads nowhere',
    network: world(vpcB, list, served({}, { services: [{ id: 'svc-1', listeners: ['HTTPS 443 fixed'] }] })),
    lines: [`${asks} => DENY at eni-b`],
  },
  {
    id: '14.1',
    says: 'an association that comes about may work',
    network: world(vpcB, list, served({ status: 'CREATE_IN_PROGRESS' })),
    lines: [
      `[${sent}] ${asks} => UNKNOWN up:snva-sn-1-vpc-a up:a-sn-1-svc-1 at eni-b`,
      `[up:snva-sn-1-vpc-a up:a-sn-1-svc-1 ${sent}] ${asks} => CONN at eni-b`,
    ],
  },
  {
    id: '14.1',
    says: 'a client of the other address family gets there, for Lattice is a proxy',
    network: world6(vpcB, list, served()),
    lines: [`[${sent}] tcp I1.6:40000 -> [fd00:ec2:80::5]:443 => CONN at eni-b`],
  },
  {
    id: '14.1',
    says: 'VPCs with the same addresses reach each other by it',
    network: world(
      list,
      {
        vpcs: [{ id: 'vpc-c', cidrs: ['10.0.0.0/16'] }],
        subnets: [{ id: 'subnet-c', vpc: 'vpc-c', cidrs: ['10.0.1.0/24'], zone: 'az1', table: 'rtb-c' }],
        tables: [{ id: 'rtb-c', vpc: 'vpc-c', main: true, routes: [] }],
        acls: [
          {
            id: 'acl-c',
            vpc: 'vpc-c',
            default: true,
            in: ['100 allow all 0.0.0.0/0'],
            out: ['100 allow all 0.0.0.0/0'],
          },
        ],
        groups: [{ id: 'sg-c', vpc: 'vpc-c', in: ['all 0.0.0.0/0'], out: [] }],
        interfaces: [{ id: 'eni-c', subnet: 'subnet-c', ips: ['10.0.1.10'], groups: ['sg-c'] }],
      },
      served({}, { groups: [{ id: 'tg-1', vpc: 'vpc-c', port: 8080, targets: ['i-c'] }] }),
    ),
    lines: [`[svc-1@vpc-c=169.254.171.7:2048>10.0.1.10:8080] @eni-i1 ${asks} => CONN at eni-c`],
  },
  {
    id: '14.1',
    says: 'an Application Load Balancer as the target sends on to its own',
    network: world(
      vpcB,
      list,
      {
        groups: [
          { id: 'sg-front', vpc: 'vpc-b', in: ['tcp 80 pl-lat'], out: ['all 0.0.0.0/0'] },
          { id: 'sg-b', in: ['tcp 8080 sg-front'] },
        ],
        balancers: [front],
        targetGroups: [{ id: 'app', vpc: 'vpc-b', protocol: 'HTTP', port: 8080, targets: ['i-b'] }],
      },
      served(
        {},
        {
          groups: [
            {
              id: 'tg-1',
              type: 'ALB',
              vpc: 'vpc-b',
              port: 80,
              targets: [balancerArn(front)],
            },
          ],
        },
      ),
    ),
    lines: [
      `[svc-1@vpc-b=169.254.171.7:2048>10.1.1.20:80 front@eni-front-b=10.1.1.20:3000>10.1.1.10:8080] ${asks} => CONN at eni-b via front`,
    ],
  },
]);

/** A resource behind a resource gateway in VPC B, whose group the database admits. */
const shared = (at = '10.1.1.10', more: LatticeSpec = {}): Change => ({
  groups: [
    { id: 'sg-rgw', vpc: 'vpc-b', in: [], out: ['all 0.0.0.0/0'] },
    { id: 'sg-b', in: ['tcp 5432 sg-rgw'] },
  ],
  interfaces: [
    {
      id: 'eni-rgw',
      subnet: 'subnet-b',
      ips: ['10.1.1.40'],
      groups: ['sg-rgw'],
      description: 'Resource Gateway Interface rgw-1',
      instance: 'service',
    },
  ],
  ...lattice({
    gateways: [{ id: 'rgw-1', vpc: 'vpc-b' }],
    resources: [{ id: 'rcfg-1', gateway: 'rgw-1', ports: ['5432', '9000-9010'], at }],
    ...more,
  }),
});

/** Without `leads` it says not itself where it leads. */
const endpoint = (leads?: string, subnet = 'subnet-s1', ip = '10.0.1.100'): Change => ({
  interfaceEndpoints: [
    {
      id: 'vpce-db',
      vpc: 'vpc-a',
      service: '',
      type: leads?.startsWith('rcfg-') === true ? 'Resource' : 'ServiceNetwork',
      ...(leads === undefined ? {} : { leads }),
      at: [{ subnet, ips: [ip] }],
      groups: ['sg-open'],
    },
  ],
});

const gateway = 'rcfg-1@eni-rgw=10.1.1.40:2048>10.1.1.10:5432';
const database = 'tcp I1:40000 -> 10.0.1.100:5432';

proves([
  {
    id: 'T101',
    says: 'a client reaches the resource by the endpoint, as from the resource gateway',
    network: world(vpcB, shared(), endpoint('rcfg-1')),
    lines: [
      `[${gateway}] ${database} => CONN at eni-b via vpce-db rgw-1`,
      `[rcfg-1@eni-rgw=10.1.1.40:2048>10.1.1.10:22] tcp I1:40000 -> 10.0.1.100:22 => DENY at eni-b`,
      `[${gateway}] udp I1:40000 -> 10.0.1.100:5432 => DENY at eni-b`,
      'tcp I1:40000 -> 10.1.1.10:5432 => DENY@route-table',
    ],
  },
  {
    id: 'T101',
    says: 'the database’s group has to admit the gateway, not the client',
    network: world(vpcB, shared(), endpoint('rcfg-1'), admits('tcp 5432 10.0.0.0/16')),
    lines: [`[${gateway}] ${database} => DENY@security-group at eni-b`],
  },
  {
    id: 'T101',
    says: 'the gateway’s own address does as well as its group',
    network: world(vpcB, shared(), endpoint('rcfg-1'), admits('tcp 5432 10.1.1.40/32')),
    lines: [`[${gateway}] ${database} => CONN at eni-b`],
  },
  {
    id: '2.44',
    says: 'the gateway’s groups have to let it out',
    network: world(vpcB, shared(), endpoint('rcfg-1'), {
      groups: [{ id: 'sg-rgw', out: ['tcp 443 0.0.0.0/0'] }],
    }),
    lines: [`[${gateway}] ${database} => DENY@security-group at eni-b`],
  },
  {
    id: '9.27',
    says: 'the endpoint’s groups decide who uses it',
    network: world(vpcB, shared(), endpoint('rcfg-1'), {
      interfaceEndpoints: [{ id: 'vpce-db', groups: ['sg-none'] }],
    }),
    lines: [`[${gateway}] ${database} => DENY@security-group at eni-b`],
  },
  {
    id: '9.27',
    says: 'the resource does not reach the consumer',
    network: world(vpcB, shared(), endpoint('rcfg-1')),
    lines: ['@eni-b tcp 10.1.1.10:40000 -> 10.0.1.10:443 => DENY'],
  },
  {
    id: '9.29',
    says: 'whether an endpoint’s interface sends to a gateway in another zone is not known',
    network: world(vpcB, shared(), endpoint('rcfg-1', 'subnet-s2', '10.0.2.100')),
    lines: [
      `[${gateway}] tcp I1:40000 -> 10.0.2.100:5432 => UNKNOWN passes:vpce-db at eni-b`,
      `[passes:vpce-db ${gateway}] tcp I1:40000 -> 10.0.2.100:5432 => CONN at eni-b`,
      `[!passes:vpce-db ${gateway}] tcp I1:40000 -> 10.0.2.100:5432 => DENY at eni-b`,
    ],
  },
  {
    id: '9.28',
    says: 'where a name leads is not known',
    network: world(vpcB, shared('db.example.com'), endpoint('rcfg-1')),
    lines: [
      `[${gateway}] ${database} => UNKNOWN passes:rcfg-1 at eni-b`,
      `[passes:rcfg-1 ${gateway}] ${database} => CONN at eni-b`,
    ],
  },
  {
    id: '9.30',
    says: 'an endpoint of a service network leads to its resources and services',
    network: world(
      vpcB,
      list,
      shared('10.1.1.10', {
        networks: [{ id: 'sn-1', services: ['svc-1'], resources: ['rcfg-1'] }],
        services: [{ id: 'svc-1', listeners: ['HTTP 80 tg-1'] }],
        groups: [{ id: 'tg-1', vpc: 'vpc-b', port: 8080, targets: ['i-b'] }],
      }),
      endpoint('sn-1'),
      admits('tcp 5432 sg-rgw', 'tcp 8080 pl-lat'),
    ),
    lines: [
      `[${gateway}] ${database} => CONN at eni-b via sn-1`,
      `[${sent}] tcp I1:40000 -> 10.0.1.100:80 => CONN at eni-b via sn-1`,
      `[${sent}] tcp I1:40000 -> 10.0.1.100:8080 => DENY at eni-b`,
      `[${sent}] tcp I1:40000 -> 169.254.171.5:80 => DENY at eni-b`,
    ],
  },
  {
    id: '9.30',
    says: 'an endpoint leads where its service network says, and to nothing else',
    network: world(
      vpcB,
      shared('10.1.1.10', { networks: [{ id: 'sn-1', resources: ['rcfg-1'], endpoints: ['vpce-db'] }] }),
      endpoint(),
    ),
    lines: [
      `[${gateway}] ${database} => CONN at eni-b via sn-1`,
      `[${gateway}] tcp I1:40000 -> 10.0.1.100:8080 => DENY at eni-b`,
      `[${gateway}] tcp I1:40000 -> 129.224.0.7:5432 => DENY at eni-b`,
    ],
  },
  {
    id: '14.1',
    says: 'an association with a service network leads to its resources at addresses of their own, past auth policies',
    network: world(
      vpcB,
      shared('10.1.1.10', { networks: [{ id: 'sn-1', auth: 'AWS_IAM', vpcs: ['vpc-a'], resources: ['rcfg-1'] }] }),
    ),
    lines: [
      `[${gateway}] tcp I1:40000 -> 129.224.0.7:5432 => CONN at eni-b via sn-1`,
      `[passes:sn-1 ${gateway}] tcp I1:40000 -> 169.254.171.7:5432 => CONN at eni-b`,
      `[!passes:sn-1 ${gateway}] tcp I1:40000 -> 169.254.171.7:5432 => DENY at eni-b`,
    ],
  },
  {
    id: '9.27',
    says: 'every member of a group is asked for by the group’s endpoint, at its own ports',
    network: world(
      vpcB,
      shared('10.1.1.10', {
        resources: [
          { id: 'rcfg-g', gateway: 'rgw-1', ports: ['5432'] },
          { id: 'rcfg-1', of: 'rcfg-g', at: '10.1.1.10' },
          { id: 'rcfg-2', of: 'rcfg-g', ports: ['6379'], at: '10.1.1.10' },
        ],
      }),
      endpoint('rcfg-g'),
      admits('all sg-rgw'),
    ),
    lines: [
      `[${gateway}] ${database} => CONN at eni-b`,
      `[rcfg-2@eni-rgw=10.1.1.40:2048>10.1.1.10:6379] tcp I1:40000 -> 10.0.1.100:6379 => CONN at eni-b`,
      `[rcfg-2@eni-rgw=10.1.1.40:2048>10.1.1.10:22] tcp I1:40000 -> 10.0.1.100:22 => DENY at eni-b`,
    ],
  },
]);
