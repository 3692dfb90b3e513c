/** What Direct Connect could do beyond what is read of it is never proved away, nor what it was not told of taken for reached. */
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { vpcB } from './parts.ts';
import { neverHolds, stillHolds } from './verdict.ts';

const supernet = '10.0.0.0/8';

/** A VPN gateway at A and one at B, to both of which a supernet is advertised; no VPN connection. */
const pair = (directConnect: Change['directConnect'] = []): Change => ({
  vgws: [
    { id: 'vgw-a', vpc: 'vpc-a' },
    { id: 'vgw-b', vpc: 'vpc-b' },
  ],
  tables: [
    { id: 'rtb-s1', routes: [`${supernet} vgw-a propagated`] },
    { id: 'rtb-b', routes: [`${supernet} vgw-b propagated`] },
  ],
  directConnect,
});

const ofA = { id: 'dxgw-1', to: ['vgw-a 10.0.0.0/16'] };

const unread: Change = {
  vgws: [
    { id: 'vgw-a', unread: true },
    { id: 'vgw-b', unread: true },
  ],
};

const apart = 'forbid: { from: subnet-s1, to: subnet-b }';

/** A and B at a transit gateway, whose tables know what on premises advertises and not each other. */
const spokes: Change = {
  tgws: [{ id: 'tgw-1' }],
  attachments: [
    { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-s' },
    { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-s' },
    { id: 'tgw-attach-d', gateway: 'tgw-1', to: 'dxgw-1', table: 'tgw-rtb-d' },
  ],
  transitTables: [
    { id: 'tgw-rtb-s', gateway: 'tgw-1', routes: [`${supernet} tgw-attach-d propagated`] },
    {
      id: 'tgw-rtb-d',
      gateway: 'tgw-1',
      routes: ['10.0.0.0/16 tgw-attach-a propagated', '10.1.0.0/16 tgw-attach-b propagated'],
    },
  ],
  tables: [
    { id: 'rtb-s1', routes: [`${supernet} tgw-1`] },
    { id: 'rtb-b', routes: [`${supernet} tgw-1`] },
  ],
};

neverHolds('supernets over Direct Connect', [
  {
    says: 'two VPCs on one Direct Connect gateway meet at its location (8.11)',
    network: world(vpcB, pair([{ id: 'dxgw-1', to: ['vgw-a 10.0.0.0/16', 'vgw-b 10.1.0.0/16'] }])),
    property: apart,
  },
  {
    says: 'so they may where nobody asked with which Direct Connect gateways they are associated',
    network: world(vpcB, pair(), unread),
    property: apart,
  },
  {
    says: 'so they may where the one is told, and the other associations of that gateway are not',
    network: world(vpcB, pair([{ ...ofA, unread: true }]), { vgws: [{ id: 'vgw-b', unread: true }] }),
    property: apart,
  },
  {
    says: 'what a transit gateway sends to Direct Connect may come back by the same attachment (8.11)',
    network: world(vpcB, spokes, { directConnect: [{ id: 'dxgw-1', to: [`tgw-1 ${supernet}`] }] }),
    property: apart,
  },
]);

stillHolds('supernets over Direct Connect', [
  {
    says: 'VPCs with Direct Connect gateways of their own do not meet there',
    network: world(vpcB, pair([ofA, { id: 'dxgw-2', to: ['vgw-b 10.1.0.0/16'] }])),
    property: apart,
  },
  {
    says: 'a VPC joins no Direct Connect gateway of which all associations were read',
    network: world(vpcB, pair([ofA]), { vgws: [{ id: 'vgw-b', unread: true }] }),
    property: apart,
  },
  {
    says: 'that nothing turns round there can be declared',
    network: world(vpcB, spokes, { directConnect: [{ id: 'dxgw-1', to: [`tgw-1 ${supernet}`] }] }),
    property: `assume: ["transit:dxgw-1=no"], ${apart}`,
  },
]);

const fromThere = 'require: { from: onprem, src-ip: 10.200.0.0/16, to: eni-b, traffic: tcp/443, mode: packet }';

neverHolds('advertisements', [
  {
    says: 'what was not advertised may come by routes of on premises all the same (8.12)',
    network: world(vpcB, spokes, { directConnect: [{ id: 'dxgw-1', to: ['tgw-1 10.0.0.0/16'] }] }),
    property: 'forbid: { from: onprem, to: eni-b }',
  },
  {
    says: 'and it is not certain to come (8.10)',
    network: world(vpcB, spokes, { directConnect: [{ id: 'dxgw-1', to: ['tgw-1 10.0.0.0/16'] }] }),
    property: fromThere,
  },
  {
    says: 'nor is what an association advertises that nobody read',
    network: world(vpcB, spokes),
    property: fromThere,
  },
  {
    says: 'nor the answer to what was sent on premises',
    network: world(vpcB, spokes, { directConnect: [{ id: 'dxgw-1', to: ['tgw-1 10.0.0.0/16'] }] }),
    property: 'require: { from: eni-b, to: 10.200.0.0/16, traffic: tcp/443, mode: connection }',
  },
  {
    says: 'a Direct Connect gateway is a way that can be avoided',
    network: world(pair([ofA]), vpcB),
    property:
      'assume: ["drops:vgw-a"], require: { from: eni-i1, to: 10.200.0.0/16, traffic: tcp/443, avoid: direct-connect-gateway:*, mode: packet }',
  },
  {
    says: 'a Direct Connect gateway is a way that can be forbidden',
    network: world(pair([ofA]), vpcB),
    property: 'assume: ["drops:vgw-a"], forbid: { from: eni-i1, to: 10.200.0.0/16, via: direct-connect-gateway:* }',
  },
]);

stillHolds('advertisements', [
  {
    says: 'what is advertised comes',
    network: world(vpcB, spokes, { directConnect: [{ id: 'dxgw-1', to: [`tgw-1 ${supernet}`] }] }),
    property: fromThere,
  },
  {
    says: 'and so does the answer to what was sent on premises',
    network: world(vpcB, spokes, { directConnect: [{ id: 'dxgw-1', to: [`tgw-1 ${supernet}`] }] }),
    property:
      'require: { from: eni-b, to: 10.200.0.0/16, traffic: tcp/443, via: direct-connect-gateway:*, mode: connection }',
  },
]);
