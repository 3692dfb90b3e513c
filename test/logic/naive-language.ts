/** What a pattern says, told once more with the engine's own strings and regular expressions. */
import type { Pattern } from '../../src/logic/language/index.ts';

/** The pattern of a regular expression keeps what it was read from. */
interface Source {
  readonly text: string;
  readonly flags: string;
}

const ascii = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

export function found(pattern: Pattern, given: string): boolean {
  const text = pattern.dotted ? `.${given}` : given;
  switch (pattern.kind) {
    case 'length':
      return pattern.from <= text.length && text.length <= pattern.to;
    case 'literal':
    case 'window': {
      const [string, bytes] = pattern.nocase ? [ascii(text), ascii(pattern.bytes)] : [text, pattern.bytes];
      if (pattern.kind === 'literal') {
        if (pattern.at === 'start') return string.startsWith(bytes);
        if (pattern.at === 'end') return string.endsWith(bytes);
        return pattern.at === 'whole' ? string === bytes : string.includes(bytes);
      }
      const last = Math.min(string.length, pattern.offset + (pattern.depth ?? Infinity)) - bytes.length;
      for (let at = pattern.offset; at <= last; at++) {
        if (string.startsWith(bytes, at) && (!pattern.end || at + bytes.length === string.length)) return true;
      }
      return false;
    }
    case 'regex': {
      const { text: source, flags } = pattern as unknown as Source;
      return translated(source, flags).test(text);
    }
  }
}

/** PCRE's anchors, which treat the last newline apart, as assertions; the rest is written alike. */
export function translated(source: string, flags: string): RegExp {
  const multiline = flags.includes('m');
  const end = '(?![^])';
  const lastLineEnd = `(?=\\n?${end})`;
  const text = source.replaceAll(/\\[^]|\[(?:\\[^]|[^\]])+\]|[$^]/g, (part) => {
    if (part === '\\A') return '(?<![^])';
    if (part === '\\z') return end;
    if (part === '\\Z') return lastLineEnd;
    if (part === '^') return multiline ? '(?:(?<![^])|(?<=\\n)(?=[^]))' : '(?<![^])';
    if (part === '$') return multiline ? `(?=\\n|${end})` : lastLineEnd;
    return part;
  });
  return new RegExp(text, flags.replace('m', ''));
}
