/** VPC endpoints and firewalls. */
import { expect, test } from 'vitest';
import { added, documents, network, problems, tiny } from './tiny.ts';

const endpoint = (fields: object) => ({
  VpcEndpointId: 'vpce-1',
  VpcId: 'vpc-1',
  VpcEndpointType: 'Interface',
  ServiceName: 'com.amazonaws.eu-west-1.bedrock-runtime',
  State: 'available',
  SubnetIds: ['subnet-1'],
  NetworkInterfaceIds: ['eni-2'],
  PrivateDnsEnabled: true,
  ...fields,
});

const nic = (fields: object) => ({
  ...tiny.NetworkInterfaces[0],
  NetworkInterfaceId: 'eni-2',
  Attachment: { Status: 'attached' },
  PrivateIpAddress: '10.0.1.30',
  PrivateIpAddresses: [],
  ...fields,
});

test('an interface endpoint owns the interfaces that it names, whatever their type says', () => {
  const lists = { ...added('NetworkInterfaces', nic({})), VpcEndpoints: [endpoint({})] };
  const net = network(documents(lists));
  expect(net.endpoints.get('vpce-1')).toMatchObject({ interfaces: ['eni-2'], privateDnsEnabled: true });
  expect(net.interfaces.get('eni-2')?.role).toBe('interface-endpoint');
});

test.each(['Pending', 'deleting', 'Partial'])('an endpoint that is %s works by assumption', (State) => {
  const VpcEndpoints = [endpoint({ VpcEndpointType: 'Gateway', State, SubnetIds: [], NetworkInterfaceIds: [] })];
  expect(network(documents({ ...tiny, VpcEndpoints })).coverage).toContainEqual(
    expect.objectContaining({ id: 'vpce-1', assumption: 'up:vpce-1' }),
  );
});

test('an endpoint with an interface that is not there dangles', () => {
  expect(problems(documents({ ...tiny, VpcEndpoints: [endpoint({})] }))).toMatchObject([
    { code: 'dangling-reference' },
  ]);
});

test('an endpoint that only its interfaces show is made of them', () => {
  const described = nic({ Description: 'VPC Endpoint Interface vpce-7', InterfaceType: 'vpc_endpoint' });
  const net = network(documents(added('NetworkInterfaces', described)));
  expect(net.endpoints.get('vpce-7')).toMatchObject({
    endpointType: 'Interface',
    subnets: ['subnet-1'],
    interfaces: ['eni-2'],
  });
  expect(net.coverage).toContainEqual(
    expect.objectContaining({ id: 'vpce-7', assumption: 'unread:describe-vpc-endpoints:vpce-7' }),
  );
});

test('an endpoint of a type that is not known is named', () => {
  const VpcEndpoints = [endpoint({ VpcEndpointType: 'Wormhole' })];
  const entry = network(documents({ ...tiny, VpcEndpoints })).coverage.find(({ id }) => id === 'vpce-1');
  expect(entry).toMatchObject({ status: 'not-modelled', why: expect.stringContaining('Wormhole') as string });
});

const arn = 'arn:aws:network-firewall:eu-west-1:111122223333:firewall/inspect';

const firewall = {
  Firewall: { FirewallName: 'inspect', FirewallArn: arn, VpcId: 'vpc-1', FirewallPolicyArn: 'arn:policy' },
  FirewallStatus: {
    Status: 'READY',
    SyncStates: {
      'eu-west-1a': { Attachment: { SubnetId: 'subnet-1', EndpointId: 'vpce-fw', Status: 'READY' } },
    },
  },
};

test('a firewall tells where its endpoints stand though describe-vpc-endpoints does not', () => {
  const net = network([...documents(tiny), { file: 'fw.json', json: firewall }]);
  expect(net.firewalls.get(arn)).toMatchObject({ name: 'inspect', endpoints: ['vpce-fw'], policyArn: 'arn:policy' });
  expect(net.endpoints.get('vpce-fw')).toMatchObject({
    endpointType: 'GatewayLoadBalancer',
    subnets: ['subnet-1'],
    state: 'available',
  });
});

test('a firewall and its endpoints pass or drop as one', () => {
  const { coverage } = network([...documents(tiny), { file: 'fw.json', json: firewall }]);
  expect(coverage.filter(({ assumption }) => assumption === `passes:${arn}`).map(({ kind }) => kind)).toEqual([
    'firewall-endpoint',
    'network-firewall',
  ]);
});

test('an endpoint that carries the firewall’s tag belongs to it', () => {
  const tagged = endpoint({
    VpcEndpointType: 'GatewayLoadBalancer',
    NetworkInterfaceIds: [],
    Tags: [
      { Key: 'Firewall', Value: arn },
      { Key: 'AWSNetworkFirewallManaged', Value: 'true' },
    ],
  });
  const net = network(documents({ ...tiny, VpcEndpoints: [tagged] }));
  expect([...net.firewalls.values()]).toMatchObject([{ id: arn, name: 'inspect', endpoints: ['vpce-1'] }]);
});

test('endpoints of associations in other subnets join the firewall’s own', () => {
  const association = {
    VpcEndpointAssociation: { VpcEndpointAssociationArn: 'arn:assoc', FirewallArn: arn, VpcId: 'vpc-1' },
    VpcEndpointAssociationStatus: {
      AssociationSyncState: { 'eu-west-1a': { Attachment: { SubnetId: 'subnet-1', EndpointId: 'vpce-2' } } },
    },
  };
  const net = network([...documents(tiny), { file: 'a.json', json: firewall }, { file: 'b.json', json: association }]);
  expect(net.firewalls.get(arn)).toMatchObject({ endpoints: ['vpce-fw', 'vpce-2'], policyArn: 'arn:policy' });
});

test('list-firewalls names firewalls, and describe-firewall is asked for', () => {
  const json = { Firewalls: [{ FirewallName: 'inspect', FirewallArn: arn }] };
  const { coverage } = network([...documents(tiny), { file: 'fw.json', json }]);
  expect(coverage).toContainEqual(expect.objectContaining({ kind: 'Firewalls', id: arn, status: 'not-modelled' }));
});
