/** What is said about a text that is not one JSON document. */
import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { findJsonError } from '../../src/sources/json-error.ts';
import { parseJson } from '../../src/sources/json.ts';

const problem = (text: string) => {
  const result = parseJson('a.json', text);
  return result.ok ? undefined : result.problems[0];
};

property.prop([fc.json(), fc.nat(), fc.constantFrom('', '"', '}', ']', ',', '{', ':', '\\', '1', 'x', '\n')])(
  'an error is found exactly where JSON.parse refuses a text',
  (text, at, inserted) => {
    const i = at % (text.length + 1);
    const damaged = text.slice(0, i) + inserted + text.slice(i + (at % 3));
    let accepted = true;
    try {
      JSON.parse(damaged);
    } catch {
      accepted = false;
    }
    expect(findJsonError(damaged) === undefined).toBe(accepted);
  },
);

test('a syntax error has line and column', () => {
  expect(problem('{\n  "Vpcs": [}\n')).toMatchObject({ code: 'json-syntax', file: 'a.json', place: '2:12' });
});

test('a comma before a closing bracket is an error at the bracket', () => {
  expect(problem('{"Vpcs": [1,]}')).toMatchObject({ code: 'json-syntax', place: '1:13' });
});

test('a file that ends too early is called truncated', () => {
  expect(problem('{"Vpcs": [{"VpcId": "vpc-')).toMatchObject({ code: 'truncated-json', place: '1:26' });
});

test('one JSON value a line is called so, with what joins them', () => {
  const found = problem('{"Vpcs": []}\n{"Subnets": []}\n');
  expect(found).toMatchObject({ code: 'several-json-values', place: '2:1' });
  expect(found?.hint).toContain('jq -s');
});

test.each([
  ['Vpcs:\n- VpcId: vpc-1\n', 'yaml-not-json'],
  ['---\nVpcs: []\n', 'yaml-not-json'],
  ['---------------\n| DescribeVpcs |\n', 'table-not-json'],
  ['', 'empty-file'],
  [' \n', 'empty-file'],
  ['VPCS\t10.0.0.0/16\n', 'json-syntax'],
])('%j is told from JSON', (text, code) => {
  expect(problem(text)).toMatchObject({ code });
});
