/** Carrier gateways, and the addresses of a carrier's that they map. */
import { expect, test } from 'vitest';
import { formatAddress } from '../../src/net/address.ts';
import type { Network } from '../../src/network/network.ts';
import { formatSnapshot } from '../../src/sources/index.ts';
import { documents } from '../support/aws.ts';
import { networkOf } from '../support/network.ts';
import { type Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { network } from './tiny.ts';

const carrier = {
  carriers: [{ id: 'cagw-1', vpc: 'vpc-a' }],
  tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 cagw-1'] }],
};
const spec = (more: Change = {}) => world(carrier, more);
const carrierIps = (net: Network, id: string) =>
  net.interfaces.get(id)!.addresses.map(({ carrierIp }) => carrierIp && formatAddress(carrierIp));

test('a carrier gateway that was read is its VPC’s, and no opaque gateway', () => {
  const net = networkOf(spec());
  expect(net.carrierGateways.get('cagw-1')).toMatchObject({
    kind: 'carrier-gateway',
    vpc: 'vpc-a',
    state: 'available',
  });
  expect(net.opaqueGateways.has('cagw-1')).toBe(false);
  const again = network([{ file: 'network.json', json: JSON.parse(formatSnapshot(net)) as object }]);
  expect(again.carrierGateways.get('cagw-1')).toEqual(net.carrierGateways.get('cagw-1'));
});

test('one that only a route names stays opaque', () => {
  const net = network(documents(spec()).filter(({ file }) => !file.includes('carrier')));
  expect(net.carrierGateways.size).toBe(0);
  expect(net.opaqueGateways.get('cagw-1')).toMatchObject({ kind: 'carrier-gateway', vpcs: ['vpc-a'] });
});

test('a gateway that comes or goes works by an assumption', () => {
  const net = networkOf(spec({ carriers: [{ id: 'cagw-1', state: 'pending' }] }));
  expect(net.coverage).toContainEqual(expect.objectContaining({ id: 'cagw-1', assumption: 'up:cagw-1' }));
});

test('an interface’s private address may be mapped to one of the carrier’s', () => {
  const net = networkOf(spec({ interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10~155.146.1.1', '10.0.1.11'] }] }));
  expect(carrierIps(net, 'eni-i1')).toEqual(['155.146.1.1', undefined]);
  expect(net.interfaces.get('eni-i1')!.addresses[0]!.publicIp).toBeUndefined();
});

test('the same that describe-addresses alone shows', () => {
  const addresses = {
    file: 'describe-addresses.json',
    json: {
      Addresses: [
        {
          AllocationId: 'eipalloc-1',
          CarrierIp: '155.146.1.1',
          NetworkInterfaceId: 'eni-i1',
          PrivateIpAddress: '10.0.1.10',
          Domain: 'vpc',
        },
      ],
    },
  };
  const net = network([...documents(spec()), addresses]);
  expect(carrierIps(net, 'eni-i1')).toEqual(['155.146.1.1']);
  expect(net.coverage).toContainEqual(expect.objectContaining({ id: 'eipalloc-1', status: 'modelled' }));
});
