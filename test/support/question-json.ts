/** A question as text, for the message of a failure. */
import type { Question } from '../../src/policy/question.ts';

export const questionJson = (question: Question): string =>
  JSON.stringify(question, (_, value: unknown) => {
    if (typeof value === 'bigint') return `${value}`;
    if (value instanceof Map) return Object.fromEntries(value) as unknown;
    return value instanceof Set ? [...(value as Set<unknown>)] : value;
  });
