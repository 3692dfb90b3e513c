/** A plan that adds to Client VPN endpoints that run: subnets, routes, rules. */
import { expect, test } from 'vitest';
import { formatPrefix } from '../../../src/net/prefix.ts';
import type { Network } from '../../../src/network/network.ts';
import { isUnread } from '../../../src/network/resource.ts';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { Unknown, type Value } from '../../../src/sources/declared/value.ts';
import type { SourceDocument } from '../../../src/sources/document.ts';
import { declared } from '../../support/declared.ts';
import { changed } from '../../support/over-base.ts';
import { documents, tiny } from '../tiny.ts';

const id = 'cvpn-endpoint-1';
const status = (Code: string) => ({ ClientVpnEndpointId: id, Status: { Code } });
const second = { ...tiny.Subnets[0]!, SubnetId: 'subnet-2', CidrBlock: '10.0.2.0/24' };
const nic = {
  ...tiny.NetworkInterfaces[0]!,
  NetworkInterfaceId: 'eni-vpn',
  Description: 'ClientVPN Endpoint resource',
  RequesterManaged: true,
  Attachment: undefined,
  PrivateIpAddress: '10.0.1.77',
  PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: '10.0.1.77' }],
};
const told = (name: string, json: object): SourceDocument => ({ file: `describe-client-vpn-${name}.${id}.json`, json });
const associated = { TargetNetworkId: 'subnet-1', VpcId: 'vpc-1', SecurityGroups: ['sg-1'], ...status('associated') };
const runs: readonly SourceDocument[] = [
  ...documents({
    ...tiny,
    Subnets: [...tiny.Subnets, second],
    NetworkInterfaces: [...tiny.NetworkInterfaces, nic],
    ClientVpnEndpoints: [{ ...status('available'), VpcId: 'vpc-1', SecurityGroupIds: ['sg-1'] }],
  }),
  told('target-networks', { ClientVpnTargetNetworks: [{ AssociationId: 'cvpn-assoc-1', ...associated }] }),
  told('routes', { Routes: [{ DestinationCidr: '10.0.0.0/16', TargetSubnet: 'subnet-1', ...status('active') }] }),
  told('authorization-rules', {
    AuthorizationRules: [{ DestinationCidr: '10.0.1.0/24', AccessAll: true, ...status('active') }],
  }),
];
const open = new Unknown('known after apply');
const networkOf = (SubnetId: Value) =>
  declared('network', 'AWS::EC2::ClientVpnTargetNetworkAssociation', { ClientVpnEndpointId: id, SubnetId });
const route = (DestinationCidrBlock: Value, ClientVpnEndpointId: Value = id) =>
  declared('route', 'AWS::EC2::ClientVpnRoute', {
    ClientVpnEndpointId,
    DestinationCidrBlock,
    TargetVpcSubnetId: 'subnet-1',
  });
const rule = (TargetNetworkCidr: Value, ClientVpnEndpointId: Value = id) =>
  declared('rule', 'AWS::EC2::ClientVpnAuthorizationRule', {
    ClientVpnEndpointId,
    TargetNetworkCidr,
    AuthorizeAllGroups: true,
  });
const vpnOf = (network: Network) => network.clientVpnEndpoints.get(id)!;
const after = (before: readonly DeclaredResource[], now: readonly DeclaredResource[]) =>
  vpnOf(changed(runs, before, now)[1]);
const blocks = (all: ReturnType<typeof vpnOf>['routes' | 'authorizationRules']) =>
  isUnread(all) ? 'unread' : all.map(({ destination }) => formatPrefix(destination)).sort();

test('routes and rules that come to an endpoint that runs are among its own, and go again', () => {
  const plain = after([], []);
  expect([blocks(plain.routes), blocks(plain.authorizationRules)]).toEqual([['10.0.0.0/16'], ['10.0.1.0/24']]);
  const made = after([], [route('0.0.0.0/0'), rule('10.0.2.0/24')]);
  expect(blocks(made.routes)).toEqual(['0.0.0.0/0', '10.0.0.0/16']);
  expect(blocks(made.authorizationRules)).toEqual(['10.0.1.0/24', '10.0.2.0/24']);
  expect(blocks(after([rule('10.0.1.0/24')], [rule('10.0.1.0/24')]).authorizationRules)).toEqual(['10.0.1.0/24']);
  expect(blocks(after([rule('10.0.1.0/24')], []).authorizationRules)).toEqual([]);
});

test('a subnet more is one by which clients come in, by an interface with the groups of the others', () => {
  const network = changed(runs, [], [networkOf('subnet-2')])[1];
  expect(vpnOf(network).associations).toMatchObject([
    { subnet: 'subnet-2', interfaces: ['network/subnet-2'] },
    { subnet: 'subnet-1', interfaces: ['eni-vpn'] },
  ]);
  expect(network.interfaces.get('network/subnet-2')).toMatchObject({ subnet: 'subnet-2', groups: ['sg-1'] });
  expect(blocks(vpnOf(network).routes)).toEqual(['10.0.0.0/16', '10.0.0.0/16']);
  // The one that runs has its interface.
  const [, same] = changed(runs, [networkOf('subnet-1')], [networkOf('subnet-1')]);
  expect(vpnOf(same).associations).toMatchObject([{ subnet: 'subnet-1', interfaces: ['eni-vpn'] }]);
  expect(same.interfaces.has('network/subnet-1')).toBe(false);
  expect(after([networkOf('subnet-1')], []).associations).toEqual([]);
});

test('with something added of which it is not known what it is, or to which endpoint, what it has counts as unread', () => {
  for (const one of [networkOf(open), route(open), rule(open), rule('10.0.2.0/24', open), route('0.0.0.0/0', open)]) {
    const { associations, routes, authorizationRules } = after([], [one]);
    expect([associations, routes, authorizationRules].map(isUnread)).toEqual([true, true, true]);
  }
});

test('an endpoint that runs and is in the plan loses what the plan takes from it', () => {
  const endpoint = declared(
    'vpn',
    'AWS::EC2::ClientVpnEndpoint',
    { VpcId: 'vpc-1', SecurityGroupIds: ['sg-1'] },
    { id },
  );
  const all = [endpoint, networkOf('subnet-1'), rule('10.0.1.0/24')];
  const network = changed(runs, all, [endpoint, networkOf('subnet-1')])[1];
  expect(blocks(vpnOf(network).authorizationRules)).toEqual([]);
  expect(isUnread(after(all, [endpoint, networkOf('subnet-1'), rule(open)]).authorizationRules)).toBe(true);
});
