/** A product in which sides are settled has the flows of the whole under those sides; and what a proof needs, it needs. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { closerOf, createPlane } from '../../src/dataplane/index.ts';
import { partsOf } from '../../src/explain/on-payload.ts';
import type { Network } from '../../src/network/network.ts';
import type { Question } from '../../src/policy/question.ts';
import { restsOn } from '../../src/verify/index.ts';
import { type Session, openSession, planeOptionsFor } from '../../src/verify/session.ts';
import { unknownsOf } from '../../src/verify/settled.ts';
import { walked } from '../../src/verify/walk.ts';
import { networkOf } from '../support/network.ts';
import { questionJson } from '../support/question-json.ts';
import { chanceFrom } from '../support/random.ts';
import { randomNetwork } from '../support/random-network.ts';
import { questionOf, randomQuestion } from '../support/random-question.ts';
import { contest } from './contest.ts';

const switches = { pruning: true, grouping: true };
const timeoutMs = 60_000;

/** With everything that closes ways held open by unknowns; none where there are too many paths. */
function sessionsOf(network: Network, question: Question): readonly Session[] {
  const plane = createPlane(network, { ...planeOptionsFor(network, question, switches), opening: 'all' });
  const sessions = question.families.map((family) =>
    openSession(plane, question, family, { ...switches, states: 2000 }),
  );
  return sessions.some(({ product }) => product.truncated !== undefined) ? [] : sessions;
}

const closersIn = ({ product }: Session): readonly string[] =>
  [...unknownsOf(product).all].filter((key) => closerOf(key) !== undefined).sort();

const closed = (keys: readonly string[]): ReadonlyMap<string, boolean> => new Map(keys.map((key) => [key, false]));

test('the same flows, whole or settled, found by walking or by the solver', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(randomNetwork, randomQuestion, fc.integer(), async (spec, shape, seed) => {
      const network = networkOf(spec);
      const question = questionOf(network, { ...shape, kind: 'forbid', via: null });
      const chance = chanceFrom(seed);
      for (const session of sessionsOf(network, question)) {
        for (const share of [20, 40, 60, 80]) {
          const keys = closersIn(session);
          const sides = new Map(keys.map((key) => [key, !chance.in100(share)]));
          const whole = await session.find({ side: 'may', declared: sides, timeoutMs });
          const under = session.settled(sides);
          const found = await under.find({ side: 'may', timeoutMs });
          const easy = walked(under.product, (key) => sides.get(key) ?? true);
          await under.close();
          seen.add(under.open ? found.kind : 'nothing left');
          if (easy !== undefined) seen.add('walked');
          const told = [whole.kind, easy === undefined ? found.kind : 'found'];
          if (told.some((kind) => kind !== found.kind)) expect([questionJson(question), ...sides, ...told]).toEqual([]);
        }
        await session.close();
      }
    }),
    contest(0.25),
  );
  expect(['found', 'nothing left', 'walked'].filter((kind) => !seen.has(kind))).toEqual([]);
}, 600_000);

test('without any part of what a proof rests on there is a flow', async () => {
  let tried = 0;
  await fc.assert(
    fc.asyncProperty(randomNetwork, fc.array(randomQuestion, { minLength: 4, maxLength: 4 }), async (spec, shapes) => {
      const network = networkOf(spec);
      for (const shape of shapes) {
        const question = questionOf(network, { ...shape, kind: 'forbid', via: null, traffic: null });
        if (partsOf(question).length > 1) continue;
        const rests = await restsOn(network, [question], switches, timeoutMs);
        if (rests.kind === 'untold' || !rests.least || rests.opening !== 'all' || rests.on.length === 0) continue;
        const sessions = sessionsOf(network, question);
        const keyed = new Map(sessions.flatMap(closersIn).map((key) => [JSON.stringify(closerOf(key)), key]));
        const keys = rests.on.flatMap(({ on }) => keyed.get(JSON.stringify(on)) ?? []);
        const flows = async (kept: readonly string[]): Promise<boolean> => {
          for (const session of sessions)
            if ((await session.find({ side: 'may', declared: closed(kept), timeoutMs })).kind === 'found') return true;
          return false;
        };
        if (await flows(keys)) expect([questionJson(question), ...keys]).toEqual('closed by these');
        for (const key of keys) {
          tried++;
          if (!(await flows(keys.filter((one) => one !== key))))
            expect([questionJson(question), ...keys, key]).toEqual('needed');
        }
        for (const session of sessions) await session.close();
      }
    }),
    contest(0.25),
  );
  expect(tried).toBeGreaterThan(5);
}, 600_000);
