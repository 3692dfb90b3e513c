/** What is looked for in a buffer: the values of content, pcre and bsize (semantics 10.79). */
import { type Complain, part, type Piece } from './piece.ts';
import type { Match } from './rule.ts';

const code = 'suricata-option';

/** The text of a value that may be negated and must be quoted. */
function quoted(value: Piece, complain: Complain): { readonly negated: boolean; readonly inner: Piece } | undefined {
  const negated = value.text.startsWith('!');
  const text = negated ? part(value, 1) : value;
  if (text.text.length < 2 || !text.text.startsWith('"') || !text.text.endsWith('"'))
    return complain(
      text,
      code,
      `\`${text.text}\` does not stand in quotes.`,
      text.text.startsWith('"') ? 'A `;` inside quotes is written `\\;`.' : 'Write it like `content:"example.com"`.',
    );
  const raw = text.text.slice(1, -1);
  return { negated, inner: { text: raw, column: text.column + 1 } };
}

/** The bytes as characters 0 to 255; those of text are UTF-8, as in the file. */
export function readContent(value: Piece, complain: Complain): { negated: boolean; bytes: string } | undefined {
  const text = quoted(value, complain);
  if (text === undefined) return undefined;
  const { negated, inner } = text;
  let bytes = '';
  let hex: number | undefined;
  for (let i = 0; i < inner.text.length; i++) {
    const character = inner.text[i]!;
    if (character === '|') {
      if (hex !== undefined) {
        const read = hexBytes(inner.text.slice(hex, i));
        if (read === undefined)
          return complain(
            { text: '', column: inner.column + hex },
            code,
            `\`|${inner.text.slice(hex, i)}|\` is no sequence of bytes.`,
            'Write two hexadecimal digits for each byte, like `|0d 0a|`.',
          );
        bytes += read;
      }
      hex = hex === undefined ? i + 1 : undefined;
    } else if (hex === undefined) {
      const escaped = character === '\\';
      if (escaped) i++;
      const next = inner.text[i] ?? '';
      if (escaped && !';\\":'.includes(next))
        return complain(
          { text: '', column: inner.column + i - 1 },
          code,
          `\`\\${next}\` is no escape.`,
          'A backslash stands before `;`, `"`, `:` and `\\`; other bytes are written like `|5c|`.',
        );
      if (!escaped && next === '"')
        return complain(
          { text: '', column: inner.column + i },
          code,
          'A quotation mark inside quotes is written `\\"`.',
        );
      const whole = String.fromCodePoint(inner.text.codePointAt(i) ?? 0);
      bytes += utf8(whole);
      i += whole.length - 1;
    }
  }
  if (hex !== undefined)
    return complain(
      { text: '', column: inner.column + hex - 1 },
      code,
      'The bytes that `|` begins are not closed by `|`.',
    );
  if (bytes === '') return complain(value, code, 'The content is empty.');
  return { negated, bytes };
}

function hexBytes(text: string): string | undefined {
  const digits = text.replaceAll(/\s/g, '');
  if (!/^(?:[0-9a-f]{2})+$/i.test(digits)) return undefined;
  return digits.replaceAll(/../g, (two) => String.fromCharCode(Number.parseInt(two, 16)));
}

const encoder = new TextEncoder();

const utf8 = (character: string): string =>
  character < '\x80' ? character : String.fromCharCode(...encoder.encode(character));

export function readPcre(value: Piece, complain: Complain): (Match & { kind: 'pcre' }) | undefined {
  const text = quoted(value, complain);
  if (text === undefined) return undefined;
  const [, slashed, flags] = /^\/(.*)\/(\w*)$/s.exec(text.inner.text) ?? [];
  if (slashed === undefined || flags === undefined)
    return complain(text.inner, code, `\`${text.inner.text}\` is no pattern.`, 'Write it like `pcre:"/pattern/i"`.');
  return { kind: 'pcre', negated: text.negated, pattern: slashed, flags };
}

/** A number or a range of them, both ends included; `a<>b` and `a-b` leave out both. Undefined for other forms. */
export function readNumbers(text: string, most: number): { readonly from: number; readonly to: number } | undefined {
  const [, relation, number] = /^(<=|>=|<|>|=)?\s*(\d+)$/.exec(text) ?? [];
  if (number !== undefined) {
    const n = Number(number);
    if (relation === '<') return { from: 0, to: n - 1 };
    if (relation === '<=') return { from: 0, to: n };
    if (relation === '>') return { from: n + 1, to: most };
    return { from: n, to: relation === '>=' ? most : n };
  }
  const [, low, high] = /^(\d+)\s*(?:<>|-)\s*(\d+)$/.exec(text) ?? [];
  return low === undefined ? undefined : { from: Number(low) + 1, to: Number(high) - 1 };
}
