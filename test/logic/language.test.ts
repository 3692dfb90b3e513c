import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { type Partition, type Pattern, partition, pcre } from '../../src/logic/language/index.ts';
import { found } from './naive-language.ts';

const LETTERS = ['a', 'b', 'A', 'B', '.', '\n'];

/** Strings of few letters, so that patterns meet. */
const strings = (most: number) => fc.array(fc.constantFrom(...LETTERS), { maxLength: most }).map((all) => all.join(''));
const names = (most: number) =>
  fc.array(fc.constantFrom('a', 'b', '.'), { maxLength: most }).map((all) => all.join(''));

const literals = (bytes: fc.Arbitrary<string>, nocase: fc.Arbitrary<boolean>): fc.Arbitrary<Pattern> =>
  fc.record({
    kind: fc.constant('literal' as const),
    bytes,
    nocase,
    at: fc.constantFrom('anywhere', 'start', 'end', 'end', 'whole', 'whole'),
    dotted: fc.boolean(),
  });

const windows: fc.Arbitrary<Pattern> = fc.record(
  {
    kind: fc.constant('window' as const),
    bytes: strings(3),
    nocase: fc.boolean(),
    offset: fc.nat(3),
    depth: fc.nat(5),
    end: fc.boolean(),
    dotted: fc.boolean(),
  },
  { requiredKeys: ['kind', 'bytes', 'nocase', 'offset', 'end', 'dotted'] },
);

const lengths: fc.Arbitrary<Pattern> = fc.record({
  kind: fc.constant('length' as const),
  from: fc.nat(4),
  to: fc.oneof(fc.nat(5), fc.constant(Infinity)),
  dotted: fc.boolean(),
});

const EXPRESSIONS = [
  'a+b',
  '^a',
  'a$',
  '(a|b.)*A$',
  '^(a|$)',
  'b?\\.$',
  '[^a]b',
  '^.{2}$',
  'a\\n\\Z',
  '^b$',
  '\\A(ab)*\\z',
  '$^',
  '.',
];

const regexes: fc.Arbitrary<Pattern & { kind: 'regex' }> = fc
  .record({ text: fc.constantFrom(...EXPRESSIONS), flags: fc.subarray(['i', 'm', 's']), dotted: fc.boolean() })
  .map(({ text, flags, dotted }) => ({
    kind: 'regex',
    of: pcre(text, flags.join(''))!,
    dotted,
    text,
    flags: flags.join(''),
  }));

const patterns = fc.oneof({ weight: 4, arbitrary: literals(strings(4), fc.boolean()) }, windows, lengths, {
  weight: 2,
  arbitrary: regexes,
});

function classesOf(made: Partition, pattern: Pattern): Set<number> {
  const all = new Set<number>();
  for (const { lo, hi } of made.of(pattern)) for (let i = lo; i <= hi; i++) all.add(Number(i));
  return all;
}

/** Every class has a string, every string is in the class whose patterns match it, and no two classes are alike. */
function holdsAgainst(asked: readonly Pattern[], texts: readonly string[]): Partition {
  const made = partition(asked, 1 << 14)!;
  expect(made).toBeDefined();
  const classes = asked.map((pattern) => classesOf(made, pattern));
  const witnesses = Array.from({ length: made.size }, (_, index) => made.witness(index));
  for (const [index, text] of witnesses.entries()) expect(made.classOf(text)).toBe(index);
  for (const text of [...texts, ...witnesses]) {
    const index = made.classOf(text);
    for (const [i, pattern] of asked.entries()) expect(classes[i]!.has(index)).toBe(found(pattern, text));
  }
  const signatures = witnesses.map((_, index) => classes.map((of) => (of.has(index) ? 1 : 0)).join(''));
  expect(new Set(signatures).size).toBe(made.size);
  return made;
}

describe('a partition of all strings', () => {
  test.prop([fc.array(patterns, { maxLength: 6 }), fc.array(strings(9), { minLength: 5, maxLength: 30 })], {
    numRuns: 1500,
  })('puts each string into the class whose patterns match it', (asked, texts) => {
    holdsAgainst(asked, texts);
  });

  test.prop([
    fc.array(literals(names(5), fc.constant(true)), { maxLength: 5 }),
    fc.array(strings(9), { minLength: 5, maxLength: 30 }),
  ])('folds case where all patterns do', (asked, texts) => {
    holdsAgainst(asked, texts);
  });

  test('misses no class that a short string is in', () => {
    fc.assert(
      fc.property(fc.array(patterns, { minLength: 1, maxLength: 3 }), (asked) => {
        const short = LETTERS.flatMap((a) => ['', ...LETTERS].flatMap((b) => ['', ...LETTERS].map((c) => a + b + c)));
        holdsAgainst(asked, ['', ...short]);
      }),
      { numRuns: 60 },
    );
  });
});

const suffix = (name: string): Pattern => ({ kind: 'literal', bytes: name, nocase: true, at: 'end', dotted: true });
const exactly = (bytes: string, nocase = true): Pattern => ({
  kind: 'literal',
  bytes,
  nocase,
  at: 'whole',
  dotted: false,
});
const anywhere = (bytes: string): Pattern => ({ kind: 'literal', bytes, nocase: true, at: 'anywhere', dotted: false });

const witnesses = (made: Partition) => Array.from({ length: made.size }, (_, index) => made.witness(index));

describe('classes', () => {
  test('without patterns there is one, and it has a host name', () => {
    const made = partition([])!;
    expect(witnesses(made)).toEqual(['example.com']);
  });

  test('a domain with its subdomains is one class', () => {
    const made = partition([suffix('.example.com')])!;
    expect(made.size).toBe(2);
    expect(made.classOf('example.com')).toBe(made.classOf('a.b.EXAMPLE.com'));
    expect(made.classOf('badexample.com')).not.toBe(made.classOf('example.com'));
    expect(witnesses(made).sort()).toEqual(['example.com', 'example.org']);
  });

  test('upper and lower case are apart only where a pattern looks at case', () => {
    const asked = [exactly('evil.com'), exactly('evil.com', false), suffix('.org')];
    const made = partition(asked)!;
    expect(made.size).toBe(4);
    expect(made.classOf('Evil.com')).not.toBe(made.classOf('evil.com'));
    expect(made.classOf('Evil.com')).toBe(made.classOf('EVIL.COM'));
    expect(made.classOf('Evil.org')).toBe(made.classOf('evil.org'));
  });

  test('the same pattern asked many times costs nothing', () => {
    const made = partition(Array.from({ length: 500 }, () => suffix('.example.com')))!;
    expect(made.size).toBe(2);
  });

  test('witnesses are host names where the class has one', () => {
    const of = pcre('^[a-z]{3}[0-9]+\\.evil\\.(com|net)$', 'i')!;
    const asked: Pattern[] = [{ kind: 'regex', of, dotted: false }, suffix('.net'), anywhere('bad')];
    for (const text of witnesses(partition(asked)!)) expect(text).toMatch(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/);
    const empty: Pattern = { kind: 'length', from: 0, to: 0, dotted: false };
    expect(witnesses(partition([empty])!).toSorted()).toEqual(['', 'example.com']);
  });

  test('the classes of a domain stand side by side, however many names are below it', () => {
    const below = Array.from({ length: 300 }, (_, i) => [
      suffix(`.a${i}.example.com`),
      exactly(`b${i}.example.com`),
    ]).flat();
    const domains = [suffix('.example.com'), suffix('.com'), suffix('.a7.example.com')];
    const made = partition([...below, ...domains, suffix('.org')])!;
    for (const domain of domains) expect(made.of(domain)).toHaveLength(1);
    expect(made.size).toBe(604);
  });

  test('a pattern that nothing matches has no class, one that all match has all', () => {
    const never: Pattern = { kind: 'literal', bytes: 'a', nocase: false, at: 'start', dotted: true };
    const always: Pattern = { kind: 'literal', bytes: '', nocase: false, at: 'end', dotted: false };
    const made = partition([never, always, suffix('.com')])!;
    expect(made.of(never)).toEqual([]);
    expect(made.of(always)).toEqual([{ lo: 0n, hi: 1n }]);
  });
});

describe('a partition gives up', () => {
  test('above the limit, and not at it', () => {
    const asked = [anywhere('one'), anywhere('two'), anywhere('three')];
    expect(partition(asked, 8)?.size).toBe(8);
    expect(partition(asked, 7)).toBeUndefined();
  });

  test('where classes explode', () => {
    expect(partition(Array.from({ length: 40 }, (_, i) => anywhere(`word${i}.`)))).toBeUndefined();
  });

  test('where the automaton explodes, though its classes are few', () => {
    expect(partition([{ kind: 'regex', of: pcre('a.{40}b', '')!, dotted: false }])).toBeUndefined();
    const nested = pcre('(((a{1000}){1000}){1000}){1000}', '')!;
    expect(partition([{ kind: 'regex', of: nested, dotted: false }])).toBeUndefined();
  });
});
