/** Nothing that is left out of the answers about Client VPN, or firewalls at transit gateways, makes a proof. */
import type { Change } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';
import { natA, vpcB } from './parts.ts';
import { each, neverHolds, stillHolds, unread } from './verdict.ts';

const id = 'cvpn-endpoint-1';

/** No way in by the internet gateway, and an endpoint whose clients may reach S2 and nothing else. */
const narrow: Change = {
  tables: [{ id: 'rtb-pub', routes: [] }],
  groups: [{ id: 'sg-vpn', vpc: 'vpc-a', in: [], out: ['all 0.0.0.0/0', 'all ::/0'] }],
  clientVpns: [
    {
      id,
      at: ['subnet-s1'],
      routes: ['10.0.0.0/16 subnet-s1'],
      rules: ['10.0.2.0/24'],
      groups: ['sg-vpn'],
      ips: { 'subnet-s1': '10.0.1.77' },
    },
  ],
};
const closed: Change = { clientVpns: [{ id, rules: [] }] };

const toS1 = 'forbid: { from: internet, to: eni-i1 }';
const toS2 = 'forbid: { from: onprem, to: subnet-s2 }';
const calls = 'describe-client-vpn';

stillHolds('what Client VPN lets in', [
  { says: 'no rule holds S1', network: world(narrow), property: toS1 },
  { says: 'no rule holds anything', network: world(narrow, closed), property: toS2 },
  { says: 'IPv6 is not for its clients', network: world6(narrow), property: `forbid: { from: onprem, to: eni-i1 }` },
]);

neverHolds('of Client VPN', [
  { says: 'a rule lets clients in', network: world(narrow), property: toS2 },
  {
    says: 'rules that nobody read may let anybody in',
    network: world(narrow),
    edit: unread(`${calls}-authorization`),
    property: toS1,
  },
  {
    says: 'whose the interfaces are is told by no list of endpoints',
    network: world(narrow),
    edit: unread(`${calls}-endpoints`),
    property: toS1,
  },
  {
    says: 'nor by one without their associations',
    network: world(narrow),
    edit: unread(`${calls}-target`),
    property: toS1,
  },
  {
    says: 'an association may stand where no interface was read',
    network: world(narrow),
    edit: unread('describe-network-interfaces'),
    property: toS2,
  },
  {
    says: 'it may stand anywhere where neither was read',
    network: world(narrow),
    edit: unread('describe-network-interfaces', `${calls}-target`),
    property: toS2,
  },
  {
    says: 'an interface of another group may be another endpoint’s',
    network: world(narrow),
    edit: each('describe-network-interfaces', 'NetworkInterfaces', (nic) =>
      nic['Description'] === 'ClientVPN Endpoint resource' ? { ...nic, Groups: [{ GroupId: 'sg-open' }] } : nic,
    ),
    property: toS1,
  },
  {
    says: 'a client may be in any group',
    network: world(narrow, { clientVpns: [{ id, rules: ['10.0.1.0/24 group'] }] }),
    property: toS1,
  },
  {
    says: 'a route that ends may still be there',
    network: world(narrow, { clientVpns: [{ id, routes: ['10.0.2.0/24 subnet-s1 deleting'] }] }),
    property: toS2,
  },
  {
    says: 'who reaches the internet may be a client',
    network: world(narrow, natA, vpcB, {
      tables: [
        { id: 'rtb-pub', routes: ['0.0.0.0/0 igw-a'] },
        { id: 'rtb-b', routes: ['0.0.0.0/0 nat-b'] },
        { id: 'rtb-bpub', vpc: 'vpc-b', routes: ['0.0.0.0/0 igw-b'] },
      ],
      subnets: [{ id: 'subnet-bpub', vpc: 'vpc-b', cidrs: ['10.1.9.0/24'], zone: 'az1', table: 'rtb-bpub' }],
      igws: [{ id: 'igw-b', vpc: 'vpc-b' }],
      nats: [{ id: 'nat-b', subnet: 'subnet-bpub', ips: ['10.1.9.5=198.51.100.77'] }],
    }),
    property: 'forbid: { from: subnet-b, to: subnet-s2 }',
  },
]);

/** Over IPv6 as well, by an interface with a block of its own. */
const kept: Change = {
  tables: [{ id: 'rtb-pub', routes: [] }],
  groups: [{ id: 'sg-vpn', vpc: 'vpc-a', in: ['all ::/0'], out: ['all ::/0'] }],
  clientVpns: [
    {
      id,
      families: 'dual-stack',
      at: ['subnet-s1'],
      routes: ['2600:1f18:a::/56 subnet-s1'],
      rules: ['::/0'],
      groups: ['sg-vpn'],
      ips: { 'subnet-s1': '10.0.1.77' },
    },
  ],
};
const delegated = each('describe-network-interfaces', 'NetworkInterfaces', (nic) =>
  nic['Description'] === 'ClientVPN Endpoint resource'
    ? {
        ...nic,
        Ipv6Addresses: [{ Ipv6Address: '2600:1f18:a:1::77' }],
        Ipv6Prefixes: [{ Ipv6Prefix: '2600:1f18:a:1:8000::/80' }],
      }
    : nic,
);
const toClients = 'forbid: { from: eni-i2, to: onprem }';

neverHolds('clients that keep their address', [
  {
    says: 'what is routed to the interface of an association may go on to a client',
    network: world6(kept),
    edit: delegated,
    property: toClients,
  },
  {
    says: 'and a client may answer',
    network: world6(kept),
    edit: delegated,
    property: 'forbid: { from: eni-i2, to: onprem, mode: connection }',
  },
  { says: 'their block need not be told', network: world6(kept), property: toClients },
  {
    says: 'it may be in the block of the sender’s own subnet',
    network: world6(kept),
    property: 'forbid: { from: eni-i2, to: onprem, dst-ip: "2600:1f18:a:2::/64" }',
  },
  {
    says: 'the interface need not be told',
    network: world6(kept),
    edit: unread('describe-network-interfaces'),
    property: 'forbid: { from: subnet-s2, to: onprem }',
  },
  {
    says: 'nor whose it is',
    network: world6(kept),
    edit: unread(`${calls}-endpoints`, `${calls}-target`),
    property: toClients,
  },
]);

stillHolds('clients that keep their address', [
  {
    says: 'over IPv4 they keep none',
    network: world6(kept, { clientVpns: [{ id, families: 'ipv4' }] }),
    edit: delegated,
    property: toClients,
  },
  {
    says: 'the groups of the endpoint let nothing in to them',
    network: world6(kept, { groups: [{ id: 'sg-vpn', in: [] }] }),
    edit: delegated,
    property: toClients,
  },
  {
    says: 'the interface is declared to carry nothing',
    network: world6(kept),
    edit: delegated,
    property: `${toClients}, assume: ["drops:eni-cvpn-1-s1"]`,
  },
  {
    says: 'what the VPC does not hold is no client’s',
    network: world6(kept),
    edit: delegated,
    property: 'forbid: { from: eni-i2, to: onprem, dst-ip: "2a00::/16" }',
  },
]);

const attached: Change = {
  ...vpcB,
  tgws: [{ id: 'tgw-1' }],
  tables: [
    { id: 'rtb-s1', routes: ['10.1.0.0/16 tgw-1'] },
    { id: 'rtb-b', vpc: 'vpc-b', main: true, routes: ['10.0.0.0/16 tgw-1'] },
  ],
  attachments: [
    { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-1' },
    { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-1' },
    { id: 'tgw-attach-n', gateway: 'tgw-1', to: 'network-function', table: 'tgw-rtb-2' },
  ],
  transitTables: [
    { id: 'tgw-rtb-1', gateway: 'tgw-1', routes: ['0.0.0.0/0 tgw-attach-n'] },
    { id: 'tgw-rtb-2', gateway: 'tgw-1', routes: ['10.0.0.0/16 tgw-attach-a', '10.1.0.0/16 tgw-attach-b'] },
  ],
};
const aToB = 'forbid: { from: subnet-s1, to: subnet-b }';

neverHolds('of a firewall at a transit gateway', [
  { says: 'what nobody told of it lets through', network: world(attached), property: aToB },
  {
    says: 'that it is on the way excuses nothing that goes by a table nobody read',
    network: world(attached, { attachments: [{ id: 'tgw-attach-a', table: 'tgw-ptb-1' }] }),
    property: 'forbid: { from: subnet-s1, to: subnet-b, except: { via: tgw-attach-n } }',
  },
]);

stillHolds('a firewall at a transit gateway', [
  {
    says: 'all that comes through was at the firewall',
    network: world(attached),
    property: 'forbid: { from: subnet-s1, to: subnet-b, except: { via: tgw-attach-n } }',
  },
  {
    says: 'it leads nowhere but back, and lets in nobody',
    network: world(attached),
    property: 'forbid: { from: subnet-s1, to: internet }',
  },
]);
