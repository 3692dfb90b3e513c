import { expect, test } from 'vitest';
import { formatAddress } from '../../src/net/address.ts';
import { contains, size } from '../../src/net/interval.ts';
import { withPotential } from '../../src/network/potential.ts';
import { placeKey, placesOf } from '../../src/policy/places.ts';
import { select } from '../../src/policy/selection.ts';
import { address, network } from './network.ts';

const imagined = withPotential(network, ['subnet-empty', 'subnet-app'], false);
const host = (subnet: string, of = imagined) => of.interfaces.get(`potential:${subnet}`)!;

test('an imaginary host may hold any address of its subnet that AWS assigns and nobody has', () => {
  const pool = host('subnet-empty').imaginary?.pool.ipv4 ?? [];
  expect(size(pool)).toBe(11n);
  for (const reserved of ['10.0.3.0', '10.0.3.3', '10.0.3.15'])
    expect(contains(pool, address(reserved).value)).toBe(false);
  expect(contains(pool, address('10.0.3.4').value)).toBe(true);
  const app = host('subnet-app').imaginary?.pool.ipv4 ?? [];
  expect(contains(app, address('10.0.1.10').value)).toBe(false);
  expect(contains(app, address('10.0.1.12').value)).toBe(true);
});

test('it has a public address exactly if the subnet assigns one at launch, or if asked', () => {
  expect(host('subnet-app').imaginary?.publicIp).toBeUndefined();
  const assigned = host('subnet-empty').imaginary?.publicIp;
  expect(assigned && formatAddress(assigned)).toBe('203.0.113.2');
  expect(host('subnet-app', withPotential(network, ['subnet-app'], true)).imaginary?.publicIp).toBeDefined();
});

test('its group allows everything, both families, both directions', () => {
  const group = imagined.securityGroups.get('potential:vpc-1');
  expect(host('subnet-app').groups).toEqual(['potential:vpc-1']);
  expect(group).toMatchObject({ ingress: [{ match: { protocol: 'all' } }, {}], egress: [{}, {}] });
});

test('it is a member of its subnet and VPC, on both sides', () => {
  const selection = select(imagined, 'vpc-1');
  if (!selection.ok) throw new Error('vpc-1 is in the network');
  for (const side of ['from', 'to'] as const)
    expect(placesOf(imagined, selection.value, side).members.map(placeKey)).toContain('potential:subnet-empty');
});

test('the network given is left as it was', () => {
  expect(network.interfaces.has('potential:subnet-empty')).toBe(false);
  expect(withPotential(network, [], true)).toEqual(network);
});
