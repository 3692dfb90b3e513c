/** Client VPN endpoints: what is read of them, and which interfaces are theirs. */
import { expect, test } from 'vitest';
import { isUnread } from '../../src/network/resource.ts';
import { formatSnapshot, type SourceDocument } from '../../src/sources/index.ts';
import { documents, network, problems, tiny } from './tiny.ts';

const id = 'cvpn-endpoint-1';
const of = { ClientVpnEndpointId: id };
const status = (Code: string) => ({ Status: { Code } });

const endpoint = (more: object = {}) => ({
  ...of,
  ...status('available'),
  ClientCidrBlock: '10.200.0.0/22',
  SecurityGroupIds: ['sg-1'],
  VpcId: 'vpc-1',
  ...more,
});
const association = (more: object = {}) => ({
  ...of,
  AssociationId: 'cvpn-assoc-1',
  VpcId: 'vpc-1',
  TargetNetworkId: 'subnet-1',
  SecurityGroups: ['sg-1'],
  ...status('associated'),
  ...more,
});
const vpnInterface = (more: object = {}) => ({
  ...(tiny.NetworkInterfaces as readonly object[])[0],
  NetworkInterfaceId: 'eni-vpn',
  Description: 'ClientVPN Endpoint resource',
  RequesterManaged: true,
  Attachment: undefined,
  Association: undefined,
  PrivateIpAddress: '10.0.1.77',
  PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: '10.0.1.77' }],
  Groups: [{ GroupId: 'sg-1' }],
  Status: 'in-use',
  ...more,
});

const rule = (DestinationCidr: string, more: object = {}) => ({
  ...of,
  DestinationCidr,
  AccessAll: true,
  ...status('active'),
  ...more,
});
const route = (DestinationCidr: string, TargetSubnet: string, more: object = {}) => ({
  ...of,
  DestinationCidr,
  TargetSubnet,
  ...status('active'),
  ...more,
});

interface Told {
  readonly endpoints?: readonly object[];
  readonly associations?: readonly object[];
  readonly interfaces?: readonly object[];
  readonly rules?: readonly object[];
  readonly routes?: readonly object[];
}

const answers = (told: Told): readonly SourceDocument[] => [
  ...documents({
    ...tiny,
    NetworkInterfaces: [...(tiny.NetworkInterfaces as readonly object[]), ...(told.interfaces ?? [vpnInterface()])],
    ClientVpnEndpoints: told.endpoints ?? [endpoint()],
  }),
  {
    file: `describe-client-vpn-target-networks.${id}.json`,
    json: { ClientVpnTargetNetworks: told.associations ?? [association()] },
  },
  {
    file: `describe-client-vpn-routes.${id}.json`,
    json: { Routes: told.routes ?? [route('10.0.0.0/16', 'subnet-1')] },
  },
  {
    file: `describe-client-vpn-authorization-rules.${id}.json`,
    json: { AuthorizationRules: told.rules ?? [rule('10.0.0.0/16')] },
  },
];
const read = (told: Told = {}) => network(answers(told));
const found = (told: Told = {}) => read(told).clientVpnEndpoints.get(id);
const interfacesOf = (told: Told) => {
  const associations = found(told)?.associations;
  return associations === undefined || isUnread(associations)
    ? associations
    : associations.map((one) => one.interfaces);
};

test('an endpoint has its associations, routes and authorization rules', () => {
  expect(found()).toMatchObject({
    families: ['ipv4'],
    associations: [{ id: 'cvpn-assoc-1', subnet: 'subnet-1', interfaces: ['eni-vpn'] }],
    routes: [{ subnet: 'subnet-1' }],
    authorizationRules: [{ everyone: true }],
  });
  expect(found()).not.toHaveProperty('state');
  const net = read();
  expect(network([{ file: 'network.json', text: formatSnapshot(net) }])).toEqual(net);
});

test('what ends or comes about shows its state, and what has ended is gone', () => {
  expect(found({ endpoints: [endpoint(status('deleting'))] })).toMatchObject({ state: 'deleting' });
  expect(found({ endpoints: [endpoint(status('deleted'))] })).toBeUndefined();
  const changing = found({
    associations: [association(status('disassociating'))],
    routes: [route('10.0.0.0/16', 'subnet-1', status('creating')), route('0.0.0.0/0', 'subnet-1', status('failed'))],
    rules: [rule('10.0.0.0/16', status('revoking')), rule('0.0.0.0/0', status('failed'))],
  });
  expect(changing).toMatchObject({ associations: [{ state: 'disassociating' }] });
  expect(changing?.routes).toMatchObject([{ state: 'creating' }]);
  expect(changing?.authorizationRules).toMatchObject([{ state: 'revoking' }]);
  expect(found({ associations: [association(status('disassociated'))] })).toMatchObject({ associations: [] });
});

test('a missing answer is none that says nothing', () => {
  const without = (call: string) =>
    network(answers({}).filter(({ file }) => !file.startsWith(call))).clientVpnEndpoints.get(id);
  const unread = (call: string) => ({ unread: call, subject: id });
  expect(without('describe-client-vpn-target')?.associations).toEqual(unread('describe-client-vpn-target-networks'));
  expect(without('describe-client-vpn-routes')?.routes).toEqual(unread('describe-client-vpn-routes'));
  const rules = 'describe-client-vpn-authorization-rules';
  expect(without(rules)?.authorizationRules).toEqual(unread(rules));
  // An answer of nothing is told by its file name.
  expect(found({ rules: [] })?.authorizationRules).toEqual([]);
  expect(found({ routes: [] })?.routes).toEqual([]);
  expect(problems([...documents(tiny), { file: 'x.json', json: { AuthorizationRules: [] } }])).toMatchObject([
    { code: 'unknown-subject' },
  ]);
});

test('a part of an answer is not the whole of it', () => {
  const Request = { ClientVpnEndpointId: id, Filters: [{ Name: 'destination-cidr', Values: ['10.0.0.0/16'] }] };
  const json = { Request, Response: { AuthorizationRules: [rule('10.0.0.0/16')] } };
  const others = answers({}).filter(({ file }) => !file.includes('authorization'));
  const rules = (request: object) =>
    network([...others, { file: 'part.json', json: { ...json, Request: request } }]).clientVpnEndpoints.get(id)
      ?.authorizationRules;
  expect(isUnread(rules(Request))).toBe(true);
  expect(rules({ ClientVpnEndpointId: id })).toHaveLength(1);
});

test('interfaces are those that no other endpoint could have made', () => {
  const second = { ClientVpnEndpointId: 'cvpn-endpoint-2' };
  const endpoints = [endpoint(), endpoint(second)];
  expect(interfacesOf({})).toEqual([['eni-vpn']]);
  expect(interfacesOf({ associations: [association({ SecurityGroups: ['sg-2'] })] })).toEqual([[]]);
  expect(interfacesOf({ interfaces: [vpnInterface({ Description: 'mine' })] })).toEqual([[]]);
  // The second endpoint stands nobody knows where.
  expect(interfacesOf({ endpoints })).toEqual([[]]);
  const both = (...SecurityGroups: readonly string[]) => [
    association(),
    association({ ...second, AssociationId: 'cvpn-assoc-2', SecurityGroups }),
  ];
  expect(interfacesOf({ endpoints, associations: both('sg-1') })).toEqual([[]]);
  expect(interfacesOf({ endpoints, associations: both('sg-1', 'sg-2') })).toEqual([['eni-vpn']]);
});

test('where no interface of an association is shown, one stands in for it', () => {
  const standIn = `eni-unread-subnet-1-${id}`;
  expect(read({ interfaces: [] }).interfaces.get(standIn)).toMatchObject({ role: 'other-service', subnet: 'subnet-1' });
  expect(read().interfaces.has(standIn)).toBe(false);
  expect(read({ interfaces: [], associations: [] }).interfaces.has(standIn)).toBe(false);
});
