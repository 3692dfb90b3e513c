/** Route tables: targets, associations, and routes that AWS refuses. */
import { expect, test } from 'vitest';
import type { Route } from '../../src/network/route-table.ts';
import { added, changed, documents, type Lists, network, problems, tiny, without } from './tiny.ts';

const local = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' };
const route = (fields: object) => ({
  DestinationCidrBlock: '192.0.2.0/24',
  Origin: 'CreateRoute',
  State: 'active',
  ...fields,
});

const withRoutes = (routes: readonly object[], more: Lists = {}): Lists => ({
  ...changed('RouteTables', { Routes: [local, ...routes] }),
  ...more,
});

const read = (fields: object, more: Lists = {}): Route =>
  network(documents(withRoutes([route(fields)], more)))
    .routeTables.get('rtb-1')!
    .routes.at(-1)!;

const eigw = [{ EgressOnlyInternetGatewayId: 'eigw-1', Attachments: [{ State: 'attached', VpcId: 'vpc-1' }] }];
const nat = [
  {
    NatGatewayId: 'nat-1',
    VpcId: 'vpc-1',
    SubnetId: 'subnet-1',
    State: 'available',
    NatGatewayAddresses: [{ PrivateIp: '10.0.1.20', PublicIp: '198.51.100.20' }],
  },
];
const endpoint = (fields: object) => [
  { VpcEndpointId: 'vpce-1', VpcId: 'vpc-1', State: 'available', SubnetIds: [], ...fields },
];

test.each<[object, Lists, object]>([
  [{ GatewayId: 'igw-1' }, {}, { kind: 'internet-gateway', id: 'igw-1' }],
  [{ NetworkInterfaceId: 'eni-1', InstanceId: 'i-1' }, {}, { kind: 'network-interface', id: 'eni-1', instance: 'i-1' }],
  [{ NatGatewayId: 'nat-1' }, { NatGateways: nat }, { kind: 'nat-gateway', id: 'nat-1' }],
  [
    { EgressOnlyInternetGatewayId: 'eigw-1' },
    { EgressOnlyInternetGateways: eigw },
    { kind: 'egress-only-internet-gateway', id: 'eigw-1' },
  ],
  [{ GatewayId: 'vgw-1' }, {}, { kind: 'vpn-gateway', id: 'vgw-1' }],
  [{ TransitGatewayId: 'tgw-1' }, {}, { kind: 'transit-gateway', id: 'tgw-1' }],
  [{ VpcPeeringConnectionId: 'pcx-1' }, {}, { kind: 'vpc-peering', id: 'pcx-1' }],
  [{ LocalGatewayId: 'lgw-1' }, {}, { kind: 'local-gateway', id: 'lgw-1' }],
  [{ CarrierGatewayId: 'cagw-1' }, {}, { kind: 'carrier-gateway', id: 'cagw-1' }],
  [{ CoreNetworkArn: 'arn:aws:networkmanager::1:core-network/c' }, {}, { kind: 'core-network' }],
  [{ OdbNetworkArn: 'arn:aws:odb:::odb-network/o' }, {}, { kind: 'odb-network' }],
  [
    { DestinationCidrBlock: undefined, DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-1' },
    { VpcEndpoints: endpoint({ VpcEndpointType: 'Gateway' }) },
    { kind: 'gateway-endpoint', id: 'vpce-1' },
  ],
  [
    { GatewayId: 'vpce-1' },
    { VpcEndpoints: endpoint({ VpcEndpointType: 'GatewayLoadBalancer', SubnetIds: ['subnet-1'] }) },
    { kind: 'firewall-endpoint', id: 'vpce-1' },
  ],
  [{ QuantumGatewayId: 'qgw-1' }, {}, { kind: 'unknown', id: 'qgw-1' }],
  [{ GatewayId: 'xyz-1' }, {}, { kind: 'unknown', id: 'xyz-1' }],
])('%j leads to its target', (fields, more, target) => {
  expect(read(fields, more).target).toMatchObject(target);
});

test('a target that is not known is named in the coverage with its assumption', () => {
  const { coverage } = network(documents(withRoutes([route({ QuantumGatewayId: 'qgw-1' })])));
  expect(coverage).toContainEqual(
    expect.objectContaining({ kind: 'route', id: 'rtb-1 qgw-1', assumption: 'passes:qgw-1' }),
  );
});

test.each([
  ['active', 'CreateRoute', 'active', 'static'],
  ['blackhole', 'CreateRoute', 'blackhole', 'static'],
  ['filtered', 'CreateRoute', 'unknown', 'static'],
  ['active', 'EnableVgwRoutePropagation', 'active', 'propagated'],
  ['active', 'Advertisement', 'active', 'advertised'],
  ['active', 'Teleport', 'unknown', 'static'],
])('State %s and Origin %s are %s and %s', (State, Origin, state, origin) => {
  expect(read({ GatewayId: 'vgw-1', State, Origin })).toMatchObject({ state, origin });
});

test('a blackhole keeps its destination though its target is gone', () => {
  const found = read({ NatGatewayId: 'nat-gone', State: 'blackhole' }, { NatGateways: [] });
  expect(found).toMatchObject({ state: 'blackhole', target: { kind: 'unknown', id: 'nat-gone' } });
});

test.each([
  [{ NatGatewayId: 'nat-9' }, { NatGateways: [] }],
  [{ GatewayId: 'igw-9' }, {}],
  [{ NetworkInterfaceId: 'eni-9' }, {}],
  [{ GatewayId: 'vpce-9' }, { VpcEndpoints: [] }],
  [{ EgressOnlyInternetGatewayId: 'eigw-9' }, { EgressOnlyInternetGateways: [] }],
])('%j is dangling where its call was read', (fields, more) => {
  expect(problems(documents(withRoutes([route(fields)], more)))).toMatchObject([
    { code: 'dangling-reference', place: '/RouteTables/0/Routes/1' },
  ]);
});

test('a route to an instance of another account leads to something that is not known', () => {
  const fields = { NetworkInterfaceId: 'eni-9', InstanceId: 'i-9', InstanceOwnerId: '444455556666' };
  expect(read(fields).target).toEqual({ kind: 'unknown', id: 'eni-9' });
});

test('a NAT gateway that no call read, and no interface shows, is not known', () => {
  expect(read({ NatGatewayId: 'nat-9' }).target).toEqual({ kind: 'unknown', id: 'nat-9' });
});

test('endpoints that no call read are told apart by the destination', () => {
  const list = { DestinationCidrBlock: undefined, DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-9' };
  expect(read(list).target).toEqual({ kind: 'gateway-endpoint', id: 'vpce-9' });
  // Where its traffic would come out again is not told, so it could come out anywhere.
  expect(read({ GatewayId: 'vpce-9' }).target).toEqual({ kind: 'unknown', id: 'vpce-9' });
  const nic = {
    ...tiny.NetworkInterfaces[0],
    NetworkInterfaceId: 'eni-2',
    Attachment: undefined,
    Groups: [],
    InterfaceType: 'gateway_load_balancer_endpoint',
    Description: 'VPC Endpoint Interface vpce-9',
    PrivateIpAddress: '10.0.1.30',
    PrivateIpAddresses: [],
  };
  const { NetworkInterfaces } = added('NetworkInterfaces', nic);
  expect(read({ GatewayId: 'vpce-9' }, { NetworkInterfaces: NetworkInterfaces! }).target).toEqual({
    kind: 'firewall-endpoint',
    id: 'vpce-9',
  });
});

test('an interface endpoint is no target of a route', () => {
  const VpcEndpoints = endpoint({ VpcEndpointType: 'Interface', SubnetIds: ['subnet-1'] });
  expect(problems(documents(withRoutes([route({ GatewayId: 'vpce-1' })], { VpcEndpoints })))).toContainEqual(
    expect.objectContaining({ code: 'invalid-route' }),
  );
});

test.each<[string, object, Lists]>([
  ['half a subnet (T40)', { DestinationCidrBlock: '10.0.1.0/25', NetworkInterfaceId: 'eni-1' }, {}],
  ['a subnet towards a transit gateway', { DestinationCidrBlock: '10.0.1.0/24', TransitGatewayId: 'tgw-1' }, {}],
  ['a subnet towards the internet gateway', { DestinationCidrBlock: '10.0.1.0/24', GatewayId: 'igw-1' }, {}],
  ['the range of the metadata service', { DestinationCidrBlock: '169.254.169.254/32', GatewayId: 'igw-1' }, {}],
  ['what another route has', { DestinationCidrBlock: '10.0.0.0/16', NetworkInterfaceId: 'eni-1' }, {}],
])('a route for %s is refused, as AWS does', (_, fields, more) => {
  expect(problems(documents(withRoutes([route(fields)], more)))).toMatchObject([
    { code: 'invalid-route', file: 'RouteTables.json', place: '/RouteTables/0/Routes/1' },
  ]);
});

test('a route for a whole subnet may lead to an interface', () => {
  const found = read({ DestinationCidrBlock: '10.0.1.0/24', NetworkInterfaceId: 'eni-1' });
  expect(found.target).toMatchObject({ kind: 'network-interface' });
});

test('a propagated route may be more specific than the local one', () => {
  const found = read({
    DestinationCidrBlock: '10.0.1.128/25',
    GatewayId: 'vgw-1',
    Origin: 'EnableVgwRoutePropagation',
  });
  expect(found.origin).toBe('propagated');
});

test('an internet gateway of another VPC is refused', () => {
  const vpc = { ...tiny.Vpcs[0], VpcId: 'vpc-2', CidrBlock: '10.9.0.0/16', CidrBlockAssociationSet: [] };
  const InternetGateways = [{ InternetGatewayId: 'igw-1', Attachments: [{ State: 'available', VpcId: 'vpc-2' }] }];
  expect(problems(documents({ ...added('Vpcs', vpc), InternetGateways }))).toMatchObject([{ code: 'invalid-route' }]);
});

test('the local route is in every table, shown or not', () => {
  const net = network(documents(changed('RouteTables', { Routes: [] })));
  expect(net.routeTables.get('rtb-1')?.routes).toMatchObject([{ target: { kind: 'local' }, origin: 'local' }]);
  expect(net.warnings.join()).toContain('10.0.0.0/16');
});

test('a local route whose target was replaced is not put back', () => {
  const taken = { ...local, GatewayId: undefined, NetworkInterfaceId: 'eni-1' };
  const net = network(documents(changed('RouteTables', { Routes: [taken] })));
  expect(net.routeTables.get('rtb-1')?.routes).toMatchObject([{ target: { kind: 'network-interface' } }]);
});

test('a subnet without an association has the main table, one with an association that table', () => {
  const other = {
    ...tiny.RouteTables[0],
    RouteTableId: 'rtb-2',
    Associations: [{ Main: false, SubnetId: 'subnet-1', AssociationState: { State: 'associated' } }],
  };
  expect(network(documents(tiny)).subnets.get('subnet-1')?.routeTable).toBe('rtb-1');
  expect(network(documents(added('RouteTables', other))).subnets.get('subnet-1')?.routeTable).toBe('rtb-2');
});

test.each([
  ['was never asked for', without(tiny, 'RouteTables')],
  ['is not among those read', changed('RouteTables', { Associations: [] })],
])('the table of a subnet is unread when it %s', (_, lists) => {
  expect(network(documents(lists)).subnets.get('subnet-1')?.routeTable).toEqual({
    unread: 'describe-route-tables',
    subject: 'subnet-1',
  });
});

const edge = (routes: readonly object[]): Lists =>
  added('RouteTables', {
    RouteTableId: 'rtb-edge',
    VpcId: 'vpc-1',
    Associations: [{ Main: false, GatewayId: 'igw-1', AssociationState: { State: 'associated' } }],
    Routes: [local, ...routes],
  });

test('an edge association gives the internet gateway its table', () => {
  const net = network(documents(edge([route({ DestinationCidrBlock: '10.0.1.0/24', NetworkInterfaceId: 'eni-1' })])));
  expect(net.internetGateways.get('igw-1')).toMatchObject({ routeTable: 'rtb-edge' });
});

test.each([
  ['outside the VPC', route({ DestinationCidrBlock: '0.0.0.0/0', NetworkInterfaceId: 'eni-1' })],
  ['to another gateway', route({ DestinationCidrBlock: '10.0.1.0/24', TransitGatewayId: 'tgw-1' })],
  [
    'for a prefix list',
    route({ DestinationCidrBlock: undefined, DestinationPrefixListId: 'pl-1', NetworkInterfaceId: 'eni-1' }),
  ],
])('a gateway route table with a route %s is refused', (_, wrong) => {
  expect(problems(documents(edge([wrong])))).toMatchObject([{ code: 'invalid-route' }]);
});
