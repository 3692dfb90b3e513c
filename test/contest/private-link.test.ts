/** Prover and tracer on flows by an endpoint, to what another account or Region provides behind it (semantics sections 9 and 12). */
import { expect, test } from 'vitest';
import { abilities } from '../../src/network/interface.ts';
import type { Network } from '../../src/network/network.ts';
import { serviceBehind } from '../../src/network/private-link.ts';
import type { Place } from '../../src/policy/question.ts';
import { unknownsOf } from '../support/choices.ts';
import { type Chance, draw } from '../support/random.ts';
import { privateLinkPair } from '../support/random-private-link.ts';
import { type Sample, redrawn, sample } from '../support/samples.ts';
import { servedSamples, unknownsMet } from '../support/service-choices.ts';
import { attack, missing } from './attack.ts';

const packets = 300;
const again = 120;

const hostsIn = ({ interfaces }: Network, vpc: string): readonly Place[] =>
  [...interfaces.values()]
    .filter((nic) => nic.vpc === vpc && nic.role === 'host' && abilities[nic.role].starts)
    .map(({ id }) => ({ kind: 'interface', id }));

/** Most are a consumer's host's, for the endpoint, at a port that something listens on. */
function aimed(network: Network, one: Sample, chance: Chance): Sample {
  const { packet } = one.request;
  const inA = [...network.interfaces.values()].filter(({ vpc }) => vpc === 'vpc-a');
  const asker = draw(
    chance,
    inA.filter(({ role }) => role === 'host'),
  );
  const dst = draw(
    chance,
    inA.flatMap(({ role, addresses }) =>
      role === 'interface-endpoint' ? addresses.map(({ address }) => address) : [],
    ),
  );
  const src = asker?.addresses.find(({ address }) => address.family === dst?.family)?.address;
  if (asker === undefined || dst === undefined || src === undefined || chance.in100(25)) return one;
  const { tcpFlags: _, ...plain } = packet;
  const [protocol, dstPort] = chance.one([
    [6, 443],
    [6, 443],
    [6, 8080],
    [17, 53],
    [6, 53],
  ] as const);
  const asked = {
    ...plain,
    src,
    dst,
    protocol,
    srcPort: 40_000,
    dstPort,
    icmpType: 0,
    icmpCode: 0,
    fragment: chance.in100(5),
  };
  return sample({ ...one.request, origin: { kind: 'interface', id: asker.id }, packet: asked });
}

test('no packet gets by an endpoint to another account or Region where the prover says that none does', async () => {
  const kinds = { abroad: 0, apart: 0, shared: 0 };
  const met = await attack({
    networks: privateLinkPair,
    from: (network) => [...hostsIn(network, 'vpc-a'), ...hostsIn(network, 'vpc-a'), { kind: 'onprem' }],
    to: (network) => [
      ...hostsIn(network, 'vpc-p'),
      ...hostsIn(network, 'vpc-p'),
      ...hostsIn(network, 'vpc-a'),
      { kind: 'internet' },
    ],
    by: (network) => [...network.endpoints.keys()].filter((id) => id === 'vpce-pl'),
    samples: (network, declared, chance) => {
      const service = serviceBehind(network, 'vpce-pl');
      if (service?.region === 'eu-west-1') kinds.abroad++;
      else if (service !== undefined && service.account !== network.endpoints.get('vpce-pl')?.account) kinds.apart++;
      else if (network.resourceConfigurations.size > 0) kinds.shared++;
      const all = servedSamples(network, declared, packets, chance).map((one) => aimed(network, one, chance));
      const more = redrawn(
        all,
        [...network.endpoints.get('vpce-pl')!.interfaces, 'vpce-svc-1'],
        { declared, count: again },
        chance,
      );
      return [...all, ...more];
    },
    unknowns: (network, chance) => [...unknownsOf(network), ...unknownsMet(network, chance)],
    share: 0.7,
  });
  const answers = ['reachable by', 'unreachable by', 'undecided by', 'reachable by and sampled'];
  expect(missing(met, answers)).toEqual([]);
  for (const [kind, count] of Object.entries(kinds)) expect([kind, count > 0]).toEqual([kind, true]);
});
