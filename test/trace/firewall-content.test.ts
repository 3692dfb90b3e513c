/** What the buffers of a rule match (semantics 10.78, 10.79). */
import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { contest } from '../contest/contest.ts';
import { invariant } from '../../src/base/invariant.ts';
import { ruleOf } from '../../src/suricata/index.ts';
import { holdsAll } from '../../src/trace/firewall/content.ts';
import { finds } from '../../src/trace/firewall/pcre.ts';
import { http, out, ruled, stopped, tls } from './firewall-world.ts';

/** Whether `tls.sni` with these contents holds of the text. */
function holds(text: string, contents: string): string {
  const option = ruleOf(`drop tls any any -> any any (tls.sni; ${contents} sid:1;)`)?.options[0];
  invariant(option?.kind === 'buffer', `${contents} is looked for in a buffer`);
  return holdsAll(option.dotprefix ? `.${text}` : text, option.matches);
}

test('content stands anywhere, at the start, at the end, or is all', () => {
  const at = (text: string) =>
    ['', 'startswith; ', 'endswith; ', 'startswith; endswith; ']
      .map((more) => holds(text, `content:"b.c"; ${more}`))
      .join(' ');
  expect(at('a.b.c.d')).toBe('yes no no no');
  expect(at('b.c.d')).toBe('yes yes no no');
  expect(at('a.b.c')).toBe('yes no yes no');
  expect(at('b.c')).toBe('yes yes yes yes');
  expect(at('B.C')).toBe('no no no no');
  expect(at('b.')).toBe('no no no no');
});

test('dotprefix with endswith is a domain and what is below it', () => {
  const below = 'dotprefix; content:".example.com"; nocase; endswith;';
  expect(
    ['example.com', 'A.Example.com', 'badexample.com', 'example.com.evil'].map((name) => holds(name, below)),
  ).toEqual(['yes', 'yes', 'no', 'no']);
});

test('nocase is of one content, and letters beyond ASCII have no case', () => {
  expect(holds('ABcd', 'content:"ab"; nocase; content:"cd";')).toBe('yes');
  expect(holds('ABCD', 'content:"ab"; nocase; content:"cd";')).toBe('no');
  expect(holds('\u00c9', 'content:"|e9|"; nocase;')).toBe('no');
});

test('all contents must hold, negated ones nowhere in their place', () => {
  expect(holds('a.evil.com', 'content:"evil"; content:!"good";')).toBe('yes');
  expect(holds('good.evil.com', 'content:"evil"; content:!"good";')).toBe('no');
  expect(holds('good.evil.com', 'content:"evil"; content:!"evil"; startswith;')).toBe('yes');
});

test('offset and depth place a content from the start, distance and within from the match before', () => {
  expect(holds('abcdef', 'content:"cd"; offset:2; depth:2;')).toBe('yes');
  expect(holds('abcdef', 'content:"cd"; offset:3;')).toBe('no');
  expect(holds('abcdef', 'content:"cd"; depth:3;')).toBe('no');
  expect(holds('a-b--b', 'content:"a"; content:"b"; distance:2;')).toBe('yes');
  expect(holds('a-b', 'content:"a"; content:"b"; distance:2;')).toBe('no');
  expect(holds('a-b', 'content:"a"; content:"b"; within:2;')).toBe('yes');
  expect(holds('a--b', 'content:"a"; content:"b"; within:2;')).toBe('no');
  expect(holds('a--b', 'content:"a"; content:"b"; distance:2; within:1;')).toBe('yes');
  expect(holds('ba', 'content:"a"; content:"b"; distance:-2;')).toBe('yes');
  // The first place of the first content does not fit, and the second does.
  expect(holds('a--a-b', 'content:"a"; content:"b"; distance:1; within:1;')).toBe('yes');
});

test('bsize is the length of the buffer', () => {
  expect(['ab', 'abc', 'abcd'].map((text) => holds(text, 'content:"a"; bsize:3;'))).toEqual(['no', 'yes', 'no']);
});

test('a buffer that is not there matches nothing, not even what is negated', () => {
  const drop = (contents: string) => ruled({ rules: [`drop tls any any -> any any (${contents} sid:1;)`] });
  expect(stopped(drop('tls.sni; content:!"good";'), out, tls())).toBe('passes');
  expect(stopped(drop('tls.sni; content:!"good";'), out, tls('evil'))).toBe("the client's first data");
  expect(stopped(drop('tls.sni; content:"evil";'), out, http('evil'))).toBe('passes');
});

test('hosts, methods, targets and queries are buffers as well', () => {
  const drop = (contents: string) => ruled({ rules: [`drop http any any -> any any (${contents} sid:1;)`] });
  expect(stopped(drop('http.method; content:"GET"; http.uri; content:"/"; startswith;'), out, http('a.com'))).not.toBe(
    'passes',
  );
  expect(stopped(drop('http.method; content:"POST";'), out, http('a.com'))).toBe('passes');
  expect(stopped(drop('http.host; content:"a.com"; startswith; endswith;'), out, http('a.com'))).not.toBe('passes');
  expect(stopped(drop('http.user_agent; content:"curl";'), out, http('a.com'))).toBe('passes');
  expect(
    stopped(drop('http.user_agent; content:"curl";'), out, { ...http('a.com'), sides: ['matches:rg#sid:1'] }),
  ).not.toBe('passes');
});

test('a pcre is what PCRE finds, not what JavaScript does', () => {
  expect(finds(String.raw`^(?:a|b)+\.com$`, '', 'abba.com')).toBe('yes');
  expect(finds(String.raw`^(a|b)+\.com$`, '', 'abba.comx')).toBe('no');
  expect(finds('^EXAMPLE$', 'i', 'example')).toBe('yes');
  expect(finds('a$', '', 'a\n')).toBe('yes');
  expect(finds('a$', '', 'a\nb')).toBe('no');
  expect(finds('a$', 'm', 'a\nb')).toBe('yes');
  expect(finds('^b', 'm', 'a\nb')).toBe('yes');
  expect(finds('a.b', '', 'a\rb')).toBe('yes');
  expect(finds('a.b', '', 'a\nb')).toBe('no');
  expect(finds('a.b', 's', 'a\nb')).toBe('yes');
  expect(finds(String.raw`a\sb`, '', 'a\u00a0b')).toBe('no');
  expect(finds(String.raw`[\w.-]+\x41{2,3}?`, '', 'a.b-cAA')).toBe('yes');
  expect(finds(String.raw`a\|b`, '', 'a|b')).toBe('yes');
  expect(finds(String.raw`^a\|b$`, '', 'a')).toBe('no');
});

test('edges, names, switches and what the flags say of them are read as PCRE has them', () => {
  const yes = [
    ['(?i)A', ''],
    ['[[:alpha:]]$', ''],
    ['(?P<x>a)', ''],
    ['a b # both', 'x'],
    [String.raw`\Aab\z`, ''],
    ['ab', 'A'],
  ] as const;
  for (const [pattern, flags] of yes) expect([pattern, finds(pattern, flags, 'ab')]).toEqual([pattern, 'yes']);
  expect([finds('b', 'A', 'ab'), finds('ab$', 'E', 'ab\n'), finds(String.raw`ab\Z`, '', 'ab\n')]).toEqual([
    'no',
    'no',
    'yes',
  ]);
});

test('whether a pcre that is no regular expression matches is not known', () => {
  const patterns = [
    '(?<!a)b',
    '(?=a)',
    String.raw`(a)\1`,
    '(?>a)',
    String.raw`\ba`,
    'a++',
    'a(?i)b',
    '[]a]',
    '[a',
    '(a',
  ];
  for (const pattern of patterns) expect([pattern, finds(pattern, '', 'ab')]).toEqual([pattern, 'unknown']);
  for (const flags of ['R', 'U', 'iW']) expect(finds('a', flags, 'a')).toBe('unknown');
  expect(holds('ab', 'content:"a"; pcre:"/(?=b)/";')).toBe('unknown');
  expect(holds('b', 'content:"a"; pcre:"/(?=b)/";')).toBe('no');
});

const word = fc.stringMatching(/^[ab.]{0,6}$/);
const found = new Set<string>();

// Of the contests' seed: with one of its own, some runs lack an answer at one of the places.
property.prop([word, fc.stringMatching(/^[ab.]{1,2}$/)], { ...contest<[string, string]>(1), numRuns: 400 })(
  'a content is found where the language finds it',
  (text, part) => {
    const expected: readonly (readonly [string, boolean])[] = [
      ['', text.includes(part)],
      ['startswith; ', text.startsWith(part)],
      ['endswith; ', text.endsWith(part)],
      ['startswith; endswith; ', text === part],
      ['offset:1; ', text.slice(1).includes(part)],
      ['depth:3; ', text.slice(0, 3).includes(part)],
      ['offset:1; depth:3; ', text.slice(1, 4).includes(part)],
    ];
    for (const [more, is] of expected) {
      found.add(`${more}${is}`);
      expect(holds(text, `content:"${part}"; ${more}`)).toBe(is ? 'yes' : 'no');
    }
  },
);

test('both answers occurred at every place', () => {
  expect(found.size).toBe(14);
});
