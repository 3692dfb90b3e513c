/** Direct Connect: what it advertises, what it has learnt, and what turns round at its location (semantics 8.5, 8.10 to 8.12). */
import { proves } from '../support/proves.ts';
import type { Change } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';

const s1 = (...routes: string[]): Change => ({ tables: [{ id: 'rtb-s1', routes }] });

/** A and a Direct Connect gateway at a transit gateway, which propagates 192.168.0.0/16 or what else is given. */
const hub = (to: readonly string[], learnt = '192.168.0.0/16 tgw-attach-d propagated'): Change => ({
  subnets: [{ id: 'subnet-t', vpc: 'vpc-a', cidrs: ['10.0.100.0/28'], zone: 'az1', table: 'rtb-t' }],
  tables: [
    { id: 'rtb-t', vpc: 'vpc-a', routes: [] },
    { id: 'rtb-s1', routes: ['0.0.0.0/0 tgw-1'] },
  ],
  tgws: [{ id: 'tgw-1' }],
  attachments: [
    { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-t'], table: 'tgw-rtb-1' },
    { id: 'tgw-attach-d', gateway: 'tgw-1', to: 'dxgw-1', table: 'tgw-rtb-1' },
  ],
  transitTables: [
    { id: 'tgw-rtb-1', gateway: 'tgw-1', routes: ['10.0.0.0/16 tgw-attach-a propagated', ...(learnt ? [learnt] : [])] },
  ],
  directConnect: [{ id: 'dxgw-1', to }],
});

const unread = 'unread:directconnect~describe-direct-connect-gateway-associations';

/** A virtual private gateway at A, associated as given, and what is on premises. */
const vgw = (to: readonly string[], ...more: string[]): Change => ({
  vgws: [{ id: 'vgw-a', vpc: 'vpc-a' }],
  directConnect: [{ id: 'dxgw-1', to }],
  virtualInterfaces: [{ id: 'dxvif-1', to: 'dxgw-1' }],
  ...s1('192.168.0.0/16 vgw-a propagated', ...more),
});

const open = ['100 allow all 0.0.0.0/0'];

/** VPC B with a VPN gateway of its own. */
const other: Change = {
  vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
  subnets: [{ id: 'subnet-b', vpc: 'vpc-b', cidrs: ['10.1.1.0/24'], zone: 'az1' }],
  tables: [{ id: 'rtb-b', vpc: 'vpc-b', main: true, routes: ['10.0.0.0/8 vgw-b propagated'] }],
  acls: [{ id: 'acl-b', vpc: 'vpc-b', default: true, in: open, out: open }],
  groups: [{ id: 'sg-b', vpc: 'vpc-b', in: ['all 10.0.0.0/8'], out: ['all 0.0.0.0/0'] }],
  interfaces: [{ id: 'eni-b', subnet: 'subnet-b', ips: ['10.1.1.10'], groups: ['sg-b'] }],
  vgws: [{ id: 'vgw-b', vpc: 'vpc-b' }],
};

/** A and B with the supernet that on premises advertises to both. */
const pair = (to: readonly string[]): Change => vgw(to, '10.0.0.0/8 vgw-a propagated');
const closed = '!passes:vgw-a !passes:vgw-b';
const inD = 'enters=tgw-attach-d';
const fromThere = 'tcp 192.168.1.1:40000 -> I1:443';

proves([
  {
    id: '8.10',
    says: 'a transit gateway is reached at what its association allows; at anything else on premises may have routes of its own',
    network: world(hub(['tgw-1 10.0.1.0/24'])),
    lines: [
      `[${inD}] @onprem ${fromThere} => CONN at eni-i1 via dxgw-1`,
      `[!passes:tgw-attach-d ${inD}] @onprem tcp 192.168.1.1:40000 -> I2:443 => DENY@direct-connect-gateway`,
      `[passes:tgw-attach-d ${inD}] @onprem tcp 192.168.1.1:40000 -> I2:443 => PKT, return DENY@route-table at eni-i2`,
    ],
  },
  {
    id: '8.10',
    says: 'what the association allows may be wider than any VPC',
    network: world(hub(['tgw-1 10.0.0.0/8'])),
    lines: [`[${inD}] @onprem ${fromThere} => CONN at eni-i1`],
  },
  {
    id: '8.10',
    says: 'an answer from on premises needs its destination advertised as well',
    network: world(hub(['tgw-1 10.0.2.0/24'])),
    lines: [
      '[!passes:tgw-attach-d] tcp I1:40000 -> 192.168.1.1:443 => PKT, return DENY@direct-connect-gateway at onprem',
      '[passes:tgw-attach-d] tcp I1:40000 -> 192.168.1.1:443 => CONN at onprem via dxgw-1',
    ],
  },
  {
    id: '8.10',
    says: 'nothing is certain of what an association allows while it changes, nor of one that another gateway has',
    network: world(hub(['tgw-1 10.0.0.0/16 updating', 'tgw-2 10.0.0.0/16'])),
    lines: [`[${inD}] @onprem ${fromThere} => UNKNOWN passes:tgw-attach-d`],
  },
  {
    id: '8.10',
    says: 'an association that nobody read allows nothing for certain',
    network: world(hub([]), { directConnect: [{ gone: 'dxgw-1' }] }),
    lines: [`[${inD}] @onprem ${fromThere} => UNKNOWN ${unread}:dxgw-1`],
  },
  {
    id: '8.10',
    says: 'a line without a route that came by it, and without a virtual interface that is up, may be dead',
    network: world(hub(['tgw-1 10.0.0.0/16'], ''), { virtualInterfaces: [{ id: 'dxvif-1', to: 'dxgw-1', up: [] }] }),
    lines: [
      `[!up:dxgw-1 ${inD}] @onprem ${fromThere} => DENY@direct-connect-gateway`,
      `[up:dxgw-1 ${inD}] @onprem ${fromThere} => PKT, return DENY@transit-gateway-route-table at eni-i1`,
    ],
  },
  {
    id: '8.10',
    says: 'a virtual interface that is up shows that the line is alive',
    network: world(hub(['tgw-1 10.0.0.0/16'], ''), { virtualInterfaces: [{ id: 'dxvif-1', to: 'dxgw-1' }] }),
    lines: [`[${inD}] @onprem ${fromThere} => PKT, return DENY@transit-gateway-route-table at eni-i1`],
  },
  {
    id: '8.10',
    says: 'a static route to Direct Connect does not show that on premises advertises its block',
    network: world(hub(['tgw-1 10.0.0.0/16'], '192.168.0.0/16 tgw-attach-d')),
    lines: [
      'tcp I1:40000 -> 192.168.1.1:443 => UNKNOWN passes:tgw-attach-d',
      '[!passes:tgw-attach-d onprem:192.168.0.0/16@tgw-attach-d up:dxgw-1] tcp I1:40000 -> 192.168.1.1:443 => CONN at onprem',
    ],
  },
  {
    id: '8.10',
    says: 'a virtual private gateway is reached at the blocks of its VPC that lie in what its association allows',
    network: world(vgw(['vgw-a 10.0.0.0/15'])),
    lines: [
      `[!passes:vgw-a enters=vgw-a] @onprem ${fromThere} => CONN at eni-i1`,
      '[!passes:vgw-a] tcp I1:40000 -> 192.168.1.1:443 => CONN at onprem',
    ],
  },
  {
    id: '8.10',
    says: 'a smaller block than that of the VPC filters it out',
    network: world(vgw(['vgw-a 10.0.1.0/24'])),
    lines: [
      `[enters=vgw-a] @onprem ${fromThere} => UNKNOWN passes:vgw-a`,
      `[!passes:vgw-a enters=vgw-a] @onprem ${fromThere} => DENY@vpn-gateway`,
      '[!passes:vgw-a] tcp I1:40000 -> 192.168.1.1:443 => PKT, return DENY@vpn-gateway at onprem',
    ],
  },
  {
    id: '8.10',
    says: 'a virtual interface that leads to the gateway itself brings what is in the VPC',
    network: world(vgw([]), { virtualInterfaces: [{ id: 'dxvif-1', to: 'vgw-a' }] }),
    lines: [`[!passes:vgw-a enters=vgw-a] @onprem ${fromThere} => CONN at eni-i1`],
  },
  {
    id: '8.10',
    says: 'without a session that is up nothing shows that Direct Connect brings anything',
    network: world(vgw(['vgw-a 10.0.0.0/16']), { virtualInterfaces: [{ id: 'dxvif-1', to: 'dxgw-1', up: ['ipv6'] }] }),
    lines: [`[enters=vgw-a] @onprem ${fromThere} => UNKNOWN passes:vgw-a`],
  },
  {
    id: '8.5',
    says: 'IPv6 comes over Direct Connect, where the block is allowed',
    network: world6(vgw(['vgw-a 2600:1f18:a::/56'], '2600:99::/48 vgw-a propagated')),
    lines: [
      '[!passes:vgw-a enters=vgw-a] @onprem tcp [2600:99::1]:40000 -> I1.6:443 => CONN at eni-i1',
      `[!passes:vgw-a enters=vgw-a] @onprem ${fromThere} => DENY@vpn-gateway`,
    ],
  },
  {
    id: '8.5',
    says: 'a block of IPv6 that is not allowed is not known on premises',
    network: world6(vgw(['vgw-a 10.0.0.0/16'], '2600:99::/48 vgw-a propagated')),
    lines: ['[enters=vgw-a] @onprem tcp [2600:99::1]:40000 -> I1.6:443 => UNKNOWN passes:vgw-a'],
  },
  {
    id: '8.11',
    says: 'two VPCs with one Direct Connect gateway meet at its location where a supernet is advertised and that is taken to happen',
    network: world(other, pair(['vgw-a 10.0.0.0/16', 'vgw-b 10.1.0.0/16'])),
    lines: [
      `[${closed} transit:dxgw-1 transits=vgw-b] tcp I1:40000 -> B:443 => CONN at eni-b via dxgw-1`,
      `[${closed} !transit:dxgw-1 transits=vgw-b] tcp I1:40000 -> B:443 => CONN at onprem`,
    ],
  },
  {
    id: '8.11',
    says: 'Direct Connect gateways of their own keep two VPCs apart',
    network: world(other, pair(['vgw-a 10.0.0.0/16']), {
      directConnect: [{ id: 'dxgw-2', to: ['vgw-b 10.1.0.0/16'] }],
    }),
    lines: [`[${closed} transit:dxgw-1 transit:dxgw-2 transits=vgw-b] tcp I1:40000 -> B:443 => CONN at onprem`],
  },
  {
    id: '8.11',
    says: 'one whose association nobody read may have the Direct Connect gateway of the other',
    network: world(other, pair([]), {
      vgws: [
        { id: 'vgw-a', unread: true },
        { id: 'vgw-b', unread: true },
      ],
    }),
    lines: [`[!passes:vgw-a passes:vgw-b ${unread}:vgw-a transits=vgw-b] tcp I1:40000 -> B:443 => CONN at eni-b`],
  },
]);
