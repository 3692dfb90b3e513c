/** Prover and tracer on flows that cross VPC Lattice: services, shared resources, endpoints of both. */
import { expect, test } from 'vitest';
import { type Address, sameAddress } from '../../src/net/address.ts';
import { contains } from '../../src/net/interval.ts';
import { protocols } from '../../src/net/protocol.ts';
import { latticeAddresses } from '../../src/net/special.ts';
import { abilities } from '../../src/network/interface.ts';
import type { Network } from '../../src/network/network.ts';
import type { Sides } from '../../src/network/replay.ts';
import { isUnread } from '../../src/network/resource.ts';
import type { Place } from '../../src/policy/question.ts';
import { type Boundaries, boundariesOf, ofFamily } from '../support/boundaries.ts';
import { latticeEmissions } from '../support/lattice-choices.ts';
import type { Chance } from '../support/random.ts';
import { latticeNetwork } from '../support/random-lattice.ts';
import { type Sample, drawSamples, sample } from '../support/samples.ts';
import { sentOnward } from '../support/sent-onward.ts';
import { attack, missing } from './attack.ts';

const packets = 600;

/** The flow addressed to Lattice, or to an endpoint of it, at a port that something there listens on. */
function aimed(network: Network, boundaries: Boundaries, one: Sample, chance: Chance): Sample {
  const { packet, choices } = one.request;
  const { family } = packet.src;
  const known = ofFamily(family, boundaries.others).filter(({ value }) => contains(latticeAddresses[family], value));
  const endpoints = [...network.endpoints.values()]
    .filter(({ endpointType }) => endpointType === 'Resource' || endpointType === 'ServiceNetwork')
    .flatMap(({ interfaces }) => interfaces.flatMap((id) => network.interfaces.get(id)?.addresses ?? []))
    .map(({ address }) => address);
  const aims = [known, known, ofFamily(family, endpoints)].filter((all) => all.length > 0);
  if (aims.length === 0) return one;
  const dst = chance.one(chance.one(aims));
  const { tcpFlags: _, ...plain } = packet;
  const ports = { srcPort: 40_000, dstPort: chance.one([443, 443, 22]) };
  const asked = { ...plain, ...ports, dst, protocol: protocols.tcp, icmpType: 0, icmpCode: 0, fragment: false };
  const emits = new Map([...choices.emits, ...latticeEmissions(network, boundaries, asked, chance)]);
  return sentOnward(sample({ ...one.request, packet: asked, choices: { ...choices, emits } }), chance);
}

const hosts = ({ interfaces }: Network): readonly Place[] =>
  [...interfaces.values()]
    .filter(({ role }) => abilities[role].starts && role !== 'other-service')
    .map(({ id }) => ({ kind: 'interface', id }));

/** Who has the addresses. */
const holders = ({ interfaces }: Network, addresses: readonly Address[]): readonly Place[] =>
  [...interfaces.values()]
    .filter(
      ({ role, addresses: own }) =>
        abilities[role].receives && addresses.some((each) => own.some(({ address }) => sameAddress(address, each))),
    )
    .map(({ id }) => ({ kind: 'interface', id }));

/** What services lead to. */
const served = (network: Network): readonly Place[] =>
  holders(
    network,
    [...network.targetGroups.values()]
      .filter(({ id }) => id.includes(':vpc-lattice:'))
      .flatMap(({ targets }) => (isUnread(targets) ? [] : targets))
      .flatMap((target) => ('address' in target ? [target.address] : [])),
  );

/** What shared resources are. */
const shared = (network: Network): readonly Place[] =>
  holders(
    network,
    [...network.resourceConfigurations.values()].flatMap(({ resources }) =>
      resources.flatMap(({ address }) => (address === undefined ? [] : [address])),
    ),
  );

const samples = (network: Network, declared: Sides, chance: Chance): readonly Sample[] => {
  const boundaries = boundariesOf(network);
  return drawSamples(network, declared, packets, chance).map((one, i) =>
    i % 4 === 0 ? one : aimed(network, boundaries, one, chance),
  );
};

const answers = ['reachable by', 'unreachable by', 'undecided by', 'reachable by and sampled'];

test('no packet gets through a service of VPC Lattice where the prover says that none does', async () => {
  const met = await attack({
    networks: latticeNetwork,
    from: (network) => [...hosts(network), ...hosts(network), { kind: 'onprem' }],
    to: (network) => [...served(network), ...served(network), ...hosts(network), { kind: 'internet' }],
    by: ({ serviceNetworks, latticeServices }) => [...serviceNetworks.keys(), ...latticeServices.keys()],
    samples,
  });
  expect(missing(met, [...answers, 'forward service-network', 'translate lattice-service'])).toEqual([]);
});

test('no packet gets to a shared resource where the prover says that none does', async () => {
  const met = await attack({
    networks: latticeNetwork.filter(({ interfaceEndpoints }) => interfaceEndpoints.some(({ leads }) => leads)),
    from: hosts,
    to: (network) => [...shared(network), ...shared(network), ...hosts(network)],
    by: () => ['vpce-lattice', 'rgw-a', 'rgw-b'],
    samples,
    share: 1.5,
  });
  const decided = answers.filter((answer) => answer !== 'undecided by');
  expect(missing(met, [...decided, 'forward resource-configuration', 'translate resource-gateway'])).toEqual([]);
});
