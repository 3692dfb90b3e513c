/**
 * Repairs and alternatives on random networks: what is found keeps its promise when its lines are read and applied, as
 * the prover says without its shortcuts and as packets find that are thrown at it; and none of its edits can be left out.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits, readEditLines } from '../../src/edit/index.ts';
import { openVerifier } from '../../src/explain/index.ts';
import type { Network } from '../../src/network/network.ts';
import type { Question } from '../../src/policy/question.ts';
import { type Ruling, alternatives, createRepairer, createTeller } from '../../src/repair/index.ts';
import type { Answer } from '../../src/result/answer.ts';
import { ruleReader as rules } from '../../src/sources/index.ts';
import { replay } from '../../src/trace/index.ts';
import { contest } from '../contest/contest.ts';
import { speaksOf } from '../support/meaning.ts';
import { networkOf } from '../support/network.ts';
import { questionJson } from '../support/question-json.ts';
import { chanceFrom } from '../support/random.ts';
import { questionOf, randomQuestion } from '../support/random-question.ts';
import { randomNetwork } from '../support/random-network.ts';
import { describeSample, drawSamples } from '../support/samples.ts';
import { without } from './helped.ts';

const answerTo = (network: Network, question: Question, pruning = true): Promise<Answer> =>
  openVerifier(network, { pruning }).answer(question, { replay, timeoutMs: 20_000 });

const holds = ({ verdict, vacuous }: Answer): boolean => verdict === 'holds' && !vacuous;

/** By sets and not by the clock, so that every run is the same. */
const limits = (sets: number) => ({ deadline: Date.now() + 120_000, sets, edits: 3, wanted: 2, slack: 1 });

/** The network that the lines make of it; undefined where they are refused. */
function editedBy(network: Network, lines: readonly string[]): Network | undefined {
  const { edits, problems } = readEditLines(lines);
  expect(problems).toEqual([]);
  const applied = applyEdits(network, edits, rules);
  return applied.ok ? applied.value.network : undefined;
}

/** The first of the promises that the edits do not keep, or that fewer keep. */
async function faultsOf(
  network: Network,
  lines: readonly string[],
  keeps: (on: Network, pruning: boolean) => Promise<boolean>,
): Promise<readonly string[]> {
  const after = editedBy(network, lines);
  if (after === undefined) return [`refused: ${lines.join('; ')}`];
  const faults = (await keeps(after, true)) && (await keeps(after, false)) ? [] : [`not kept: ${lines.join('; ')}`];
  for (const fewer of without(lines)) {
    const on = editedBy(network, fewer);
    if (on !== undefined && (await keeps(on, true))) faults.push(`too much: ${lines.join('; ')}`);
  }
  return faults;
}

const questions = fc.array(randomQuestion, { minLength: 3, maxLength: 3 });

test('what lets a flow through on a random network does so, by all of its edits', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(fc.tuple(randomNetwork, questions), async ([spec, shapes]) => {
      const network = networkOf(spec);
      for (const shape of shapes) {
        const question: Question = { ...questionOf(network, shape), kind: 'ask', except: [] };
        const answer = await answerTo(network, question);
        if (answer.verdict !== 'violated' || answer.vacuous) continue;
        const searched = await alternatives(
          network,
          {
            replay,
            rules,
            understood: (on) => ({ question, network: on }),
            isReachable: async (on) => holds(await answerTo(on, question)),
          },
          limits(80),
        );
        const tell = createTeller(network, rules, undefined);
        for (const set of searched.found) {
          const lines = (await tell(set, [])).edits.map(({ edit }) => edit);
          found++;
          const keeps = async (on: Network, pruning: boolean) => holds(await answerTo(on, question, pruning));
          expect([questionJson(question), ...(await faultsOf(network, lines, keeps))]).toHaveLength(1);
        }
      }
    }),
    contest(0.15),
  );
  expect(found).toBeGreaterThan(3);
}, 600_000);

test('what repairs a random network forbids what it should, and breaks nothing', async () => {
  let repaired = 0;
  await fc.assert(
    fc.asyncProperty(fc.tuple(randomNetwork, questions, fc.integer()), async ([spec, shapes, seed]) => {
      const network = networkOf(spec);
      const asked = shapes.map((shape): Question => ({ ...questionOf(network, shape), kind: 'forbid' }));
      const [first] = asked;
      const all: readonly Question[] = [
        ...asked,
        { ...first!, kind: 'require', except: [], via: [], avoid: [], from: asked[1]!.from, mode: 'packet' },
      ];
      const before: Ruling[] = [];
      for (const question of all) {
        const answer = await answerTo(network, question);
        before.push({ verdict: answer.verdict, decisions: [{ question, answer, network }] });
      }
      const repairer = createRepairer(network, before, {
        replay,
        rules,
        questions: (_, index) => Promise.resolve([all[index]!]),
        async rule(on, index) {
          const question = all[index]!;
          const answer = await answerTo(on, question);
          return { verdict: answer.verdict, decisions: [{ question, answer, network: on }] };
        },
      });
      const tell = createTeller(network, rules, undefined);
      for (const [index, { verdict }] of before.entries()) {
        if (verdict !== 'violated') continue;
        const searched = await repairer.of(index, limits(30));
        for (const set of searched.found) {
          const lines = (await tell(set, [])).edits.map(({ edit }) => edit);
          repaired++;
          const keeps = async (on: Network, pruning: boolean): Promise<boolean> => {
            for (const [i, was] of before.entries()) {
              const now = (await answerTo(on, all[i]!, pruning)).verdict;
              if (i === index ? now !== 'holds' : was.verdict === 'holds' && now !== 'holds') return false;
              if (was.verdict === 'undecided' && now === 'violated') return false;
            }
            return true;
          };
          const faults = await faultsOf(network, lines, keeps);
          const question = all[index]!;
          const samples = drawSamples(editedBy(network, lines)!, new Map(), 200, chanceFrom(seed));
          const through = question.kind === 'forbid' ? samples.filter((sample) => speaksOf(question, sample)) : [];
          const wrong = [...faults, ...through.slice(0, 2).map(describeSample)];
          expect([questionJson(question), ...wrong]).toHaveLength(1);
        }
      }
    }),
    contest(0.15),
  );
  expect(repaired).toBeGreaterThan(3);
}, 600_000);
