/** Whether a regular expression of a rule finds itself in a text, as far as it is a regular one (semantics 10.79). */
import { type Truth, truthOf } from './truth.ts';

/** `flags` as in Suricata, such as `i`. Lookaround, back references, `\b` and the like are not modelled. */
export function finds(pattern: string, flags: string, text: string): Truth {
  if (/[^ismxAEGO]/.test(flags)) return 'unknown';
  // What is switched on at the start holds for all of the pattern.
  const [switches = '', on = ''] = /^\(\?([imsx]+)\)/.exec(pattern) ?? [];
  const all = flags + on;
  // Which letters beyond ASCII are alike in both cases hangs on the locale.
  if (all.includes('i') && !(isAscii(pattern) && isAscii(text))) return 'unknown';
  const translated = translate(pattern.slice(switches.length), all);
  if (translated === undefined) return 'unknown';
  const anchored = all.includes('A') ? `^(?:${translated})` : translated;
  try {
    return truthOf(new RegExp(anchored, all.includes('i') ? 'i' : '').test(text));
  } catch {
    return 'unknown';
  }
}

// eslint-disable-next-line no-control-regex
const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

const spaces = ' \\t\\n\\x0b\\f\\r';

/** In JavaScript's words, piece by piece; undefined where some piece says more than a regular expression can. */
function translate(pattern: string, flags: string): string | undefined {
  let out = '';
  let inClass = false;
  let i = 0;
  while (i < pattern.length) {
    const rest = pattern.slice(i);
    const piece = inClass ? classPiece(rest) : plainPiece(rest, flags);
    if (piece === undefined) return undefined;
    const [length, words] = piece;
    if (!inClass && rest.startsWith('[')) inClass = true;
    else if (inClass && length === 1 && rest.startsWith(']')) inClass = false;
    out += words;
    i += length;
  }
  return inClass ? undefined : out;
}

/** How much of the pattern it takes, and what it is in JavaScript. */
type Piece = readonly [length: number, words: string] | undefined;

function plainPiece(rest: string, flags: string): Piece {
  if (flags.includes('x')) {
    const skipped = /^(?:[\t-\r ]+|#[^\n]*)/.exec(rest)?.[0];
    if (skipped !== undefined) return [skipped.length, ''];
  }
  switch (rest.charAt(0)) {
    case '\\':
      return edges[rest.charAt(1)] ?? escape(rest, false);
    case '.':
      return [1, flags.includes('s') ? '[^]' : '[^\\n]'];
    case '^':
      return [1, flags.includes('m') ? '(?<![^\\n])' : '^'];
    case '$':
      // Without `m` the end is also before a newline that ends the text.
      if (flags.includes('m')) return [1, '(?![^\\n])'];
      return [1, flags.includes('E') ? '$' : '(?=\\n?$)'];
    case '(': {
      const plain = /^\(\?(?::|P?<[A-Za-z_]\w*>|'[A-Za-z_]\w*')/.exec(rest)?.[0];
      if (plain !== undefined) return [plain.length, '(?:'];
      return /^\([?*]/.test(rest) ? undefined : [1, '(?:'];
    }
    case ')':
    case '|':
      return [1, rest.charAt(0)];
    case '[':
      return openingOf(rest);
    case '*':
    case '+':
    case '?':
    case '{':
      return quantifier(rest);
    default:
      return [1, literal(rest.charAt(0))];
  }
}

/** The very start, the very end, and the end or the newline before it. */
const edges: Readonly<Record<string, Piece>> = { A: [2, '^'], z: [2, '$'], Z: [2, '(?=\\n?$)'] };

/** `[`, `[^`; a bracket as the first of the class is a literal in PCRE, and seldom meant. */
function openingOf(rest: string): Piece {
  const [text] = /^\[\^?/.exec(rest)!;
  return rest[text.length] === ']' ? undefined : [text.length, text];
}

/** Lazy ones find the same; possessive ones do not. */
function quantifier(rest: string): Piece {
  const text = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(rest)?.[0];
  if (text === undefined) return rest.startsWith('{,') ? undefined : [1, '\\{'];
  const mark = rest[text.length];
  if (mark === '+') return undefined;
  return mark === '?' ? [text.length + 1, `${text}?`] : [text.length, text];
}

function classPiece(rest: string): Piece {
  switch (rest.charAt(0)) {
    case '\\':
      return escape(rest, true);
    case ']':
      return [1, ']'];
    case '[':
      return /^\[[:.=]/.test(rest) ? named(rest) : [1, '\\['];
    case '^':
      return [1, '\\^'];
    default:
      return [1, rest.startsWith('-') ? '-' : literal(rest.charAt(0))];
  }
}

/** Of `[:alpha:]` and its like what stands in the class for it, in the C locale. */
function named(rest: string): Piece {
  const [text = '', name = ''] = /^\[:([a-z]+):\]/.exec(rest) ?? [];
  const members = Object.hasOwn(classes, name) ? classes[name] : undefined;
  return members === undefined ? undefined : [text.length, members];
}

const classes: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e',
  space: spaces,
  upper: 'A-Z',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
};

function escape(rest: string, inClass: boolean): Piece {
  const hex = /^\\x([0-9a-fA-F]{2})/.exec(rest);
  if (hex !== null) return [4, `\\x${hex[1]!}`];
  const letter = rest[1];
  if (letter === undefined) return undefined;
  if (/[dDwWtnrf]/.test(letter)) return [2, `\\${letter}`];
  if (letter === 's') return [2, inClass ? spaces : `[${spaces}]`];
  if (letter === 'S') return inClass ? undefined : [2, `[^${spaces}]`];
  return /[A-Za-z0-9]/.test(letter) ? undefined : [2, literal(letter)];
}

const literal = (char: string): string => (/[\\^$.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char);
