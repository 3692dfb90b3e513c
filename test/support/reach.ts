/** A verdict in the words that every kind of question shares. */
import type { Question } from '../../src/policy/question.ts';
import type { Answer } from '../../src/result/answer.ts';

export type Reach = 'reachable' | 'unreachable' | 'undecided';

/** A question that no packet can match is undecided by contract; no packet gets through all the same. */
export function reachIn({ kind }: Pick<Question, 'kind'>, { verdict, vacuous }: Answer): Reach {
  if (vacuous) return 'unreachable';
  if (verdict === 'undecided') return 'undecided';
  return (verdict === 'holds') === (kind !== 'forbid') ? 'reachable' : 'unreachable';
}
