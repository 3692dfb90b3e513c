/** Internet, egress-only and NAT gateways, hairpins, Block Public Access: semantics section 5, and 4.35 to 4.40. */
import { proves } from '../support/proves.ts';
import type { BlockMode, Change } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';

const host = (...ips: string[]): Change => ({
  interfaces: [{ id: 'eni-p', subnet: 'subnet-pub', ips, groups: ['sg-open'] }],
});

const nat = (...ips: string[]): Change => ({ nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips }] });

const s1 = (...routes: string[]): Change => ({ tables: [{ id: 'rtb-s1', routes }] });

const throughNat = world(nat('10.0.9.5=198.51.100.9'), s1('0.0.0.0/0 nat-a'));

const block = (
  mode: BlockMode,
  ...exclusions: { resource: string; mode: 'allow-bidirectional' | 'allow-egress' }[]
): Change => ({
  block: [{ id: 'account', mode, exclusions }],
});

/** I1 has a public address, and all that passes the internet gateway passes a Gateway Load Balancer endpoint in F. */
const behindAppliance: Change = {
  subnets: [{ id: 'subnet-f', vpc: 'vpc-a', cidrs: ['10.0.4.0/24'], zone: 'az1', table: 'rtb-f' }],
  tables: [
    { id: 'rtb-f', vpc: 'vpc-a', routes: ['0.0.0.0/0 igw-a'] },
    { id: 'rtb-s1', routes: ['0.0.0.0/0 vpce-fw'] },
    { id: 'rtb-edge', vpc: 'vpc-a', edge: 'igw-a', routes: ['10.0.1.0/24 vpce-fw'] },
  ],
  firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-f', ip: '10.0.4.10' }],
  interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.1'] }],
};

/** VPC B, whose host has a public address. */
const other: Change = {
  vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
  subnets: [{ id: 'subnet-b', vpc: 'vpc-b', cidrs: ['10.1.1.0/24'], zone: 'az1' }],
  tables: [{ id: 'rtb-b', vpc: 'vpc-b', main: true, routes: ['0.0.0.0/0 igw-b'] }],
  acls: [
    { id: 'acl-b', vpc: 'vpc-b', default: true, in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] },
  ],
  groups: [{ id: 'sg-b', vpc: 'vpc-b', in: ['tcp 443 198.51.100.0/24', 'tcp 80 10.0.0.0/8'], out: ['all 0.0.0.0/0'] }],
  igws: [{ id: 'igw-b', vpc: 'vpc-b' }],
  interfaces: [{ id: 'eni-b', subnet: 'subnet-b', ips: ['10.1.1.10=198.51.100.20'], groups: ['sg-b'] }],
};

proves([
  {
    id: 'T31',
    says: 'a host in a public subnet without a public address has no IPv4 internet',
    network: world(host('10.0.9.10')),
    lines: ['tcp P:40000 -> 8.8.8.8:443 => DENY@internet-gateway:IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS'],
  },
  {
    id: '5.4',
    says: 'the internet reaches mapped addresses alone, and from public sources alone',
    network: world(host('10.0.9.10=198.51.100.1')),
    lines: [
      '@internet tcp 203.0.113.5:40000 -> P.pub:443 => CONN at eni-p via igw-a',
      '@internet udp 203.0.113.5:40000 -> P.pub:9999 => CONN at eni-p',
      '@internet 50 203.0.113.5 -> P.pub => CONN at eni-p',
      '@internet tcp 203.0.113.5:40000 -> P:443 => DENY',
      '@internet tcp 10.0.1.10:40000 -> P.pub:443 => DENY',
      '@internet tcp 100.64.0.1:40000 -> P.pub:443 => DENY',
    ],
  },
  {
    id: '5.5',
    says: 'an internet gateway passes no private destination outward',
    network: world(host('10.0.9.10=198.51.100.1')),
    lines: [
      'tcp P:40000 -> 192.168.1.1:443 => DENY@internet-gateway:IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS',
      'tcp P:40000 -> 172.31.255.255:443 => DENY@internet-gateway',
      'tcp P:40000 -> 172.32.0.0:443 => CONN at internet',
      'tcp P:40000 -> 100.127.255.255:443 => DENY@internet-gateway:IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS',
      'tcp P:40000 -> 100.128.0.0:443 => CONN at internet',
    ],
  },
  {
    id: '5.1',
    says: 'a detached internet gateway passes nothing',
    network: world(
      host('10.0.9.10=198.51.100.1'),
      { igws: [{ gone: 'igw-a' }, { id: 'igw-d' }] },
      { tables: [{ id: 'rtb-pub', routes: ['0.0.0.0/0 igw-d blackhole'] }] },
    ),
    lines: ['tcp P:40000 -> 203.0.113.5:443 => DENY', '@internet tcp 203.0.113.5:40000 -> P.pub:443 => DENY'],
  },
  {
    id: '5.7',
    says: 'a route to the internet gateway for some addresses serves these peers alone',
    network: world(host('10.0.9.10=198.51.100.1'), { tables: [{ id: 'rtb-pub', routes: ['203.0.113.0/24 igw-a'] }] }),
    lines: [
      '@internet tcp 203.0.113.5:40000 -> P.pub:443 => CONN',
      '@internet tcp 192.0.2.5:40000 -> P.pub:443 => PKT, return DENY@route-table',
    ],
  },
  {
    id: 'T45',
    says: 'an egress-only internet gateway passes what the VPC starts, and its replies',
    network: world6(
      { eigws: [{ id: 'eigw-a', vpc: 'vpc-a' }] },
      { tables: [{ id: 'rtb-s1', routes: ['::/0 eigw-a'] }] },
    ),
    lines: [
      'tcp I1.6:40000 -> [2a00::1]:443 => CONN at internet via eigw-a',
      'udp I1.6:40000 -> [2a00::1]:53 => CONN',
      'icmpv6 I1.6 -> [2a00::1] type 128 code 0 => CONN',
    ],
  },
  {
    id: 'T45 in',
    says: 'an egress-only internet gateway lets the internet start nothing',
    network: world6(
      { eigws: [{ id: 'eigw-a', vpc: 'vpc-a' }], igws: [{ gone: 'igw-a' }] },
      {
        tables: [
          { id: 'rtb-s1', routes: ['::/0 eigw-a'] },
          { id: 'rtb-pub', routes: [] },
        ],
      },
    ),
    lines: ['@internet tcp [2a00::1]:40000 -> I1.6:443 => DENY'],
  },
  {
    id: '5.10',
    says: 'what a firewall endpoint hands to an egress-only internet gateway is dropped',
    network: world6(
      {
        eigws: [{ id: 'eigw-a', vpc: 'vpc-a' }],
        subnets: [
          { id: 'subnet-f', vpc: 'vpc-a', cidrs: ['10.0.4.0/24', '2600:1f18:a:4::/64'], zone: 'az1', table: 'rtb-f' },
        ],
        tables: [{ id: 'rtb-f', vpc: 'vpc-a', routes: ['::/0 eigw-a'] }],
        firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-f', ip: '10.0.4.10' }],
      },
      { tables: [{ id: 'rtb-s1', routes: ['::/0 vpce-fw'] }] },
    ),
    lines: ['[passes:vpce-fw] tcp I1.6:40000 -> [2a00::1]:443 => DENY'],
  },
  {
    id: '5.12',
    says: 'a NAT gateway takes TCP, UDP and ICMP to the internet under its own address',
    network: throughNat,
    lines: [
      'tcp I1:40000 -> 203.0.113.5:443 => CONN at internet via nat-a igw-a',
      'udp I1:40000 -> 203.0.113.5:53 => CONN at internet',
      'icmp I1 -> 203.0.113.5 type 8 code 0 => CONN at internet',
    ],
  },
  {
    id: '5.11',
    says: 'a NAT gateway drops other protocols',
    network: throughNat,
    lines: [
      '50 I1 -> 203.0.113.5 => DENY@nat-gateway',
      '47 I1 -> 203.0.113.5 => DENY@nat-gateway',
      '132 I1 -> 203.0.113.5 => DENY@nat-gateway',
    ],
  },
  {
    id: '5.23',
    says: 'a NAT gateway carries fragments of UDP alone',
    network: throughNat,
    lines: [
      'tcp I1:40000 -> 203.0.113.5:443 fragment => DENY@nat-gateway',
      'icmp I1 -> 203.0.113.5 type 8 code 0 fragment => DENY@nat-gateway',
    ],
  },
  {
    id: 'T33',
    says: 'a NAT gateway in a private subnet has no internet',
    network: world(
      { nats: [{ id: 'nat-a', subnet: 'subnet-s2', ips: ['10.0.2.5=198.51.100.9'] }] },
      s1('0.0.0.0/0 nat-a'),
    ),
    lines: ['tcp I1:40000 -> 203.0.113.5:443 => DENY@route-table:NO_ROUTE_TO_DESTINATION'],
  },
  {
    id: '5.14',
    says: 'a NAT gateway whose subnet routes to itself leads nowhere',
    network: world(
      { nats: [{ id: 'nat-a', subnet: 'subnet-s2', ips: ['10.0.2.5=198.51.100.9'] }] },
      {
        tables: [
          { id: 'rtb-s1', routes: ['0.0.0.0/0 nat-a'] },
          { id: 'rtb-s2', routes: ['0.0.0.0/0 nat-a'] },
        ],
      },
    ),
    lines: ['tcp I1:40000 -> 203.0.113.5:443 => DENY', 'tcp I2:40000 -> 203.0.113.5:443 => DENY'],
  },
  {
    id: '5.15',
    says: 'the internet gateway drops what a private NAT gateway sends',
    network: world(
      { nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5'], private: true }] },
      s1('0.0.0.0/0 nat-a'),
    ),
    lines: ['tcp I1:40000 -> 203.0.113.5:443 => DENY@internet-gateway:IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS'],
  },
  {
    id: '5.18',
    says: 'a NAT gateway admits nothing unsolicited and answers no ping',
    network: throughNat,
    lines: [
      '@internet tcp 203.0.113.5:40000 -> 198.51.100.9:443 => DENY',
      '@internet icmp 203.0.113.5 -> 198.51.100.9 type 8 code 0 => DENY',
      'tcp I2:40000 -> 10.0.9.5:443 => DENY',
    ],
  },
  {
    id: '5.22',
    says: 'a NAT gateway in front of a subnet hides the sender behind its private address',
    network: world(nat('10.0.9.5=198.51.100.9'), s1('10.0.2.0/24 nat-a'), {
      groups: [
        { id: 'sg-2', vpc: 'vpc-a', in: ['tcp 443 10.0.9.5/32', 'tcp 80 10.0.1.0/24', 'tcp 22 sg-open'], out: [] },
      ],
      interfaces: [{ id: 'eni-i2', groups: ['sg-2'] }],
    }),
    lines: [
      'tcp I1:40000 -> I2:443 => CONN at eni-i2 via nat-a',
      'tcp I1:40000 -> I2:80 => DENY@security-group',
      'tcp I1:40000 -> I2:22 => DENY@security-group',
    ],
  },
  {
    id: '5.24',
    says: 'each address of a NAT gateway may be the one a flow leaves with',
    network: world(nat('10.0.9.5=198.51.100.9', '10.0.9.6=198.51.100.8'), s1('10.0.2.0/24 nat-a'), {
      groups: [{ id: 'sg-2', vpc: 'vpc-a', in: ['tcp 443 10.0.9.6/32'], out: [] }],
      interfaces: [{ id: 'eni-i2', groups: ['sg-2'] }],
    }),
    lines: [
      '[nat-a=10.0.9.6:2048] tcp I1:40000 -> I2:443 => CONN at eni-i2 via nat-a',
      'tcp I1:40000 -> I2:80 => DENY@security-group',
    ],
  },
  {
    id: '5.17',
    says: 'a NAT gateway’s ports are 1024 to 65535, whatever the client’s was',
    network: world(nat('10.0.9.5=198.51.100.9'), s1('10.0.2.0/24 nat-a'), {
      acls: [{ id: 'acl-s2', vpc: 'vpc-a', in: ['100 allow all 0.0.0.0/0'], out: ['100 allow tcp 1-1023 0.0.0.0/0'] }],
      subnets: [{ id: 'subnet-s2', acl: 'acl-s2' }],
    }),
    lines: ['tcp I1:1000 -> I2:443 => PKT, return DENY@network-acl at eni-i2'],
  },
  {
    id: '5.25',
    says: 'NAT64 carries IPv6 to 64:ff9b::/96 into IPv4',
    network: world6(nat('10.0.9.5=198.51.100.9'), { tables: [{ id: 'rtb-s1', routes: ['64:ff9b::/96 nat-a'] }] }),
    lines: [
      'tcp I1.6:40000 -> [64:ff9b::cb00:7105]:443 => CONN at internet via nat-a igw-a',
      'tcp I1.6:40000 -> [64:ff9b::a00:20a]:443 => CONN at eni-i2 via nat-a',
      'tcp I1.6:40000 -> [2a00::1]:443 => DENY@route-table',
    ],
  },
  {
    id: '5.26',
    says: 'the sender’s groups see the IPv6 destination of NAT64, and IPv4 rules do not admit it',
    network: world6(
      nat('10.0.9.5=198.51.100.9'),
      { tables: [{ id: 'rtb-s1', routes: ['64:ff9b::/96 nat-a'] }] },
      {
        groups: [{ id: 'sg-1', vpc: 'vpc-a', in: [], out: ['all 0.0.0.0/0', 'tcp 443 64:ff9b::/96'] }],
        interfaces: [{ id: 'eni-i1', groups: ['sg-1'] }],
      },
    ),
    lines: [
      'tcp I1.6:40000 -> [64:ff9b::cb00:7105]:80 => DENY@security-group',
      'tcp I1.6:40000 -> [64:ff9b::cb00:7105]:443 => CONN',
    ],
  },
  {
    id: '5.29',
    says: 'a NAT gateway drops other IPv6',
    network: world6(nat('10.0.9.5=198.51.100.9'), { tables: [{ id: 'rtb-s1', routes: ['::/0 nat-a'] }] }),
    lines: [
      'tcp I1.6:40000 -> [2a00::1]:443 => DENY@nat-gateway',
      'tcp I1.6:40000 -> [64:ff9b::cb00:7105]:443 => CONN',
    ],
  },
  {
    id: 'T50',
    says: 'a regional NAT gateway needs no public subnet',
    network: world(
      {
        subnets: [{ gone: 'subnet-pub' }],
        tables: [{ gone: 'rtb-pub' }, { id: 'rtb-nat', vpc: 'vpc-a', routes: ['0.0.0.0/0 igw-a'] }],
        nats: [{ id: 'nat-r', vpc: 'vpc-a', ips: ['198.51.100.30@az1', '198.51.100.31@az2'], table: 'rtb-nat' }],
      },
      s1('0.0.0.0/0 nat-r'),
    ),
    lines: [
      'tcp I1:40000 -> 203.0.113.5:443 => CONN at internet via nat-r igw-a',
      '50 I1 -> 203.0.113.5 => DENY@nat-gateway',
      'tcp I2:40000 -> 203.0.113.5:443 => DENY@route-table',
    ],
  },
  {
    id: '1.16, regional',
    says: "no guest gets out under a regional NAT gateway's public address",
    network: world({
      tables: [{ id: 'rtb-nat', vpc: 'vpc-a', routes: ['0.0.0.0/0 igw-a'] }],
      nats: [{ id: 'nat-r', vpc: 'vpc-a', ips: ['198.51.100.30@az1', '198.51.100.31@az2'], table: 'rtb-nat' }],
      interfaces: [{ id: 'eni-p', subnet: 'subnet-pub', ips: ['10.0.9.10'], groups: ['sg-open'], check: false }],
    }),
    lines: ['[!passes:eni-p] @eni-p tcp 198.51.100.30:40000 -> 203.0.113.5:443 => DENY@internet-gateway'],
  },
  {
    id: '5.34',
    says: 'a packet to a public address of the same VPC turns round at the internet gateway with both addresses translated',
    network: world({
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] }],
      groups: [{ id: 'sg-p', vpc: 'vpc-a', in: ['tcp 443 198.51.100.1/32'], out: [] }],
      interfaces: [
        { id: 'eni-i1', ips: ['10.0.1.10=198.51.100.1'] },
        { id: 'eni-p', subnet: 'subnet-pub', ips: ['10.0.9.10=198.51.100.2'], groups: ['sg-p'] },
      ],
    }),
    lines: [
      'tcp I1:40000 -> P.pub:443 => CONN at eni-p via igw-a',
      '[!fact:5.34] tcp I1:40000 -> P.pub:443 => DENY',
      'tcp I1:40000 -> P:443 => DENY@security-group',
    ],
  },
  {
    id: '5.34 NAT',
    says: 'behind a NAT gateway the neighbour sees its public address',
    network: world(nat('10.0.9.5=198.51.100.9'), s1('0.0.0.0/0 nat-a'), {
      groups: [{ id: 'sg-p', vpc: 'vpc-a', in: ['tcp 443 198.51.100.9/32', 'tcp 80 10.0.0.0/8'], out: [] }],
      interfaces: [{ id: 'eni-p', subnet: 'subnet-pub', ips: ['10.0.9.10=198.51.100.2'], groups: ['sg-p'] }],
    }),
    lines: [
      'tcp I1:40000 -> P.pub:443 => CONN at eni-p via nat-a igw-a',
      'tcp I1:40000 -> P.pub:80 => DENY@security-group',
    ],
  },
  {
    id: '5.35',
    says: 'two VPCs meet over the internet at their public addresses',
    network: world(host('10.0.9.10=198.51.100.1'), other),
    lines: [
      'tcp P:40000 -> B.pub:443 => CONN at eni-b via igw-a igw-b',
      'tcp P:40000 -> B.pub:80 => DENY@security-group',
      'tcp P:40000 -> B:443 => DENY@internet-gateway',
      'tcp I1:40000 -> B.pub:443 => DENY@route-table',
    ],
  },
  {
    id: 'T48',
    says: 'under block-ingress a public host cannot even start a flow, and a NAT gateway can',
    network: world(
      host('10.0.9.10=198.51.100.1'),
      nat('10.0.9.5=198.51.100.9'),
      s1('0.0.0.0/0 nat-a'),
      block('block-ingress'),
    ),
    lines: [
      'tcp P:40000 -> 203.0.113.5:443 => DENY@block-public-access:VPC_BLOCK_PUBLIC_ACCESS_ENABLED',
      '@internet tcp 203.0.113.5:40000 -> P.pub:443 => DENY@block-public-access',
      'tcp I1:40000 -> 203.0.113.5:443 => CONN at internet via nat-a',
      'tcp I1:40000 -> P:443 => CONN at eni-p',
    ],
  },
  {
    id: 'T48 excluded',
    says: 'an allow-bidirectional exclusion of the subnet beside the gateway opens it',
    network: world(
      host('10.0.9.10=198.51.100.1'),
      block('block-ingress', { resource: 'subnet-pub', mode: 'allow-bidirectional' }),
    ),
    lines: ['tcp P:40000 -> 203.0.113.5:443 => CONN', '@internet tcp 203.0.113.5:40000 -> P.pub:443 => CONN at eni-p'],
  },
  {
    id: '4.36',
    says: 'under block-bidirectional nothing passes an internet or egress-only gateway',
    network: world6(
      host('10.0.9.10=198.51.100.1', '2600:1f18:a:9::10'),
      nat('10.0.9.5=198.51.100.9'),
      { eigws: [{ id: 'eigw-a', vpc: 'vpc-a' }] },
      s1('0.0.0.0/0 nat-a', '::/0 eigw-a'),
      block('block-bidirectional'),
    ),
    lines: [
      'tcp P:40000 -> 203.0.113.5:443 => DENY@block-public-access',
      'tcp I1:40000 -> 203.0.113.5:443 => DENY@block-public-access',
      'tcp I1.6:40000 -> [2a00::1]:443 => DENY@block-public-access',
      '@internet tcp [2a00::1]:40000 -> P.6:443 => DENY@block-public-access',
    ],
  },
  {
    id: '4.36 egress-only',
    says: 'under block-ingress an egress-only internet gateway still passes what the VPC starts',
    network: world6(
      { eigws: [{ id: 'eigw-a', vpc: 'vpc-a' }] },
      { tables: [{ id: 'rtb-s1', routes: ['::/0 eigw-a'] }] },
      block('block-ingress'),
    ),
    lines: ['tcp I1.6:40000 -> [2a00::1]:443 => CONN at internet via eigw-a'],
  },
  {
    id: '4.39',
    says: 'the exclusion that counts is that of the subnet beside the internet gateway, not the workload’s',
    network: world(
      nat('10.0.9.5=198.51.100.9'),
      s1('0.0.0.0/0 nat-a'),
      block('block-bidirectional', { resource: 'subnet-pub', mode: 'allow-egress' }),
    ),
    lines: ['tcp I1:40000 -> 203.0.113.5:443 => CONN at internet via nat-a'],
  },
  {
    id: '4.39 workload',
    says: 'excluding the workload’s subnet opens nothing at the NAT gateway’s',
    network: world(
      nat('10.0.9.5=198.51.100.9'),
      s1('0.0.0.0/0 nat-a'),
      block('block-bidirectional', { resource: 'subnet-s1', mode: 'allow-bidirectional' }),
    ),
    lines: ['tcp I1:40000 -> 203.0.113.5:443 => DENY@block-public-access'],
  },
  {
    id: '4.39 edge',
    says: 'where an edge table leads to an appliance, the exclusion of its subnet counts, and not the receiver’s',
    network: world(
      behindAppliance,
      block('block-bidirectional', { resource: 'subnet-f', mode: 'allow-bidirectional' }),
    ),
    lines: [
      '[passes:vpce-fw] @internet tcp 203.0.113.5:40000 -> I1.pub:443 => CONN at eni-i1 via vpce-fw',
      '[passes:vpce-fw] tcp I1:40000 -> 203.0.113.5:443 => CONN at internet via vpce-fw',
    ],
  },
  {
    id: '4.39 receiver',
    says: 'excluding the receiver’s subnet opens nothing at the appliance’s',
    network: world(
      behindAppliance,
      block('block-bidirectional', { resource: 'subnet-s1', mode: 'allow-bidirectional' }),
    ),
    lines: ['[passes:vpce-fw] @internet tcp 203.0.113.5:40000 -> I1.pub:443 => DENY@block-public-access'],
  },
  {
    id: '4.38',
    says: 'no exclusion from Block Public Access covers what a network firewall passes',
    network: world(
      behindAppliance,
      { firewallEndpoints: [{ id: 'vpce-fw', firewall: 'main' }] },
      block('block-bidirectional', { resource: 'vpc-a', mode: 'allow-bidirectional' }),
    ),
    lines: [
      '[passes:arn:aws:network-firewall:us-east-1:111122223333:firewall/main] tcp I1:40000 -> 8.8.8.8:443 => DENY@block-public-access',
      '[passes:arn:aws:network-firewall:us-east-1:111122223333:firewall/main] @internet tcp 203.0.113.5:40000 -> I1.pub:443 => DENY@block-public-access',
    ],
  },
  {
    id: '4.38',
    says: 'an exclusion covers what a Gateway Load Balancer endpoint in its subnet passes',
    network: world(
      behindAppliance,
      block('block-bidirectional', { resource: 'subnet-f', mode: 'allow-bidirectional' }),
    ),
    lines: [
      '[passes:vpce-fw] tcp I1:40000 -> 8.8.8.8:443 => CONN at internet',
      '[passes:vpce-fw] @internet tcp 203.0.113.5:40000 -> I1.pub:443 => CONN at eni-i1',
    ],
  },
]);
