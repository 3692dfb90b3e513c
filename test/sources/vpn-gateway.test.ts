/** Virtual private gateways and VPN connections. */
import { expect, test } from 'vitest';
import { formatPrefix } from '../../src/net/prefix.ts';
import { formatSnapshot } from '../../src/sources/index.ts';
import { documents, network, problems, tiny } from './tiny.ts';

const gateway = (...VpcAttachments: readonly object[]) => ({
  VpnGateways: [{ VpnGatewayId: 'vgw-1', VpcAttachments }],
});

const connection = (more: object = {}) => ({
  VpnConnectionId: 'vpn-1',
  VpnGatewayId: 'vgw-1',
  CustomerGatewayId: 'cgw-1',
  State: 'available',
  Options: { StaticRoutesOnly: true },
  Routes: [{ DestinationCidrBlock: '192.168.0.0/16', State: 'available' }],
  VgwTelemetry: [{ Status: 'DOWN' }, { Status: 'UP' }],
  ...more,
});

const attached = gateway({ VpcId: 'vpc-1', State: 'attached' });

const read = (lists: object) => network(documents({ ...tiny, ...lists }));
const gatewayOf = (lists: object) => read(lists).vpnGateways.get('vgw-1');
const connectionOf = (more?: object) =>
  read({ ...attached, VpnConnections: [connection(more)] }).vpnConnections.get('vpn-1');

test('a VPN gateway shows the VPC that it is attached to, or will be', () => {
  expect(gatewayOf(attached)).toMatchObject({ kind: 'vpn-gateway', vpc: 'vpc-1' });
  expect(gatewayOf(attached)).not.toHaveProperty('state');
  expect(gatewayOf(gateway({ VpcId: 'vpc-1', State: 'detaching' }))).toMatchObject({
    vpc: 'vpc-1',
    state: 'detaching',
  });
  expect(gatewayOf(gateway({ VpcId: 'vpc-1', State: 'detached' }))).not.toHaveProperty('vpc');
});

test('a VPN gateway that is attached to what is not in the input, or moves, is opaque alone', () => {
  const moving = gateway({ VpcId: 'vpc-1', State: 'detaching' }, { VpcId: 'vpc-2', State: 'attaching' });
  for (const lists of [gateway({ VpcId: 'vpc-9', State: 'attached' }), moving]) {
    expect(read(lists).vpnGateways.size).toBe(0);
    expect(read(lists).opaqueGateways.has('vgw-1')).toBe(true);
  }
});

test('a VPN gateway whose connections nobody read says so', () => {
  expect(gatewayOf(attached)?.unread).toEqual({ unread: 'describe-vpn-connections', subject: 'vgw-1' });
  expect(gatewayOf({ ...attached, VpnConnections: [] })).not.toHaveProperty('unread');
});

test('the edge association of a VPN gateway is its table', () => {
  const RouteTables = [
    ...tiny.RouteTables,
    { RouteTableId: 'rtb-edge', VpcId: 'vpc-1', Associations: [{ GatewayId: 'vgw-1' }], Routes: [] },
  ];
  expect(gatewayOf({ ...attached, RouteTables })?.routeTable).toBe('rtb-edge');
});

test('a connection shows its static routes, and whether a tunnel is up', () => {
  const found = connectionOf();
  expect(found).toMatchObject({ gateway: 'vgw-1', dynamic: false, up: true });
  expect(found?.staticRoutes.map(formatPrefix)).toEqual(['192.168.0.0/16']);
  expect(found).not.toHaveProperty('state');
  expect(found).not.toHaveProperty('selectors');
  expect(connectionOf({ VgwTelemetry: [{ Status: 'DOWN' }] })?.up).toBe(false);
  expect(connectionOf({ VgwTelemetry: [] })).not.toHaveProperty('up');
});

test('a connection speaks BGP unless it says that it does not', () => {
  expect(connectionOf({ Options: { StaticRoutesOnly: false } })?.dynamic).toBe(true);
  expect(connectionOf({ Options: undefined })?.dynamic).toBe(true);
});

test('a connection that comes about or ends shows its state, and so does one with such a route', () => {
  expect(connectionOf({ State: 'pending' })?.state).toBe('pending');
  const Routes = ['available', 'deleting', 'deleted'].map((State, i) => ({
    DestinationCidrBlock: `10.${i}.0.0/16`,
    State,
  }));
  const found = connectionOf({ Routes });
  expect(found?.state).toBe('deleting');
  expect(found?.staticRoutes.map(formatPrefix)).toEqual(['10.0.0.0/16', '10.1.0.0/16']);
  expect(connectionOf({ State: 'deleted' })).toBeUndefined();
});

test('traffic selectors are told where they are narrower than everything', () => {
  const selectors = (LocalIpv4NetworkCidr: string, RemoteIpv4NetworkCidr: string) =>
    connectionOf({ Options: { StaticRoutesOnly: true, LocalIpv4NetworkCidr, RemoteIpv4NetworkCidr } })?.selectors;
  expect(selectors('0.0.0.0/0', '0.0.0.0/0')).toBeUndefined();
  const narrow = selectors('192.168.0.0/16', '0.0.0.0/0');
  expect(narrow?.onPremises.map(formatPrefix)).toEqual(['192.168.0.0/16']);
  expect(narrow?.aws.map(formatPrefix)).toEqual(['0.0.0.0/0']);
});

test('a connection that ends at no gateway of a network is named', () => {
  const VpnConnections = [connection({ VpnGatewayId: undefined, CoreNetworkArn: 'arn:aws:networkmanager::1:x' })];
  const net = read({ ...attached, VpnConnections });
  expect(net.vpnConnections.size).toBe(0);
  expect(net.coverage).toContainEqual(
    expect.objectContaining({ kind: 'vpn-connection', id: 'vpn-1', status: 'not-modelled' }),
  );
});

test('customer gateways are accounted for', () => {
  const net = read({ ...attached, CustomerGateways: [{ CustomerGatewayId: 'cgw-1', IpAddress: '198.51.100.1' }] });
  expect(net.coverage).toContainEqual(expect.objectContaining({ id: 'cgw-1', status: 'not-modelled' }));
});

test('a static route that is no block is refused at its place', () => {
  const of = (DestinationCidrBlock: string | undefined) =>
    problems(documents({ ...tiny, ...attached, VpnConnections: [connection({ Routes: [{ DestinationCidrBlock }] })] }));
  expect(of('192.168.0.0/55')).toMatchObject([
    { code: 'bad-cidr', place: '/VpnConnections/0/Routes/0/DestinationCidrBlock' },
  ]);
  expect(of(undefined)).toMatchObject([{ code: 'missing-field', place: '/VpnConnections/0/Routes/0' }]);
});

test('VPN gateways and connections read back from a snapshot are the same', () => {
  const narrow = { Options: { StaticRoutesOnly: true, LocalIpv4NetworkCidr: '192.168.0.0/16' } };
  const net = read({ ...attached, VpnConnections: [connection({ ...narrow, State: 'pending' })] });
  expect(network([{ file: 'network.json', text: formatSnapshot(net) }])).toEqual(net);
});
