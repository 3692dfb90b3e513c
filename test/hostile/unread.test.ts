/** Whatever the input leaves out or says in passing never makes a proof (`interfaces.md`, a missing call is not an empty answer). */
import { world, world6 } from '../support/world.ts';
import { alone, group, natA, vpcB } from './parts.ts';
import { type Edit, each, neverHolds, stillHolds, unread } from './verdict.ts';

const openAcl = { in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] };

const bare = (key: string) => (item: Record<string, unknown>) => ({ ...item, [key]: undefined });
const peered = world(vpcB, {
  opaque: [{ id: 'pcx-1', vpcs: ['vpc-a', 'vpc-b'] }],
  tables: [{ id: 'rtb-b', routes: ['10.0.0.0/16 pcx-1'] }],
});
const withoutTables = each('describe-route-tables', 'RouteTables', (table) =>
  ['rtb-s1', 'rtb-main'].includes(table['RouteTableId'] as string) ? undefined : table,
);
const toB = world(vpcB, {
  opaque: [{ id: 'pcx-1', vpcs: ['vpc-a', 'vpc-b'] }],
  tables: [{ id: 'rtb-s1', routes: ['10.1.0.0/16 pcx-1'] }],
});

const privateLink = {
  interfaceEndpoints: [
    {
      id: 'vpce-1',
      vpc: 'vpc-a',
      service: 'bedrock-runtime',
      groups: ['sg-open'],
      at: [{ subnet: 'subnet-s2', ips: ['10.0.2.20'] }],
    },
  ],
};

neverHolds('what was not read', [
  {
    says: 'a route table that no call read may lead over a peering connection',
    network: peered,
    edit: withoutTables,
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
  {
    says: 'an internet gateway that no call read takes in what is addressed to IPv6 hosts',
    network: world6({ tables: [{ id: 'rtb-pub', routes: [] }] }),
    edit: unread('describe-internet-gateways'),
    property: 'forbid: { from: internet, to: subnet-s1 }',
  },
  {
    says: 'on premises may come in by a VPN gateway that no call read',
    network: world(),
    edit: unread('describe-vpn-gateways'),
    property: 'forbid: { from: onprem, to: subnet-s1 }',
  },
  {
    says: 'on premises may come in by a transit gateway that no call read',
    network: world(),
    edit: unread('describe-transit'),
    property: 'forbid: { from: onprem, to: subnet-s1 }',
  },
  {
    says: 'a NAT gateway gives replies back though its interface was not read',
    network: world(natA),
    edit: unread('describe-network-interfaces'),
    property: 'forbid: { from: subnet-s1, to: internet, mode: connection }',
  },
  {
    says: 'a database may stand where nobody read the interfaces',
    network: world({ interfaces: [{ gone: 'eni-i1' }, { gone: 'eni-i2' }] }),
    edit: unread('describe-network-interfaces'),
    property: 'forbid: { from: internet, to: vpc-a }',
  },
  {
    says: 'an unread interface may be that of an endpoint, at an address that another may hold',
    network: world(privateLink),
    edit: unread('describe-network-interfaces'),
    property: 'forbid: { from: subnet-s1, to: vpce-1 }',
  },
  {
    says: 'a service may be reached at an endpoint whose interfaces nobody read',
    network: world(privateLink),
    edit: unread('describe-network-interfaces'),
    property: 'forbid: { from: subnet-s1, to: service:bedrock-runtime }',
  },
  {
    says: 'of two interfaces in a subnet that nobody read one may reach the other',
    network: world(),
    edit: unread('describe-network-interfaces'),
    property: 'forbid: { from: subnet-s2, to: subnet-s2 }',
  },
  {
    says: 'an imaginary host may stand beside an interface that nobody read',
    network: world(),
    edit: unread('describe-network-interfaces'),
    property: 'forbid: { from: internet, to: subnet-pub }, potential: true',
  },
  {
    says: 'an interface that does not show its groups is not closed',
    network: world(natA, alone),
    edit: each('describe-network-interfaces', 'NetworkInterfaces', bare('Groups')),
    property: 'forbid: { from: subnet-s1, to: internet }',
  },
  {
    says: 'a peering connection that shows no status is not dead',
    network: toB,
    edit: each('describe-vpc-peering-connections', 'VpcPeeringConnections', bare('Status')),
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
  {
    says: "an own instance's interface is no NAT gateway's, whatever its description says",
    network: world(natA, {
      interfaces: [
        { id: 'eni-i1', description: 'Interface for NAT Gateway tests' },
        { id: 'eni-i3', subnet: 'subnet-s1', ips: ['10.0.1.30'], groups: ['sg-none'] },
      ],
    }),
    property: 'forbid: { from: subnet-s1, to: internet }',
  },
]);

const peer = { opaque: [{ id: 'pcx-1', vpcs: ['vpc-a'] }], tables: [{ id: 'rtb-s1', routes: ['10.99.0.0/16 pcx-1'] }] };

neverHolds('a peer VPC that is not in the input', [
  {
    says: 'its hosts are reached',
    network: world(alone, group('sg-open', [], ['all 0.0.0.0/0']), peer),
    property: 'forbid: { from: subnet-s1, to: 10.99.0.0/16 }',
  },
  {
    says: 'its hosts come in',
    network: world(peer),
    property: 'forbid: { from: 10.99.0.0/16, to: subnet-s1 }',
  },
  {
    says: 'its hosts are among any',
    network: world(alone, group('sg-open', ['all 10.99.0.0/16'], []), peer, {
      igws: [{ gone: 'igw-a' }],
      tables: [{ id: 'rtb-pub', routes: [] }],
    }),
    property: 'forbid: { from: any, to: subnet-s1 }',
  },
]);

const tableChanging = (id: string, State: string): Edit =>
  each('describe-route-tables', 'RouteTables', (table) =>
    table['RouteTableId'] !== id
      ? table
      : {
          ...table,
          Associations: (table['Associations'] as object[]).map((one) => ({ ...one, AssociationState: { State } })),
        },
  );

neverHolds('states', [
  {
    says: 'a gateway that is being detached may still work',
    network: world(natA, alone),
    edit: each('describe-internet-gateways', 'InternetGateways', (g) => ({
      ...g,
      Attachments: [{ State: 'detaching', VpcId: 'vpc-a' }],
    })),
    property: 'forbid: { from: subnet-s1, to: internet }',
  },
  {
    says: 'a subnet whose association is ending may have its table still',
    network: world(alone, natA),
    edit: tableChanging('rtb-s1', 'disassociating'),
    property: 'forbid: { from: subnet-s1, to: internet }',
  },
  {
    says: 'a subnet whose association comes about may have the main table still',
    network: world(alone, natA, {
      tables: [
        { id: 'rtb-main', routes: ['0.0.0.0/0 nat-a'] },
        { id: 'rtb-s1', routes: [] },
      ],
    }),
    edit: tableChanging('rtb-s1', 'associating'),
    property: 'forbid: { from: subnet-s1, to: internet }',
  },
  {
    says: 'another table may be the main one where that is changing',
    network: world(alone, natA, { subnets: [{ id: 'subnet-s1', table: 'rtb-main' }] }),
    edit: each('describe-route-tables', 'RouteTables', (table) =>
      table['RouteTableId'] === 'rtb-main'
        ? { ...table, Associations: [{ Main: true, AssociationState: { State: 'associating' } }] }
        : table,
    ),
    property: 'forbid: { from: subnet-s1, to: internet }',
  },
  {
    says: 'an interface that is being detached may be there no more',
    network: world(),
    edit: each('describe-network-interfaces', 'NetworkInterfaces', (nic) => ({ ...nic, Status: 'detaching' })),
    property: 'require: { from: subnet-s1, to: subnet-s2, mode: packet }',
  },
  {
    says: 'an interface that is being detached may still be there',
    network: world(),
    edit: each('describe-network-interfaces', 'NetworkInterfaces', (nic) => ({ ...nic, Status: 'detaching' })),
    property: 'forbid: { from: subnet-s1, to: subnet-s2 }',
  },
]);

const line = world({
  vgws: [{ id: 'vgw-a', vpc: 'vpc-a' }],
  vpns: [{ id: 'vpn-1', gateway: 'vgw-a', routes: ['192.168.0.0/16'] }],
  groups: [{ id: 'sg-open', in: ['all 0.0.0.0/0'], out: ['all 0.0.0.0/0'] }],
});
const comesIn = 'require: { from: onprem, to: subnet-s1, mode: packet, via: vgw-a }';

/** The call's answer to a request with a filter, which these resources pass. */
const filtered =
  (call: string, key: string, passes: (item: Record<string, unknown>) => boolean): Edit =>
  (all) =>
    all.map((one) => {
      if (one.file !== `${call}.json`) return one;
      const items = (one.json as Record<string, Record<string, unknown>[]>)[key]!;
      const Request = { Filters: [{ Name: 'some-filter', Values: ['some'] }] };
      return { ...one, json: { Request, Response: { [key]: items.filter((item) => passes(item)) } } };
    });

neverHolds('filters', [
  {
    says: 'a subnet may be associated with a table that the filter kept out, and not with the main one',
    network: world(alone, natA),
    edit: filtered('describe-route-tables', 'RouteTables', ({ RouteTableId }) => RouteTableId === 'rtb-main'),
    property: 'forbid: { from: subnet-s1, to: internet }',
  },
  {
    says: 'a subnet may be associated with a network ACL that the filter kept out, and not with the default one',
    network: world(alone, natA, {
      acls: [
        { id: 'acl-default', in: [], out: [] },
        { id: 'acl-x', vpc: 'vpc-a', ...openAcl },
      ],
      subnets: [
        { id: 'subnet-s1', acl: 'acl-x' },
        { id: 'subnet-pub', acl: 'acl-x' },
      ],
    }),
    edit: filtered('describe-network-acls', 'NetworkAcls', ({ NetworkAclId }) => NetworkAclId === 'acl-default'),
    property: 'forbid: { from: subnet-s1, to: internet }',
  },
]);

neverHolds('requirements', [
  {
    says: 'interfaces that nobody read are not none, of which anything may be said',
    network: world(),
    edit: unread('describe-network-interfaces', 'describe-instances'),
    property: 'require: { from: subnet-s1, to: internet }',
  },
]);

neverHolds('edge tables', [
  {
    says: 'one that no call read may stand at a VPN gateway and lead elsewhere',
    network: line,
    edit: unread('describe-route-tables'),
    property: comesIn,
  },
  {
    says: 'it may be the one table of the VPC that is not shown',
    network: line,
    edit: withoutTables,
    property: comesIn,
  },
]);

neverHolds('edge tables', [
  {
    says: 'one whose association with an internet gateway is ending may be there no more',
    network: world({
      tables: [
        { id: 'rtb-edge', vpc: 'vpc-a', edge: 'igw-a', routes: ['10.0.1.0/24 eni-i2'] },
        { id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] },
      ],
      interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.1'] }],
    }),
    edit: tableChanging('rtb-edge', 'disassociating'),
    property: 'forbid: { from: internet, to: eni-i1, except: { via: eni-i2 } }',
  },
]);

stillHolds('edge tables', [
  { says: 'none stands at a VPN gateway where all tables were read', network: line, property: comesIn },
]);
