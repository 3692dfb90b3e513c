/** Virtual private gateways, VPN connections and what is on premises: semantics section 8, with 4.26, 5.15 and 5.20. */
import { proves } from '../support/proves.ts';
import type { Change } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';

const open = ['100 allow all 0.0.0.0/0'];

const s1 = (...routes: string[]): Change => ({ tables: [{ id: 'rtb-s1', routes }] });

/** A VPN with a static route to 192.168.0.0/16, its tunnels up. */
const vpn: Change = {
  vgws: [{ id: 'vgw-a', vpc: 'vpc-a' }],
  vpns: [{ id: 'vpn-1', gateway: 'vgw-a', routes: ['192.168.0.0/16'] }],
};

const closed = '!passes:vgw-a';

/** VPC B with a VPN gateway and line of its own. */
const other: Change = {
  vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
  subnets: [{ id: 'subnet-b', vpc: 'vpc-b', cidrs: ['10.1.1.0/24'], zone: 'az1' }],
  tables: [{ id: 'rtb-b', vpc: 'vpc-b', main: true, routes: ['10.0.0.0/16 vgw-b'] }],
  acls: [{ id: 'acl-b', vpc: 'vpc-b', default: true, in: open, out: open }],
  groups: [{ id: 'sg-b', vpc: 'vpc-b', in: ['all 10.0.0.0/8'], out: ['all 0.0.0.0/0'] }],
  interfaces: [{ id: 'eni-b', subnet: 'subnet-b', ips: ['10.1.1.10'], groups: ['sg-b'] }],
  vgws: [{ id: 'vgw-b', vpc: 'vpc-b' }],
  vpns: [
    { id: 'vpn-1', routes: ['192.168.0.0/16', '10.1.0.0/16'] },
    { id: 'vpn-2', gateway: 'vgw-b', routes: ['10.0.0.0/16'] },
  ],
};

proves([
  {
    id: '8.2',
    says: 'a VPN gateway forwards to the prefixes that it knows, and drops the rest',
    network: world(vpn, s1('0.0.0.0/0 vgw-a')),
    lines: [
      `[${closed}] tcp I1:40000 -> 192.168.1.1:443 => CONN at onprem via vgw-a`,
      'tcp I1:40000 -> 192.168.1.1:443 => CONN at onprem',
      `[${closed}] tcp I1:40000 -> 172.16.0.1:443 => DENY@vpn-gateway`,
      'tcp I1:40000 -> 172.16.0.1:443 => UNKNOWN passes:vgw-a',
      `[${closed}] 50 I1 -> 192.168.1.1 => CONN at onprem`,
    ],
  },
  {
    id: 'T62',
    says: 'a default route to a VPN gateway is no way to the internet',
    network: world(vpn, s1('0.0.0.0/0 vgw-a')),
    lines: [`[${closed}] tcp I1:40000 -> 8.8.8.8:443 => DENY@vpn-gateway`],
  },
  {
    id: '8.2',
    says: 'a propagated route shows what the gateway has learnt',
    network: world(
      { vgws: [{ id: 'vgw-a', vpc: 'vpc-a' }], vpns: [{ id: 'vpn-1', gateway: 'vgw-a' }] },
      s1('172.16.0.0/12 vgw-a propagated'),
    ),
    lines: [`[${closed}] tcp I1:40000 -> 172.16.0.1:443 => CONN at onprem`],
  },
  {
    id: '8.15',
    says: 'what is behind a line can be declared',
    network: world(vpn, s1('0.0.0.0/0 vgw-a')),
    lines: [
      `[${closed} onprem:172.16.0.0/12@vgw-a] tcp I1:40000 -> 172.16.0.1:443 => CONN at onprem`,
      `[${closed} onprem:172.16.0.0/12@vpn-1] tcp I1:40000 -> 172.16.0.1:443 => CONN at onprem`,
      `[${closed} onprem:172.16.0.0/12@vgw-a] tcp I1:40000 -> 10.9.0.1:443 => DENY`,
    ],
  },
  {
    id: '8.5',
    says: 'what is declared of IPv6 is behind the gateway by Direct Connect, and behind no VPN connection',
    network: world6(vpn, s1('2600:99::/48 vgw-a')),
    lines: [
      `[${closed} onprem:2600:99::/48@vgw-a] tcp I1.6:40000 -> [2600:99::1]:443 => CONN at onprem`,
      `[${closed} onprem:2600:99::/48@vpn-1] tcp I1.6:40000 -> [2600:99::1]:443 => DENY`,
    ],
  },
  {
    id: '8.4',
    says: 'tunnels that are down may come up',
    network: world(vpn, { vpns: [{ id: 'vpn-1', tunnels: 'down' }] }, s1('192.168.0.0/16 vgw-a')),
    lines: [
      `[${closed} up:vpn-1] tcp I1:40000 -> 192.168.1.1:443 => CONN at onprem`,
      `[${closed} !up:vpn-1] tcp I1:40000 -> 192.168.1.1:443 => DENY`,
      `[${closed}] tcp I1:40000 -> 192.168.1.1:443 => UNKNOWN up:vpn-1`,
    ],
  },
  {
    id: '8.6',
    says: 'from on premises the interfaces of the VPC are reached, if the reply finds its way',
    network: world(vpn, s1('192.168.0.0/16 vgw-a')),
    lines: [
      `[${closed} enters=vgw-a] @onprem tcp 192.168.1.1:40000 -> I1:443 => CONN at eni-i1 via vgw-a`,
      `[${closed} enters=vgw-a] @onprem tcp 192.168.1.1:40000 -> I2:443 => PKT, return DENY@route-table at eni-i2`,
      `[${closed} enters=vgw-a] @onprem tcp 192.168.1.1:40000 -> 10.0.1.99:443 => DENY`,
    ],
  },
  {
    id: 'T61',
    says: 'no transit from on premises through a VPN gateway to the internet',
    network: world(vpn, s1('0.0.0.0/0 nat-a', '192.168.0.0/16 vgw-a'), {
      nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
    }),
    lines: [
      `[${closed} enters=vgw-a] @onprem tcp 192.168.1.1:40000 -> 8.8.8.8:443 => DENY@vpn-gateway:VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS`,
    ],
  },
  {
    id: 'T61',
    says: 'from on premises through a transit gateway the NAT gateway of a VPC can be used',
    network: world({
      subnets: [{ id: 'subnet-t', vpc: 'vpc-a', cidrs: ['10.0.100.0/28'], zone: 'az1', table: 'rtb-t' }],
      tables: [
        { id: 'rtb-t', vpc: 'vpc-a', routes: ['0.0.0.0/0 nat-a'] },
        { id: 'rtb-pub', routes: ['0.0.0.0/0 igw-a', '192.168.0.0/16 tgw-1'] },
      ],
      nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
      tgws: [{ id: 'tgw-1' }],
      vpns: [{ id: 'vpn-1', gateway: 'tgw-1' }],
      attachments: [
        { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-t'], table: 'tgw-rtb-1' },
        { id: 'tgw-attach-v', gateway: 'tgw-1', to: 'vpn-1', table: 'tgw-rtb-1' },
      ],
      transitTables: [
        {
          id: 'tgw-rtb-1',
          gateway: 'tgw-1',
          routes: ['0.0.0.0/0 tgw-attach-a', '192.168.0.0/16 tgw-attach-v propagated'],
        },
      ],
    }),
    lines: ['[enters=tgw-attach-v] @onprem tcp 192.168.1.1:40000 -> 8.8.8.8:443 => CONN at internet via nat-a'],
  },
  {
    id: '4.26',
    says: "the gateway's edge table leads what comes from on premises through the firewall",
    network: world(vpn, s1('192.168.0.0/16 vpce-fw'), {
      subnets: [{ id: 'subnet-f', vpc: 'vpc-a', cidrs: ['10.0.4.0/24'], zone: 'az1', table: 'rtb-f' }],
      tables: [
        { id: 'rtb-f', vpc: 'vpc-a', routes: ['192.168.0.0/16 vgw-a'] },
        { id: 'rtb-edge', vpc: 'vpc-a', edge: 'vgw-a', routes: ['10.0.1.0/24 vpce-fw'] },
      ],
      firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-f', ip: '10.0.4.10' }],
    }),
    lines: [
      `[${closed} passes:vpce-fw enters=vgw-a] @onprem tcp 192.168.1.1:40000 -> I1:443 => CONN at eni-i1 via vpce-fw vgw-a`,
      `[${closed} !passes:vpce-fw enters=vgw-a] @onprem tcp 192.168.1.1:40000 -> I1:443 => DENY@firewall-endpoint`,
      `[${closed} passes:vpce-fw] tcp I1:40000 -> 192.168.1.1:443 => CONN at onprem via vpce-fw vgw-a`,
    ],
  },
  {
    id: '8.12',
    says: 'two VPCs with lines of their own meet on premises only where that is declared',
    network: world(vpn, other, s1('10.1.0.0/16 vgw-a')),
    lines: [
      '[!passes:vgw-a !passes:vgw-b] tcp I1:40000 -> B:443 => CONN at onprem',
      '[!passes:vgw-a !passes:vgw-b transit:onprem transits=vgw-b] tcp I1:40000 -> B:443 => CONN at eni-b',
    ],
  },
  {
    id: '8.13',
    says: 'nothing on premises is a member of a group',
    network: world(vpn, s1('192.168.0.0/16 vgw-a'), { groups: [{ id: 'sg-open', in: ['all sg-open'] }] }),
    lines: [`[${closed} enters=vgw-a] @onprem tcp 10.0.2.10:40000 -> I1:443 => DENY@security-group`],
  },
  {
    id: '8.10',
    says: 'a Direct Connect gateway behind a transit gateway is a line on premises',
    network: world(
      {
        subnets: [{ id: 'subnet-t', vpc: 'vpc-a', cidrs: ['10.0.100.0/28'], zone: 'az1', table: 'rtb-t' }],
        tables: [{ id: 'rtb-t', vpc: 'vpc-a', routes: [] }],
        tgws: [{ id: 'tgw-1' }],
        attachments: [
          { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-t'], table: 'tgw-rtb-1' },
          { id: 'tgw-attach-d', gateway: 'tgw-1', to: 'dxgw-1', table: 'tgw-rtb-1' },
        ],
        transitTables: [
          {
            id: 'tgw-rtb-1',
            gateway: 'tgw-1',
            routes: ['10.0.0.0/16 tgw-attach-a propagated', '192.168.0.0/16 tgw-attach-d propagated'],
          },
        ],
        directConnect: [{ id: 'dxgw-1', to: ['tgw-1 10.0.0.0/16'] }],
      },
      s1('0.0.0.0/0 tgw-1'),
    ),
    lines: [
      'tcp I1:40000 -> 192.168.1.1:443 => CONN at onprem via tgw-1',
      'tcp I1:40000 -> 172.16.1.1:443 => DENY@transit-gateway-route-table',
      '[enters=tgw-attach-d] @onprem tcp 192.168.1.1:40000 -> I1:443 => CONN at eni-i1 via tgw-1',
      '[enters=tgw-attach-d] @onprem tcp 192.168.1.1:40000 -> I2:443 => PKT, return DENY@route-table at eni-i2',
    ],
  },
]);
