/**
 * Prover and tracer on random networks and questions. What the prover finds is replayed by itself (it throws if the
 * tracer disagrees); what it denies is attacked here with packets; what it leaves open must really be so.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import { parseAssumption } from '../../src/network/assumption.ts';
import type { Network } from '../../src/network/network.ts';
import type { Question } from '../../src/policy/question.ts';
import type { Answer } from '../../src/result/answer.ts';
import { replay } from '../../src/trace/index.ts';
import { speaksOf } from '../support/meaning.ts';
import { networkOf } from '../support/network.ts';
import { questionJson } from '../support/question-json.ts';
import { chanceFrom } from '../support/random.ts';
import { inspectedNetwork } from '../support/inspected-network.ts';
import { randomNetwork } from '../support/random-network.ts';
import { questionOf, randomQuestion } from '../support/random-question.ts';
import { reachIn } from '../support/reach.ts';
import { describeSample, drawSamples } from '../support/samples.ts';
import { contest } from './contest.ts';

const packets = 1200;

const questions = (count: number) => fc.array(randomQuestion, { minLength: count, maxLength: count });

/** Some of them all behind a firewall. */
const networks = fc.oneof({ weight: 5, arbitrary: randomNetwork }, { weight: 1, arbitrary: inspectedNetwork });

const ask = (
  network: Network,
  question: Question,
  switches: { pruning?: boolean; grouping?: boolean; states?: number } = {},
  timeoutMs = 60_000,
): Promise<Answer> => openVerifier(network, switches).answer(question, { replay, timeoutMs });

/** Counts by name, and their shares of the whole. */
function createTally() {
  const counts = new Map<string, number>();
  let total = 0;
  return {
    add(...names: readonly string[]): void {
      total++;
      for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    share: (name: string): number => (counts.get(name) ?? 0) / total,
    missing: (names: readonly string[]): readonly string[] => names.filter((name) => !counts.has(name)),
  };
}

test('no packet gets through where the prover says that none does, and what it leaves open is open', async () => {
  const tally = createTally();
  await fc.assert(
    fc.asyncProperty(fc.tuple(networks, questions(4), fc.integer()), async ([spec, shapes, seed]) => {
      const network = networkOf(spec);
      const samples = drawSamples(network, new Map(), packets, chanceFrom(seed));
      for (const shape of shapes) {
        const question = questionOf(network, shape);
        const answer = await ask(network, question);
        const reach = reachIn(question, answer);
        const through = samples.filter((sample) => speaksOf(question, sample));
        tally.add(
          `${question.kind} ${reach}`,
          ...(through.length > 0 ? [`${reach} and sampled`] : []),
          ...(network.firewallPolicies.size > 0 ? [`ruled ${reach}`] : []),
          ...(question.onPayload === undefined ? [] : [`on payload ${reach}`]),
          ...answer.flows.flatMap(({ hops }) => hops.map(({ action, kind }) => `${action} ${kind}`)),
        );
        const refutations = reach === 'unreachable' ? through.slice(0, 3).map(describeSample) : [];
        expect([questionJson(question), ...refutations]).toHaveLength(1);
        // Nothing is named where paths were not followed to their end.
        if (reach === 'undecided' && answer.assumptions.length > 0)
          expect(await settlementFaults(network, question, answer)).toEqual([]);
      }
    }),
    contest(1),
  );
  for (const kind of ['ask', 'forbid']) {
    expect(tally.share(`${kind} reachable`)).toBeGreaterThan(0.04);
    expect(tally.share(`${kind} unreachable`)).toBeGreaterThan(0.1);
  }
  expect(tally.share('forbid undecided')).toBeGreaterThan(0.005);
  // What can be reached is found by sampling in most cases, so that the attack has teeth.
  expect(tally.share('reachable and sampled')).toBeGreaterThan(0.08);
  const crossed = ['translate internet-gateway', 'translate nat-gateway', 'forward route-table', 'allow network-acl'];
  expect(tally.missing(crossed)).toEqual([]);
  const ruled = ['ruled', 'on payload'].flatMap((which) => [`${which} reachable`, `${which} unreachable`]);
  expect(tally.missing([...ruled, 'inspect firewall-endpoint'])).toEqual([]);
});

/** What is named must settle the question; the opposite of a single side must not settle it the same way. */
async function settlementFaults(network: Network, question: Question, answer: Answer): Promise<readonly string[]> {
  const named = answer.assumptions.map((text) => parseAssumption(text)!);
  const answerWith = (flip: boolean): Promise<Answer> => {
    const sides = named.map(({ key, side }) => [key, side !== flip] as const);
    return ask(network, { ...question, sides: new Map([...question.sides, ...sides]) });
  };
  const settled = await answerWith(false);
  const words = `${answer.assumptions.join(', ')} for ${questionJson(question)}`;
  if (settled.verdict === 'undecided') return isUnfollowed(settled) ? [] : [`nothing is settled by ${words}`];
  if (named.length !== 1) return [];
  const { verdict } = await answerWith(true);
  return verdict === settled.verdict ? [`either side gives ${verdict}: ${words}`] : [];
}

/** Nothing is named where paths were not followed to their end, or no packet matches. */
const isUnfollowed = ({ assumptions }: Answer): boolean => assumptions.length === 0;

/** How many an unpruned question may have, so that all of them are looked at in seconds. */
const states = 12_000;

const isGivenUp = ({ reason }: Answer): boolean =>
  /not followed to their end|the time given ran out/.test(reason ?? '');

test('shortcuts change no answer: pruned or not, grouped or not', async () => {
  const tally = createTally();
  await fc.assert(
    fc.asyncProperty(fc.tuple(networks, questions(3)), async ([spec, shapes]) => {
      const network = networkOf(spec);
      for (const [i, shape] of shapes.entries()) {
        const drawn = questionOf(network, shape);
        const question: Question = i === 0 ? { ...drawn, kind: 'require', except: [], avoid: [], via: [] } : drawn;
        const first = await ask(network, question, {}, 8_000);
        if (isGivenUp(first)) continue;
        const reach = reachIn(question, first);
        const long = [{ pruning: false }, { grouping: false }, { pruning: false, grouping: false }];
        const others: string[] = [];
        for (const switches of long) {
          const other = await ask(network, question, { ...switches, states }, 8_000);
          // Unpruned there may be too many states, or too little time, of which nothing is proved.
          if (!isGivenUp(other)) others.push(reachIn(question, other));
        }
        tally.add(reach, ...(others.length === long.length ? ['all compared'] : []));
        expect([questionJson(question), ...others]).toEqual([questionJson(question), ...others.map(() => reach)]);
      }
    }),
    contest(0.2),
  );
  expect(tally.share('reachable')).toBeGreaterThan(0.1);
  expect(tally.share('unreachable')).toBeGreaterThan(0.1);
  expect(tally.share('all compared')).toBeGreaterThan(0.8);
});
