import { expect, test } from 'vitest';
import { world } from '../support/world.ts';
import { becomes, changesOf, editNetwork, mistake } from './edited.ts';
import { networkOf } from '../support/network.ts';

const group = (rules: { in?: readonly string[]; out?: readonly string[] }) =>
  world({ groups: [{ id: 'sg-none', in: [], out: [], ...rules }], lists: [{ id: 'pl-1', entries: ['10.9.0.0/16'] }] });

test.each([
  ['tcp/443 0.0.0.0/0', 'tcp 443 0.0.0.0/0'],
  ['tcp/8000-8100 10.0.0.0/8', 'tcp 8000-8100 10.0.0.0/8'],
  ['udp 10.0.0.7', 'udp 10.0.0.7/32'],
  ['tcp/0-65535 10.0.0.0/8', 'tcp 10.0.0.0/8'],
  ['all ::/0', 'all ::/0'],
  ['icmp/8 10.0.0.0/8', 'icmp 8 10.0.0.0/8'],
  ['icmp/3/4 10.0.0.0/8', 'icmp 3/4 10.0.0.0/8'],
  ['47 10.0.0.0/8', '47 10.0.0.0/8'],
  ['tcp/22 pl-1', 'tcp 22 pl-1'],
  ['all sg-open', 'all sg-open'],
  ['all open', 'all sg-open'],
])('a rule `%s` is what AWS prints of it, added and removed', (text, line) => {
  for (const [direction, key] of [
    ['ingress', 'in'],
    ['egress', 'out'],
  ] as const) {
    becomes(group({}), [`sg-none ${direction} add ${text}`], group({ [key]: [line] }));
    becomes(group({ [key]: [line] }), [`sg-none ${direction} remove ${text}`], group({}));
  }
});

test('a rule goes by its number as answers call it', () => {
  const rules = ['tcp 22 10.0.0.0/8', 'tcp 80 10.0.0.0/8', 'tcp 443 10.0.0.0/8'];
  const without = { in: [rules[0]!, rules[2]!] };
  becomes(group({ in: rules }), ['sg-none ingress remove 2'], group(without));
  const after = becomes(
    group({ in: rules }),
    ['sg-none ingress remove 2', 'sg-none ingress add tcp/80 10.0.0.0/8'],
    group({ in: [...without.in, rules[1]!] }),
  );
  expect(changesOf(after)).toEqual([
    'sg-none ingress rule: tcp/80 10.0.0.0/8 => ',
    'sg-none ingress rule:  => tcp/80 10.0.0.0/8',
  ]);
});

test('a changed rule takes the place of the one before', () => {
  const edits = becomes(
    group({ in: ['tcp 22 0.0.0.0/0', 'tcp 80 0.0.0.0/0'] }),
    ['sg-none ingress change tcp/22 0.0.0.0/0 -> tcp/22 10.0.0.0/8'],
    group({ in: ['tcp 22 10.0.0.0/8', 'tcp 80 0.0.0.0/0'] }),
  );
  expect(changesOf(edits)).toEqual(['sg-none ingress rule: tcp/22 0.0.0.0/0 => tcp/22 10.0.0.0/8']);
});

test('several groups are edited at once, and those that need nothing are told', () => {
  const { edits } = editNetwork(networkOf(group({})), 'sg-none,sg-open ingress add all 0.0.0.0/0');
  expect(changesOf(edits)).toEqual(['sg-none ingress rule:  => all 0.0.0.0/0']);
  expect(edits[0]!.notes).toEqual(['the rule `sg-open ingress 1` of `sg-open` says so already.']);
});

test('rules that are there, or not there, are mistakes that say so', () => {
  expect(mistake(world(), 'sg-open ingress add all 0.0.0.0/0')).toEqual({
    code: 'changes-nothing',
    file: '--set',
    place: '1:25',
    message: 'The edit changes nothing: the rule `sg-open ingress 1` of `sg-open` says so already.',
  });
  expect(mistake(world(), 'sg-open ingress remove tcp/443 0.0.0.0/0')).toMatchObject({
    code: 'changes-nothing',
    message: 'The edit changes nothing: `sg-open` has no ingress rule tcp/443 0.0.0.0/0.',
    hint: 'There are `all 0.0.0.0/0`.',
  });
  expect(mistake(world(), 'sg-none ingress remove 1')).toMatchObject({ hint: 'It has no rule in this direction.' });
});

test('a rule names a group of another VPC only where the VPCs are joined', () => {
  const two = (...peered: readonly string[]) =>
    world({
      vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
      groups: [{ id: 'sg-far', vpc: 'vpc-b', in: [], out: [] }],
      opaque: peered.map((id) => ({ id, vpcs: ['vpc-a', 'vpc-b'] })),
    });
  expect(mistake(two(), 'sg-none ingress add all sg-far')).toMatchObject({ code: 'not-connected', place: '1:25' });
  expect(changesOf(editNetwork(networkOf(two('pcx-1')), 'sg-none ingress add all sg-far').edits)).toEqual([
    'sg-none ingress rule:  => all sg-far',
  ]);
});

test('near misses are suggested', () => {
  expect(mistake(world(), 'sg-opne ingress add all 10.0.0.0/8')).toMatchObject({
    code: 'no-match',
    place: '1:1',
    hint: 'Did you mean `sg-open` or `sg-none`?',
  });
  expect(mistake(world(), 'rtb-s1 ingress add all 10.0.0.0/8')).toMatchObject({ code: 'wrong-kind' });
});
