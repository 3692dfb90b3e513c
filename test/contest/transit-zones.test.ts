/** Prover and tracer on flows between zones, by a VPC that inspects them (semantics 7.11 to 7.25, 10.6). */
import { expect, test } from 'vitest';
import { abilities } from '../../src/network/interface.ts';
import type { Network } from '../../src/network/network.ts';
import type { Place } from '../../src/policy/question.ts';
import { unknownsOf } from '../support/choices.ts';
import { transitZones } from '../support/random-transit-zones.ts';
import { type Chance, draw } from '../support/random.ts';
import { type Sample, sample } from '../support/samples.ts';
import { servedSamples, unknownsMet } from '../support/service-choices.ts';
import { attack, missing } from './attack.ts';

const packets = 300;

const hosts = ({ interfaces }: Network): readonly Place[] =>
  [...interfaces.values()]
    .filter(({ role }) => role === 'host' && abilities[role].starts)
    .map(({ id }) => ({ kind: 'interface', id }));

/** For another VPC's host, over TCP or UDP. */
function aimed({ interfaces }: Network, one: Sample, chance: Chance): Sample {
  const { origin, packet } = one.request;
  const vpc = origin.kind === 'interface' ? interfaces.get(origin.id)?.vpc : undefined;
  const dst = draw(
    chance,
    [...interfaces.values()].flatMap((nic) =>
      nic.vpc !== vpc && nic.role === 'host' ? nic.addresses.map(({ address }) => address) : [],
    ),
  );
  if (vpc === undefined || dst?.family !== packet.src.family || chance.in100(20)) return one;
  const { tcpFlags: _, ...plain } = packet;
  const [protocol, dstPort] = chance.in100(70) ? [6, 443] : [17, 53];
  const asked = { ...plain, dst, protocol, srcPort: 40_000, dstPort, icmpType: 0, icmpCode: 0, fragment: false };
  return sample({ ...one.request, packet: asked });
}

const ways = ['vpce-fw1', 'vpce-fw2', 'tgw-attach-n', 'tgw-attach-o'];

test('no packet gets through the zones of an inspecting VPC where the prover says that none does', async () => {
  const met = await attack({
    networks: transitZones,
    from: hosts,
    to: hosts,
    by: ({ endpoints, transitGatewayAttachments }) =>
      ways.filter((id) => endpoints.has(id) || transitGatewayAttachments.has(id)),
    samples: (network, declared, chance) =>
      servedSamples(network, declared, packets, chance).map((one) => aimed(network, one, chance)),
    unknowns: (network, chance) => [...unknownsOf(network), ...unknownsMet(network, chance)],
    share: 0.5,
  });
  const answers = ['reachable by', 'reachable by and sampled', 'unreachable by', 'undecided by'];
  expect(missing(met, answers)).toEqual([]);
});
