/** A `forbid` that excuses names: TCP counts by what a client can send, anything else by single packets (`interfaces.md`, Modes). */
import type { Question } from '../policy/question.ts';
import type { Answer } from '../result/answer.ts';

type Decided = Omit<Answer, 'timeMs'>;

/** The questions that such a one is, each with a mode of the network's own; any other is itself. */
export function partsOf({ onPayload, ...question }: Question): readonly Question[] {
  if (onPayload === undefined) return [question];
  return [
    { ...question, mode: 'client-data', carrier: 'tcp' },
    { ...question, mode: 'packet', carrier: 'other' },
  ];
}

/** It holds if each part does; a part that no packet matches has no say, unless none has. */
export function together(parts: readonly Decided[]): Decided {
  const spoken = parts.filter(({ vacuous }) => !vacuous);
  const [first, ...others] = spoken.length === 0 ? parts.slice(0, 1) : spoken;
  const worst = [first!, ...others].reduce((a, b) => (rank(b) > rank(a) ? b : a));
  const all = [first!, ...others];
  return {
    ...worst,
    decidedBy: all.some(({ decidedBy }) => decidedBy === 'z3') ? 'z3' : 'pruning',
    facts: all
      .flatMap(({ facts }) => facts)
      .filter((one, i, facts) => facts.findIndex(({ fact }) => fact === one.fact) === i),
    notes: [...new Set(all.flatMap(({ notes }) => notes))],
  };
}

const rank = ({ verdict }: Decided): number => ['holds', 'undecided', 'violated'].indexOf(verdict);
