import { expect, test } from 'vitest';
import { world } from '../support/world.ts';
import { becomes, changesOf, mistake } from './edited.ts';

const acl = (...inbound: readonly string[]) => world({ acls: [{ id: 'acl-default', in: inbound }] });
const before = acl('100 allow all 0.0.0.0/0');

test('entries stand by their numbers, wherever they are added', () => {
  becomes(
    before,
    ['acl-default inbound add 90 deny tcp/22 10.0.0.0/8', 'acl-default inbound add 110 allow udp 0.0.0.0/0'],
    acl('90 deny tcp 22 10.0.0.0/8', '100 allow all 0.0.0.0/0', '110 allow udp 0.0.0.0/0'),
  );
});

test('an entry changes under its number, and goes by it', () => {
  const edits = becomes(
    before,
    ['acl-default inbound change 100 allow tcp/443 10.0.0.0/8'],
    acl('100 allow tcp 443 10.0.0.0/8'),
  );
  expect(changesOf(edits)).toEqual([
    'acl-default inbound entry: 100 allow all 0.0.0.0/0 => 100 allow tcp/443 10.0.0.0/8',
  ]);
  becomes(before, ['acl-default inbound remove 100'], acl());
  becomes(
    before,
    ['acl-default outbound add 80 allow icmp/8 0.0.0.0/0'],
    world({ acls: [{ id: 'acl-default', out: ['80 allow icmp 8 0.0.0.0/0', '100 allow all 0.0.0.0/0'] }] }),
  );
});

test('a number that is taken, that is not there, or that AWS does not give is a mistake', () => {
  expect(mistake(before, 'acl-default inbound add 100 deny all 0.0.0.0/0')).toMatchObject({
    code: 'changes-nothing',
    place: '1:25',
    hint: '`acl-default inbound change 100 …` puts another in its place.',
  });
  expect(mistake(before, 'acl-default inbound change 100 allow all 0.0.0.0/0')).toMatchObject({
    message: 'The edit changes nothing: the inbound entry 100 of `acl-default` says so already.',
  });
  expect(mistake(before, 'acl-default inbound remove 101')).toMatchObject({ hint: 'There are `100`.' });
  expect(mistake(before, 'acl-default inbound remove 32767')).toMatchObject({ code: 'bad-edit', place: '1:28' });
});
