import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readEditFile } from '../../src/edit/document.ts';
import { editsSchema } from '../../src/edit/schema.ts';
import { applyEdits } from '../../src/edit/index.ts';
import { ruleReader } from '../../src/sources/index.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';

const isEdits = new Ajv2020({ strict: false }).compile(z.toJSONSchema(editsSchema, { io: 'input' }));

const good = `version: 1
edits:
  - igw-a detach
  - 'sg-open ingress remove all 0.0.0.0/0'
  - edit: add-rule
    group: sg-none
    direction: ingress
    traffic: tcp/443
    peer: 10.0.0.0/8
  - { edit: add-entry, acl: acl-default, direction: inbound, number: 90, action: deny, traffic: all, block: 10.9.0.0/16 }
  - { edit: change-groups, interface: [eni-i1, eni-i2], change: set, groups: [sg-none, sg-egr] }
  - { edit: set-source-dest-check, interface: eni-i1, check: off }
`;

test('lines and mappings say the same, in YAML and JSON', () => {
  const { edits, problems } = readEditFile(good, 'edits.yaml');
  expect(problems).toEqual([]);
  expect(edits.map(({ text }) => text)).toEqual([
    'igw-a detach',
    'sg-open ingress remove all 0.0.0.0/0',
    'sg-none ingress add tcp/443 10.0.0.0/8',
    'acl-default inbound add 90 deny all 10.9.0.0/16',
    'eni-i1,eni-i2 groups set sg-none,sg-egr',
    'eni-i1 check off',
  ]);
  expect(edits.map(({ source }) => source.place)).toEqual(['3:5', '4:6', '5:5', '10:5', '11:5', '12:5']);
  const json = readEditFile(JSON.stringify(parse(good)), 'edits.json');
  expect(json.edits.map(({ text }) => text)).toEqual(edits.map(({ text }) => text));
  expect(applyEdits(networkOf(world()), edits, ruleReader)).toMatchObject({ ok: true });
  expect(isEdits(parse(good))).toBe(true);
});

/** Each problem as `line:column code`. */
const problemsOf = (text: string): readonly string[] =>
  readEditFile(text, 'edits.yaml').problems.map(({ place, code }) => `${place} ${code}`);

describe('every problem has its line and column', () => {
  test.each([
    [
      'version: 1\nedits:\n  - igw-a detatch\n  - "sg-1 ingress add tpc/1 10.0.0.0/8"\n',
      ['3:11 bad-edit', '4:23 bad-protocol'],
    ],
    ['version: 1\nedits: [{ edit: detach, gatway: igw-a }]\n', ['2:25 unknown-key']],
    ['version: 1\nedits: [{ edit: detach }]\n', ['2:9 missing-key']],
    ['version: 1\nedits: [{ edit: detatch, gateway: igw-a }]\n', ['2:17 bad-value']],
    ['version: 1\nedits: [{ gateway: igw-a }]\n', ['2:9 missing-key']],
    [
      'version: 1\nedits: [{ edit: add-rule, group: sg-1, direction: in, traffic: tcp/0x, peer: 10.0.0.0/8 }]\n',
      ['2:51 bad-edit', '2:68 bad-traffic'],
    ],
    ['version: 1\nedits: [3]\n', ['2:9 bad-value']],
    ['version: 2\nedits: []\n', ['1:10 bad-value', '2:8 bad-value']],
    ['edit:\n - igw-a detach\n', ['1:1 unknown-key', '1:1 missing-key', '1:1 missing-key']],
    ['- igw-a detach\n', ['1:1 bad-value']],
    ['version: 1\nversion: 1\n', ['2:1 duplicate-key']],
    ['version: [1\n', ['2:1 edits-syntax']],
    ['', ['1:1 bad-value']],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
    let value: unknown;
    try {
      value = parse(text);
    } catch {
      value = undefined;
    }
    // What is wrong inside the texts is no matter of the schema.
    if (!expected.some((one) => /bad-(?:edit|protocol|traffic)/.test(one))) expect(isEdits(value)).toBe(false);
  });
});

test('what cannot be applied is told where it stands, and so is what makes the network impossible', () => {
  const text = `version: 1
edits:
  - rtb-s1 route 0.0.0.0/0 -> igw-b
  - { edit: set-route, table: rtb-s1, destination: 10.0.2.0/25, target: eni-i2 }
`;
  const { edits } = readEditFile(text, 'edits.yaml');
  const result = applyEdits(networkOf(world()), edits, ruleReader);
  expect(result.ok ? [] : result.problems).toMatchObject([
    { code: 'no-match', file: 'edits.yaml', place: '3:31', hint: 'Did you mean `igw-a`?' },
    { code: 'invalid-route', file: 'edits.yaml', place: '4:5' },
  ]);
});
