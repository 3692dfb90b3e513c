import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { partition, pcre } from '../../src/logic/language/index.ts';
import { contest } from '../contest/contest.ts';
import { translated } from './naive-language.ts';

/** Whether the pattern is found in each of the texts. */
function finds(pattern: string, flags: string, texts: readonly string[]): boolean[] {
  const of = pcre(pattern, flags);
  expect(of).toBeDefined();
  const asked = { kind: 'regex' as const, of: of!, dotted: false };
  const made = partition([asked])!;
  const matching = made.of(asked);
  return texts.map((text) => {
    const index = BigInt(made.classOf(text));
    return matching.some(({ lo, hi }) => lo <= index && index <= hi);
  });
}

const atoms = fc.constantFrom(
  'a',
  'b',
  'B',
  '.',
  '\\n',
  '[ab]',
  '[^a]',
  '[^\\n]',
  '\\w',
  '\\W',
  '\\.',
  '\\x41',
  '\\d',
  '\\s',
);
const anchors = fc.constantFrom('^', '$', '\\A', '\\z', '\\Z');
const quantifiers = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '{1,}', '*?', '+?', '??', '{0,2}?');

const { expression } = fc.letrec<{ expression: string; branch: string; item: string }>((tie) => ({
  expression: fc.array(tie('branch'), { minLength: 1, maxLength: 3 }).map((all) => all.join('|')),
  branch: fc.array(tie('item'), { maxLength: 3 }).map((all) => all.join('')),
  item: fc.oneof(
    { maxDepth: 2 },
    fc.tuple(atoms, quantifiers).map((all) => all.join('')),
    anchors,
    fc
      .tuple(fc.constantFrom('(', '(?:', '(?<n>'), tie('expression'), quantifiers)
      .map(([open, inside, times]) => `${open}${inside})${times}`),
  ),
}));

const oneName = (pattern: string) => {
  let count = 0;
  return pattern.replaceAll('<n>', () => `<n${count++}>`);
};

describe('a pattern of PCRE', () => {
  let yes = 0;
  let no = 0;

  test.prop(
    [
      expression.map(oneName),
      fc.subarray(['i', 'm', 's']).map((flags) => flags.join('')),
      fc.array(
        fc.array(fc.constantFrom('a', 'b', 'A', '.', '0', ' ', '\n'), { maxLength: 6 }).map((all) => all.join('')),
        { minLength: 1, maxLength: 12 },
      ),
    ],
    // A pattern of some seeds is too large to be told apart at all, which `partition` says.
    { ...contest<[string, string, string[]]>(1), numRuns: 1000 },
  )('is found where the engine finds it', (pattern, flags, texts) => {
    const oracle = translated(pattern, flags);
    const expected = texts.map((text) => oracle.test(text));
    for (const answer of expected) {
      if (answer) yes++;
      else no++;
    }
    expect(finds(pattern, flags, texts)).toEqual(expected);
  });

  test('and both answers occurred', () => {
    expect(Math.min(yes, no)).toBeGreaterThan(300);
  });

  test.each([
    ['a$', '', 'a\n', true],
    ['a$', 'E', 'a\n', false],
    ['a$', 'Em', 'a\nb', true],
    ['a\\z', '', 'a\n', false],
    ['^', 'm', 'a\n', true],
    ['\\n^', 'm', 'a\n', false],
    ['\\n^', 'm', 'a\nb', true],
    ['a$\\n', '', 'a\n', true],
    ['b', 'A', 'ab', false],
    ['b', 'GO', 'ab', true],
    ['a b # c', 'x', 'ab', true],
    ['a[ ]b', 'x', 'ab', false],
    ['a +', 'x', 'aaa', true],
    ['(?i)evil', '', 'EVIL', true],
    ['(?i:e)vil', '', 'EVIL', false],
    ['(?i:e)vil', '', 'Evil', true],
    ['^(a(?i)b|c)$', '', 'C', true],
    ['^(a(?i)b|c)d$', '', 'CD', false],
    ['(?-i)evil', 'i', 'EVIL', false],
    ['(?#note)^a$', '', 'a', true],
    ["^(?'n'a|b)$", '', 'b', true],
    ['^(?P<n>a|b)$', '', 'b', true],
    ['^(?|a|b)$', '', 'b', true],
    ['^[]a]$', '', ']', true],
    ['^[^]a]$', '', 'a', false],
    ['^[a-]$', '', '-', true],
    ['^[[:alpha:]_-]+$', '', 'a_-', true],
    ['^[[:^digit:]]$', '', '0', false],
    ['^[\\x41-\\x43]$', 'i', 'b', true],
    ['^[^a]$', 'i', 'A', false],
    ['^\\x{7e}\\x2E\\056$', '', '~..', true],
    ['^a{$', '', 'a{', true],
    ['^a{x}$', '', 'a{x}', true],
    ['^\\h\\v\\N$', '', '\t\na', true],
    ['^\\xe9$', 'i', '\xc9', false],
    ['^\\s$', '', '\x0b', true],
    ['^\\s$', '', '\xa0', false],
    ['^\\/\\-\\_$', '', '/-_', true],
    ['', '', '', true],
    ['a||b', '', '', true],
  ])('/%s/%s: %j is found or not: %s', (pattern, flags, text, expected) => {
    expect(finds(pattern, flags, [text])).toEqual([expected]);
  });

  test.each([
    ['looks ahead', '(?=a)', ''],
    ['looks behind', '(?<!a)b', ''],
    ['refers back', '(a)\\1', ''],
    ['refers back by name', '(?<n>a)\\k<n>', ''],
    ['recurs', 'a(?R)?b', ''],
    ['is atomic', '(?>a*)a', ''],
    ['is possessive', 'a*+a', ''],
    ['asks for a word boundary', '\\bevil', ''],
    ['has a verb', '(*ANYCRLF)a', ''],
    ['asks for another buffer', 'evil', 'U'],
    ['is relative to the match before', 'evil', 'R'],
    ['has an unknown flag', 'evil', 'q'],
    ['repeats nothing', '*a', ''],
    ['repeats a repetition', 'a**', ''],
    ['repeats an anchor', '^*', ''],
    ['opens a group', '(a', ''],
    ['closes a group', 'a)', ''],
    ['opens a class', '[a', ''],
    ['has a backward range', '[b-a]', ''],
    ['has a range from a type', '[\\w-.]', ''],
    ['has an unknown class', '[[:constructor:]]', ''],
    ['repeats backward', 'a{3,1}', ''],
    ['repeats too often', 'a{70000}', ''],
    ['repeats as newer versions do', 'a{,3}', ''],
    ['ends in a backslash', 'a\\', ''],
    ['has a property', '\\p{L}', ''],
    ['quotes', '\\Qa\\E', ''],
    ['switches on more than is known', '(?xx)a', ''],
    ['negates one case, of either', '[[:^upper:]]', 'i'],
    ['has a character that is no byte', '\u0416', ''],
    ['is nested too deeply', '('.repeat(300) + ')'.repeat(300), ''],
  ])('that %s is not read', (_, pattern, flags) => {
    expect(pcre(pattern, flags)).toBeUndefined();
  });
});
