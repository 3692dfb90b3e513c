/**
 * Facts that are presumed, and told, where something is shown to be possible; never where it is shown to be impossible:
 * what nobody would do who means well is no ground for a proof that nobody can.
 */
import facts from '../../models/facts.json' with { type: 'json' };
import type { Network } from '../network/network.ts';
import { fact } from '../network/unknown.ts';
import type { Question } from '../policy/question.ts';
import type { Answer, FactUsed } from '../result/answer.ts';
import { declaredIn } from './sides.ts';

type Decided = Omit<Answer, 'timeMs'>;

/** Each with what it takes to matter in a network. */
const presumable: readonly { number: keyof typeof facts; matters: (network: Network) => boolean }[] = [
  {
    number: '7.5-learnt',
    matters: ({ transitGatewayRouteTables }) =>
      [...transitGatewayRouteTables.values()].some(({ learns }) => learns !== undefined),
  },
];

/** The answer, and where it is undecided the one that presumptions give, if that is a flow or that all flows are there. */
export async function presuming(
  network: Network,
  question: Question,
  timeoutMs: number,
  decide: (question: Question, timeoutMs: number) => Promise<Decided>,
): Promise<Decided> {
  const deadline = Date.now() + timeoutMs;
  const plain = await decide(question, timeoutMs);
  const numbers = presumable.flatMap(({ number, matters }) =>
    question.sides.has(fact(number)) || !matters(network) ? [] : [number],
  );
  const left = deadline - Date.now();
  if (plain.verdict !== 'undecided' || plain.vacuous || numbers.length === 0 || left <= 0) return plain;
  const used = numbers.map((number): FactUsed => ({ fact: number, value: 'yes', says: facts[number].says }));
  const answer = await decide(taking(question, used), left);
  if (answer.verdict !== (question.kind === 'forbid' ? 'violated' : 'holds')) return plain;
  return { ...answer, assumptions: declaredIn(question), facts: [...answer.facts, ...used] };
}

/** The question with those of the facts that can be presumed. */
export const taking = (
  question: Question,
  told: readonly { readonly fact?: unknown; readonly value?: unknown }[],
): Question => {
  const taken = presumable.filter(({ number }) => told.some((one) => one.fact === number && one.value === 'yes'));
  return {
    ...question,
    sides: new Map([...taken.map(({ number }) => [fact(number), true] as const), ...question.sides]),
  };
};
