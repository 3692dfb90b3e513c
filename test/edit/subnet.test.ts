import { expect, test } from 'vitest';
import { changed } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { becomes, mistake } from './edited.ts';

/** The subnet with another association; `undefined`: none. */
const s1 = (part: { table?: string | undefined; acl?: string }) => {
  const spec = world({ acls: [{ id: 'acl-b', vpc: 'vpc-a', in: [], out: [] }] });
  return changed(spec, { subnets: [{ id: 'subnet-s1', ...part } as { id: string }] });
};

test('a subnet uses the route table that it is associated with, and the main one without an association', () => {
  becomes(s1({}), ['subnet-s1 table rtb-pub'], s1({ table: 'rtb-pub' }));
  becomes(s1({}), ['subnet-s1 table main'], s1({ table: undefined }));
  becomes(
    s1({}),
    ['subnet:* table main', 'subnet-s2 table rtb-s2', 'subnet-pub table rtb-pub'],
    s1({ table: undefined }),
  );
});

test('a subnet uses the network ACL that it is associated with, and the default one without an association', () => {
  becomes(s1({}), ['subnet-s1 acl acl-b'], s1({ acl: 'acl-b' }));
  becomes(s1({ acl: 'acl-b' }), ['subnet-s1 acl default'], s1({}));
});

test('an edge association comes and goes', () => {
  const edge = (table?: string) =>
    world({ tables: [{ id: 'rtb-edge', vpc: 'vpc-a', routes: [], ...(table === undefined ? {} : { edge: table }) }] });
  becomes(edge(), ['igw-a edge rtb-edge'], edge('igw-a'));
  becomes(edge('igw-a'), ['igw-a edge none'], edge());
  expect(mistake(edge(), 'igw-a edge none')).toMatchObject({ code: 'changes-nothing' });
});

test('a table at an edge holds what AWS lets it hold', () => {
  expect(mistake(world(), 'igw-a edge rtb-pub')).toMatchObject({ code: 'invalid-route', file: '--set', place: '1:1' });
});

test('what is associated already, or stands in another VPC, is a mistake', () => {
  const two = world({
    vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
    tables: [{ id: 'rtb-b', vpc: 'vpc-b', main: true, routes: [] }],
  });
  expect(mistake(two, 'subnet-s1 table rtb-s1')).toMatchObject({ code: 'changes-nothing', place: '1:17' });
  expect(mistake(two, 'subnet-s1 table rtb-b')).toMatchObject({ code: 'wrong-vpc' });
  expect(mistake(two, 'subnet-s1 acl default')).toMatchObject({ code: 'changes-nothing' });
  expect(mistake(two, 'igw-a edge rtb-b')).toMatchObject({ code: 'wrong-vpc' });
});
