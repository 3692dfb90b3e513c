/**
 * Prover and tracer on flows that cross a load balancer, on random networks: what is found the prover replays itself,
 * and what is denied is attacked here.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import { sameAddress } from '../../src/net/address.ts';
import { transportOf } from '../../src/network/balancing.ts';
import { isUnread } from '../../src/network/resource.ts';
import type { Network } from '../../src/network/network.ts';
import type { Place, Question } from '../../src/policy/question.ts';
import { replay } from '../../src/trace/index.ts';
import { speaksOf } from '../support/meaning.ts';
import { networkOf } from '../support/network.ts';
import { questionJson } from '../support/question-json.ts';
import { type Chance, chanceFrom, draw, pick } from '../support/random.ts';
import { balancedNetwork } from '../support/random-network.ts';
import { reachIn } from '../support/reach.ts';
import { type Sample, describeSample, drawSamples, sample } from '../support/samples.ts';
import { sentOnward } from '../support/sent-onward.ts';
import { contest } from './contest.ts';

const packets = 900;

const shape = fc.record({
  kind: fc.constantFrom('ask' as const, 'forbid' as const),
  from: fc.nat({ max: 63 }),
  to: fc.nat({ max: 63 }),
  mode: fc.constantFrom('packet' as const, 'connection' as const),
});

const places = (...members: readonly Place[]) => ({ text: '', members, any: false, silent: [] });

function questionOf(
  network: Network,
  { kind, from, to, mode }: typeof shape extends fc.Arbitrary<infer T> ? T : never,
) {
  const hosts = [...network.interfaces.values()].filter(({ role }) => role === 'host' || role === 'lambda');
  const sources: readonly Place[] = [
    { kind: 'internet' },
    ...hosts.map(({ id }): Place => ({ kind: 'interface', id })),
  ];
  const targets = [...network.targetGroups.values()].flatMap((group) => (isUnread(group.targets) ? [] : group.targets));
  const behind = hosts.filter(({ id, addresses }) =>
    targets.some(
      (one) =>
        (one.kind === 'interface' && one.id === id) ||
        (one.kind === 'address' && addresses.some(({ address }) => sameAddress(address, one.address))),
    ),
  );
  const front = [...network.loadBalancers.values()].find(({ name }) => name === 'front');
  return {
    kind,
    from: places(pick(sources, from)),
    to: places({ kind: 'interface', id: pick(to % 2 === 0 && behind.length > 0 ? behind : hosts, to).id }),
    traffic: [],
    families: ['ipv4', 'ipv6'],
    mode,
    via: [{ text: 'front', ids: new Set([front!.id]) }],
    avoid: [],
    viaBoth: [],
    except: [],
    every: 'one',
    sides: new Map(),
  } satisfies Question;
}

/** The flow addressed to a node of `front`, at a port that it listens on. */
function aimed(network: Network, one: Sample, chance: Chance): Sample {
  const { packet, origin } = one.request;
  const front = [...network.loadBalancers.values()].find(({ name }) => name === 'front')!;
  const held = front.interfaces.flatMap((id) => network.interfaces.get(id)?.addresses ?? []);
  const addresses = held
    .map(({ address, publicIp }) => (origin.kind === 'internet' && publicIp !== undefined ? publicIp : address))
    .filter(({ family }) => family === packet.src.family);
  const listener = draw(chance, isUnread(front.listeners) ? [] : front.listeners);
  const dst = draw(chance, addresses);
  if (listener === undefined || dst === undefined) return one;
  const protocol = chance.one(transportOf(listener));
  const { tcpFlags: _, ...plain } = packet;
  const ports = { srcPort: 40000, dstPort: listener.from };
  return sample({ ...one.request, packet: { ...plain, dst, protocol, ...ports, icmpType: 0, icmpCode: 0 } });
}

test('no packet gets through a load balancer where the prover says that none does', async () => {
  const met = new Map<string, number>();
  const count = (what: string): void => void met.set(what, (met.get(what) ?? 0) + 1);
  const drawn = fc.tuple(balancedNetwork, fc.array(shape, { minLength: 4, maxLength: 4 }), fc.integer());
  await fc.assert(
    fc.asyncProperty(drawn, async ([spec, shapes, seed]) => {
      const network = networkOf(spec);
      const chance = chanceFrom(seed);
      const samples = drawSamples(network, new Map(), packets, chance).map((one, i) =>
        i % 2 === 0 ? one : sentOnward(aimed(network, one, chance), chance),
      );
      for (const one of shapes) {
        const question = questionOf(network, one);
        const answer = await openVerifier(network).answer(question, { replay, timeoutMs: 15_000 });
        const reach = reachIn(question, answer);
        const through = samples.filter((sent) => speaksOf(question, sent));
        count(reach);
        if (through.length > 0) count(`${reach} and sampled`);
        for (const { hops, return: back = [] } of answer.flows)
          for (const { kind, action } of [...hops, ...back]) count(`${action} ${kind}`);
        const refutations = reach === 'unreachable' ? through.slice(0, 3).map(describeSample) : [];
        expect([questionJson(question), ...refutations]).toHaveLength(1);
      }
    }),
    contest(1),
  );
  const wanted = [
    'reachable and sampled',
    'unreachable',
    'undecided',
    'translate target-group',
    'translate load-balancer',
  ];
  expect(wanted.filter((what) => !met.has(what))).toEqual([]);
  // Half of what is drawn is aimed at the balancer; firewalls stop more of it, since it carries any payload.
  expect(met.get('reachable and sampled')! / met.get('reachable')!).toBeGreaterThan(0.25);
});
