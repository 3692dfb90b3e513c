/** What the policies of the endpoints on a way add to the answer: a condition of its own, which packets do not meet (semantics 9.10, 9.21). */
import { endpointOf } from '../dataplane/index.ts';
import { admitsEverything } from '../network/endpoint-policy.ts';
import type { Network } from '../network/network.ts';
import type { Choices, Delivery } from '../network/replay.ts';

/** Where a packet got to, and what it went through by choice. */
interface Gone {
  readonly delivery: Delivery;
  readonly choices: Choices;
}

export function endpointPolicyNote(network: Network, gone: readonly Gone[]): readonly string[] {
  const crossed = new Set(gone.flatMap((one) => endpointsOf(network, one)));
  const asking = [...crossed].filter((id) => !admitsEverything(network.endpoints.get(id)?.policy)).sort();
  if (asking.length === 0) return [];
  const [whose, verb] =
    asking.length === 1 ? ['The endpoint policy of', 'decides'] : ['The endpoint policies of', 'decide'];
  const ids = asking.map((id) => `\`${id}\``).join(', ');
  return [
    `${whose} ${ids} also ${verb} which requests pass; packets are not stopped by ${asking.length === 1 ? 'it' : 'them'}.`,
  ];
}

function endpointsOf(network: Network, { delivery, choices }: Gone): readonly string[] {
  const through = [...choices.emits.keys()].filter((id) => network.endpoints.has(id));
  if (delivery.kind === 'service') return [delivery.endpoint, ...through];
  const at = delivery.kind === 'interface' ? endpointOf(network, delivery.id)?.id : undefined;
  return at === undefined ? through : [at, ...through];
}
