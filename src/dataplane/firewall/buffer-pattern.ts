/** What a rule looks for in a buffer, as a pattern of byte strings (semantics 10.79). */
import { type Pattern, pcre } from '../../logic/language/index.ts';
import { type Regex, anchor, literal, sequence, span } from '../../logic/language/regex.ts';
import type { Match, Option, Rule } from '../../suricata/index.ts';

export type Looking = Extract<Option, { kind: 'buffer' }>;

/** Everything that rules ask of a buffer. */
export const patternsOf = (rules: readonly Rule[], buffer: Looking['buffer']): readonly Pattern[] =>
  rules.flatMap(({ options }) =>
    options.flatMap((option) =>
      option.kind === 'buffer' && option.buffer === buffer
        ? questionsOf(option).flatMap(({ pattern }) => pattern ?? [])
        : [],
    ),
  );

type Content = Extract<Match, { readonly kind: 'content' }>;

export interface Question {
  /** Undefined: that is no regular language of ours. */
  readonly pattern: Pattern | undefined;
  /** The pattern is not to be found. */
  readonly negated: boolean;
}

/** What the option asks of its buffer; contents that are placed by the one before make one question with it. */
export function questionsOf(of: Looking): readonly Question[] {
  const out: Question[] = [];
  // Lengths say nothing of places.
  const placed = of.matches.filter(({ kind }) => kind !== 'bsize');
  for (let i = 0; i < placed.length; i++) {
    const first = placed[i]!;
    const negated = 'negated' in first && first.negated;
    // Where nothing was found before, a place is one from the start.
    const fromStart = placed.slice(0, i).every((one) => 'negated' in one && one.negated);
    const rest = first.kind === 'content' && !negated ? followers(placed.slice(i + 1)) : [];
    i += rest.length;
    const pattern =
      first.kind === 'content' && (rest.length > 0 || (isRelative(first) && fromStart))
        ? inTurn(of, [first, ...rest])
        : patternOf(of, first);
    out.push({ pattern: isRelativeMatch(first) && !fromStart ? undefined : pattern, negated });
  }
  for (const match of of.matches)
    if (match.kind === 'bsize') out.push({ pattern: patternOf(of, match), negated: false });
  return out;
}

function followers(of: readonly Match[]): readonly Content[] {
  const end = of.findIndex((one) => one.kind !== 'content' || one.negated || !isRelative(one));
  return of.slice(0, end === -1 ? of.length : end) as readonly Content[];
}

const isRelative = ({ distance, within }: Content): boolean => distance !== undefined || within !== undefined;

const isRelativeMatch = (match: Match): boolean => match.kind === 'content' && isRelative(match);

/** One behind the other, each so far behind the end of the one before. */
function inTurn({ buffer, dotprefix: dotted }: Looking, contents: readonly Content[]): Pattern | undefined {
  const folded = buffer === 'http.host';
  const parts: Regex[] = [];
  for (const [i, one] of contents.entries()) {
    const { bytes, nocase, startswith, endswith, depth, offset, distance = 0, within } = one;
    if (folded && !nocase && /[A-Z]/.test(bytes)) return { kind: 'length', from: 1, to: 0, dotted };
    if (i === 0 && !isRelative(one)) {
      if (depth !== undefined || offset !== undefined) return undefined;
      if (startswith) parts.push(anchor('start'));
    } else {
      if (startswith || depth !== undefined || offset !== undefined || distance < 0) return undefined;
      const most = within === undefined ? undefined : distance + within - bytes.length;
      if (most !== undefined && most < distance) return { kind: 'length', from: 1, to: 0, dotted };
      if (i === 0) parts.push(anchor('start'));
      parts.push(span(distance, most));
    }
    parts.push(literal(bytes, folded || nocase));
    if (endswith) parts.push(anchor('end'));
  }
  return { kind: 'regex', of: sequence(parts), dotted };
}

/** What the match looks for, not minding whether it is negated; undefined where that is no regular language of ours. */
function patternOf({ buffer, dotprefix: dotted }: Looking, match: Match): Pattern | undefined {
  // A host is in lower case already (semantics 10.78), so case tells nothing, but that capitals are never found.
  const folded = buffer === 'http.host';
  switch (match.kind) {
    case 'content': {
      const { bytes, startswith, endswith, depth, offset, distance, within } = match;
      if (distance !== undefined || within !== undefined) return undefined;
      if (folded && !match.nocase && /[A-Z]/.test(bytes)) return { kind: 'length', from: 1, to: 0, dotted };
      const nocase = folded || match.nocase;
      if (depth === undefined && offset === undefined) {
        const at = startswith ? (endswith ? 'whole' : 'start') : endswith ? 'end' : 'anywhere';
        return { kind: 'literal', bytes, nocase, at, dotted };
      }
      if (startswith) return undefined;
      return {
        kind: 'window',
        bytes,
        nocase,
        offset: offset ?? 0,
        ...(depth === undefined ? {} : { depth }),
        end: endswith,
        dotted,
      };
    }
    case 'pcre': {
      const { pattern, flags } = match;
      // What is switched on in the midst of it, and rare ways to write a byte, are left to be unknown to both tellings.
      if (seldom.test(pattern.replace(/^\(\?[imsx]+\)/, ''))) return undefined;
      if (folded && !flags.includes('i') && /(?<!\\)[A-Z]/.test(pattern)) return undefined;
      const of = pcre(pattern, folded && !flags.includes('i') ? `${flags}i` : flags);
      return of && { kind: 'regex', of, dotted };
    }
    case 'bsize':
      return { kind: 'length', from: match.from, to: match.to, dotted };
    case 'unknown':
      return undefined;
  }
}

const seldom = /\(\?(?!:|P?<[A-Za-z_]|'[A-Za-z_])|\[\^?\]|\\(?:[N0aehvHV]|x(?![0-9A-Fa-f]{2}))|\[:\^|\[[^\]]*\\S/;
