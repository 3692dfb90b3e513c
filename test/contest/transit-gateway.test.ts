/** Prover and tracer on flows by transit gateway tables that BGP fills besides what is told of them (semantics 7.5). */
import { expect, test } from 'vitest';
import { abilities } from '../../src/network/interface.ts';
import type { Network } from '../../src/network/network.ts';
import type { Place } from '../../src/policy/question.ts';
import { aimed } from '../support/aimed-sample.ts';
import { learningTransit } from '../support/random-transit-learnt.ts';
import { drawSamples } from '../support/samples.ts';
import { attack, missing } from './attack.ts';

const packets = 400;

const ends = ({ interfaces }: Network): readonly Place[] => {
  const hosts = [...interfaces.values()].filter(({ role }) => role === 'host' && abilities[role].starts);
  const places = hosts.map(({ id }): Place => ({ kind: 'interface', id }));
  return [...places, ...places, { kind: 'onprem' }];
};

test('no packet goes by what a table may have learnt where the prover says that none does', async () => {
  const met = await attack({
    networks: learningTransit,
    from: ends,
    to: ends,
    by: () => ['tgw-1'],
    samples: (network, declared, chance) =>
      drawSamples(network, declared, packets, chance).map((one) => aimed(network, one, chance)),
    share: 0.5,
  });
  const answers = ['reachable by', 'reachable by and sampled', 'unreachable by', 'undecided by'];
  expect(missing(met, answers)).toEqual([]);
});
