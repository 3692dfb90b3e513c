/** A plan that attaches gateways that run, takes them from their VPCs, and has them propagate routes. */
import { describe, expect, test } from 'vitest';
import { unreadEdge } from '../../../src/network/edge-table.ts';
import type { Network } from '../../../src/network/network.ts';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { Unknown, type Value } from '../../../src/sources/declared/value.ts';
import { declared } from '../../support/declared.ts';
import { changed } from '../../support/over-base.ts';
import { documents, tiny } from '../tiny.ts';
import { hub } from '../transit.ts';

const runs = documents({
  ...tiny,
  InternetGateways: [...tiny.InternetGateways, { InternetGatewayId: 'igw-free', Attachments: [] }],
  VpnGateways: [{ VpnGatewayId: 'vgw-1', State: 'available', VpcAttachments: [] }],
});
const open = new Unknown('known after apply');
const attach = (key: string, gateway: string) =>
  declared('attach', 'AWS::EC2::VPCGatewayAttachment', { VpcId: 'vpc-1', [key]: gateway });
const after = (before: readonly DeclaredResource[], now: readonly DeclaredResource[]) => changed(runs, before, now)[1];

test('an internet gateway that runs is at the VPC to which it is attached, and at none once that is undone', () => {
  const of = (id: string, ...sides: Parameters<typeof after>) => after(...sides).internetGateways.get(id)!;
  const made = attach('InternetGatewayId', 'igw-free');
  expect(of('igw-free', [], [])).not.toHaveProperty('vpc');
  expect(of('igw-free', [], [made])).toMatchObject({ vpc: 'vpc-1' });
  expect(of('igw-free', [], [{ ...made, uncertain: 'a condition' }])).toMatchObject({ vpc: 'vpc-1', state: 'unknown' });
  const own = attach('InternetGatewayId', 'igw-1');
  expect(of('igw-1', [own], [own])).toMatchObject({ vpc: 'vpc-1' });
  expect(of('igw-1', [own], [])).not.toHaveProperty('vpc');
});

test('a virtual private gateway that runs is at the VPC to which it is attached', () => {
  const made = after([], [attach('VpnGatewayId', 'vgw-1')]);
  expect(made.vpnGateways.get('vgw-1')).toMatchObject({ vpc: 'vpc-1' });
  expect(after([], []).vpnGateways.get('vgw-1')).not.toHaveProperty('vpc');
});

test('a propagation of which the table or the gateway is not known may be of any that runs', () => {
  const propagate = (table: Value, VpnGatewayId: Value) =>
    declared('propagate', 'AWS::EC2::VPNGatewayRoutePropagation', { RouteTableIds: [table], VpnGatewayId });
  for (const one of [propagate('rtb-1', 'vgw-1'), propagate(open, 'vgw-1'), propagate('rtb-1', open)])
    expect(after([], [attach('VpnGatewayId', 'vgw-1'), one]).routeTables.get('rtb-1')!.routes).toContainEqual(
      expect.objectContaining({ origin: 'propagated', state: 'unknown', target: { kind: 'vpn-gateway', id: 'vgw-1' } }),
    );
});

describe('of a VPC, table or gateway that is not known, and may be one that runs,', () => {
  const two = { ...tiny.Vpcs[0]!, VpcId: 'vpc-2', CidrBlock: '10.1.0.0/16', CidrBlockAssociationSet: [] };
  const wider = documents({
    ...tiny,
    Vpcs: [...tiny.Vpcs, two],
    VpnGateways: [],
    TransitGateways: hub.TransitGateways,
    TransitGatewayAttachments: [],
    TransitGatewayVpcAttachments: [],
  });
  const madeOf = (...now: readonly DeclaredResource[]) => changed(wider, [], now)[1];
  const reaches = (network: Network, gateway: string): readonly string[] =>
    network.opaqueGateways.get(gateway)?.vpcs ?? [];

  test('an internet gateway may be attached, unless the VPC has one', () => {
    const made = declared('igw', 'AWS::EC2::InternetGateway', {});
    const own = declared('attach', 'AWS::EC2::VPCGatewayAttachment', { VpcId: open, InternetGatewayId: 'igw' });
    const found = [...madeOf(made, own).internetGateways.values()].filter(({ id }) => id.startsWith('igw/'));
    expect(found).toMatchObject([{ vpc: 'vpc-2', state: 'unknown' }]);
  });

  test('a transit gateway may be attached', () => {
    const transit = (TransitGatewayId: Value, VpcId: Value) =>
      declared('attach', 'AWS::EC2::TransitGatewayAttachment', { TransitGatewayId, VpcId, SubnetIds: [open] });
    expect(reaches(madeOf(transit('tgw-1', open)), 'tgw-1')).toEqual(['vpc-1', 'vpc-2']);
    expect(reaches(madeOf(transit(open, 'vpc-2')), 'tgw-1')).toEqual(['vpc-2']);
  });

  test('a service network may be associated', () => {
    const network = declared('net', 'AWS::VpcLattice::ServiceNetwork', {});
    const own = declared('own', 'AWS::VpcLattice::ServiceNetworkVpcAssociation', {
      ServiceNetworkIdentifier: 'net',
      VpcIdentifier: open,
    });
    const { associations } = madeOf(network, own).serviceNetworks.get('net')!;
    expect(associations.map(({ vpc }) => vpc)).toEqual(['vpc-1', 'vpc-2']);
  });

  test('a VPC that is declared may be of a service network that runs', () => {
    const vpc = declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.2.0.0/16' });
    const own = declared('own', 'AWS::VpcLattice::ServiceNetworkVpcAssociation', {
      ServiceNetworkIdentifier: open,
      VpcIdentifier: 'vpc',
    });
    const arn = 'arn:aws:vpc-lattice:eu-west-1:111122223333:servicenetwork/sn-1';
    const shown = { arn, id: 'sn-1', name: 'net', authType: 'NONE' };
    const lattice = [{ file: 'vpc-lattice/get-service-network.sn-1.json', json: shown }];
    expect(reaches(changed([...wider, ...lattice], [], [vpc, own])[1], 'sn-1')).toContain('vpc');
  });

  test('a route server may tell routes', () => {
    const told = declared('told', 'AWS::EC2::RouteServerPropagation', { RouteServerId: 'rs-1', RouteTableId: open });
    const { routes } = madeOf(told).routeTables.get('rtb-1')!;
    expect(routes).toContainEqual(expect.objectContaining({ target: { kind: 'unknown', id: 'told~rtb-1' } }));
  });

  test('a table may be at the edge of a gateway', () => {
    const table = declared('table', 'AWS::EC2::RouteTable', { VpcId: 'vpc-1' });
    const edge = (GatewayId: Value, RouteTableId: Value) =>
      declared('edge', 'AWS::EC2::GatewayRouteTableAssociation', { GatewayId, RouteTableId });
    for (const one of [edge(open, 'table'), edge(open, 'rtb-1'), edge('igw-1', open)]) {
      const network = madeOf(table, one);
      expect(unreadEdge(network, network.internetGateways.get('igw-1')!)).toBe('unread:describe-route-tables:igw-1');
    }
  });

  test('a subnet that is declared may get a table that runs, and so may any that runs', () => {
    const subnet = declared('new', 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.9.0/24' });
    const to = (SubnetId: Value, RouteTableId: Value) =>
      declared('to', 'AWS::EC2::SubnetRouteTableAssociation', { SubnetId, RouteTableId });
    const tableOf = (...now: readonly DeclaredResource[]) => madeOf(subnet, ...now).subnets.get('new')!.routeTable;
    expect(tableOf()).toBe('rtb-1');
    const own = declared('own', 'AWS::EC2::RouteTable', { VpcId: 'vpc-1' });
    for (const association of [to('new', open), to(open, 'rtb-1'), to(open, open)]) {
      expect(tableOf(association)).toMatchObject({ unread: 'describe-route-tables' });
      expect(tableOf(own, association)).toMatchObject({ unread: 'describe-route-tables' });
    }
    expect(tableOf(own, to('new', 'own'))).toBe('own');
  });

  test('a table of the same VPC may hold the route of a gateway endpoint', () => {
    const endpoint = (VpcId: string) =>
      declared('s3', 'AWS::EC2::VPCEndpoint', {
        VpcId,
        VpcEndpointType: 'Gateway',
        ServiceName: 'com.amazonaws.eu-west-1.s3',
        RouteTableIds: [open],
      });
    const leads = (vpc: string): boolean =>
      madeOf(endpoint(vpc))
        .routeTables.get('rtb-1')!
        .routes.some(({ target }) => 'id' in target && target.id === 's3');
    expect(leads('vpc-1')).toBe(true);
    expect(leads('vpc-2')).toBe(false);
  });
});
