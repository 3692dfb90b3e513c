/** What can be reached for certain is never proved unreachable where one of the answers about the network is missing. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import { families } from '../../src/net/address.ts';
import { abilities } from '../../src/network/interface.ts';
import type { Network } from '../../src/network/network.ts';
import { type Place, type Question, anyWay } from '../../src/policy/question.ts';
import { networkFromDocuments } from '../../src/sources/index.ts';
import { replay } from '../../src/trace/index.ts';
import { documents } from '../support/aws.ts';
import { pick } from '../support/random.ts';
import { inspectingNetwork } from '../support/random-appliances.ts';
import { carrierNetwork, clientVpnNetwork, servicesNetwork } from '../support/random-edges.ts';
import { latticeNetwork } from '../support/random-lattice.ts';
import { balancedNetwork, firewalledNetwork, index, randomNetwork } from '../support/random-network.ts';
import { peeredTransit } from '../support/random-transit-peering.ts';
import type { Spec } from '../support/spec.ts';
import { contest } from './contest.ts';

const networks: fc.Arbitrary<Spec> = fc.oneof(
  { weight: 4, arbitrary: randomNetwork },
  balancedNetwork,
  firewalledNetwork,
  inspectingNetwork,
  carrierNetwork,
  clientVpnNetwork,
  servicesNetwork,
  latticeNetwork,
  peeredTransit,
);

/** Without these nothing is taken to be there, and every report says so. */
const takenAsNone =
  /vpc-lattice|networkmanager|sagemaker|route53|encryption|block-public-access|client-vpn|carrier|mirror|exclusions/;

const drawn = fc.record({
  from: index,
  to: index,
  mode: fc.constantFrom('packet' as const, 'connection' as const),
  missing: fc.array(fc.nat({ max: 400 }), { minLength: 5, maxLength: 5 }),
});

const placesIn = ({ interfaces }: Network): readonly Place[] => [
  { kind: 'internet' },
  { kind: 'onprem' },
  ...[...interfaces.values()]
    .filter(({ role }) => abilities[role].starts && role !== 'other-service')
    .flatMap(({ id }): Place[] => [
      { kind: 'interface', id },
      { kind: 'interface', id },
    ]),
];

const questionOf = (network: Network, { from, to, mode }: { from: number; to: number; mode: Question['mode'] }) => {
  const all = placesIn(network);
  const places = (member: Place) => ({ text: '', members: [member], any: false, silent: [] });
  const source = pick(all, from);
  const others = all.filter((one) => JSON.stringify(one) !== JSON.stringify(source));
  if (others.length === 0) return undefined;
  return {
    kind: 'forbid',
    from: places(source),
    to: places(pick(others, to)),
    traffic: [],
    families,
    mode,
    ...anyWay,
    sides: new Map(),
  } satisfies Question;
};

const isThere = ({ interfaces }: Network, { from, to }: Question): boolean =>
  [...from.members, ...to.members].every((one) => one.kind !== 'interface' || interfaces.has(one.id));

const verdictOf = async (network: Network, question: Question): Promise<string> =>
  (await openVerifier(network, { states: 6000 }).answer(question, { replay, timeoutMs: 20_000 })).verdict;

test('what an answer that is missing could have told is never proved away', async () => {
  const met = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(networks, fc.array(drawn, { minLength: 4, maxLength: 4 }), async (spec, shapes) => {
      const all = documents(spec);
      const whole = networkFromDocuments(all);
      if (!whole.ok) throw new Error(JSON.stringify(whole.problems));
      for (const shape of shapes) {
        const question = questionOf(whole.value, shape);
        if (question === undefined || (await verdictOf(whole.value, question)) !== 'violated') continue;
        const named = all.filter(({ file }) => !takenAsNone.test(file));
        for (const { file } of new Set(shape.missing.map((at) => pick(named, at)))) {
          const left = networkFromDocuments(all.filter((one) => one.file !== file));
          if (!left.ok || !isThere(left.value, question)) continue;
          const verdict = await verdictOf(left.value, question);
          met.set(verdict, (met.get(verdict) ?? 0) + 1);
          expect([
            file,
            JSON.stringify([question.from.members, question.to.members, question.mode]),
            verdict,
          ]).not.toEqual([file, expect.anything(), 'holds']);
        }
      }
    }),
    contest(1),
  );
  expect([...met.keys()].toSorted()).toEqual(['undecided', 'violated']);
});
