/** Internet, egress-only and NAT gateways. */
import { expect, test } from 'vitest';
import { formatAddress } from '../../src/net/address.ts';
import { added, changed, documents, network, problems, tiny, without } from './tiny.ts';

test('a detached internet gateway belongs to no VPC', () => {
  const InternetGateways = [...tiny.InternetGateways, { InternetGatewayId: 'igw-2', Attachments: [] }];
  const gateway = network(documents({ ...tiny, InternetGateways })).internetGateways.get('igw-2');
  expect(gateway).not.toHaveProperty('vpc');
});

test('an internet gateway that only routes name is taken to be attached there, and said to be assumed', () => {
  const net = network(documents(without(tiny, 'InternetGateways')));
  expect(net.internetGateways.get('igw-1')).toMatchObject({ vpc: 'vpc-1' });
  expect(net.coverage).toContainEqual(
    expect.objectContaining({ id: 'igw-1', status: 'assumed', assumption: 'unread:describe-internet-gateways:igw-1' }),
  );
});

const only = (key: keyof typeof tiny, fields: object) => ({ [key]: [{ ...tiny[key][0], ...fields }] });

const noRoutes = {
  Routes: [{ DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' }],
};

test('a public address in a VPC means an internet gateway unless the gateways were read', () => {
  const lists = changed('RouteTables', noRoutes);
  const unread = network(documents(without(lists, 'InternetGateways')));
  expect([...unread.internetGateways.values()]).toMatchObject([{ id: 'igw-unread-vpc-1', vpc: 'vpc-1' }]);
  expect(unread.internetGateways.get('igw-unread-vpc-1')).not.toHaveProperty('state');
  expect(network(documents({ ...lists, InternetGateways: [] })).internetGateways.size).toBe(0);
});

test('an IPv6 address needs no mapping, and so may mean one', () => {
  const Ipv6Addresses = [{ Ipv6Address: '2600:1f18:a:1::10' }];
  const block = '2600:1f18:a:1::/64';
  const Ipv6CidrBlockAssociationSet = [{ Ipv6CidrBlock: block, Ipv6CidrBlockState: { State: 'associated' } }];
  const lists = {
    ...changed('RouteTables', noRoutes),
    ...only('Vpcs', { Ipv6CidrBlockAssociationSet }),
    ...only('Subnets', { Ipv6CidrBlockAssociationSet }),
    ...only('NetworkInterfaces', {
      Ipv6Addresses,
      PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: '10.0.1.10' }],
    }),
  };
  const unread = network(documents(without(lists, 'InternetGateways')));
  expect([...unread.internetGateways.values()]).toMatchObject([{ id: 'igw-unread-vpc-1', state: 'unknown' }]);
  expect(unread.coverage).toContainEqual(expect.objectContaining({ assumption: 'up:igw-unread-vpc-1' }));
});

test('an egress-only internet gateway that only routes name is taken to be attached there', () => {
  const route = { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1', State: 'active' };
  const net = network(documents(changed('RouteTables', { Routes: [...tiny.RouteTables[0]!.Routes, route] })));
  expect(net.egressOnlyInternetGateways.get('eigw-1')).toMatchObject({ vpc: 'vpc-1' });
});

const natInterface = {
  ...tiny.NetworkInterfaces[0],
  NetworkInterfaceId: 'eni-nat',
  Attachment: { Status: 'attached' },
  Description: 'Interface for NAT Gateway nat-1',
  Groups: [],
  InterfaceType: 'nat_gateway',
  PrivateIpAddress: '10.0.1.20',
  PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: '10.0.1.20', Association: { PublicIp: '198.51.100.20' } }],
  RequesterManaged: true,
};

const natGateway = {
  NatGatewayId: 'nat-1',
  VpcId: 'vpc-1',
  SubnetId: 'subnet-1',
  State: 'available',
  ConnectivityType: 'public',
  NatGatewayAddresses: [
    { PrivateIp: '10.0.1.21', NetworkInterfaceId: 'eni-nat', Status: 'succeeded' },
    { PrivateIp: '10.0.1.20', PublicIp: '198.51.100.20', NetworkInterfaceId: 'eni-nat', IsPrimary: true },
    { PrivateIp: '10.0.1.22', NetworkInterfaceId: 'eni-nat', Status: 'failed' },
  ],
};

test('a NAT gateway has those addresses that were assigned, the primary first', () => {
  const net = network(documents({ ...added('NetworkInterfaces', natInterface), NatGateways: [natGateway] }));
  const gateway = net.natGateways.get('nat-1');
  expect(gateway).toMatchObject({ availabilityMode: 'zonal', connectivity: 'public', subnet: 'subnet-1' });
  expect(gateway?.addresses.map(({ privateIp }) => formatAddress(privateIp!))).toEqual(['10.0.1.20', '10.0.1.21']);
});

test('a regional NAT gateway has a table of its own and no subnet', () => {
  const regional = {
    NatGatewayId: 'nat-1',
    VpcId: 'vpc-1',
    State: 'available',
    AvailabilityMode: 'regional',
    RouteTableId: 'rtb-1',
    NatGatewayAddresses: [{ PublicIp: '198.51.100.21', AvailabilityZoneId: 'euw1-az1', Status: 'succeeded' }],
  };
  const gateway = network(documents({ ...tiny, NatGateways: [regional] })).natGateways.get('nat-1');
  expect(gateway).toMatchObject({
    availabilityMode: 'regional',
    routeTable: 'rtb-1',
    addresses: [{ zone: 'euw1-az1' }],
  });
  expect(gateway).not.toHaveProperty('subnet');
});

test('a NAT gateway that only its interface shows is made of it', () => {
  const net = network(documents(added('NetworkInterfaces', natInterface)));
  expect(net.natGateways.get('nat-1')).toMatchObject({ subnet: 'subnet-1', connectivity: 'public' });
  expect(net.coverage).toContainEqual(expect.objectContaining({ id: 'nat-1', status: 'assumed' }));
});

test('a NAT gateway whose interface or subnet is not there dangles, unless it is deleted', () => {
  const missing = { ...natGateway, SubnetId: 'subnet-9' };
  expect(problems(documents({ ...tiny, NatGateways: [missing] })).map(({ code }) => code)).toEqual([
    'dangling-reference',
    'dangling-reference',
  ]);
  const deleted = { ...natGateway, State: 'deleted', SubnetId: 'subnet-1' };
  const net = network(documents({ ...tiny, NatGateways: [deleted] }));
  expect(net.natGateways.get('nat-1')?.addresses[0]).not.toHaveProperty('interface');
});

test.each(['pending', 'deleting'])('a NAT gateway that is %s works by assumption', (State) => {
  const lists = { ...added('NetworkInterfaces', natInterface), NatGateways: [{ ...natGateway, State }] };
  expect(network(documents(lists)).coverage).toContainEqual(
    expect.objectContaining({ id: 'nat-1', assumption: 'up:nat-1' }),
  );
});

test.each(['associating', 'disassociating', 'assigning', 'unassigning'])(
  'a NAT address that is %s is still there, with its state',
  (Status) => {
    const NatGatewayAddresses = [{ PrivateIp: '10.0.1.23', NetworkInterfaceId: 'eni-gone', Status }];
    const net = network(documents({ ...tiny, NatGateways: [{ ...natGateway, NatGatewayAddresses }] }));
    expect(net.natGateways.get('nat-1')?.addresses).toEqual([
      { privateIp: { family: 'ipv4', value: 0x0a000117n }, state: Status },
    ]);
  },
);

test.each(['attaching', 'detaching'])('an internet gateway that is %s keeps its VPC, by assumption', (State) => {
  const attachment = { Attachments: [{ State, VpcId: 'vpc-1' }] };
  const net = network(
    documents({
      ...tiny,
      ...only('InternetGateways', attachment),
      EgressOnlyInternetGateways: [{ EgressOnlyInternetGatewayId: 'eigw-1', ...attachment }],
    }),
  );
  expect(net.internetGateways.get('igw-1')).toMatchObject({ vpc: 'vpc-1', state: State });
  expect(net.egressOnlyInternetGateways.get('eigw-1')).toMatchObject({ vpc: 'vpc-1', state: State });
  for (const id of ['igw-1', 'eigw-1'])
    expect(net.coverage).toContainEqual(expect.objectContaining({ id, assumption: `up:${id}` }));
});

test('an internet gateway in place has no state to tell', () => {
  expect(network(documents(tiny)).internetGateways.get('igw-1')).not.toHaveProperty('state');
});
