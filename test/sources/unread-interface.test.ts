/** Interfaces that may be there because no call read those of their subnet. */
import { expect, test } from 'vitest';
import { parseAddress } from '../../src/net/address.ts';
import { contains } from '../../src/net/interval.ts';
import { readAssumption } from '../../src/policy/assume.ts';
import { formatSnapshot } from '../../src/sources/index.ts';
import { documents, type Lists, network, problems, tiny, without } from './tiny.ts';

/** The instance shows its interface, and nothing shows what else stands in the subnet. */
const instances = [
  {
    ...tiny.Reservations[0],
    Instances: [
      { InstanceId: 'i-1', State: { Name: 'running' }, NetworkInterfaces: [tiny.NetworkInterfaces[0] as object] },
    ],
  },
];
const untold = { ...without(tiny, 'NetworkInterfaces'), Reservations: instances };
const of = (lists: Lists) => network(documents(lists)).interfaces;
const value = (text: string) => parseAddress(text)!.value;

test('where no call read the interfaces of a subnet, one more may be there', () => {
  const net = network(documents(untold));
  expect([...net.interfaces.keys()]).toEqual(['eni-1', 'eni-unread-subnet-1']);
  const may = net.interfaces.get('eni-unread-subnet-1')!;
  expect(may).toMatchObject({
    role: 'host',
    groups: [],
    attached: true,
    sourceDestCheck: true,
    unread: { unread: 'describe-network-interfaces', subject: 'subnet-1' },
  });
  // That none hands packets on is said.
  expect(net.defaults).toContainEqual(
    expect.objectContaining({ value: 'on', call: 'ec2 describe-network-interfaces' }),
  );
  const pool = may.imaginary?.pool.ipv4 ?? [];
  for (const held of ['10.0.1.3', '10.0.1.10', '10.0.1.255']) expect(contains(pool, value(held))).toBe(false);
  for (const free of ['10.0.1.4', '10.0.1.11', '10.0.1.254']) expect(contains(pool, value(free))).toBe(true);
  expect(may.imaginary?.publicIp).toBeDefined();
});

test('no interface may be there besides those that a whole answer shows', () => {
  expect([...of(tiny).keys()]).toEqual(['eni-1']);
});

test('an answer that a filter narrowed leaves room for more', () => {
  const { NetworkInterfaces, ...rest } = tiny;
  const filtered = {
    Request: { Filters: [{ Name: 'status', Values: ['in-use'] }] },
    Response: { NetworkInterfaces },
  };
  const net = network([...documents(rest), { file: 'interfaces.json', json: filtered }]);
  expect([...net.interfaces.keys()]).toEqual(['eni-1', 'eni-unread-subnet-1', 'eni-unread-subnet-1-balancer']);
});

test('what a participant is shown of a shared subnet is not all that stands in it', () => {
  const OwnerId = '222222222222';
  const mine = { NetworkInterfaces: tiny.NetworkInterfaces.map((nic) => ({ ...nic, OwnerId })) };
  const participant = [...documents({ ...tiny, ...mine })];
  expect(network(participant).interfaces.has('eni-unread-subnet-1')).toBe(true);
  expect(
    network(participant)
      .defaults.map(({ setting }) => setting)
      .join(),
  ).toMatch(/balancers of other accounts/);
  const owner = [...documents(without(tiny, 'NetworkInterfaces')), { file: '111122223333/all.json', json: mine }];
  expect(network(owner).interfaces.has('eni-unread-subnet-1')).toBe(false);
});

test('two VPCs may use the same addresses', () => {
  const lists = {
    ...untold,
    Vpcs: [...tiny.Vpcs, { ...tiny.Vpcs[0], VpcId: 'vpc-2' }],
    Subnets: [...tiny.Subnets, { ...tiny.Subnets[0], SubnetId: 'subnet-2', VpcId: 'vpc-2' }],
  };
  const pool = of(lists).get('eni-unread-subnet-2')?.imaginary?.pool.ipv4 ?? [];
  expect(contains(pool, value('10.0.1.10'))).toBe(true);
});

test('an unread interface is assumed, and its assumption can be declared', () => {
  const net = network(documents(untold));
  const assumption = 'unread:describe-network-interfaces:subnet-1';
  expect(net.coverage).toContainEqual(
    expect.objectContaining({ id: 'eni-unread-subnet-1', status: 'assumed', assumption }),
  );
  expect(readAssumption(net, `${assumption}=deny`)).toEqual({ ok: true, value: [{ key: assumption, side: false }] });
});

test('an unread interface may have the public address that an internet gateway maps, though nobody read the gateway', () => {
  const Routes = [{ DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable' }];
  const lists = {
    ...without(untold, 'InternetGateways', 'Reservations'),
    RouteTables: [{ ...tiny.RouteTables[0], Routes }],
  };
  expect([...network(documents(lists)).internetGateways.keys()]).toEqual(['igw-unread-vpc-1']);
});

test('an Elastic IP address of an interface that nobody read is held by the one that may be there', () => {
  const Addresses = [
    {
      AllocationId: 'eipalloc-1',
      PublicIp: '198.51.100.7',
      NetworkInterfaceId: 'eni-rds',
      PrivateIpAddress: '10.0.1.7',
    },
  ];
  const may = of({ ...untold, Addresses }).get('eni-unread-subnet-1');
  expect(may?.addresses).toEqual([{ address: parseAddress('10.0.1.7'), publicIp: parseAddress('198.51.100.7') }]);
  expect(contains(may?.imaginary?.pool.ipv4 ?? [], value('10.0.1.7'))).toBe(false);
});

const endpoint = {
  VpcEndpointId: 'vpce-1',
  VpcId: 'vpc-1',
  VpcEndpointType: 'Interface',
  ServiceName: 'com.amazonaws.eu-west-1.bedrock-runtime',
  State: 'available',
  SubnetIds: ['subnet-1'],
  NetworkInterfaceIds: ['eni-2'],
};

test('an endpoint whose interfaces nobody read stands in its subnets all the same', () => {
  const net = network(documents({ ...untold, VpcEndpoints: [endpoint] }));
  expect(net.endpoints.get('vpce-1')?.interfaces).toEqual(['eni-unread-subnet-1-vpce-1']);
  const node = net.interfaces.get('eni-unread-subnet-1-vpce-1');
  expect(node).toMatchObject({ role: 'interface-endpoint', unread: { subject: 'subnet-1' } });
  expect(node?.imaginary).not.toHaveProperty('publicIp');
});

test('a balancer whose interfaces nobody read has a node in each of its subnets', () => {
  const LoadBalancers = [
    {
      LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188',
      LoadBalancerName: 'web',
      Type: 'application',
      Scheme: 'internet-facing',
      VpcId: 'vpc-1',
      AvailabilityZones: [{ ZoneName: 'eu-west-1a', SubnetId: 'subnet-1' }],
    },
  ];
  const net = network(documents({ ...untold, LoadBalancers }));
  expect([...net.loadBalancers.values()]).toMatchObject([{ interfaces: ['eni-unread-subnet-1-web'] }]);
  expect(net.interfaces.get('eni-unread-subnet-1-web')).toMatchObject({ role: 'load-balancer' });
  expect(net.interfaces.get('eni-unread-subnet-1-web')?.imaginary?.publicIp).toBeDefined();
  const read = network(documents({ ...tiny, LoadBalancers }));
  expect([...read.loadBalancers.values()]).toMatchObject([{ interfaces: [] }]);
});

test('a snapshot keeps what may be there', () => {
  const net = network(documents({ ...untold, VpcEndpoints: [endpoint] }));
  const text = formatSnapshot(net);
  expect(network([{ file: 'network.json', text }])).toEqual(net);
  const wrong = text.replace(/"lo":"\d+"/, '"lo":"ten"');
  expect(problems([{ file: 'network.json', text: wrong }])).toMatchObject([{ code: 'bad-snapshot' }]);
});
