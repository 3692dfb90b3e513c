import { describe, expect, it } from 'vitest';
import { unreadEdge } from '../../../src/network/edge-table.ts';
import { mainRouteTableAssociation } from '../../../src/sources/declared/types.ts';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declared, declaredFindings, declaredNetwork, ref } from '../../support/declared.ts';

const network = [
  declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  declared('a', 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: '10.0.1.0/24' }),
  declared('b', 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: '10.0.2.0/24' }),
  declared('igw', 'AWS::EC2::InternetGateway', { VpcId: ref('vpc') }),
  declared('table', 'AWS::EC2::RouteTable', { VpcId: ref('vpc') }),
];
const route = (properties: object, more = {}) =>
  declared(
    'route',
    'AWS::EC2::Route',
    { RouteTableId: ref('table'), DestinationCidrBlock: '0.0.0.0/0', ...properties },
    more,
  );
const associate = (subnet: unknown, table: unknown = ref('table')) =>
  declared('to', 'AWS::EC2::SubnetRouteTableAssociation', { SubnetId: subnet as never, RouteTableId: table as never });
const soon = new Unknown('known after apply');
const routesOf = (made: ReturnType<typeof declaredNetwork>) => made.routeTables.get('table')!.routes.slice(1);

describe('a route table that is declared', () => {
  it('holds the local route and what leads to a gateway, whatever its id looks like', () => {
    const made = declaredNetwork(...network, route({ GatewayId: ref('igw') }), associate(ref('a')));
    expect(made.routeTables.get('table')!.routes[0]).toMatchObject({ target: { kind: 'local' } });
    expect(routesOf(made)).toMatchObject([
      { target: { kind: 'internet-gateway', id: 'igw' }, state: 'active', origin: 'static' },
    ]);
    expect([...made.subnets.values()].map(({ routeTable }) => routeTable)).toEqual(['table', 'vpc/main-route-table']);
  });

  it('leads to what a link names, under whichever key', () => {
    const made = declaredNetwork(
      ...network,
      declared('nat', 'AWS::EC2::NatGateway', { SubnetId: ref('a') }),
      route({ GatewayId: ref('nat') }),
    );
    expect(routesOf(made)).toMatchObject([{ target: { kind: 'nat-gateway', id: 'nat' } }]);
  });

  it('leads to an instance by its first interface', () => {
    const made = declaredNetwork(
      ...network,
      declared('box', 'AWS::EC2::Instance', { SubnetId: ref('a'), SourceDestCheck: false }),
      route({ InstanceId: ref('box') }),
    );
    expect(routesOf(made)).toMatchObject([{ target: { kind: 'network-interface', id: 'box/eth0', instance: 'box' } }]);
  });

  it('may lead anywhere where a target is not known', () => {
    expect(routesOf(declaredNetwork(...network, route({ NatGatewayId: soon })))).toMatchObject([
      { target: { kind: 'unknown' } },
    ]);
  });

  it('may match anything where a destination is not known, and leads where it says', () => {
    const made = declaredNetwork(...network, route({ DestinationCidrBlock: soon, GatewayId: ref('igw') }));
    expect(routesOf(made)).toMatchObject([{ destination: { kind: 'prefix-list' }, target: { id: 'igw' } }]);
  });

  it('may hold a route of which it is not known whose it is', () => {
    const made = declaredNetwork(...network, route({ RouteTableId: soon, GatewayId: ref('igw') }));
    expect(routesOf(made)).toMatchObject([{ destination: { kind: 'prefix-list' }, target: { id: 'igw' } }]);
  });

  it('may lead anywhere by a route of which it is not known whether it is there, and by no other', () => {
    const maybe = { uncertain: 'a parameter' };
    const other = declared(
      'other',
      'AWS::EC2::Route',
      { RouteTableId: ref('table'), DestinationCidrBlock: '0.0.0.0/0' },
      maybe,
    );
    const made = declaredNetwork(...network, route({ GatewayId: ref('igw') }, maybe), other);
    expect(routesOf(made)).toMatchObject([
      { destination: { kind: 'prefix', prefix: { length: 0 } }, target: { kind: 'unknown' } },
    ]);
  });

  it.each([
    ['the subnet', associate(soon)],
    ['the table', associate(ref('a'), soon)],
  ])('leaves the subnet’s table open where %s of an association is not known', (_, association) => {
    const made = declaredNetwork(...network, association);
    expect(made.subnets.get('a')!.routeTable).toMatchObject({ unread: 'describe-route-tables' });
  });

  it('leads into the VPC from a gateway by its edge association', () => {
    const made = declaredNetwork(
      ...network,
      declared('edge', 'AWS::EC2::GatewayRouteTableAssociation', { GatewayId: ref('igw'), RouteTableId: ref('table') }),
    );
    expect(made.internetGateways.get('igw')!.routeTable).toBe('table');
  });

  it.each([
    ['the gateway', soon, ref('table')],
    ['the table', ref('igw'), soon],
  ])(
    'leaves the gateway’s table open, and no subnet’s, where %s of an edge association is not known',
    (_, GatewayId, RouteTableId) => {
      const edge = declared('edge', 'AWS::EC2::GatewayRouteTableAssociation', { GatewayId, RouteTableId });
      const made = declaredNetwork(...network, edge);
      expect(unreadEdge(made, made.internetGateways.get('igw')!)).toBe('unread:describe-route-tables:igw');
      expect(made.subnets.get('a')!.routeTable).toBe('vpc/main-route-table');
      const none = declaredNetwork(...network);
      expect(unreadEdge(none, none.internetGateways.get('igw')!)).toBeUndefined();
    },
  );

  it('outside, which nothing describes, leaves open what is associated with it', () => {
    const made = declaredNetwork(...network, associate(ref('a'), 'rtb-9'));
    expect(made.subnets.get('a')!.routeTable).toMatchObject({ unread: 'describe-route-tables' });
    expect(made.subnets.get('b')!.routeTable).toBe('vpc/main-route-table');
  });

  it('outside, made the main one, leaves open what follows it', () => {
    const main = declared('main', mainRouteTableAssociation, { VpcId: ref('vpc'), RouteTableId: 'rtb-9' });
    expect(declaredNetwork(...network, main).subnets.get('b')!.routeTable).toMatchObject({
      unread: 'describe-route-tables',
    });
  });

  it('outside gets routes and subnets that are kept for the network that holds it', () => {
    const { outside } = declaredFindings(
      ...network,
      route({ RouteTableId: 'rtb-9', GatewayId: ref('igw') }),
      associate(ref('a'), 'rtb-9'),
    );
    expect(outside.routes.get('rtb-9')).toMatchObject([{ target: { id: 'igw' } }]);
    expect([...outside.tableOf]).toEqual([['a', 'rtb-9']]);
  });
});
