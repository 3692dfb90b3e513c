/**
 * Prover and tracer on random networks that hold one construct: what is found the prover replays itself, and what is
 * denied is attacked by packets aimed at the construct.
 */
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import type { Network } from '../../src/network/network.ts';
import type { Sides } from '../../src/network/replay.ts';
import { replay } from '../../src/trace/index.ts';
import { type Aim, aimedQuestion, questionAt } from '../support/aimed-question.ts';
import { drawSides, unknownsOf } from '../support/choices.ts';
import { speaksOf } from '../support/meaning.ts';
import type { Document } from '../support/aws.ts';
import { networkOf, networkOfDocuments } from '../support/network.ts';
import { questionJson } from '../support/question-json.ts';
import { type Chance, chanceFrom } from '../support/random.ts';
import { reachIn } from '../support/reach.ts';
import { type Sample, describeSample } from '../support/samples.ts';
import type { Spec } from '../support/spec.ts';
import { contest } from './contest.ts';

export interface Attack extends Aim {
  /** Of what several accounts' answers tell, as these. */
  readonly networks: fc.Arbitrary<Spec> | fc.Arbitrary<readonly Document[]>;
  /** Packets that agree with the sides declared. */
  readonly samples: (network: Network, declared: Sides, chance: Chance) => readonly Sample[];
  /** Those that a side may be declared of; `unknownsOf` unless given. */
  readonly unknowns?: (network: Network, chance: Chance) => readonly string[];
  /** Of the contest's runs. */
  readonly share?: number;
}

/** How often each answer came, whether the flow went by the construct as asked, and what was crossed. */
export type Met = ReadonlyMap<string, number>;

const each = 4;

/** How many a question may have, so that it is answered in seconds. */
const states = 6_000;

export async function attack({ networks, samples, unknowns = unknownsOf, share = 1, ...aim }: Attack): Promise<Met> {
  const met = new Map<string, number>();
  const count = (what: string): void => void met.set(what, (met.get(what) ?? 0) + 1);
  const drawn = fc.tuple(
    networks as fc.Arbitrary<Spec | readonly Document[]>,
    fc.array(aimedQuestion, { minLength: each, maxLength: each }),
    fc.integer(),
  );
  await fc.assert(
    fc.asyncProperty(drawn, async ([spec, shapes, seed]) => {
      const network = 'vpcs' in spec ? networkOf(spec) : networkOfDocuments(spec);
      const chance = chanceFrom(seed);
      const sides = declared(unknowns(network, chance), chance);
      const sent = samples(network, sides, chance);
      for (const one of shapes) {
        const question = questionAt(network, aim, one, sides);
        const answer = await openVerifier(network, { states }).answer(question, { replay, timeoutMs: 20_000 });
        const reach = reachIn(question, answer);
        const through = sent.filter((sample) => speaksOf(question, sample));
        const asked = question.via.length > 0 ? ' by' : '';
        count(`${reach}${asked}`);
        if (through.length > 0) count(`${reach}${asked} and sampled`);
        for (const { hops, return: back = [] } of answer.flows)
          for (const { kind, action } of [...hops, ...back]) count(`${action} ${kind}`);
        const refutations = reach === 'unreachable' ? through.slice(0, 3).map(describeSample) : [];
        expect([questionJson(question), ...refutations]).toHaveLength(1);
      }
    }),
    contest(share),
  );
  return met;
}

/** Of half of the networks the side of everything, so that each question has an answer; of others that of little. */
function declared(keys: readonly string[], chance: Chance): Sides {
  const all = [...drawSides(keys, new Map(), chance)];
  return new Map(chance.in100(50) ? all : all.filter(() => chance.in100(10)));
}

/** Of what was to be met, what was not. */
export const missing = (met: Met, wanted: readonly string[]): readonly string[] =>
  wanted.filter((what) => !met.has(what));
