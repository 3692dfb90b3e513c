/** Prover and tracer on ways in and out that are no route tables': carrier gateways, Client VPN, AWS services, names. */
import { expect, test } from 'vitest';
import { abilities } from '../../src/network/interface.ts';
import { clientVpnsOf } from '../../src/network/line.ts';
import type { Network } from '../../src/network/network.ts';
import type { Place } from '../../src/policy/question.ts';
import { unknownsOf } from '../support/choices.ts';
import { carrierNetwork, clientVpnNetwork, namesNetwork, servicesNetwork } from '../support/random-edges.ts';
import type { Chance } from '../support/random.ts';
import { clientSamples, servedSamples, unknownsMet } from '../support/service-choices.ts';
import { attack, missing } from './attack.ts';

const packets = 700;

const hosts = ({ interfaces }: Network): readonly Place[] =>
  [...interfaces.values()]
    .filter(({ role }) => role === 'host' && abilities[role].starts)
    .map(({ id }) => ({ kind: 'interface', id }));

const internet: Place = { kind: 'internet' };
const onprem: Place = { kind: 'onprem' };

const unknowns = (network: Network, chance: Chance): readonly string[] => [
  ...unknownsOf(network),
  ...unknownsMet(network, chance),
];

test('no packet gets through a carrier gateway where the prover says that none does', async () => {
  const met = await attack({
    networks: carrierNetwork,
    from: (network) => [...hosts(network), internet],
    to: (network) => [...hosts(network), internet, internet],
    by: ({ carrierGateways }) => [...carrierGateways.keys()],
    samples: (network, declared, chance) => servedSamples(network, declared, packets, chance),
    unknowns,
  });
  const answers = ['reachable by', 'unreachable by', 'reachable by and sampled'];
  expect(missing(met, [...answers, 'translate carrier-gateway'])).toEqual([]);
});

test('no packet of a VPN client gets in where the prover says that none does, over either family', async () => {
  const met = await attack({
    networks: clientVpnNetwork,
    from: (network) => [internet, onprem, internet, ...hosts(network)],
    to: (network) => [...hosts(network), internet],
    by: (network) => clientVpnsOf(network),
    samples: (network, declared, chance) => clientSamples(network, declared, packets, chance),
  });
  const answers = ['reachable by', 'unreachable by', 'reachable by and sampled'];
  expect(missing(met, [...answers, 'translate client-vpn-endpoint'])).toEqual([]);
});

test('no packet gets in by an interface of a service where the prover says that none does', async () => {
  const met = await attack({
    networks: servicesNetwork,
    from: (network) => [...hosts(network), internet, internet, onprem],
    to: (network) => [...hosts(network), internet],
    by: ({ interfaces }) => [...interfaces.keys()].filter((id) => id.startsWith('eni-svc')),
    samples: (network, declared, chance) => servedSamples(network, declared, packets, chance),
    unknowns,
  });
  const answers = ['reachable by', 'unreachable by', 'undecided by', 'reachable by and sampled'];
  expect(missing(met, answers)).toEqual([]);
});

test('no name leaves where the prover says that none does', async () => {
  const met = await attack({
    networks: namesNetwork,
    from: (network) => [...hosts(network), ...hosts(network), internet],
    to: () => [{ kind: 'dns' }],
    by: ({ interfaces }) => [...interfaces.keys()].filter((id) => id === 'eni-in'),
    samples: (network, declared, chance) => servedSamples(network, declared, packets, chance),
    unknowns,
  });
  const answers = ['reachable', 'unreachable', 'undecided', 'reachable and sampled'];
  expect(missing(met, answers)).toEqual([]);
});
