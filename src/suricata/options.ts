/** A rule's options as text: `keyword;` or `keyword:value;` between parentheses (semantics 10.70). */
import { type Complain, part, type Piece } from './piece.ts';

export interface RawOption {
  /** In lower case. */
  readonly keyword: string;
  readonly at: Piece;
  /** What stands behind the colon; escapes and quotes are still in it. */
  readonly value?: Piece;
}

/** Where the options begin: at the first parenthesis; the end of the text where there is none. */
export function optionsStart(text: string): number {
  const at = text.indexOf('(');
  return at < 0 ? text.length : at;
}

/** Reads from the opening parenthesis to the end of the rule. */
export function readOptions(piece: Piece, complain: Complain): readonly RawOption[] | undefined {
  const { text } = piece;
  if (text === '') return complain(piece, code, 'The options are missing.', 'A rule ends like `(sid:1;)`.');
  const out: RawOption[] = [];
  let from = 1;
  for (;;) {
    const rest = part(piece, from);
    if (rest.text.startsWith(')')) {
      const after = part(rest, 1);
      if (after.text !== '' && !after.text.startsWith('#'))
        complain(
          after,
          code,
          'A rule ends with the parenthesis that closes its options.',
          'One rule stands on one line.',
        );
      return out;
    }
    const end = endOfOption(text, from);
    if (end === undefined) unclosed(rest, complain);
    if (end === undefined && rest.text === '') return out;
    const option = readOption(end === undefined ? part(rest, 0, lastOf(rest)) : part(piece, from, end), complain);
    if (option !== undefined) out.push(option);
    if (end === undefined) return out;
    from = end + 1;
  }
}

const code = 'suricata-options';

/** Where an option ends that has no semicolon. */
const lastOf = ({ text }: Piece): number => (text.endsWith(')') ? text.length - 1 : text.length);

function unclosed(rest: Piece, complain: Complain): undefined {
  if (rest.text === '') return complain(rest, code, 'The options are not closed.', 'Write `)` at the end of the rule.');
  const closed = rest.text.endsWith(')');
  return complain(
    closed ? { text: ')', column: rest.column + rest.text.length - 1 } : rest,
    code,
    closed
      ? 'The last option does not end in `;`.'
      : 'The options are not closed: this one ends in neither `;` nor `;)`.',
    'Options are written `(keyword; keyword:value; sid:1;)`.',
  );
}

/** The next semicolon without a backslash before it. */
function endOfOption(text: string, from: number): number | undefined {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === ';') return i;
  }
  return undefined;
}

function readOption(at: Piece, complain: Complain): RawOption | undefined {
  const colon = at.text.indexOf(':');
  const name = part(at, 0, colon < 0 ? at.text.length : colon);
  if (name.text === '') return complain(at, code, 'A keyword is missing before this `;`.', 'Is one of them too many?');
  if (!/^[\w.-]+$/.test(name.text)) {
    const quoted = at.text.includes('"');
    return complain(
      name,
      code,
      `\`${name.text}\` is no keyword.`,
      quoted ? 'A `;` inside quotes is written `\\;`.' : undefined,
    );
  }
  const keyword = name.text.toLowerCase();
  return colon < 0 ? { keyword, at: name } : { keyword, at: name, value: part(at, colon + 1) };
}

/** The text between quotes, its escapes undone; as it stands where it is not quoted. */
export function unquoted({ value }: RawOption): string | undefined {
  if (value === undefined) return undefined;
  const { text } = value;
  const inner = text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
  return inner.replaceAll(/\\([;"\\])/g, '$1');
}
