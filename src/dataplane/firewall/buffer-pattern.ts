/** What a rule looks for in a buffer, as a pattern of byte strings (semantics 10.79). */
import { type Pattern, pcre } from '../../logic/language/index.ts';
import type { Match, Option, Rule } from '../../suricata/index.ts';

export type Looking = Extract<Option, { kind: 'buffer' }>;

/** Everything that rules ask of a buffer. */
export const patternsOf = (rules: readonly Rule[], buffer: Looking['buffer']): readonly Pattern[] =>
  rules.flatMap(({ options }) =>
    options.flatMap((option) =>
      option.kind === 'buffer' && option.buffer === buffer
        ? option.matches.flatMap((match) => patternOf(option, match) ?? [])
        : [],
    ),
  );

/** What the match looks for, not minding whether it is negated; undefined where that is no regular language of ours. */
export function patternOf({ buffer, dotprefix: dotted }: Looking, match: Match): Pattern | undefined {
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
