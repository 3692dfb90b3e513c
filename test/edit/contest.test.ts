/**
 * Prover and tracer on edited networks, which hold what no answer of AWS's shows: hosts at any address, things that are
 * down. What the prover finds is replayed by itself (it throws if the tracer disagrees); what it denies is attacked here.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits } from '../../src/edit/index.ts';
import type { EditKind } from '../../src/edit/edit.ts';
import { madeEdit } from '../../src/edit/written.ts';
import { openVerifier } from '../../src/explain/index.ts';
import { ruleReader } from '../../src/sources/index.ts';
import { replay } from '../../src/trace/index.ts';
import { contest } from '../contest/contest.ts';
import { speaksOf } from '../support/meaning.ts';
import { networkOf } from '../support/network.ts';
import { questionJson } from '../support/question-json.ts';
import { chanceFrom } from '../support/random.ts';
import { randomNetwork } from '../support/random-network.ts';
import { questionOf, randomQuestion } from '../support/random-question.ts';
import { reachIn } from '../support/reach.ts';
import { describeSample, drawSamples } from '../support/samples.ts';
import { anyEdit } from './random.ts';

const edited = randomNetwork.chain((spec) => {
  const before = networkOf(spec);
  return fc.array(anyEdit(before), { minLength: 6, maxLength: 12 }).map((edits) => {
    let network = before;
    const done: EditKind[] = [];
    for (const edit of edits) {
      const result = applyEdits(network, [madeEdit(edit, { file: 'edits', place: '1:1' })], ruleReader);
      if (!result.ok) continue;
      ({ network } = result.value);
      done.push(edit.kind);
    }
    return { network, done };
  });
});

test('no packet gets through an edited network where the prover says that none does', async () => {
  const seen = new Map<string, number>();
  const count = (name: string) => seen.set(name, (seen.get(name) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(
      edited,
      fc.array(randomQuestion, { minLength: 3, maxLength: 3 }),
      fc.integer(),
      async ({ network, done }, shapes, seed) => {
        const samples = drawSamples(network, new Map(), 600, chanceFrom(seed));
        for (const shape of shapes) {
          const question = questionOf(network, shape);
          const answer = await openVerifier(network).answer(question, { replay, timeoutMs: 60_000 });
          const reach = reachIn(question, answer);
          const through = samples.filter((sample) => speaksOf(question, sample));
          count(reach);
          const refutations = reach === 'unreachable' ? through.slice(0, 3).map(describeSample) : [];
          expect([questionJson(question), ...refutations]).toHaveLength(1);
        }
        for (const kind of done) count(kind);
      },
    ),
    contest(0.25),
  );
  for (const reach of ['reachable', 'unreachable']) expect(seen.get(reach)).toBeGreaterThan(3);
  for (const kind of ['take-down', 'add-interface', 'set-route']) expect(seen.has(kind)).toBe(true);
});
