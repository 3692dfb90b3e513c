/** From a network in few words to the checked network, by way of the documents that the AWS CLI would print. */
import type { Network } from '../../src/network/network.ts';
import { networkFromDocuments } from '../../src/sources/index.ts';
import { documents, type Document } from './aws.ts';
import type { Spec } from './spec.ts';

/** The network as the describe source reads it; fails with every problem found. */
export const networkOf = (spec: Spec): Network => networkOfDocuments(documents(spec));

/** The same of documents, whoever's they are. */
export function networkOfDocuments(all: readonly Document[]): Network {
  const result = networkFromDocuments(all);
  if (!result.ok)
    throw new Error(
      `the network is not read:\n${result.problems.map((problem) => JSON.stringify(problem)).join('\n')}`,
    );
  return result.value;
}
