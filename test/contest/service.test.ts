/**
 * A service whose public addresses nobody read, on random networks: reached exactly if each address that may be its is,
 * asked one by one at every address at which a verdict can turn.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import { prefixContains, prefixOf } from '../../src/net/prefix.ts';
import { abilities } from '../../src/network/interface.ts';
import type { Network } from '../../src/network/network.ts';
import { isUnread } from '../../src/network/resource.ts';
import { type Place, type Places, type Question, type Traffic, anyWay } from '../../src/policy/question.ts';
import { replay } from '../../src/trace/index.ts';
import { boundariesOf, ofFamily } from '../support/boundaries.ts';
import { unknownsOf } from '../support/choices.ts';
import { networkOf } from '../support/network.ts';
import { pick } from '../support/random.ts';
import { questionJson } from '../support/question-json.ts';
import { randomNetwork } from '../support/random-network.ts';
import { type Reach, reachIn } from '../support/reach.ts';
import { contest } from './contest.ts';

const shape = fc.record({
  kind: fc.constantFrom('ask' as const, 'forbid' as const),
  from: fc.nat({ max: 63 }),
  traffic: fc.nat({ max: 2 }),
  mode: fc.constantFrom('packet' as const, 'connection' as const),
  /** Bits: the side of each unknown in turn. */
  sides: fc.nat(),
});

const traffics: readonly Traffic[] = [
  { protocol: 6, ports: { from: 443, to: 443 } },
  { protocol: 17, ports: { from: 53, to: 53 } },
  { protocol: 6 },
];

/** What sends anything anywhere reaches an address whatever was sent to it: here, nothing does. */
const closed = /^hands-over:|^passes:(?:pcx|tgw|vgw|sn|nat|eni|arn:aws:(?:elasticloadbalancing|sagemaker))/;

const places = (...members: Place[]): Places => ({ text: '', members, any: false, silent: [] });

function questionOf(network: Network, drawn: typeof shape extends fc.Arbitrary<infer T> ? T : never): Question {
  const sources = [...network.interfaces.values()].filter(({ role }) => abilities[role].starts);
  return {
    kind: drawn.kind,
    from: places({ kind: 'interface', id: pick(sources, drawn.from).id }),
    to: places({ kind: 'service', name: 'sts' }),
    traffic: [pick(traffics, drawn.traffic)],
    families: ['ipv4'],
    mode: drawn.mode,
    ...anyWay,
    sides: new Map(unknownsOf(network).map((key, i) => [key, !closed.test(key) && ((drawn.sides >> i) & 1) === 1])),
  };
}

/** Internet addresses at which verdicts turn, those of S3 aside. */
function candidates(network: Network) {
  const named = [...network.prefixLists.values()].flatMap(({ name, entries }) =>
    name?.startsWith('com.amazonaws.') === true && !isUnread(entries) ? entries : [],
  );
  const { outside } = boundariesOf(network);
  return ofFamily('ipv4', outside).filter((address) => !named.some((block) => prefixContains(block, address)));
}

test('a service of unread addresses is reached exactly if every address that may be its is', async () => {
  const met = new Map<Reach, number>();
  const drawn = fc.tuple(randomNetwork, fc.array(shape, { minLength: 2, maxLength: 2 }));
  await fc.assert(
    fc.asyncProperty(drawn, async ([spec, shapes]) => {
      const network = networkOf(spec);
      const verifier = openVerifier(network);
      const reach = async (question: Question): Promise<Reach> =>
        reachIn(question, await verifier.answer(question, { replay, timeoutMs: 60_000 }));
      for (const one of shapes) {
        const question = questionOf(network, one);
        const found = await reach(question);
        met.set(found, (met.get(found) ?? 0) + 1);
        const reaches = new Set<Reach>();
        for (const address of candidates(network)) {
          const traffic = question.traffic.map((each) => ({ ...each, dst: prefixOf(address) }));
          reaches.add(await reach({ ...question, to: places({ kind: 'internet' }), traffic }));
          if (reaches.size > 1) break;
        }
        const expected = reaches.size > 1 ? 'undecided' : [...reaches][0];
        expect([questionJson(question), found]).toEqual([questionJson(question), expected]);
      }
    }),
    contest(0.5),
  );
  const total = [...met.values()].reduce((a, b) => a + b, 0);
  for (const reach of ['reachable', 'unreachable', 'undecided'] as const)
    expect((met.get(reach) ?? 0) / total).toBeGreaterThan(0.02);
});
