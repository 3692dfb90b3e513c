/**
 * Reads PCRE patterns as far as they are regular: what they match is exactly what the regular expression says.
 *
 * Lazy and greedy repetition find the same strings. Bytes are bytes (no UTF), only ASCII letters have a case, a newline
 * is a line feed; a pattern that runs into PCRE's match limit is taken to be matched to its end.
 */
import { byteSet, complement, eitherCase, EVERY_BYTE, NEWLINE } from './bytes.ts';
import { readClass, readEscape } from './pcre-bytes.ts';
import { anchor, choice, oneOf, type Regex, repeat, sequence } from './regex.ts';

/** What the letters after a pattern, or inside `(?…)`, switch on. */
interface Modes {
  /** Either case. */
  readonly i: boolean;
  /** `^` and `$` at every line. */
  readonly m: boolean;
  /** The dot reads newlines. */
  readonly s: boolean;
  /** White space and comments in the pattern mean nothing. */
  readonly x: boolean;
}

/** PCRE's own bounds. */
const DEEPEST = 250;
const MOST_TIMES = 65_535;

/** Thrown and caught in this file. */
const UNREAD = new Error('not regular, or not known');

/**
 * The pattern between the slashes of `/…/flags`, as a search. Of Suricata's flags `i`, `m`, `s`, `x`, `A` (at the
 * start), `E` (`$` is the very end), `G` and `O` (which change no answer) are known. Undefined for any other flag, and
 * for a pattern that PCRE refuses, that is not regular (backreferences, recursion), or that looks around.
 */
export function pcre(pattern: string, flags: string): Regex | undefined {
  if (!/^[imsxAEGO]*$/.test(flags) || /[^\0-\xff]/.test(pattern)) return undefined;
  const has = (flag: string) => flags.includes(flag);
  const modes: Modes = { i: has('i'), m: has('m'), s: has('s'), x: has('x') };
  try {
    const read = reader(pattern, has('E')).whole(modes);
    return has('A') ? sequence([anchor('start'), read]) : read;
  } catch (thrown) {
    if (thrown === UNREAD) return undefined;
    throw thrown;
  }
}

function reader(pattern: string, dollarAtEnd: boolean): { readonly whole: (modes: Modes) => Regex } {
  let at = 0;

  function fail(): never {
    throw UNREAD;
  }

  function take(text: string): boolean {
    if (!pattern.startsWith(text, at)) return false;
    at += text.length;
    return true;
  }

  /** Takes what the expression, which must be sticky, matches here. */
  function takeMatch(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = at;
    const match = expression.exec(pattern);
    if (match === null) return undefined;
    at += match[0].length;
    return match;
  }

  /** Alternatives up to a closing parenthesis or the end. */
  function alternatives(outer: Modes, depth: number): Regex {
    if (depth > DEEPEST) fail();
    let modes = outer;
    const branches: Regex[] = [];
    let branch: Regex[] = [];
    for (;;) {
      if (modes.x) takeMatch(/(?:[\t-\r ]|#[^\n]*(?:\n|$))+/y);
      if (at === pattern.length || pattern[at] === ')') break;
      if (take('|')) {
        branches.push(sequence(branch));
        branch = [];
        continue;
      }
      if (takeMatch(/\(\?#[^)]*\)/y) !== undefined) continue;
      // `(?i)` holds to the end of the group, in later branches too.
      const switched = takeMatch(/\(\?([imsx]*)(?:-([imsx]*))?\)/y);
      if (switched !== undefined) modes = switchModes(modes, switched[1]!, switched[2] ?? '');
      else branch.push(item(modes, depth));
    }
    branches.push(sequence(branch));
    return choice(branches);
  }

  /** One atom, with its repetition. */
  function item(modes: Modes, depth: number): Regex {
    const atom = readAtom(modes, depth);
    if (modes.x) takeMatch(/(?:[\t-\r ]|#[^\n]*(?:\n|$))+/y);
    const times = quantifier();
    if (times === undefined) return atom;
    if (atom.kind === 'anchor') fail();
    // Lazily is the same set of strings; possessively is not, nor is a repetition of a repetition PCRE.
    if (!take('?') && pattern[at] === '+') fail();
    if (modes.x) takeMatch(/(?:[\t-\r ]|#[^\n]*(?:\n|$))+/y);
    if (quantifier() !== undefined) fail();
    return repeat(atom, times.min, times.max);
  }

  function quantifier(): { readonly min: number; readonly max?: number } | undefined {
    if (take('*')) return { min: 0 };
    if (take('+')) return { min: 1 };
    if (take('?')) return { min: 0, max: 1 };
    const counted = takeMatch(/\{(\d+)(,(\d*))?\}/y);
    if (counted === undefined) {
      // Whether these count depends on the version of PCRE.
      if (takeMatch(/\{[ \t]*\d*[ \t]*,?[ \t]*\d*[ \t]*\}/y) !== undefined) fail();
      return undefined;
    }
    const min = Number(counted[1]);
    if (counted[2] !== undefined && counted[3] === '') return min > MOST_TIMES ? fail() : { min };
    const max = counted[2] === undefined ? min : Number(counted[3]);
    return min > max || max > MOST_TIMES ? fail() : { min, max };
  }

  function readAtom(modes: Modes, depth: number): Regex {
    const fold = modes.i ? eitherCase : (set: bigint) => set;
    const character = pattern[at]!;
    switch (character) {
      case '(':
        return group(modes, depth);
      case '[': {
        const read = readClass(pattern, at, fold) ?? fail();
        at = read.next;
        return oneOf(read.of);
      }
      case '.':
        at++;
        return oneOf(modes.s ? EVERY_BYTE : complement(byteSet(NEWLINE)));
      case '^':
        at++;
        return anchor(modes.m ? 'line-start' : 'start');
      case '$':
        at++;
        if (modes.m) return anchor('line-end');
        return anchor(dollarAtEnd ? 'end' : 'last-line-end');
      case '\\': {
        if (take('\\A')) return anchor('start');
        if (take('\\z')) return anchor('end');
        if (take('\\Z')) return anchor('last-line-end');
        const read = readEscape(pattern, at) ?? fail();
        at = read.next;
        return oneOf('set' in read.of ? read.of.set : fold(byteSet(read.of.byte)));
      }
      case '*':
      case '+':
      case '?':
        return fail();
      default:
        if (character === '{' && quantifier() !== undefined) fail();
        at++;
        return oneOf(fold(byteSet(character.charCodeAt(0))));
    }
  }

  function group(outer: Modes, depth: number): Regex {
    let modes = outer;
    at++;
    if (pattern[at] === '*') fail();
    if (pattern[at] === '?') {
      const opened = takeMatch(/\?(?:([imsx]*)(?:-([imsx]*))?:|\||(?:P?<[A-Za-z_]\w*>)|'[A-Za-z_]\w*')/y) ?? fail();
      modes = switchModes(outer, opened[1] ?? '', opened[2] ?? '');
    }
    const inner = alternatives(modes, depth + 1);
    if (!take(')')) fail();
    // An anchor in a group may be repeated, bare it may not.
    return inner.kind === 'anchor' ? { kind: 'sequence', of: [inner] } : inner;
  }

  return {
    whole: (modes) => {
      const read = alternatives(modes, 0);
      return at === pattern.length ? read : fail();
    },
  };
}

function switchModes(modes: Modes, on: string, off: string): Modes {
  // `xx` means more than `x`.
  if (on.includes('xx')) throw UNREAD;
  const mode = (letter: keyof Modes) => (modes[letter] || on.includes(letter)) && !off.includes(letter);
  return { i: mode('i'), m: mode('m'), s: mode('s'), x: mode('x') };
}
