/** Whether a buffer's content is what a rule looks for (semantics 10.78, 10.79). */
import type { Match } from '../../suricata/index.ts';
import { finds } from './pcre.ts';
import { type Truth, all, not, truthOf } from './truth.ts';

type Content = Extract<Match, { kind: 'content' }>;

/** All must hold; one that is relative to the match before is tried behind each of that one's places. */
export function holdsAll(text: string, matches: readonly Match[]): Truth {
  return from(text, matches, 0);
}

/** `end`: where the match before ended; undefined where that is not known. */
function from(text: string, matches: readonly Match[], end: number | undefined): Truth {
  const [match, ...rest] = matches;
  if (match === undefined) return 'yes';
  switch (match.kind) {
    case 'bsize':
      return all([truthOf(text.length >= match.from && text.length <= match.to), from(text, rest, end)]);
    case 'pcre': {
      const found = finds(match.pattern, match.flags, text);
      return all([match.negated ? not(found) : found, from(text, rest, match.negated ? end : undefined)]);
    }
    case 'unknown':
      return all(['unknown', from(text, rest, undefined)]);
    case 'content':
      return fromContent(text, match, rest, end);
  }
}

function fromContent(text: string, content: Content, rest: readonly Match[], end: number | undefined): Truth {
  if (isRelative(content) && end === undefined) return all(['unknown', from(text, rest, undefined)]);
  // Behind which of the places before it is not to be found hangs on what else is tried there.
  if (content.negated && isRelative(content) && end !== 0) return all(['unknown', from(text, rest, end)]);
  const ends = endsOf(text, content, end ?? 0);
  if (content.negated) return all([truthOf(ends.length === 0), from(text, rest, end)]);
  let found: Truth = 'no';
  for (const each of ends) {
    const truth = from(text, rest, each);
    if (truth === 'yes') return 'yes';
    if (truth === 'unknown') found = 'unknown';
    // Where the next does not look at this place, no other place of it helps.
    if (!rest.some((next) => next.kind === 'content' && isRelative(next))) break;
  }
  return found;
}

const isRelative = ({ distance, within }: Content): boolean => distance !== undefined || within !== undefined;

/** Where its occurrences end that lie where it may be found, the first one first. */
function endsOf(text: string, content: Content, end: number): readonly number[] {
  const [hay, needle] = content.nocase ? [lower(text), lower(content.bytes)] : [text, content.bytes];
  const offset = content.offset ?? 0;
  let first = offset;
  // The depth counts from the offset; within, from the end of the match before and the distance to it.
  let last = content.depth === undefined ? text.length : offset + content.depth;
  if (isRelative(content)) {
    const start = end + (content.distance ?? 0);
    first = Math.max(first, start);
    if (content.within !== undefined) last = Math.min(last, start + content.within);
  }
  const ends: number[] = [];
  for (let at = Math.max(first, 0); at + needle.length <= Math.min(last, text.length); at++) {
    if (content.startswith && at > 0) break;
    if (content.endswith && at + needle.length < text.length) continue;
    if (hay.startsWith(needle, at)) ends.push(at + needle.length);
  }
  return ends;
}

/** Of ASCII letters alone. */
const lower = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
