/** The normalised snapshot and the hash of a network. */
import { expect, test } from 'vitest';
import { canonicalSnapshot, formatSnapshot, networkFromDocuments, networkSha256 } from '../../src/sources/index.ts';
import { changed, documents, network, problems, tiny, without } from './tiny.ts';

const rich = {
  ...without(tiny, 'NetworkAcls'),
  FlowLogs: [{ FlowLogId: 'fl-1' }],
  TransitGateways: [{ TransitGatewayId: 'tgw-1' }],
  PrefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'partners', AddressFamily: 'IPv4' }],
  VpcEndpoints: [{ VpcEndpointId: 'vpce-1', VpcId: 'vpc-1', VpcEndpointType: 'Gateway', ServiceName: 's3' }],
  NatGateways: [
    {
      NatGatewayId: 'nat-1',
      VpcId: 'vpc-1',
      SubnetId: 'subnet-1',
      NatGatewayAddresses: [{ PrivateIp: '10.0.1.21', Status: 'associating' }],
    },
  ],
  EgressOnlyInternetGateways: [
    { EgressOnlyInternetGatewayId: 'eigw-1', Attachments: [{ State: 'detaching', VpcId: 'vpc-1' }] },
  ],
  VpcPeeringConnections: [
    {
      VpcPeeringConnectionId: 'pcx-1',
      RequesterVpcInfo: { VpcId: 'vpc-1' },
      AccepterVpcInfo: { VpcId: 'vpc-of-somebody-else' },
    },
  ],
};

type Lists = Record<string, Record<string, unknown>[]>;

const edited = (edit: (json: Lists) => void) => {
  const json = JSON.parse(formatSnapshot(network(documents(tiny)))) as Lists;
  edit(json);
  return problems([{ file: 'network.json', json }]);
};

test('a snapshot read back is the same network, places and all', () => {
  const net = network(documents(rich));
  const text = formatSnapshot(net);
  expect(network([{ file: 'network.json', text }])).toEqual(net);
  expect(formatSnapshot(network([{ file: 'other.json', text }]))).toBe(text);
});

test('files, their order and their names leave the hash as it is; a rule changes it', () => {
  const hash = networkSha256(network(documents(tiny)));
  expect(networkSha256(network([{ file: 'x/y.json', json: tiny }]))).toBe(hash);
  expect(networkSha256(network(documents(tiny).toReversed()))).toBe(hash);
  const other = changed('SecurityGroups', { IpPermissions: [] });
  expect(networkSha256(network(documents(other)))).not.toBe(hash);
});

test('the canonical snapshot names no file', () => {
  expect(canonicalSnapshot(network(documents(tiny)))).not.toContain('.json');
});

test('a snapshot edited by hand is checked like any other input', () => {
  expect(edited((json) => (json['interfaces']![0]!['subnet'] = 'subnet-9'))).toMatchObject([
    { code: 'dangling-reference', file: 'network.json', place: 'NetworkInterfaces.json /NetworkInterfaces/0' },
  ]);
  expect(edited((json) => json['vpcs']!.push(json['vpcs']![0]!))).toMatchObject([
    { code: 'duplicate-id', place: '/vpcs/1' },
  ]);
  expect(edited((json) => (json['subnets']![0]!['cidrs'] = ['10.0.1.0/77']))).toMatchObject([
    { code: 'bad-snapshot', place: '/subnets/0/cidrs/0' },
  ]);
  expect(edited((json) => (json['securityGroups']![0]!['ingres'] = []))).toMatchObject([
    { code: 'bad-snapshot', place: '/securityGroups/0' },
  ]);
});

test('a snapshot is read alone', () => {
  const text = formatSnapshot(network(documents(tiny)));
  const result = networkFromDocuments([{ file: 'network.json', text }, ...documents({ Vpcs: [] })]);
  expect(result).toMatchObject({ ok: false, problems: [{ code: 'beside-snapshot', file: 'Vpcs.json' }] });
});

test('a snapshot of a version to come is refused', () => {
  expect(problems([{ file: 'network.json', json: { vpcproofSnapshot: 2 } }]).map(({ place }) => place)).toContain(
    '/vpcproofSnapshot',
  );
});
