import { expect, test } from 'vitest';
import { topologyOf } from '../../src/network/topology.ts';
import { network } from '../policy/network.ts';

const { places, edges } = topologyOf(network, new Set(['eni-app', 'sg-app']));
const place = (id: string) => places.find((each) => each.id === id);

test('VPCs, subnets, gateways, endpoints, firewalls and balancers are places, each in its parent', () => {
  expect(place('subnet-app')).toEqual({
    id: 'subnet-app',
    kind: 'subnet',
    name: 'app-a',
    parent: 'vpc-1',
    zone: 'use1-az1',
  });
  expect(place('nat-1')).toMatchObject({ kind: 'nat-gateway', parent: 'subnet-app' });
  expect(place('vpce-s3')).toMatchObject({ kind: 'gateway-endpoint', parent: 'vpc-1' });
  expect(place('vpce-bedrock')).toMatchObject({ kind: 'interface-endpoint' });
  expect(place('internet')).toEqual({ id: 'internet', kind: 'internet' });
});

test('of interfaces, groups and the like, those mentioned are places', () => {
  expect(place('eni-app')).toMatchObject({ kind: 'network-interface', name: 'web-1', parent: 'subnet-app' });
  expect(place('sg-app')).toMatchObject({ kind: 'security-group' });
  expect(place('eni-app2')).toBeUndefined();
});

test('gateways hang at the internet, firewalls at their endpoints, endpoints at their subnets', () => {
  expect(edges).toContainEqual({ from: 'igw-1', to: 'internet', kind: 'attachment' });
  expect(edges).toContainEqual({
    from: expect.stringContaining('firewall/egress') as string,
    to: 'vpce-fw',
    kind: 'attachment',
  });
  expect(edges).toContainEqual({ from: 'vpce-bedrock', to: 'subnet-app', kind: 'attachment' });
});
