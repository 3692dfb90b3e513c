import { describe, expect, test } from 'vitest';
import { forms, shapes } from '../../src/edit/form.ts';
import { formatEdit, parseEdit } from '../../src/edit/text.ts';

test('every form names each of its fields once, and no others', () => {
  for (const { kind, parts, clauses } of shapes) {
    const names = [
      ...parts.flatMap((part) => (part.kind === 'field' ? part.name : [])),
      ...clauses.map(({ name }) => name),
    ];
    expect(names.toSorted()).toEqual(Object.keys(forms[kind].fields).toSorted());
  }
});

test.each([
  'sg-1 ingress remove tcp/443 0.0.0.0/0',
  'sg:tag:tier=web,sg-2 egress add udp/8000-8100 pl-1',
  'rtb-1 route 0.0.0.0/0 -> nat-1',
  'subnet-1 add interface any groups sg-1 public none check off as eni-x',
  'subnet-1 add interface 10.0.1.7,2600::7',
  'name:"my group" ingress add all sg-1',
  'rules rule add pass tls $HOME_NET any -> any any (tls.sni; content:"a b"; sid:1;)',
  'zone:use1-az1 down',
])('`%s` reads, and is written the same', (line) => {
  const read = parseEdit(line);
  expect(read.ok && formatEdit(read.value.edit)).toBe(line);
});

test('clauses stand in any order', () => {
  const read = parseEdit('subnet-1 add interface any as eni-x check off groups sg-1');
  expect(read.ok && formatEdit(read.value.edit)).toBe('subnet-1 add interface any groups sg-1 check off as eni-x');
});

describe('what is wrong is told at its column, with what could stand there', () => {
  test.each([
    ['', 1, 'Write one such as `igw-1 detach`.'],
    ['sg-1', 5, /^Here may stand `ingress`/],
    ['sg-1 ingres add all 0.0.0.0/0', 6, 'Did you mean `ingress`?'],
    ['sg-1 ingress ad all 0.0.0.0/0', 14, 'Did you mean `add`?'],
    ['sg-1 ingress add tpc/443 0.0.0.0/0', 18, 'Did you mean `tcp`?'],
    ['sg-1 ingress add tcp/44e 0.0.0.0/0', 22, /range is written/],
    ['sg-1 ingress add tcp/443 10.0.0.0/33', 26, /length up to 32/],
    ['sg-1 ingress add tcp/443', 25, 'Write `GROUP ingress|egress add TRAFFIC PEER`.'],
    ['rtb-1 route 0.0.0.0/0 => nat-1', 23, 'Did you mean `->`?'],
    ['rtb-1 route 0.0.0.0/0', 22, 'Write `TABLE route DESTINATION -> TARGET`.'],
    ['igw-1 detach now', 14, 'Write `GATEWAY detach`.'],
    ['detach igw-1', 8, 'What is edited comes first, as in `igw-1 detach`.'],
    ['eni-1 check of', 13, 'Did you mean `off` or `on`?'],
    ['acl-1 inbound add 40000 allow all 0.0.0.0/0', 19, /1 to 32766/],
    ['subnet-1 add interface any grups sg-1', 28, 'Did you mean `groups`?'],
    ['subnet-1 add interface any groups', 34, /^Write `SUBNET add interface/],
    ['kindof:x detach', 1, /^Kinds are/],
  ])('`%s`', (line, column, hint) => {
    const read = parseEdit(line);
    expect(read.ok).toBe(false);
    const [problem, ...others] = read.ok ? [] : read.problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      column,
      hint: typeof hint === 'string' ? hint : (expect.stringMatching(hint) as unknown),
    });
  });
});
