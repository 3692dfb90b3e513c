/**
 * The prover and the clauses that take nothing on faith, on random networks and questions: what the prover denies is refuted
 * with a proof that the checker accepts, and what it does not deny is not.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkRefutation } from '../../src/certificate/checker/refutation.ts';
import { type Extent, state } from '../../src/certificate/clauses.ts';
import { refutationOf } from '../../src/certificate/refuting.ts';
import { partsOf } from '../../src/explain/on-payload.ts';
import { exists, openSession, planeFor } from '../../src/verify/index.ts';
import { inspectedNetwork } from '../support/inspected-network.ts';
import { networkOf } from '../support/network.ts';
import { questionJson } from '../support/question-json.ts';
import { randomNetwork } from '../support/random-network.ts';
import { questionOf, randomQuestion } from '../support/random-question.ts';
import { contest } from './contest.ts';

const switches = { pruning: true, grouping: true };
const timeoutMs = 60_000;

const networks = fc.oneof({ weight: 5, arbitrary: randomNetwork }, { weight: 1, arbitrary: inspectedNetwork });
const questions = fc.array(randomQuestion, { minLength: 4, maxLength: 4 });

test('what is refuted with a proof is what the prover denies', async () => {
  const seen = { refuted: 0, solved: 0, flow: 0, looped: 0 };
  await fc.assert(
    fc.asyncProperty(networks, questions, async (spec, shapes) => {
      const network = networkOf(spec);
      for (const shape of shapes)
        for (const question of partsOf(questionOf(network, shape)))
          for (const family of question.families) {
            if (question.kind === 'require') continue;
            const session = openSession(planeFor(network, question, switches), question, family, switches);
            const plain = await exists(session, 'none', { timeoutMs });
            await session.close();
            if (session.product.truncated) continue;
            const extents: Extent[] = [];
            const found = await refutationOf((_, extent) => {
              extents.push(extent);
              return state(planeFor(network, question, switches), question, family, { extent });
            }, timeoutMs);
            const expected = plain.kind === 'none' ? 'refuted' : 'flow';
            expect([questionJson(question), family, found.kind === 'none' ? found.reason : found.kind]).toEqual([
              questionJson(question),
              family,
              expected,
            ]);
            if (found.kind !== 'refuted') {
              seen.flow++;
              continue;
            }
            const reasons: string[] = [];
            const checked = checkRefutation({ obligation: 0, ...found.refutation }, { left: 2 ** 28 }, (why) =>
              reasons.push(why),
            );
            expect(reasons).toEqual([]);
            seen.refuted++;
            // What closes the ways that were not followed is all that it takes.
            expect(extents).toEqual(['lean']);
            if ((checked?.needed ?? 0) > 0) seen.solved++;
            if (found.refutation.loops.length > 0) seen.looped++;
          }
    }),
    contest(0.15),
  );
  expect(seen.refuted).toBeGreaterThan(10);
  expect(seen.solved).toBeGreaterThan(2);
  expect(seen.flow).toBeGreaterThan(10);
}, 900_000);
