/** Peering connections: modelled between VPCs of the input, opaque where one of them is not in it. */
import { expect, test } from 'vitest';
import { added, documents, network, tiny } from './tiny.ts';

const vpc = (n: number) => ({
  ...tiny.Vpcs[0],
  VpcId: `vpc-${n}`,
  CidrBlock: `10.${n}.0.0/16`,
  CidrBlockAssociationSet: [],
});

const three = added('Vpcs', vpc(2), vpc(3));

const peering = (code: string) => [
  {
    VpcPeeringConnectionId: 'pcx-1',
    Status: { Code: code },
    RequesterVpcInfo: { VpcId: 'vpc-1', Region: 'us-east-1' },
    AccepterVpcInfo: { VpcId: 'vpc-3', Region: 'us-east-1' },
  },
];

const net = (more: object) => network(documents({ ...three, ...more }));
const modelled = (more: object) => net(more).vpcPeerings.get('pcx-1');
const opaque = (more: object) => net(more).opaqueGateways.get('pcx-1');

const route = { DestinationCidrBlock: '10.3.0.0/16', VpcPeeringConnectionId: 'pcx-1', Origin: 'CreateRoute' };
const RouteTables = [{ ...tiny.RouteTables[0], Routes: [...tiny.RouteTables[0]!.Routes, route] }];

test('a peering connection joins both sides while it is active, else it leads nowhere', () => {
  const active = modelled({ VpcPeeringConnections: peering('active') });
  expect(active).toMatchObject({ vpcs: ['vpc-1', 'vpc-3'], sameRegion: true });
  expect(active).not.toHaveProperty('state');
  expect(opaque({ VpcPeeringConnections: peering('active') })).toBeUndefined();
  expect(modelled({ VpcPeeringConnections: peering('deleted') })).toBeUndefined();
  expect(opaque({ VpcPeeringConnections: peering('deleted') })?.vpcs).toEqual([]);
  const [{ Status: _, ...unsaid }] = peering('active') as [ReturnType<typeof peering>[number]];
  expect(modelled({ VpcPeeringConnections: [unsaid] })).toMatchObject({ vpcs: ['vpc-1', 'vpc-3'] });
});

test('a peering connection across Regions says so', () => {
  const abroad = { ...peering('active')[0], AccepterVpcInfo: { VpcId: 'vpc-3', Region: 'eu-west-1' } };
  expect(modelled({ VpcPeeringConnections: [abroad] })).toMatchObject({ sameRegion: false });
});

test('a peering connection leads elsewhere where its other side is not in the input, or nobody read it', () => {
  const abroad = [{ ...peering('active')[0], AccepterVpcInfo: { VpcId: 'vpc-of-somebody-else' } }];
  expect(opaque({ VpcPeeringConnections: abroad })).toMatchObject({ vpcs: ['vpc-1'], elsewhere: true });
  expect(opaque({ RouteTables })).toMatchObject({ vpcs: ['vpc-1', 'vpc-2', 'vpc-3'], elsewhere: true });
  expect(opaque({ RouteTables, VpcPeeringConnections: [] })).toMatchObject({ vpcs: ['vpc-1'], elsewhere: true });
});

test('a peering connection that comes about or ends may carry packets', () => {
  for (const code of ['provisioning', 'deleting'])
    expect(modelled({ VpcPeeringConnections: peering(code) })).toMatchObject({ state: code });
  expect(opaque({ VpcPeeringConnections: peering('pending-acceptance') })?.vpcs).toEqual([]);
});

test('a route to a peering connection that is not active drops', () => {
  const read = net({ RouteTables, VpcPeeringConnections: peering('expired') });
  expect(read.routeTables.get('rtb-1')?.routes.at(-1)).toMatchObject({ state: 'blackhole' });
});

test('a VPC may have peers unless its peering connections were asked for', () => {
  expect(net({}).opaqueGateways.get('pcx-unread-vpc-1')).toMatchObject({
    kind: 'vpc-peering',
    vpcs: ['vpc-1'],
    elsewhere: true,
    unread: true,
  });
  expect(net({ VpcPeeringConnections: [] }).opaqueGateways.has('pcx-unread-vpc-1')).toBe(false);
});
