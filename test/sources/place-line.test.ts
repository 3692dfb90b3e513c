/** Lines of places, held against what stands there. */
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { linesOf } from '../../src/sources/place-line.ts';

const line = (text: string, place: string): number | undefined => linesOf(text, [place]).get(place);

describe('places of JSON', () => {
  const text = '{\n  "a/b": [\n    "x\\"]",\n    { "~": -1.5e3,\n      "c": true }\n  ],\n  "d": {}\n}\n';

  test('a pointer leads to the line of its value', () => {
    expect(line(text, '/a~1b')).toBe(2);
    expect(line(text, '/a~1b/0')).toBe(3);
    expect(line(text, '/a~1b/1')).toBe(4);
    expect(line(text, '/a~1b/1/~0')).toBe(4);
    expect(line(text, '/a~1b/1/c')).toBe(5);
    expect(line(text, '/d')).toBe(7);
  });

  test('of what is not there, to the nearest thing around it', () => {
    expect(line(text, '/a~1b/1/c/e')).toBe(5);
    expect(line(text, '/d/e')).toBe(7);
    expect(line(text, '/d 3:1')).toBe(7);
  });

  test('what is no way through the file has no line', () => {
    for (const place of ['', '12:3', 'aws_route.a["b"]', '/nothing']) expect(line(text, place)).toBe(undefined);
  });

  const json = fc.jsonValue({ maxDepth: 4 });
  test.prop([json, fc.integer({ min: 0, max: 4 })])('every value of any JSON is found', (value, indent) => {
    const printed = JSON.stringify({ value, mark: 'here' }, null, indent);
    const lines = printed.split('\n');
    const at = line(printed, '/mark')!;
    expect(lines[at - 1]).toContain('"mark"');
    if (typeof value === 'object' && value !== null)
      for (const [key, each] of Object.entries(value)) {
        const place = `/value/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        // Places end where a space follows.
        if (key.includes(' ')) continue;
        const found = lines[line(printed, place)! - 1]!;
        if (indent > 0) expect(found).toContain(JSON.stringify(each, null, indent).split('\n')[0]);
      }
  });
});

test('a resource of a template in YAML', () => {
  const text = 'Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n  Route:\n    Type: !Ref X\n';
  expect([line(text, 'Resources/Vpc'), line(text, 'Resources/Route/Routes/0')]).toEqual([3, 5]);
});
