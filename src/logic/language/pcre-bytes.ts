/** The parts of a PCRE pattern that stand for one byte: escapes, and classes between brackets. */
import { byteRange, byteSet, type ByteSet, bytesOf, complement, NEWLINE } from './bytes.ts';

/** What was read, and where the pattern goes on. */
interface Read<T> {
  readonly of: T;
  readonly next: number;
}

const DIGITS = byteRange(48, 57);
const SMALL = byteRange(97, 122);
const CAPITALS = byteRange(65, 90);
const LETTERS = SMALL | CAPITALS;
const SPACES = byteRange(9, 13) | byteSet(32);
const VISIBLE = byteRange(33, 126);
const PUNCTUATION = VISIBLE & complement(LETTERS | DIGITS);

/** As PCRE has them in the C locale: bytes from 128 on are no letters. */
const TYPES: Readonly<Record<string, ByteSet>> = {
  d: DIGITS,
  w: LETTERS | DIGITS | bytesOf('_'),
  s: SPACES,
  h: bytesOf('\t \xa0'),
  v: byteRange(10, 13) | byteSet(0x85),
};

const POSIX: ReadonlyMap<string, ByteSet> = new Map([
  ['alnum', LETTERS | DIGITS],
  ['alpha', LETTERS],
  ['ascii', byteRange(0, 127)],
  ['blank', bytesOf('\t ')],
  ['cntrl', byteRange(0, 31) | byteSet(127)],
  ['digit', DIGITS],
  ['graph', VISIBLE],
  ['lower', SMALL],
  ['print', VISIBLE | byteSet(32)],
  ['punct', PUNCTUATION],
  ['space', SPACES],
  ['upper', CAPITALS],
  ['word', LETTERS | DIGITS | bytesOf('_')],
  ['xdigit', DIGITS | bytesOf('abcdefABCDEF')],
]);

const CONTROLS: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

/** The types of bytes, such as `\d`, or undefined where the letter names none. */
function typeOf(letter: string): ByteSet | undefined {
  const set = TYPES[letter];
  if (set !== undefined) return set;
  const opposite = TYPES[letter.toLowerCase()];
  return opposite === undefined ? undefined : complement(opposite);
}

/** The escape whose backslash stands at `at`: one byte, or a type of bytes; undefined where it is neither. */
export function readEscape(
  pattern: string,
  at: number,
): Read<{ readonly byte: number } | { readonly set: ByteSet }> | undefined {
  const letter = pattern[at + 1];
  if (letter === undefined) return undefined;
  const next = at + 2;
  if (!/[A-Za-z0-9]/.test(letter)) return { of: { byte: letter.charCodeAt(0) }, next };
  const control = CONTROLS[letter];
  if (control !== undefined) return { of: { byte: control }, next };
  if (letter === 'N' && pattern[next] !== '{') return { of: { set: complement(byteSet(NEWLINE)) }, next };
  if (letter === 'x') return readHexadecimal(pattern, next);
  if (letter === '0') {
    const octal = /^[0-7]{0,2}/.exec(pattern.slice(next, next + 2))![0];
    return { of: { byte: Number.parseInt(`0${octal}`, 8) }, next: next + octal.length };
  }
  const set = typeOf(letter);
  return set === undefined ? undefined : { of: { set }, next };
}

/** `HH` or `{HH}` after `\x`. */
function readHexadecimal(pattern: string, at: number): Read<{ readonly byte: number }> | undefined {
  const match = /^(?:[0-9A-Fa-f]{1,2}|\{[0-9A-Fa-f]{1,2}\})/.exec(pattern.slice(at, at + 4));
  if (match === null) return undefined;
  return { of: { byte: Number.parseInt(match[0].replace('{', ''), 16) }, next: at + match[0].length };
}

/** The class whose bracket stands at `at`, its case as written; undefined where PCRE refuses it or it is not known. */
export function readClass(pattern: string, at: number, fold: (set: ByteSet) => ByteSet): Read<ByteSet> | undefined {
  let next = at + 1;
  const negated = pattern[next] === '^';
  if (negated) next++;
  let set = 0n;
  for (let first = true; ; first = false) {
    if (pattern[next] === ']' && !first) break;
    const from = readMember(pattern, next);
    if (from === undefined) return undefined;
    next = from.next;
    const ranges = pattern[next] === '-' && pattern[next + 1] !== ']';
    if (!ranges) {
      set |= 'set' in from.of ? from.of.set : byteSet(from.of.byte);
      continue;
    }
    // A hyphen beside a type, as in `[\w-.]`, is an error to PCRE.
    const to = readMember(pattern, next + 1);
    if (to === undefined || 'set' in from.of || 'set' in to.of || to.of.byte < from.of.byte) return undefined;
    set |= byteRange(from.of.byte, to.of.byte);
    next = to.next;
  }
  const either = fold(set);
  return { of: negated ? complement(either) : either, next: next + 1 };
}

/** One member of a class: a byte, an escape, or a name such as `[:alpha:]`. */
function readMember(pattern: string, at: number): ReturnType<typeof readEscape> {
  const character = pattern[at];
  if (character === undefined) return undefined;
  if (character === '\\') {
    if (pattern[at + 1] === 'b') return { of: { byte: 8 }, next: at + 2 };
    // `\1` is an octal number here, and `\N`, `\R` and `\X` are errors.
    if (/[1-9N]/.test(pattern[at + 1] ?? '')) return undefined;
    return readEscape(pattern, at);
  }
  if (character === '[' && /[:.=]/.test(pattern[at + 1] ?? '')) {
    const name = /^\[:(\^?)([a-z]+):\]/.exec(pattern.slice(at, at + 16));
    const set = name === null ? undefined : POSIX.get(name[2]!);
    // The opposite of one case, under `i`, is taken after the cases are made one.
    if (name === null || set === undefined || /\^(?:lower|upper)/.test(name[0])) return undefined;
    return { of: { set: name[1] === '^' ? complement(set) : set }, next: at + name[0].length };
  }
  return { of: { byte: character.charCodeAt(0) }, next: at + 1 };
}
