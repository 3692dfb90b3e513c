/**
 * Prover and tracer on flows that cross the same balancers, NAT gateways and guests again and again: what is found the
 * prover replays itself, and what is denied is attacked by packets to which whatever they come to does something else each
 * time.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import type { Network } from '../../src/network/network.ts';
import { type ReplayRequest, turnKey } from '../../src/network/replay.ts';
import type { Place, Question } from '../../src/policy/question.ts';
import { replay } from '../../src/trace/index.ts';
import { speaksOf } from '../support/meaning.ts';
import { nestedNetwork, nodes, ports } from '../support/nested-network.ts';
import { networkOf } from '../support/network.ts';
import { questionJson } from '../support/question-json.ts';
import { type Chance, chanceFrom, pick } from '../support/random.ts';
import { reachIn } from '../support/reach.ts';
import { type Sample, describeSample, sample } from '../support/samples.ts';
import { sentOnward } from '../support/sent-onward.ts';
import { contest } from './contest.ts';

const packets = 150;

const shape = fc.record({
  kind: fc.constantFrom('ask' as const, 'forbid' as const),
  mode: fc.constantFrom('packet' as const, 'connection' as const),
  by: fc.nat({ max: 63 }),
});

const sides = new Map([['forwards:eni-g,nat', true]]);

const at = (id: string) => {
  const member: Place = { kind: 'interface', id };
  return { text: '', members: [member], any: false, silent: [] };
};

function questionOf(network: Network, { kind, mode, by }: typeof shape extends fc.Arbitrary<infer T> ? T : never) {
  const ways = [
    undefined,
    undefined,
    ...network.loadBalancers.keys(),
    network.natGateways.has('nat-n') ? 'nat-n' : 'eni-g',
  ];
  const way = pick(ways, by);
  return {
    kind,
    from: at('eni-i2'),
    to: at('eni-i1'),
    traffic: [],
    families: ['ipv4'],
    mode,
    via: way === undefined ? [] : [{ text: way, ids: new Set([way]) }],
    avoid: [],
    viaBoth: [],
    except: [],
    every: 'one',
    sides,
  } satisfies Question;
}

/** One flow from I2, sent on by every balancer that it comes to, to any of its targets. */
function drawn(network: Network, chance: Chance): Sample {
  const ipv4 = (text: string) => ({
    family: 'ipv4' as const,
    value: text.split('.').reduce((value, part) => value * 256n + BigInt(part), 0n),
  });
  const nat = ['nat-n', 'eni-g'].flatMap((id) =>
    [1, 2, 3, 4, 5].map((turn) => [turnKey(id, turn), { address: ipv4('10.0.7.5'), port: chance.one(ports) }] as const),
  );
  const request: ReplayRequest = {
    network,
    origin: { kind: 'interface', id: 'eni-i2' },
    packet: {
      src: ipv4('10.0.2.10'),
      dst: ipv4(chance.in100(95) ? chance.one(nodes) : '10.0.1.10'),
      protocol: 6,
      srcPort: chance.one(ports),
      dstPort: chance.one([80, 81]),
      icmpType: 0,
      icmpCode: 0,
      fragment: false,
    },
    mode: 'connection',
    choices: { nat: new Map(nat), emits: new Map() },
    sides,
    pastDenials: false,
  };
  return sentOnward(sample(request), chance, ports);
}

/** How often the thing that is crossed most is crossed. */
function most(hops: readonly { action: string; resource: string; detail: string }[]): number {
  const times = new Map<string, number>();
  for (const { action, resource, detail } of hops)
    if (action === 'translate' || detail.startsWith('load balancer '))
      times.set(resource, (times.get(resource) ?? 0) + 1);
  return Math.max(0, ...times.values());
}

test('no packet gets through again and again where the prover says that none does', async () => {
  const met = new Map<string, number>();
  const count = (what: string): void => void met.set(what, (met.get(what) ?? 0) + 1);
  const asked = fc.tuple(nestedNetwork, fc.array(shape, { minLength: 3, maxLength: 3 }), fc.integer());
  await fc.assert(
    fc.asyncProperty(asked, async ([spec, shapes, seed]) => {
      const network = networkOf(spec);
      const chance = chanceFrom(seed);
      const samples = Array.from({ length: packets }, () => drawn(network, chance));
      for (const one of shapes) {
        const question = questionOf(network, one);
        const answer = await openVerifier(network).answer(question, { replay, timeoutMs: 60_000 });
        const reach = reachIn(question, answer);
        const through = samples.filter((each) => speaksOf(question, each));
        count(reach);
        const times = most(answer.flows[0]?.hops ?? []);
        if (reach === 'reachable') count(`reachable by ${Math.min(times, 3)}`);
        if (through.length > 0) count(`${reach} and sampled`);
        if (reach === 'reachable' && times > 1 && through.length > 0) count(`again and sampled`);
        const refutations = reach === 'unreachable' ? through.slice(0, 3).map(describeSample) : [];
        expect([questionJson(question), ...refutations]).toHaveLength(1);
      }
    }),
    contest(1),
  );
  const wanted = ['unreachable', 'reachable by 1', 'reachable by 2', 'again and sampled'];
  expect(wanted.filter((what) => !met.has(what))).toEqual([]);
  // Nearly all that gets through is found by chance as well, so that the attack has teeth.
  expect(met.get('reachable and sampled')! / met.get('reachable')!).toBeGreaterThan(0.75);
});
