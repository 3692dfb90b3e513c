/** Routing inside the VPC: semantics section 4, Block Public Access aside. */
import { firewallArn } from '../support/identity.ts';
import { proves } from '../support/proves.ts';
import { world, world6 } from '../support/world.ts';

const s1 = (...routes: string[]) => ({ tables: [{ id: 'rtb-s1', routes }] });

/** I1 has a public address. */
const mapped = { interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.1'] }] };

/** A firewall endpoint in a subnet of its own; its table has these routes. */
const firewall = (...routes: string[]) => ({
  subnets: [{ id: 'subnet-f', vpc: 'vpc-a', cidrs: ['10.0.4.0/24'], zone: 'az1', table: 'rtb-f' }],
  tables: [{ id: 'rtb-f', vpc: 'vpc-a', routes }],
  firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-f', ip: '10.0.4.10' }],
});

const edge = (...routes: string[]) => ({ tables: [{ id: 'rtb-edge', vpc: 'vpc-a', edge: 'igw-a', routes }] });

const nat = { nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }] };

/** A host that routes: its source/destination check off, in the public subnet. */
const router = (check: boolean, ...ips: string[]) => ({
  interfaces: [{ id: 'eni-r', subnet: 'subnet-pub', ips, groups: ['sg-open'], check }],
});

proves([
  {
    id: 'T30',
    says: 'a public address in a private subnet gives no way out, and a way in for packets alone',
    network: world(mapped),
    lines: [
      'tcp I1:40000 -> 8.8.8.8:443 => DENY@route-table:NO_ROUTE_TO_DESTINATION',
      '@internet tcp 203.0.113.5:40000 -> I1.pub:443 => PKT, return DENY@route-table at eni-i1',
      '[!fact:5.6] @internet tcp 203.0.113.5:40000 -> I1.pub:443 => DENY',
    ],
  },
  {
    id: 'T34',
    says: 'the longest prefix decides',
    network: world(s1('0.0.0.0/0 nat-a', '10.1.0.0/16 pcx-ab'), nat, { opaque: [{ id: 'pcx-ab', vpcs: ['vpc-a'] }] }),
    lines: [
      'tcp I1:40000 -> 10.1.2.3:443 => UNKNOWN passes:pcx-ab',
      'tcp I1:40000 -> 203.0.113.5:443 => CONN at internet via nat-a',
    ],
  },
  {
    id: '4.4',
    says: 'the longest prefix decides among static routes, to the last bit',
    network: world(
      mapped,
      nat,
      s1(
        '0.0.0.0/0 nat-gone blackhole',
        '203.0.113.0/24 igw-a',
        '203.0.113.128/25 nat-a',
        '203.0.113.255/32 nat-gone blackhole',
      ),
    ),
    lines: [
      'tcp I1:40000 -> 203.0.113.127:443 => CONN via igw-a',
      'tcp I1:40000 -> 203.0.113.128:443 => CONN via nat-a',
      'tcp I1:40000 -> 203.0.113.255:443 => DENY@route-table:BAD_STATE_ROUTE',
      'tcp I1:40000 -> 203.0.114.0:443 => DENY@route-table',
    ],
  },
  {
    id: 'T35',
    says: 'a static route wins over a propagated one of the same block',
    network: world(
      mapped,
      { opaque: [{ id: 'vgw-a', vpcs: ['vpc-a'] }] },
      s1(
        '172.31.0.0/24 vgw-a propagated',
        '172.31.0.0/24 igw-a',
        '203.0.113.0/24 vgw-a propagated',
        '203.0.113.0/24 igw-a',
      ),
    ),
    lines: [
      'tcp I1:40000 -> 203.0.113.5:443 => CONN at internet via igw-a',
      'tcp I1:40000 -> 172.31.0.5:443 => DENY@internet-gateway:IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS',
    ],
  },
  {
    id: 'T37',
    says: 'between two prefix lists with the same entry AWS chooses as it likes',
    network: world(
      mapped,
      {
        lists: [
          { id: 'pl-1', entries: ['203.0.113.0/24'] },
          { id: 'pl-2', entries: ['203.0.113.0/24', '192.0.2.0/24'] },
        ],
      },
      s1('pl-1 igw-a', 'pl-2 nat-gone blackhole'),
    ),
    lines: [
      'tcp I1:40000 -> 203.0.113.5:443 => UNKNOWN !prefers:rtb-s1:pl-2',
      '[prefers:rtb-s1:pl-1 !prefers:rtb-s1:pl-2] tcp I1:40000 -> 203.0.113.5:443 => CONN at internet via igw-a',
      '[prefers:rtb-s1:pl-2 !prefers:rtb-s1:pl-1] tcp I1:40000 -> 203.0.113.5:443 => DENY@route-table',
      'tcp I1:40000 -> 192.0.2.5:443 => DENY@route-table',
    ],
  },
  {
    id: '4.12',
    says: 'a static route wins over a prefix list’s with the same block, and a longer entry over both',
    network: world(
      mapped,
      nat,
      { lists: [{ id: 'pl-1', entries: ['203.0.113.0/24', '192.0.2.128/25'] }] },
      s1('pl-1 nat-gone blackhole', '203.0.113.0/24 igw-a', '192.0.2.0/24 nat-a'),
    ),
    lines: [
      'tcp I1:40000 -> 203.0.113.5:443 => CONN via igw-a',
      'tcp I1:40000 -> 192.0.2.127:443 => CONN via nat-a',
      'tcp I1:40000 -> 192.0.2.128:443 => DENY@route-table',
    ],
  },
  {
    id: 'T38',
    says: 'a route more specific than local takes traffic between subnets through the firewall endpoint, both ways',
    network: world(firewall(), s1('10.0.2.0/24 vpce-fw'), {
      tables: [{ id: 'rtb-s2', routes: ['10.0.1.0/24 vpce-fw'] }],
    }),
    lines: [
      'tcp I1:40000 -> I2:443 => UNKNOWN passes:vpce-fw',
      '[passes:vpce-fw] tcp I1:40000 -> I2:443 => CONN at eni-i2 via vpce-fw',
      '[!passes:vpce-fw] tcp I1:40000 -> I2:443 => DENY',
    ],
  },
  {
    id: '4.3',
    says: 'traffic inside a subnet never consults the route table',
    network: world(firewall(), s1('10.0.1.0/24 vpce-fw', '10.0.2.0/24 vpce-fw'), {
      interfaces: [{ id: 'eni-i1b', subnet: 'subnet-s1', ips: ['10.0.1.11'], groups: ['sg-open'] }],
    }),
    lines: ['tcp I1:40000 -> I1b:443 => CONN at eni-i1b', '[!passes:vpce-fw] tcp I1:40000 -> I2:443 => DENY'],
  },
  {
    id: 'T41',
    says: 'an edge table takes what comes from the internet through the firewall endpoint, and the reply goes back through it',
    network: world(mapped, firewall('0.0.0.0/0 igw-a'), s1('0.0.0.0/0 vpce-fw'), edge('10.0.1.0/24 vpce-fw')),
    lines: [
      '@internet tcp 203.0.113.5:40000 -> I1.pub:443 => UNKNOWN passes:vpce-fw',
      '[passes:vpce-fw] @internet tcp 203.0.113.5:40000 -> I1.pub:443 => CONN at eni-i1 via igw-a vpce-fw',
      '[passes:vpce-fw] tcp I1:40000 -> 203.0.113.5:443 => CONN at internet via vpce-fw igw-a',
    ],
  },
  {
    id: 'T41b',
    says: 'a reply that goes round the network firewall its flow came through is lost',
    network: world(mapped, firewall('0.0.0.0/0 igw-a'), s1('0.0.0.0/0 igw-a'), edge('10.0.1.0/24 vpce-fw'), {
      firewallEndpoints: [{ id: 'vpce-fw', firewall: 'main' }],
    }),
    lines: [
      `[passes:${firewallArn('main')}] @internet tcp 203.0.113.5:40000 -> I1.pub:443 => PKT at eni-i1 via vpce-fw`,
    ],
  },
  {
    id: '4.11',
    says: 'a more specific route does not touch what comes in at a gateway without an edge table',
    network: world(mapped, firewall(), s1('0.0.0.0/0 igw-a'), {
      tables: [{ id: 'rtb-pub', routes: ['10.0.1.0/24 vpce-fw'] }],
    }),
    lines: ['@internet tcp 203.0.113.5:40000 -> I1.pub:443 => CONN at eni-i1'],
  },
  {
    id: 'T42',
    says: 'a NAT instance with its check on drops what it is handed',
    network: world(router(true, '10.0.9.20=198.51.100.3'), s1('0.0.0.0/0 eni-r')),
    lines: ['tcp I1:40000 -> 203.0.113.5:443 => DENY@source-dest-check:ENI_SOURCE_DEST_CHECK_RESTRICTION'],
  },
  {
    id: 'T42 off',
    says: 'a NAT instance with its check off passes traffic if its guest translates',
    network: world(router(false, '10.0.9.20=198.51.100.3'), s1('0.0.0.0/0 eni-r')),
    lines: ['[forwards:eni-r,nat] tcp I1:40000 -> 203.0.113.5:443 => CONN at internet via eni-r igw-a'],
  },
  {
    id: '4.27',
    says: 'a router handed a packet needs its groups to admit it, in and out',
    network: world(router(false, '10.0.9.20'), s1('10.0.2.0/24 eni-r'), {
      groups: [
        { id: 'sg-r', vpc: 'vpc-a', in: ['tcp 443 10.0.1.0/24', 'tcp 80 10.0.1.0/24'], out: ['tcp 443 10.0.2.0/24'] },
      ],
      interfaces: [{ id: 'eni-r', groups: ['sg-r'] }],
    }),
    lines: [
      '[forwards:eni-r] tcp I1:40000 -> I2:80 => DENY@security-group',
      '[forwards:eni-r] tcp I1:40000 -> I2:22 => DENY@security-group',
      '[forwards:eni-r] udp I1:40000 -> I2:443 => DENY@security-group',
    ],
  },
  {
    id: '4.27 both ways',
    says: 'a guest that forwards unchanged joins two subnets when both tables lead to it',
    network: world(router(false, '10.0.9.20'), s1('10.0.2.0/24 eni-r'), {
      tables: [{ id: 'rtb-s2', routes: ['10.0.1.0/24 eni-r'] }],
    }),
    lines: ['[forwards:eni-r !forwards:eni-r,nat] tcp I1:40000 -> I2:443 => CONN at eni-i2 via eni-r'],
  },
  {
    id: 'T43',
    says: 'a blackhole route drops what it matches',
    network: world(s1('0.0.0.0/0 nat-gone blackhole')),
    lines: ['tcp I1:40000 -> 203.0.113.5:443 => DENY@route-table:BAD_STATE_ROUTE'],
  },
  {
    id: 'T43 fall-through',
    says: 'no shorter prefix takes over from a blackhole',
    network: world(mapped, s1('203.0.113.0/24 pcx-gone blackhole', '0.0.0.0/0 igw-a')),
    lines: [
      'tcp I1:40000 -> 203.0.113.5:443 => DENY@route-table:BAD_STATE_ROUTE',
      '[!fact:4.16] tcp I1:40000 -> 203.0.113.5:443 => CONN via igw-a',
      'tcp I1:40000 -> 203.0.114.5:443 => CONN via igw-a',
    ],
  },
  {
    id: 'T47',
    says: 'a subnet without an association has the main table',
    network: world(
      {
        subnets: [{ id: 'subnet-m', vpc: 'vpc-a', cidrs: ['10.0.5.0/24'], zone: 'az1' }],
        interfaces: [{ id: 'eni-m', subnet: 'subnet-m', ips: ['10.0.5.10=198.51.100.5'], groups: ['sg-open'] }],
      },
      { tables: [{ id: 'rtb-main', routes: ['0.0.0.0/0 igw-a'] }] },
    ),
    lines: [
      'tcp M:40000 -> 203.0.113.5:443 => CONN at internet',
      '@internet tcp 203.0.113.5:40000 -> M.pub:443 => CONN at eni-m',
      'tcp I1:40000 -> 203.0.113.5:443 => DENY@route-table',
    ],
  },
  {
    id: '4.8',
    says: 'where the target of the local route is replaced, all traffic between subnets goes to it',
    network: world(router(true, '10.0.9.20'), s1('10.0.0.0/16 eni-r')),
    lines: [
      'tcp I1:40000 -> I2:443 => DENY@source-dest-check',
      'tcp I1:40000 -> R:443 => CONN at eni-r',
      'tcp I2:40000 -> I1:443 => PKT, return DENY@source-dest-check',
    ],
  },
  {
    id: '4.9',
    says: 'the local route wins over a propagated route that is more specific',
    network: world(s1('10.0.2.0/24 vgw-a propagated'), { opaque: [{ id: 'vgw-a', vpcs: ['vpc-a'] }] }),
    lines: ['tcp I1:40000 -> I2:443 => CONN at eni-i2', '[!fact:4.9] tcp I1:40000 -> I2:443 => CONN at onprem'],
  },
  {
    id: '4.18',
    says: 'what no route matches is dropped',
    network: world(mapped, s1('203.0.113.0/24 igw-a')),
    lines: [
      'tcp I1:40000 -> 203.0.113.255:443 => CONN',
      'tcp I1:40000 -> 203.0.112.255:443 => DENY@route-table:NO_ROUTE_TO_DESTINATION',
    ],
  },
  {
    id: '4.19',
    says: 'a default route for IPv4 says nothing of IPv6',
    network: world6({
      tables: [
        { id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] },
        { id: 'rtb-s2', routes: ['::/0 igw-a'] },
      ],
    }),
    lines: [
      'tcp I1.6:40000 -> [2a00::1]:443 => DENY@route-table:NO_ROUTE_TO_DESTINATION',
      'tcp I2.6:40000 -> [2a00::1]:443 => CONN at internet',
      'tcp I2:40000 -> 203.0.113.5:443 => DENY@route-table',
    ],
  },
  {
    id: 'T38 IPv6',
    says: 'a more specific route redirects one family alone',
    network: world6(firewall(), s1('2600:1f18:a:2::/64 vpce-fw'), {
      tables: [{ id: 'rtb-s2', routes: ['2600:1f18:a:1::/64 vpce-fw'] }],
    }),
    lines: [
      'tcp I1:40000 -> I2:443 => CONN',
      'tcp I1.6:40000 -> I2.6:443 => UNKNOWN passes:vpce-fw',
      '[passes:vpce-fw] tcp I1.6:40000 -> I2.6:443 => CONN via vpce-fw',
    ],
  },
  {
    id: '4.34',
    says: 'every block of a VPC has its local route',
    network: world({
      vpcs: [{ id: 'vpc-a', cidrs: ['10.0.0.0/16', '10.7.0.0/16'] }],
      subnets: [{ id: 'subnet-x', vpc: 'vpc-a', cidrs: ['10.7.1.0/24'], zone: 'az2' }],
      interfaces: [{ id: 'eni-x', subnet: 'subnet-x', ips: ['10.7.1.10'], groups: ['sg-open'] }],
    }),
    lines: ['tcp I1:40000 -> X:443 => CONN at eni-x', 'tcp X:40000 -> I2:443 => CONN at eni-i2'],
  },
  {
    id: 'T96',
    says: 'a host in the firewall’s own subnet goes round the firewall',
    network: world(firewall('0.0.0.0/0 igw-a'), {
      interfaces: [{ id: 'eni-w', subnet: 'subnet-f', ips: ['10.0.4.20=198.51.100.4'], groups: ['sg-open'] }],
    }),
    lines: ['[!passes:vpce-fw] tcp W:40000 -> 203.0.113.5:443 => CONN at internet via igw-a'],
  },
  {
    id: '3.17',
    says: 'a firewall endpoint in the workload’s subnet still meets the network ACL',
    network: world(
      {
        firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-s1', ip: '10.0.1.200' }],
        acls: [{ id: 'acl-s1', vpc: 'vpc-a', in: ['100 allow all 0.0.0.0/0'], out: ['100 allow tcp 443 0.0.0.0/0'] }],
        subnets: [{ id: 'subnet-s1', acl: 'acl-s1' }],
      },
      s1('10.0.2.0/24 vpce-fw'),
    ),
    lines: ['tcp I1:40000 -> I2:80 => DENY@network-acl'],
  },
  {
    id: '1.18',
    says: 'a route loop delivers nothing',
    network: world(router(false, '10.0.9.20'), s1('0.0.0.0/0 eni-r'), {
      tables: [{ id: 'rtb-pub', routes: ['0.0.0.0/0 eni-r'] }],
    }),
    lines: ['[forwards:eni-r] tcp I1:40000 -> 203.0.113.5:443 => DENY'],
  },
  {
    id: 'T102 off',
    says: 'a guest may send by one interface, under its address, what it takes in at another',
    network: world(s1('0.0.0.0/0 eni-e0'), {
      subnets: [{ id: 'subnet-t', vpc: 'vpc-a', cidrs: ['10.0.6.0/24'], zone: 'az1' }],
      interfaces: [
        { id: 'eni-e0', subnet: 'subnet-t', ips: ['10.0.6.10'], groups: ['sg-open'], instance: 'i-two', check: false },
        { id: 'eni-e1', subnet: 'subnet-pub', ips: ['10.0.9.10=198.51.100.1'], groups: ['sg-open'], instance: 'i-two' },
      ],
    }),
    lines: [
      '[forwards:eni-e0,nat eni-e0=eni-e1] tcp I1:40000 -> 203.0.113.5:443 => CONN at internet via eni-e0 igw-a',
      '[!forwards:eni-e0,nat !passes:eni-e0] tcp I1:40000 -> 203.0.113.5:443 => DENY',
    ],
  },
  {
    id: 'T102 off',
    says: 'also where both its interfaces stand in one subnet, and only the other has a public address',
    network: world(s1('0.0.0.0/0 eni-e0'), {
      interfaces: [
        { id: 'eni-e0', subnet: 'subnet-pub', ips: ['10.0.9.9'], groups: ['sg-open'], instance: 'i-two', check: false },
        { id: 'eni-e1', subnet: 'subnet-pub', ips: ['10.0.9.10=198.51.100.1'], groups: ['sg-open'], instance: 'i-two' },
      ],
    }),
    lines: ['[forwards:eni-e0,nat eni-e0=eni-e1] tcp I1:40000 -> 203.0.113.5:443 => CONN at internet via eni-e0 igw-a'],
  },
  {
    id: 'T102',
    says: 'an instance with an interface in each of two subnets hands traffic across with its check off, and not with it on',
    network: world(s1('0.0.0.0/0 eni-e0'), {
      subnets: [{ id: 'subnet-t', vpc: 'vpc-a', cidrs: ['10.0.6.0/24'], zone: 'az1' }],
      interfaces: [
        { id: 'eni-e0', subnet: 'subnet-t', ips: ['10.0.6.10'], groups: ['sg-open'], instance: 'i-two' },
        { id: 'eni-e1', subnet: 'subnet-pub', ips: ['10.0.9.10=198.51.100.1'], groups: ['sg-open'], instance: 'i-two' },
      ],
    }),
    lines: ['tcp I1:40000 -> 203.0.113.5:443 => DENY@source-dest-check'],
  },
]);
