/** Whether a regular expression of a rule finds itself in a text, as far as it is a regular one (semantics 10.79). */
import { type Truth, truthOf } from './truth.ts';

/** `flags` as in Suricata, such as `i`. Lookaround, back references, `\b` and the like are not modelled. */
export function finds(pattern: string, flags: string, text: string): Truth {
  if (/[^ism]/.test(flags)) return 'unknown';
  // Which letters beyond ASCII are alike in both cases hangs on the locale.
  if (flags.includes('i') && !(isAscii(pattern) && isAscii(text))) return 'unknown';
  const translated = translate(pattern, flags);
  if (translated === undefined) return 'unknown';
  try {
    return truthOf(new RegExp(translated, flags.includes('i') ? 'i' : '').test(text));
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
  switch (rest.charAt(0)) {
    case '\\':
      return escape(rest, false);
    case '.':
      return [1, flags.includes('s') ? '[^]' : '[^\\n]'];
    case '^':
      return [1, flags.includes('m') ? '(?<![^\\n])' : '^'];
    case '$':
      // Without `m` the end is also before a newline that ends the text.
      return [1, flags.includes('m') ? '(?![^\\n])' : '(?=\\n?$)'];
    case '(':
      if (rest.startsWith('(?:')) return [3, '(?:'];
      return /^\([?*]/.test(rest) ? undefined : [1, '(?:'];
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
      return /^\[[:.=]/.test(rest) ? undefined : [1, '\\['];
    case '^':
      return [1, '\\^'];
    default:
      return [1, rest.startsWith('-') ? '-' : literal(rest.charAt(0))];
  }
}

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
