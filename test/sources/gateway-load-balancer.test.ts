/** What stands behind a Gateway Load Balancer endpoint, as far as the input tells. */
import { expect, test } from 'vitest';
import { inspectedBy, inspectionBehind } from '../../src/network/gateway-load-balancer.ts';
import type { Network } from '../../src/network/network.ts';
import { formatSnapshot } from '../../src/sources/index.ts';
import { documents } from '../support/aws.ts';
import { balancerNamed, groupArn } from '../support/aws-load-balancer.ts';
import { networkOf } from '../support/network.ts';
import { type Change, changed, type Spec } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { network } from './tiny.ts';

const spec = (more: Change = {}): Spec =>
  changed(
    world({
      interfaces: [
        { id: 'eni-app', subnet: 'subnet-s1', ips: ['10.0.1.20'], groups: ['sg-open'], instance: 'i-app' },
        { id: 'eni-app-out', subnet: 'subnet-pub', ips: ['10.0.9.20'], groups: ['sg-open'], instance: 'i-app' },
        { id: 'eni-other', subnet: 'subnet-s2', ips: ['10.0.2.20'], groups: ['sg-open'] },
      ],
      balancers: [
        {
          id: 'inspect',
          type: 'gwlb',
          groups: [],
          at: [
            { subnet: 'subnet-s1', ips: ['10.0.1.41'] },
            { subnet: 'subnet-s2', ips: ['10.0.2.41'] },
          ],
          listeners: ['GENEVE appliances'],
        },
      ],
      targetGroups: [
        { id: 'appliances', vpc: 'vpc-a', protocol: 'GENEVE', port: 6081, targets: ['i-app', 'i-other unhealthy'] },
      ],
      services: [{ id: 'vpce-svc-1', balancers: ['inspect'] }],
      firewallEndpoints: [{ id: 'vpce-in', subnet: 'subnet-pub', ip: '10.0.9.60', service: 'vpce-svc-1' }],
    }),
    more,
  );

const behind = (net: Network, id = 'vpce-in') => inspectionBehind(net, id);
const facesOf = (net: Network) => behind(net)?.appliances.map((one) => [one.interface, one.health]);
const without = (call: string) => network(documents(spec()).filter(({ file }) => !file.includes(call)));

test('an endpoint leads to the appliances that are registered with the balancer behind its service', () => {
  const net = networkOf(spec());
  expect(facesOf(net)).toEqual([
    ['eni-app', 'healthy'],
    ['eni-other', 'unhealthy'],
  ]);
  const found = behind(net)!;
  expect(found.unread).toBeUndefined();
  expect(found.service.id).toBe('vpce-svc-1');
  expect(found.connection).toMatchObject({ endpoint: 'vpce-in', state: 'available' });
  expect(found.balancers.map(({ id }) => id)).toEqual([balancerNamed(spec(), 'inspect')]);
  expect(found.appliances[0]!.group.id).toBe(groupArn('appliances'));
  expect(inspectedBy(net, 'eni-app')).toEqual(['vpce-in']);
  expect(inspectedBy(net, 'eni-app-out')).toEqual([]);
});

test('an address that is registered is the appliance of whichever interface holds it', () => {
  const registered = (...targets: readonly string[]) =>
    networkOf(spec({ targetGroups: [{ id: 'appliances', type: 'ip', targets }] }));
  const [appliance] = behind(registered('10.0.1.20@all'))!.appliances;
  expect(appliance).toMatchObject({ interface: 'eni-app', zone: 'all' });
  const stranger = behind(registered('10.0.1.20', '10.0.1.99'))!;
  expect(stranger.appliances.map((one) => one.interface)).toEqual(['eni-app']);
  expect(stranger.unread).toEqual({ unread: 'describe-network-interfaces', subject: '10.0.1.99' });
});

test('what was not read of the balancer may be appliances besides', () => {
  const balancer = balancerNamed(spec(), 'inspect');
  expect(behind(without('describe-listeners'))).toMatchObject({
    appliances: [],
    unread: { unread: 'elbv2 describe-listeners', subject: balancer },
  });
  expect(behind(without('describe-target-health'))).toMatchObject({
    appliances: [],
    unread: { unread: 'elbv2 describe-target-health', subject: groupArn('appliances') },
  });
});

test('nothing is told of an endpoint to somebody else’s service, nor of a network firewall’s', () => {
  expect(behind(without('describe-vpc-endpoint-service'))).toBeUndefined();
  expect(behind(networkOf(spec({ firewallEndpoints: [{ id: 'vpce-in', firewall: 'main' }] })))).toBeUndefined();
});

test('whether it crosses zones is its attribute, and nobody’s guess where that was not read', () => {
  const of = (net: Network) => net.loadBalancers.get(balancerNamed(spec(), 'inspect'))!;
  expect(of(networkOf(spec())).crossZone).toBe(false);
  expect(of(networkOf(spec({ balancers: [{ id: 'inspect', crossZone: true }] }))).crossZone).toBe(true);
  expect(of(without('describe-load-balancer-attributes')).crossZone).toEqual({
    unread: 'elbv2 describe-load-balancer-attributes',
    subject: balancerNamed(spec(), 'inspect'),
  });
});

test('balancer and endpoint tell the families that they take, and a snapshot keeps that', () => {
  const dual = networkOf(
    spec({
      balancers: [{ id: 'inspect', dualstack: true }],
      firewallEndpoints: [{ id: 'vpce-in', dualstack: true }],
    }),
  );
  const told = (net: Network) => [
    net.loadBalancers.get(balancerNamed(spec(), 'inspect'))!.ipAddressType,
    net.endpoints.get('vpce-in')!.ipAddressType,
  ];
  expect(told(networkOf(spec()))).toEqual(['ipv4', 'ipv4']);
  expect(told(dual)).toEqual(['dualstack', 'dualstack']);
  const again = network([{ file: 'network.json', json: JSON.parse(formatSnapshot(dual)) as object }]);
  expect(told(again)).toEqual(['dualstack', 'dualstack']);
  expect(facesOf(again)).toEqual(facesOf(dual));
});
