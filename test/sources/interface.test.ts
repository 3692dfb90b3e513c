/** Network interfaces: roles, addresses, instances. */
import { expect, test } from 'vitest';
import { formatAddress } from '../../src/net/address.ts';
import type { NetworkInterface } from '../../src/network/interface.ts';
import { added, changed, documents, network, problems, tiny, without } from './tiny.ts';

const read = (fields: object): NetworkInterface =>
  network(documents(changed('NetworkInterfaces', fields))).interfaces.get('eni-1')!;

test.each([
  ['interface', '', false, 'host'],
  ['efa', '', false, 'host'],
  ['branch', '', false, 'host'],
  ['trunk', '', false, 'host'],
  ['natGateway', '', true, 'nat-gateway'],
  ['nat_gateway', '', true, 'nat-gateway'],
  ['interface', 'Interface for NAT Gateway nat-0a1', true, 'nat-gateway'],
  ['vpc_endpoint', '', true, 'interface-endpoint'],
  ['interface', 'VPC Endpoint Interface vpce-0a1', true, 'interface-endpoint'],
  ['gateway_load_balancer_endpoint', '', true, 'firewall-endpoint'],
  ['gateway_load_balancer', '', true, 'gateway-load-balancer'],
  ['network_load_balancer', 'ELB net/x/0a1', true, 'load-balancer'],
  ['load_balancer', '', true, 'load-balancer'],
  ['interface', 'ELB app/web/0a1', true, 'load-balancer'],
  ['interface', 'ENI reserved by ELB for subnet', true, 'load-balancer'],
  ['interface', 'ELB classic-one', true, 'load-balancer'],
  ['transit_gateway', '', true, 'transit-gateway-attachment'],
  ['lambda', 'AWS Lambda VPC ENI-f-1', true, 'lambda'],
  ['interface', 'AWS Lambda VPC ENI-f-1', true, 'lambda'],
  ['interface', 'RDSNetworkInterface', true, 'managed-service'],
  ['interface', 'EFS mount target for fs-1', true, 'managed-service'],
  ['interface', 'Amazon EKS prod', true, 'managed-service'],
  ['interface', 'Resource Gateway Interface rgw-1', true, 'other-service'],
  ['interface', 'arn:aws:ecs:eu-west-1:111122223333:attachment/a', true, 'host'],
  ['interface', 'something new of AWS', true, 'other-service'],
  ['global_accelerator_managed', '', true, 'other-service'],
  ['warp_drive', '', false, 'other-service'],
])('type %s, description "%s", requester-managed %s: %s', (InterfaceType, Description, RequesterManaged, role) => {
  expect(read({ InterfaceType, Description, RequesterManaged }).role).toBe(role);
});

test.each([
  'Interface for NAT Gateway tests',
  'ELB app/web/0a1',
  'AWS Lambda VPC ENI-f',
  'VPC Endpoint Interface vpce-1',
])("an instance's interface is a host's however its owner describes it: %s", (Description) => {
  expect(read({ Description, RequesterManaged: false }).role).toBe('host');
});

test('every private address has its own public one, the primary first', () => {
  const { addresses, prefixes } = read({
    PrivateIpAddresses: [
      { Primary: false, PrivateIpAddress: '10.0.1.11', Association: { PublicIp: '198.51.100.11' } },
      { Primary: true, PrivateIpAddress: '10.0.1.10' },
      { Primary: false, PrivateIpAddress: '10.0.1.12' },
    ],
    Ipv4Prefixes: [{ Ipv4Prefix: '10.0.1.64/28' }],
  });
  const shown = addresses.map(({ address, publicIp }) => [formatAddress(address), publicIp && formatAddress(publicIp)]);
  expect(shown).toEqual([
    ['10.0.1.10', undefined],
    ['10.0.1.11', '198.51.100.11'],
    ['10.0.1.12', undefined],
  ]);
  expect(prefixes).toMatchObject([{ length: 28 }]);
});

test('IPv6 addresses come after the IPv4 ones', () => {
  const Ipv6CidrBlockAssociationSet = (block: string) => [
    { Ipv6CidrBlock: block, Ipv6CidrBlockState: { State: 'associated' } },
  ];
  const lists = {
    ...changed('NetworkInterfaces', { Ipv6Addresses: [{ Ipv6Address: '2001:db8::5' }], DenyAllIgwTraffic: true }),
    Vpcs: [{ ...tiny.Vpcs[0], Ipv6CidrBlockAssociationSet: Ipv6CidrBlockAssociationSet('2001:db8::/56') }],
    Subnets: [{ ...tiny.Subnets[0], Ipv6CidrBlockAssociationSet: Ipv6CidrBlockAssociationSet('2001:db8::/64') }],
  };
  const nic = network(documents(lists)).interfaces.get('eni-1');
  expect(nic?.addresses.map(({ address }) => address.family)).toEqual(['ipv4', 'ipv6']);
  expect(nic?.denyAllIgwTraffic).toBe(true);
});

const bare = { PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: '10.0.1.10' }] };
const elastic = {
  AllocationId: 'eipalloc-1',
  PublicIp: '198.51.100.77',
  NetworkInterfaceId: 'eni-1',
  PrivateIpAddress: '10.0.1.10',
};

test('an Elastic IP address joins the private address that it is associated with', () => {
  const net = network(documents({ ...changed('NetworkInterfaces', bare), Addresses: [elastic] }));
  expect(formatAddress(net.interfaces.get('eni-1')!.addresses[0]!.publicIp!)).toBe('198.51.100.77');
  expect(net.coverage).toContainEqual(expect.objectContaining({ kind: 'elastic-ip', id: 'eipalloc-1' }));
});

test('an Elastic IP address that contradicts the interface is a problem', () => {
  expect(problems(documents({ ...tiny, Addresses: [elastic] }))).toMatchObject([{ code: 'conflicting-address' }]);
});

test('an Elastic IP address of an interface that is not there dangles', () => {
  const Addresses = [{ ...elastic, NetworkInterfaceId: 'eni-9' }];
  expect(problems(documents({ ...tiny, Addresses }))).toMatchObject([
    { code: 'dangling-reference', place: '/Addresses/0' },
  ]);
});

test('an Elastic IP address that is associated with nothing is covered', () => {
  const Addresses = [{ AllocationId: 'eipalloc-2', PublicIp: '198.51.100.78' }];
  expect(network(documents({ ...tiny, Addresses })).coverage).toContainEqual(
    expect.objectContaining({ id: 'eipalloc-2', status: 'modelled' }),
  );
});

test('a guest with its source/destination check off forwards by assumption', () => {
  expect(network(documents(changed('NetworkInterfaces', { SourceDestCheck: false }))).coverage).toContainEqual(
    expect.objectContaining({ id: 'eni-1', assumption: 'forwards:eni-1' }),
  );
});

test('an available interface is attached to nothing', () => {
  expect(read({ Status: 'available', Attachment: undefined })).toMatchObject({ attached: false });
  expect(read({})).toMatchObject({ attached: true });
});

test('interfaces that only describe-instances shows are built from there, and said to be', () => {
  const { Attachment: _, InterfaceType: __, ...shown } = tiny.NetworkInterfaces[0]!;
  const Instances = [{ InstanceId: 'i-1', State: { Name: 'stopped' }, NetworkInterfaces: [shown] }];
  const lists = { ...without(tiny, 'NetworkInterfaces'), Reservations: [{ OwnerId: '111122223333', Instances }] };
  const net = network(documents(lists));
  expect(net.interfaces.get('eni-1')).toMatchObject({
    role: 'host',
    instance: 'i-1',
    attached: true,
    source: { place: '/Reservations/0/Instances/0/NetworkInterfaces/0' },
  });
  expect(net.coverage).toContainEqual(
    expect.objectContaining({ id: 'eni-1', assumption: 'unread:describe-network-interfaces:eni-1' }),
  );
  expect(net.coverage).toContainEqual(expect.objectContaining({ id: 'i-1', assumption: 'up:i-1' }));
});

test('an instance that nobody read exists in a state that nobody told', () => {
  const net = network(documents(without(tiny, 'Reservations')));
  expect(net.instances.get('i-1')).toMatchObject({ state: 'unknown', interfaces: ['eni-1'] });
  expect(net.coverage).toContainEqual(expect.objectContaining({ id: 'i-1', assumption: 'up:i-1' }));
});

test('an instance that should have been read and is not there dangles', () => {
  expect(problems(documents({ ...tiny, Reservations: [] }))).toMatchObject([{ code: 'dangling-reference' }]);
});

test.each([
  [
    'outside its subnet',
    { PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: '10.0.2.10' }] },
    'address-outside-subnet',
  ],
  ['that is none', { PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: '10.0.1.300' }] }, 'bad-address'],
])('an address %s is refused', (_, fields, code) => {
  const lists = changed('NetworkInterfaces', { PrivateIpAddress: undefined, ...fields });
  expect(problems(documents(lists)).map((problem) => problem.code)).toContain(code);
});

test('two interfaces with one address are refused, private or public', () => {
  const twin = { ...tiny.NetworkInterfaces[0], NetworkInterfaceId: 'eni-2' };
  expect(problems(documents(added('NetworkInterfaces', twin))).map(({ code }) => code)).toEqual([
    'duplicate-address',
    'duplicate-address',
  ]);
});
