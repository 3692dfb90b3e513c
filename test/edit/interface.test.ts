import { expect, test } from 'vitest';
import { networkOf } from '../support/network.ts';
import { changed, type Change } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';
import { becomes, changesOf, editNetwork, mistake } from './edited.ts';

const i1 = (part: object) => world({ interfaces: [{ id: 'eni-i1', ...part }] });

test('groups are set, added and removed, of an interface or by its instance', () => {
  becomes(world(), ['eni-i1 groups add sg-none'], i1({ groups: ['sg-open', 'sg-none'] }));
  becomes(world(), ['i-i1 groups set none,egr'], i1({ groups: ['sg-none', 'sg-egr'] }));
  becomes(i1({ groups: ['sg-open', 'sg-none'] }), ['eni-i1 groups remove sg-none'], world());
});

test('an endpoint has its groups on all its interfaces', () => {
  const endpoint = (groups: readonly string[]): Change => ({
    interfaceEndpoints: [
      {
        id: 'vpce-1',
        vpc: 'vpc-a',
        service: 'logs',
        groups,
        at: [
          { subnet: 'subnet-s1', ips: ['10.0.1.30'] },
          { subnet: 'subnet-s2', ips: ['10.0.2.30'] },
        ],
      },
    ],
  });
  becomes(world(endpoint(['sg-open'])), ['vpce-1 groups set sg-none'], world(endpoint(['sg-none'])));
  expect(mistake(world(endpoint(['sg-open'])), 'eni-vpce-1-s1 groups set sg-none').code).toMatch(
    /no-match|not-editable/,
  );
});

test('an interface keeps a group, of its own VPC', () => {
  const two = world({
    vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
    tables: [{ id: 'rtb-b', vpc: 'vpc-b', main: true, routes: [] }],
    groups: [{ id: 'sg-far', vpc: 'vpc-b', in: [], out: [] }],
  });
  expect(mistake(two, 'eni-i1 groups remove sg-open')).toMatchObject({ code: 'no-group' });
  expect(mistake(two, 'eni-i1 groups add sg-far')).toMatchObject({ code: 'wrong-vpc' });
  expect(mistake(two, 'eni-i1 groups remove sg-none')).toMatchObject({ code: 'changes-nothing' });
});

test('private addresses come and go, but for the primary one', () => {
  const two = i1({ ips: ['10.0.1.10', '10.0.1.11'] });
  becomes(world(), ['eni-i1 address add 10.0.1.11'], two);
  becomes(two, ['eni-i1 address remove 10.0.1.11'], world());
  expect(mistake(two, 'eni-i1 address remove 10.0.1.10')).toMatchObject({ code: 'primary-address' });
  expect(mistake(two, 'eni-i1 address add 10.0.1.11')).toMatchObject({ code: 'changes-nothing' });
  expect(mistake(two, 'eni-i2 address add 10.0.1.12')).toMatchObject({ code: 'address-not-free', place: '1:20' });
  expect(mistake(two, 'eni-i1 address add 10.0.1.2').message).toContain('AWS keeps');
});

test('a public address is mapped to a private one, and lost again', () => {
  const mapped = i1({ ips: ['10.0.1.10=198.51.100.7'] });
  becomes(world(), ['eni-i1 public add 198.51.100.7'], mapped);
  becomes(mapped, ['eni-i1 public remove 198.51.100.7'], world());
  becomes(mapped, ['i-i1 public remove all'], world());
  becomes(mapped, ['eni-i1 public add 198.51.100.8'], i1({ ips: ['10.0.1.10=198.51.100.8'] }));
  becomes(
    i1({ ips: ['10.0.1.10', '10.0.1.11'] }),
    ['eni-i1 public add 198.51.100.7 on 10.0.1.11'],
    i1({ ips: ['10.0.1.10', '10.0.1.11=198.51.100.7'] }),
  );
  expect(mistake(mapped, 'eni-i2 public add 198.51.100.7')).toMatchObject({ code: 'address-not-free' });
  expect(mistake(world(), 'eni-i1 public remove all')).toMatchObject({ code: 'changes-nothing' });
  expect(
    mistake(world({ igws: [{ gone: 'igw-a' }], tables: [{ id: 'rtb-pub', routes: [] }] }), 'eni-i1 public add any'),
  ).toMatchObject({
    code: 'not-attached',
  });
});

test('the source/destination check goes off and on', () => {
  becomes(world(), ['eni-i1 check off'], i1({ check: false }));
  becomes(i1({ check: false }), ['i-i1 check on'], world());
  expect(mistake(world(), 'eni-i1 check on')).toMatchObject({ code: 'changes-nothing' });
});

test('a new host is one that was there', () => {
  const launched = changed(world(), {
    interfaces: [
      { id: 'eni-new', subnet: 'subnet-s1', ips: ['10.0.1.99=198.51.100.7'], groups: ['sg-egr'], check: false },
    ],
  });
  const { network } = editNetwork(
    networkOf(world()),
    'subnet-s1 add interface 10.0.1.99 groups sg-egr public 198.51.100.7 check off',
  );
  const { instance: _, source: __, description: ___, ...made } = networkOf(launched).interfaces.get('eni-new')!;
  const { source: ____, description: _____, ...edited } = network.interfaces.get('eni-new')!;
  expect(edited).toEqual({ ...made, tags: {} });
});

test('a new host at any address may have each that is free, of each family of the subnet', () => {
  const { network, edits } = editNetwork(networkOf(world6()), 'subnet-s1 add interface any groups sg-egr as eni-x');
  const { imaginary } = network.interfaces.get('eni-x')!;
  expect(Object.keys(imaginary!.pool)).toEqual(['ipv4', 'ipv6']);
  expect(changesOf(edits)).toEqual(['eni-x network interface:  => any free address in subnet-s1, sg-egr']);
  expect(mistake(network, 'subnet-s1 add interface any groups sg-egr as eni-x')).toMatchObject({
    code: 'duplicate-id',
  });
});

test('a new host has a public address where its subnet assigns one', () => {
  const spec = world({ subnets: [{ id: 'subnet-pub', mapPublic: true }] });
  const host = (...words: readonly string[]) =>
    editNetwork(
      networkOf(spec),
      `subnet-pub add interface 10.0.9.77 groups sg-egr ${words.join(' ')}`,
    ).network.interfaces.get('eni-new')!;
  expect(host().addresses[0]!.publicIp).toBeDefined();
  expect(host('public none').addresses[0]!.publicIp).toBeUndefined();
});

test('what a service owns is not edited', () => {
  const spec = world({ nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }] });
  const nic = [...networkOf(spec).interfaces.values()].find(({ role }) => role === 'nat-gateway')!.id;
  expect(mistake(spec, `${nic} public remove all`)).toMatchObject({ code: 'not-editable' });
  expect(mistake(spec, `${nic} groups add sg-open`)).toMatchObject({ code: 'not-editable' });
});
