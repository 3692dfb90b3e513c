/** One question in the words of `ask`'s options, on a network in few words. */
import { type AskDocument, type AskRequest, ask } from '../../src/index.ts';
import { networkOf } from '../support/network.ts';
import type { Spec } from '../support/spec.ts';

export async function asked(spec: Spec, request: AskRequest): Promise<AskDocument> {
  const answer = await ask(networkOf(spec), request);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  return answer.value;
}

/** What blocks, as `KIND RESOURCE`, the reply's marked. */
export const blocksIn = ({ blockedBy = [] }: AskDocument): readonly string[] =>
  blockedBy.map(({ kind, resource, direction }) => `${direction === 'return' ? 'reply: ' : ''}${kind} ${resource}`);
