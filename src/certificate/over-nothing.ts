/** What a question comes to of which one side has no member, so that there is nothing to refute or to show. */
import type { Question } from '../policy/question.ts';

/** Undecided where nobody looked for members, and, but for a requirement with none to arrive at, where it may not be empty. */
export function verdictOverNothing(
  { kind, from, to }: Question,
  allowEmpty: boolean,
): 'holds' | 'violated' | 'undecided' {
  const missing = from.members.length === 0 ? from : to;
  if (missing.leftOut === true) return 'undecided';
  if (kind === 'require' && missing === to) return 'violated';
  return allowEmpty ? 'holds' : 'undecided';
}

export const nothingSpokenOf = 'the property speaks of nothing, and does not say that it may';
