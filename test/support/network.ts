/** From a network in few words to the checked network, by way of the documents that the AWS CLI would print. */
import type { Network } from '../../src/network/network.ts';
import { networkFromDocuments } from '../../src/sources/index.ts';
import { documents } from './aws.ts';
import type { Spec } from './spec.ts';

/** The network as the describe source reads it; fails with every problem found. */
export function networkOf(spec: Spec): Network {
  const result = networkFromDocuments(documents(spec));
  if (!result.ok)
    throw new Error(
      `the network is not read:\n${result.problems.map((problem) => JSON.stringify(problem)).join('\n')}`,
    );
  return result.value;
}
