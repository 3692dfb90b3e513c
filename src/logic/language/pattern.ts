/** What can be asked of a byte string, and what each question comes to: ends and whole strings, or a regular expression. */
import { hasLetter } from './bytes.ts';
import { anchor, literal, type Regex, regexKey, sequence, span } from './regex.ts';

/** `dotted`: the pattern is asked of a dot and the string after it (semantics 10.79, `dotprefix`). */
export type Pattern =
  /** The bytes stand in the string: anywhere, at its start, at its end, or are all of it. */
  | {
      readonly kind: 'literal';
      readonly bytes: string;
      readonly nocase: boolean;
      readonly at: 'anywhere' | 'start' | 'end' | 'whole';
      readonly dotted: boolean;
    }
  /** The bytes stand within the `depth` bytes from `offset` on; with `end`, at the end of the string too. */
  | {
      readonly kind: 'window';
      readonly bytes: string;
      readonly nocase: boolean;
      readonly offset: number;
      /** Absent: to the end of the string. */
      readonly depth?: number;
      readonly end: boolean;
      readonly dotted: boolean;
    }
  /** So many bytes, both ends included; `to` may be `Infinity`. */
  | { readonly kind: 'length'; readonly from: number; readonly to: number; readonly dotted: boolean }
  /** The regular expression is found somewhere, as its anchors say. */
  | { readonly kind: 'regex'; readonly of: Regex; readonly dotted: boolean };

/** Equal for patterns that are written alike. */
export function patternKey(pattern: Pattern): string {
  const dot = pattern.dotted ? '.' : '';
  switch (pattern.kind) {
    case 'literal':
      return `literal${dot} ${pattern.at} ${pattern.nocase} ${pattern.bytes}`;
    case 'window': {
      const { offset, depth, end, nocase, bytes } = pattern;
      return `window${dot} ${offset} ${depth ?? ''} ${end} ${nocase} ${bytes}`;
    }
    case 'length':
      return `length${dot} ${pattern.from} ${pattern.to}`;
    case 'regex':
      return `regex${dot} ${regexKey(pattern.of)}`;
  }
}

/** Bytes at the end of a string, or the whole of one. */
export interface Ending {
  readonly bytes: string;
  readonly whole: boolean;
  readonly nocase: boolean;
}

/** A pattern holds where one of its endings does, or where its regular expression is found. */
export type Meaning =
  | { readonly kind: 'endings'; readonly of: readonly Ending[] }
  | { readonly kind: 'search'; readonly of: Regex; readonly dotted: boolean };

export function meaningOf(pattern: Pattern): Meaning {
  const { dotted } = pattern;
  switch (pattern.kind) {
    case 'literal': {
      const { bytes, at } = pattern;
      const nocase = pattern.nocase || !hasLetter(bytes);
      if (at === 'end' || at === 'whole')
        return { kind: 'endings', of: endings(bytes, nocase, at === 'whole', dotted) };
      const found = literal(bytes, nocase);
      return { kind: 'search', of: at === 'start' ? sequence([anchor('start'), found]) : found, dotted };
    }
    case 'window': {
      const { bytes, nocase, offset, depth, end } = pattern;
      const slack = depth === undefined ? undefined : depth - bytes.length;
      if (slack !== undefined && slack < 0) return { kind: 'endings', of: [] };
      const parts = [anchor('start'), span(offset, slack === undefined ? undefined : offset + slack)];
      parts.push(literal(bytes, nocase));
      if (end) parts.push(anchor('end'));
      return { kind: 'search', of: sequence(parts), dotted };
    }
    case 'length': {
      const from = Math.max(0, pattern.from);
      if (pattern.to < from) return { kind: 'endings', of: [] };
      const body = span(from, pattern.to === Infinity ? undefined : pattern.to);
      return { kind: 'search', of: sequence([anchor('start'), body, anchor('end')]), dotted };
    }
    case 'regex':
      return { kind: 'search', of: pattern.of, dotted };
  }
}

/** A string with a dot before it ends in `.x` where the string does, or where it is `x`. */
function endings(bytes: string, nocase: boolean, whole: boolean, dotted: boolean): Ending[] {
  if (!dotted) return [{ bytes, whole, nocase }];
  const all: Ending[] = whole ? [] : [{ bytes, whole, nocase }];
  if (bytes.startsWith('.')) all.push({ bytes: bytes.slice(1), whole: true, nocase });
  return all;
}
