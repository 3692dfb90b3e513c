/** VPC peering: semantics section 6, with 2.18, 5.20 and 5.21. */
import { proves } from '../support/proves.ts';
import type { Change } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';

const open = ['100 allow all 0.0.0.0/0'];

/** VPC B = 10.1.0.0/16 with a host, and C = 10.2.0.0/16 with another; B is peered with A and with C. */
const peers = (...back: string[]): Change => ({
  vpcs: [
    { id: 'vpc-b', cidrs: ['10.1.0.0/16'] },
    { id: 'vpc-c', cidrs: ['10.2.0.0/16'] },
  ],
  subnets: [
    { id: 'subnet-b', vpc: 'vpc-b', cidrs: ['10.1.3.0/24'], zone: 'az1' },
    { id: 'subnet-c', vpc: 'vpc-c', cidrs: ['10.2.3.0/24'], zone: 'az1' },
  ],
  tables: [
    { id: 'rtb-b', vpc: 'vpc-b', main: true, routes: back },
    { id: 'rtb-c', vpc: 'vpc-c', main: true, routes: ['10.1.0.0/16 pcx-bc', '10.0.0.0/16 pcx-bc'] },
  ],
  acls: [
    { id: 'acl-b', vpc: 'vpc-b', default: true, in: open, out: open },
    { id: 'acl-c', vpc: 'vpc-c', default: true, in: open, out: open },
  ],
  groups: [
    { id: 'sg-b', vpc: 'vpc-b', in: ['all 10.0.0.0/8'], out: ['all 0.0.0.0/0'] },
    { id: 'sg-c', vpc: 'vpc-c', in: ['all 10.0.0.0/8'], out: ['all 0.0.0.0/0'] },
  ],
  interfaces: [
    { id: 'eni-b', subnet: 'subnet-b', ips: ['10.1.3.10'], groups: ['sg-b'] },
    { id: 'eni-c', subnet: 'subnet-c', ips: ['10.2.3.10'], groups: ['sg-c'] },
  ],
  opaque: [
    { id: 'pcx-ab', vpcs: ['vpc-a', 'vpc-b'] },
    { id: 'pcx-bc', vpcs: ['vpc-b', 'vpc-c'] },
  ],
});

const s1 = (...routes: string[]): Change => ({ tables: [{ id: 'rtb-s1', routes }] });

const toB = s1('10.1.0.0/16 pcx-ab');

const back = '10.0.0.0/16 pcx-ab';

const referring = (region?: string): Change => ({
  groups: [{ id: 'sg-b', in: ['tcp 443 sg-open'], out: [] }],
  ...(region === undefined
    ? {}
    : {
        opaque: [{ id: 'pcx-ab', vpcs: ['vpc-a', 'vpc-b'], region }],
      }),
});

proves([
  {
    id: '6.3',
    says: 'peering needs a route on each side, and the groups of both',
    network: world(peers(back), toB),
    lines: [
      'tcp I1:40000 -> B:443 => CONN at eni-b via pcx-ab',
      'udp I1:40000 -> B:53 => CONN at eni-b via pcx-ab',
      '50 I1 -> B => CONN at eni-b via pcx-ab',
      'icmp I1 -> B type 8 code 0 => CONN at eni-b via pcx-ab',
      'tcp I2:40000 -> B:443 => DENY@route-table:NO_ROUTE_TO_DESTINATION',
      'tcp B:40000 -> I1:443 => CONN at eni-i1 via pcx-ab',
    ],
  },
  {
    id: '6.3',
    says: 'without a route back the packet arrives and the reply does not',
    network: world(peers(), toB),
    lines: ['tcp I1:40000 -> B:443 => PKT, return DENY@route-table:NO_ROUTE_TO_DESTINATION at eni-b'],
  },
  {
    id: '6.4',
    says: 'a peering connection leads to the addresses of the other VPC alone, however wide its route',
    network: world(peers(back), s1('0.0.0.0/0 pcx-ab')),
    lines: [
      'tcp I1:40000 -> B:443 => CONN at eni-b',
      'tcp I1:40000 -> 8.8.8.8:443 => DENY@vpc-peering:PCX_REQUIRES_ADDRESS_IN_VPC_CIDR',
      'tcp I1:40000 -> 192.168.1.1:443 => DENY@vpc-peering:PCX_REQUIRES_ADDRESS_IN_VPC_CIDR',
    ],
  },
  {
    id: 'T52',
    says: 'peering is not transitive',
    network: world(peers(back, '10.2.0.0/16 pcx-bc'), s1('10.2.0.0/16 pcx-ab')),
    lines: ['tcp I1:40000 -> C:443 => DENY@vpc-peering:PCX_REQUIRES_ADDRESS_IN_VPC_CIDR'],
  },
  {
    id: 'T54',
    says: 'the gateway endpoint of a peer cannot be used, its interface endpoint can',
    network: world(peers(back), s1('10.1.0.0/16 pcx-ab', 'pl-s3 pcx-ab'), {
      lists: [{ id: 'pl-s3', name: 'com.amazonaws.us-east-1.s3', entries: ['52.216.0.0/15'] }],
      gatewayEndpoints: [{ id: 'vpce-s3', vpc: 'vpc-b', service: 's3', list: 'pl-s3', tables: ['rtb-b'] }],
      interfaceEndpoints: [
        {
          id: 'vpce-logs',
          vpc: 'vpc-b',
          service: 'logs',
          at: [{ subnet: 'subnet-b', ips: ['10.1.3.7'] }],
          groups: ['sg-b'],
        },
      ],
    }),
    lines: [
      'tcp I1:40000 -> 52.216.1.1:443 => DENY@vpc-peering:PCX_REQUIRES_ADDRESS_IN_VPC_CIDR',
      'tcp I1:40000 -> 10.1.3.7:443 => CONN via pcx-ab',
      'tcp I2:40000 -> 10.1.3.7:443 => DENY@route-table',
    ],
  },
  {
    id: 'T11',
    says: 'a group of the other VPC counts within one Region',
    network: world(peers(back), toB, referring()),
    lines: [
      'tcp I1:40000 -> B:443 => CONN at eni-b',
      'tcp I1:40000 -> B:80 => DENY@security-group:ENI_SG_RULES_MISMATCH',
    ],
  },
  {
    id: 'T11',
    says: 'a group of a VPC in another Region never counts',
    network: world(peers(back), toB, referring('eu-west-1')),
    lines: ['tcp I1:40000 -> B:443 => DENY@security-group:SG_REFERENCES_NOT_PRESERVED'],
  },
  {
    id: '2.18',
    says: 'an outbound rule may name a group of the peer VPC, and counts within one Region',
    network: world(peers(back), toB, { groups: [{ id: 'sg-open', out: ['tcp 443 sg-b'] }] }),
    lines: ['tcp I1:40000 -> B:443 => CONN at eni-b', 'tcp I1:40000 -> 10.1.3.11:443 => DENY@security-group'],
  },
  {
    id: '2.18',
    says: 'an outbound rule that names a group in another Region lets nothing out',
    network: world(peers(back), toB, {
      groups: [{ id: 'sg-open', out: ['tcp 443 sg-b'] }],
      opaque: [{ id: 'pcx-ab', vpcs: ['vpc-a', 'vpc-b'], region: 'eu-west-1' }],
    }),
    lines: ['tcp I1:40000 -> B:443 => DENY@security-group:SG_REFERENCES_NOT_PRESERVED'],
  },
  {
    id: '5.21',
    says: 'what a NAT gateway sends to a peer comes back to it without a route there',
    network: world(peers(), s1('10.1.0.0/16 nat-a'), {
      tables: [{ id: 'rtb-pub', routes: ['0.0.0.0/0 igw-a', '10.1.0.0/16 pcx-ab'] }],
      nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
    }),
    lines: ['tcp I1:40000 -> B:443 => CONN at eni-b via nat-a pcx-ab'],
  },
  {
    id: '5.21',
    says: 'the network ACL of the peer can stop what comes back to a NAT gateway',
    network: world(peers(), s1('10.1.0.0/16 nat-a'), {
      tables: [{ id: 'rtb-pub', routes: ['0.0.0.0/0 igw-a', '10.1.0.0/16 pcx-ab'] }],
      nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
      acls: [{ id: 'acl-b', in: open, out: ['100 deny tcp 1024-65535 10.0.9.0/24', '200 allow all 0.0.0.0/0'] }],
    }),
    lines: ['tcp I1:40000 -> B:443 => PKT, return DENY@network-acl at eni-b'],
  },
  {
    id: '5.20',
    says: 'no NAT gateway of a peer can be used',
    network: world(peers(back, '0.0.0.0/0 nat-b'), s1('0.0.0.0/0 pcx-ab'), {
      nats: [{ id: 'nat-b', subnet: 'subnet-b', ips: ['10.1.3.5=198.51.100.9'] }],
      igws: [{ id: 'igw-b', vpc: 'vpc-b' }],
    }),
    lines: ['tcp I1:40000 -> 8.8.8.8:443 => DENY@vpc-peering:PCX_REQUIRES_ADDRESS_IN_VPC_CIDR'],
  },
  {
    id: '6.14',
    says: 'IPv6 goes through a peering connection between blocks of both sides',
    network: world6(peers('10.0.0.0/16 pcx-ab', '2600:1f18:a::/56 pcx-ab'), {
      vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16', '2600:1f18:b::/56'] }],
      subnets: [{ id: 'subnet-b', cidrs: ['10.1.3.0/24', '2600:1f18:b:3::/64'] }],
      tables: [{ id: 'rtb-s1', routes: ['2600:1f18:b::/56 pcx-ab'] }],
      acls: [{ id: 'acl-b', in: ['100 allow all ::/0'], out: ['100 allow all ::/0'] }],
      groups: [{ id: 'sg-b', in: ['all ::/0'], out: ['all ::/0'] }],
      interfaces: [{ id: 'eni-b', ips: ['10.1.3.10', '2600:1f18:b:3::10'] }],
    }),
    lines: ['tcp I1.6:40000 -> B.6:443 => CONN at eni-b via pcx-ab', 'tcp I1:40000 -> B:443 => DENY@route-table'],
  },
]);
