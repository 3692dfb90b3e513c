/**
 * Repairs of a property that is violated: the smallest sets of edits by which it holds, as proved on the edited network,
 * and by which no other property of the policy is worse off than before, each decided there anew.
 */
import { invariant } from '../base/invariant.ts';
import type { Network } from '../network/network.ts';
import type { Verdict } from '../result/answer.ts';
import { type Candidate, costOf, keyOf } from './candidate.ts';
import type { PolicyCourt, Ruling } from './court.ts';
import { createLessons } from './learnt.ts';
import { type Judged, type Limits, type Searched, search } from './search.ts';
import { createBench } from './trial.ts';

export interface Repairer {
  /** Repairs of the property of that place in the policy. */
  of(index: number, limits: Limits): Promise<Repaired>;
}

export interface Repaired extends Searched {
  /** Of each repair found, the properties that did not hold and do with it, the one asked for among them. */
  readonly mends: readonly (readonly number[])[];
}

const ranks: Readonly<Record<Verdict, number>> = { violated: 0, undecided: 1, holds: 2 };

/** `before`: the verdicts on the network as it is. */
export function createRepairer(network: Network, before: readonly Ruling[], court: PolicyCourt): Repairer {
  const bench = createBench(network, court.rules);
  const rulings = new Map<string, Map<number, Ruling>>();
  const lessons = createLessons(court);
  const worked: (readonly Candidate[])[] = [];
  /** Those that were broken last are asked first. */
  let order = before.map((_, i) => i);

  async function ruling(set: readonly Candidate[], on: Network, index: number): Promise<Ruling | undefined> {
    if (set.length === 0) return before[index];
    const key = keyOf(set);
    const known = rulings.get(key) ?? new Map<number, Ruling>();
    rulings.set(key, known);
    const found = known.get(index);
    if (found !== undefined) return found;
    const ruled = await court.rule(on, index);
    if (ruled !== undefined) known.set(index, ruled);
    return ruled;
  }

  async function judge(set: readonly Candidate[], target: number): Promise<Judged> {
    const trial = bench.on(set);
    if (trial === undefined) return hopeless;
    const turns = [target, ...order.filter((one) => one !== target)];
    const wantedOf = (index: number): Verdict | undefined => (index === target ? 'holds' : before[index]?.verdict);
    for (const index of turns) {
      // Of what need not hold, a packet that gets through tells nothing.
      const recalled = wantedOf(index) === 'holds' ? await lessons.recall(trial.network, index) : undefined;
      if (recalled !== undefined) return { kind: 'open', branches: recalled };
    }
    for (const index of turns) {
      const wanted = wantedOf(index);
      const now = await ruling(set, trial.network, index);
      if (now === undefined) return hopeless;
      invariant(wanted !== undefined, 'every property was decided before');
      if (ranks[now.verdict] >= ranks[wanted]) continue;
      order = [index, ...order.filter((one) => one !== index)];
      const branches = lessons.learn(trial.network, index, now.decisions);
      return branches.length === 0 ? hopeless : { kind: 'open', branches };
    }
    worked.push(set);
    return { kind: 'kept' };
  }

  const mendedBy = (set: readonly Candidate[]): readonly number[] => {
    const known = rulings.get(keyOf(set));
    return before.flatMap(({ verdict }, i) => (verdict !== 'holds' && known?.get(i)?.verdict === 'holds' ? [i] : []));
  };

  return {
    async of(index, limits) {
      const searched = await search((set) => judge(set, index), limits, worked);
      // Of as many edits, those that mend the most.
      const applied = searched.found.map((set) => bench.on(set)?.set ?? set);
      const found = applied.toSorted(
        (a, b) => a.length - b.length || mendedBy(b).length - mendedBy(a).length || costOf(a) - costOf(b),
      );
      return { ...searched, found, mends: found.map(mendedBy) };
    },
  };
}

const hopeless: Judged = { kind: 'hopeless' };
