/** Prover and tracer on flows that cross two peered transit gateways. */
import { expect, test } from 'vitest';
import { abilities } from '../../src/network/interface.ts';
import type { Network } from '../../src/network/network.ts';
import type { Place } from '../../src/policy/question.ts';
import { aimed } from '../support/aimed-sample.ts';
import { unknownsOf } from '../support/choices.ts';
import { peeredTransit } from '../support/random-transit-peering.ts';
import { servedSamples, unknownsMet } from '../support/service-choices.ts';
import { attack, missing } from './attack.ts';

const packets = 400;

const hosts = ({ interfaces }: Network): readonly Place[] =>
  [...interfaces.values()]
    .filter(({ role }) => role === 'host' && abilities[role].starts)
    .map(({ id }) => ({ kind: 'interface', id }));

test('no packet crosses peered transit gateways where the prover says that none does', async () => {
  const met = await attack({
    networks: peeredTransit,
    from: (network) => [...hosts(network), ...hosts(network), { kind: 'onprem' }],
    to: (network) => [...hosts(network), ...hosts(network), { kind: 'onprem' }],
    by: () => ['tgw-attach-p'],
    samples: (network, declared, chance) =>
      servedSamples(network, declared, packets, chance).map((one) => aimed(network, one, chance)),
    unknowns: (network, chance) => [...unknownsOf(network), ...unknownsMet(network, chance)],
    share: 0.5,
  });
  const answers = ['reachable by', 'reachable by and sampled', 'unreachable by', 'undecided by'];
  expect(missing(met, answers)).toEqual([]);
});
