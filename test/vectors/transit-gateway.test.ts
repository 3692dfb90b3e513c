/** Transit gateways: semantics section 7, with 2.19 to 2.21, 3.15, 3.16 and 5.20. */
import { hub, inspection } from '../support/inspected-hub.ts';
import { proves } from '../support/proves.ts';
import type { Change } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';

const open = ['100 allow all 0.0.0.0/0'];

const learnt = 'unread:search-transit-gateway-routes:tgw-rtb-1';

/** A VPN that speaks BGP besides; only static routes were asked for. */
const learning = (...routes: string[]): Change => ({
  attachments: [{ id: 'tgw-attach-v', gateway: 'tgw-1', to: 'vpn-1', table: 'tgw-rtb-1' }],
  vpns: [{ id: 'vpn-1', gateway: 'tgw-1' }],
  transitTables: [{ id: 'tgw-rtb-1', routes, propagations: ['tgw-attach-a', 'tgw-attach-b', 'tgw-attach-v'] }],
});

const table = (...routes: string[]): Change => ({ transitTables: [{ id: 'tgw-rtb-1', routes }] });

const passes = '[passes:vpce-fw1 passes:vpce-fw2]';

proves([
  {
    id: '7.2',
    says: 'two attached VPCs reach each other where both have routes and the tables know both',
    network: world(...hub),
    lines: [
      'tcp I1:40000 -> B1:443 => CONN at eni-b1 via tgw-1',
      'tcp I1:40000 -> B2:443 => CONN at eni-b2 via tgw-1',
      'udp I2:40000 -> B1:53 => CONN at eni-b1',
      '50 I1 -> B1 => CONN at eni-b1',
      'icmp B1 -> I1 type 8 code 0 => CONN at eni-i1 via tgw-1',
      'tcp I1:40000 -> 10.1.1.99:443 => DENY',
    ],
  },
  {
    id: '7.2',
    says: 'a table that lacks the route drops, whatever the VPC says',
    network: world(...hub, table('10.0.0.0/16 tgw-attach-a propagated')),
    lines: ['tcp I1:40000 -> B1:443 => DENY@transit-gateway-route-table'],
  },
  {
    id: '7.3',
    says: 'a VPC may be reached that cannot answer',
    network: world(...hub, {
      attachments: [{ id: 'tgw-attach-b', table: 'tgw-rtb-b' }],
      transitTables: [{ id: 'tgw-rtb-b', gateway: 'tgw-1', routes: [] }],
    }),
    lines: ['tcp I1:40000 -> B1:443 => PKT, return DENY@transit-gateway-route-table at eni-b1'],
  },
  {
    id: 'T64',
    says: 'what comes from an attachment without an associated table is dropped',
    network: world(...hub, { attachments: [{ id: 'tgw-attach-b', table: undefined as never }] }),
    lines: [
      'tcp B1:40000 -> I1:443 => DENY@transit-gateway-attachment:TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION',
      'tcp I1:40000 -> B1:443 => PKT, return DENY@transit-gateway-attachment at eni-b1',
    ],
  },
  {
    id: '7.7',
    says: 'a blackhole drops what it matches, and not what a longer route matches',
    network: world(
      ...hub,
      table('10.0.0.0/16 tgw-attach-a propagated', '10.1.0.0/16 blackhole', '10.1.2.0/24 tgw-attach-b'),
    ),
    lines: ['tcp I1:40000 -> B1:443 => DENY@transit-gateway-route-table', 'tcp I1:40000 -> B2:443 => CONN at eni-b2'],
  },
  {
    id: '7.5',
    says: 'a static route wins over a propagated one of the same block',
    network: world(
      ...hub,
      table('10.0.0.0/16 tgw-attach-a propagated', '10.1.0.0/16 tgw-attach-b propagated', '10.1.0.0/16 tgw-attach-a'),
    ),
    lines: ['tcp I1:40000 -> B1:443 => DENY'],
  },
  {
    id: '7.5',
    says: 'only a part of an attached VPC’s own block, told by BGP, could win over the route to it',
    network: world(...hub, learning('10.9.0.0/16 blackhole')),
    lines: [
      `[fact:7.5-learnt ${learnt} tgw-rtb-1=tgw-attach-v] tcp I1:40000 -> B1:443 => CONN at eni-b1`,
      `[fact:7.5-learnt ${learnt} tgw-rtb-1=tgw-attach-v] tcp I1:40000 -> 10.9.0.1:443 => CONN at onprem`,
      `[!fact:7.5-learnt ${learnt} tgw-rtb-1=tgw-attach-v !passes:tgw-rtb-1] tcp I1:40000 -> B1:443 => PKT at onprem`,
      `[!fact:7.5-learnt !${learnt}] tcp I1:40000 -> B1:443 => CONN at eni-b1`,
    ],
  },
  {
    id: '7.11',
    says: 'a subnet in a zone without attachment subnet cannot use the gateway, and cannot answer',
    network: world(...hub, { attachments: [{ id: 'tgw-attach-a', subnets: ['subnet-ta1'] }] }),
    lines: [
      'tcp I1:40000 -> B1:443 => CONN at eni-b1',
      'tcp I2:40000 -> B1:443 => DENY@transit-gateway-attachment:TGW_ROUTE_AZ_RESTRICTION',
      'tcp B1:40000 -> I2:443 => PKT, return DENY@transit-gateway-attachment at eni-i2',
    ],
  },
  {
    id: '4.12',
    says: 'nothing tells which of two prefix lists with the same block wins',
    network: world(...hub, {
      lists: [
        { id: 'pl-1', entries: ['10.1.0.0/16'] },
        { id: 'pl-2', entries: ['10.1.0.0/16'] },
      ],
      transitTables: [
        { id: 'tgw-rtb-1', routes: ['10.0.0.0/16 tgw-attach-a propagated', 'pl-1 blackhole', 'pl-2 tgw-attach-b'] },
      ],
    }),
    lines: [
      '[prefers:tgw-rtb-1:pl-2 !prefers:tgw-rtb-1:pl-1] tcp I1:40000 -> B1:443 => CONN at eni-b1',
      '[!prefers:tgw-rtb-1:pl-2] tcp I1:40000 -> B1:443 => DENY@transit-gateway-route-table',
      'tcp I1:40000 -> B1:443 => UNKNOWN prefers:tgw-rtb-1:pl-2',
    ],
  },
  {
    id: '3.15',
    says: "the attachment subnet's inbound rules see what goes in, and its outbound rules what comes out",
    network: world(...hub, {
      subnets: [{ id: 'subnet-ta1', acl: 'acl-t' }],
      acls: [
        {
          id: 'acl-t',
          vpc: 'vpc-a',
          in: ['100 deny all 10.1.0.0/16', '200 allow all 0.0.0.0/0'],
          out: ['100 deny all 10.1.0.0/16', '200 allow all 0.0.0.0/0'],
        },
      ],
    }),
    lines: ['tcp I1:40000 -> B1:443 => CONN at eni-b1', 'tcp B1:40000 -> I1:443 => CONN at eni-i1'],
  },
  {
    id: '3.15',
    says: "the attachment subnet's rules can stop what goes in by its source, and what comes out by its destination",
    network: world(...hub, {
      subnets: [
        { id: 'subnet-ta1', acl: 'acl-t' },
        { id: 'subnet-ta2', acl: 'acl-u' },
      ],
      acls: [
        { id: 'acl-t', vpc: 'vpc-a', in: ['100 deny all 10.0.1.0/24', '200 allow all 0.0.0.0/0'], out: open },
        { id: 'acl-u', vpc: 'vpc-a', in: open, out: ['100 deny all 10.0.2.0/24', '200 allow all 0.0.0.0/0'] },
      ],
    }),
    lines: [
      'tcp I1:40000 -> B1:443 => DENY@network-acl',
      'tcp I2:40000 -> B2:443 => PKT, return DENY@network-acl at eni-b2',
    ],
  },
  {
    id: '3.16',
    says: 'where workload and attachment share a subnet, both its lists are asked on the way in and none on the way out',
    network: world(...hub, {
      attachments: [{ id: 'tgw-attach-a', subnets: ['subnet-s1', 'subnet-ta2'] }],
      subnets: [{ id: 'subnet-s1', acl: 'acl-t' }],
      acls: [{ id: 'acl-t', vpc: 'vpc-a', in: ['100 allow all 10.0.1.0/24'], out: ['100 allow all 10.1.0.0/16'] }],
    }),
    lines: ['tcp I1:40000 -> B1:443 => CONN at eni-b1', 'tcp B1:40000 -> I1:443 => CONN at eni-i1'],
  },
  {
    id: 'T55',
    says: 'spokes whose table knows only the inspection VPC meet through its firewall, and never directly',
    network: world(...hub, inspection(true)),
    lines: [
      `${passes} tcp I1:40000 -> B1:443 => CONN at eni-b1 via vpce-fw1 tgw-1`,
      '[!passes:vpce-fw1 !passes:vpce-fw2] tcp I1:40000 -> B1:443 => DENY@firewall-endpoint',
      'tcp I1:40000 -> B1:443 => UNKNOWN passes:vpce-fw1',
    ],
  },
  {
    id: 'T59',
    says: 'without appliance mode a flow between zones comes back by the firewall endpoint of the other zone',
    network: world(...hub, inspection(false)),
    lines: [
      `${passes} tcp I1:40000 -> B1:443 => CONN at eni-b1 via vpce-fw1`,
      // One balancer may be behind both, and have seen the request (semantics 11.3).
      `${passes} tcp I1:40000 -> B2:443 => PKT, connection UNKNOWN returns:vpce-fw2 at eni-b2 via vpce-fw1`,
      `${passes} tcp I2:40000 -> B2:443 => CONN at eni-b2 via vpce-fw2`,
    ],
  },
  {
    id: 'T59',
    says: 'with appliance mode a flow between zones keeps one zone both ways',
    network: world(...hub, inspection(true)),
    lines: [`${passes} tcp I1:40000 -> B2:443 => CONN at eni-b2`, `${passes} tcp B2:40000 -> I1:443 => CONN at eni-i1`],
  },
  {
    id: '2.19',
    says: 'an inbound rule that names a group of the other VPC counts where the gateway and both attachments support it',
    network: world(...hub, {
      tgws: [{ id: 'tgw-1', referencing: true }],
      groups: [{ id: 'sg-b', in: ['tcp 443 sg-open'] }],
    }),
    lines: ['tcp I1:40000 -> B1:443 => CONN at eni-b1', 'tcp I1:40000 -> B1:80 => DENY@security-group'],
  },
  {
    id: '2.20',
    says: 'without that support the rule matches nothing',
    network: world(...hub, { groups: [{ id: 'sg-b', in: ['tcp 443 sg-open'] }] }),
    lines: ['tcp I1:40000 -> B1:443 => DENY@security-group:SG_REFERENCING_SUPPORT'],
  },
  {
    id: '2.20',
    says: 'one attachment without that support is enough for the rule to match nothing',
    network: world(...hub, {
      tgws: [{ id: 'tgw-1', referencing: true }],
      attachments: [{ id: 'tgw-attach-a', referencing: false }],
      groups: [{ id: 'sg-b', in: ['tcp 443 sg-open'] }],
    }),
    lines: ['tcp I1:40000 -> B1:443 => DENY@security-group:SG_REFERENCING_SUPPORT'],
  },
  {
    id: '2.21',
    says: 'an outbound rule that names a group of the other VPC never counts over a transit gateway',
    network: world(...hub, {
      tgws: [{ id: 'tgw-1', referencing: true }],
      groups: [{ id: 'sg-open', out: ['tcp 443 sg-b'] }],
    }),
    lines: ['tcp I1:40000 -> B1:443 => DENY@security-group:SG_REFERENCES_NOT_PRESERVED'],
  },
  {
    id: '2.19',
    says: 'references do not survive the inspection VPC',
    network: world(...hub, inspection(true), {
      tgws: [{ id: 'tgw-1', referencing: true }],
      groups: [{ id: 'sg-b', in: ['tcp 443 sg-open'] }],
    }),
    lines: [`${passes} tcp I1:40000 -> B1:443 => DENY@security-group:SG_REFERENCES_NOT_PRESERVED`],
  },
  {
    id: '7.18',
    says: 'spokes reach the internet by the NAT gateway of an egress VPC, if the way back is there',
    network: world(...hub, {
      subnets: [{ id: 'subnet-n', vpc: 'vpc-b', cidrs: ['10.1.9.0/24'], zone: 'az1', table: 'rtb-n' }],
      tables: [
        { id: 'rtb-tb', routes: ['0.0.0.0/0 nat-b'] },
        { id: 'rtb-n', vpc: 'vpc-b', routes: ['0.0.0.0/0 igw-b', '10.0.0.0/16 tgw-1'] },
        { id: 'rtb-s1', routes: ['0.0.0.0/0 tgw-1'] },
      ],
      igws: [{ id: 'igw-b', vpc: 'vpc-b' }],
      nats: [{ id: 'nat-b', subnet: 'subnet-n', ips: ['10.1.9.5=198.51.100.9'] }],
      transitTables: [
        {
          id: 'tgw-rtb-1',
          routes: ['10.0.0.0/16 tgw-attach-a propagated', '0.0.0.0/0 tgw-attach-b'],
        },
      ],
    }),
    lines: ['tcp I1:40000 -> 8.8.8.8:443 => CONN at internet via tgw-1 nat-b igw-b'],
  },
  {
    id: '7.17',
    says: "a spoke's packets die at the internet gateway of the egress VPC, and at its peering connection",
    network: world(...hub, {
      vpcs: [{ id: 'vpc-c', cidrs: ['10.2.0.0/16'] }],
      subnets: [{ id: 'subnet-c', vpc: 'vpc-c', cidrs: ['10.2.1.0/24'], zone: 'az1' }],
      tables: [
        { id: 'rtb-tb', routes: ['0.0.0.0/0 igw-b', '10.2.0.0/16 pcx-bc'] },
        { id: 'rtb-s1', routes: ['0.0.0.0/0 tgw-1'] },
        { id: 'rtb-c', vpc: 'vpc-c', main: true, routes: ['10.0.0.0/8 pcx-bc'] },
      ],
      acls: [{ id: 'acl-c', vpc: 'vpc-c', default: true, in: open, out: open }],
      groups: [{ id: 'sg-c', vpc: 'vpc-c', in: ['all 0.0.0.0/0'], out: [] }],
      interfaces: [{ id: 'eni-c', subnet: 'subnet-c', ips: ['10.2.1.10'], groups: ['sg-c'] }],
      igws: [{ id: 'igw-b', vpc: 'vpc-b' }],
      opaque: [{ id: 'pcx-bc', vpcs: ['vpc-b', 'vpc-c'] }],
      transitTables: [{ id: 'tgw-rtb-1', routes: ['10.0.0.0/16 tgw-attach-a propagated', '0.0.0.0/0 tgw-attach-b'] }],
    }),
    lines: [
      'tcp I1:40000 -> 8.8.8.8:443 => DENY@internet-gateway:IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
      'tcp I1:40000 -> C:443 => DENY@vpc-peering',
    ],
  },
  {
    id: 'T66',
    says: 'a gateway endpoint of another VPC cannot be used through a transit gateway',
    network: world(...hub, {
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 tgw-1'] }],
      lists: [{ id: 'pl-s3', name: 'com.amazonaws.us-east-1.s3', entries: ['52.216.0.0/15'] }],
      gatewayEndpoints: [{ id: 'vpce-s3', vpc: 'vpc-b', service: 's3', list: 'pl-s3', tables: ['rtb-tb'] }],
      transitTables: [{ id: 'tgw-rtb-1', routes: ['10.0.0.0/16 tgw-attach-a propagated', '0.0.0.0/0 tgw-attach-b'] }],
    }),
    lines: ['tcp I1:40000 -> 52.216.1.1:443 => DENY'],
  },
  {
    id: '7.30',
    says: 'IPv6 goes through attachments that support it alone',
    network: world6(...hub, {
      vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16', '2600:1f18:b::/56'] }],
      subnets: [{ id: 'subnet-b1', cidrs: ['10.1.1.0/24', '2600:1f18:b:1::/64'] }],
      tables: [
        { id: 'rtb-s1', routes: ['2600:1f18:b::/56 tgw-1', '10.1.0.0/16 tgw-1'] },
        { id: 'rtb-b', routes: ['2600:1f18:a::/56 tgw-1', '10.0.0.0/16 tgw-1'] },
      ],
      acls: [
        {
          id: 'acl-b',
          in: ['100 allow all 0.0.0.0/0', '101 allow all ::/0'],
          out: ['100 allow all 0.0.0.0/0', '101 allow all ::/0'],
        },
      ],
      groups: [{ id: 'sg-b', in: ['all ::/0', 'all 0.0.0.0/0'], out: ['all ::/0', 'all 0.0.0.0/0'] }],
      interfaces: [{ id: 'eni-b1', ips: ['10.1.1.10', '2600:1f18:b:1::10'] }],
      attachments: [
        { id: 'tgw-attach-b', ipv6: false },
        { id: 'tgw-attach-a', ipv6: true },
      ],
      transitTables: [
        {
          id: 'tgw-rtb-1',
          routes: [
            '10.0.0.0/16 tgw-attach-a propagated',
            '10.1.0.0/16 tgw-attach-b propagated',
            '2600:1f18:a::/56 tgw-attach-a propagated',
            '2600:1f18:b::/56 tgw-attach-b propagated',
          ],
        },
      ],
    }),
    lines: ['tcp I1:40000 -> B1:443 => CONN at eni-b1', 'tcp I1.6:40000 -> B1.6:443 => DENY'],
  },
]);
