/** A network with candidates applied, for as long as somebody tries them. */
import { type AppliedEdit, applyEdits, madeEdit } from '../edit/index.ts';
import type { Network } from '../network/network.ts';
import type { RuleReader } from '../network/rule-reader.ts';
import { type Candidate, keyOf } from './candidate.ts';

export interface Trial {
  /** In the order in which they were applied. */
  readonly set: readonly Candidate[];
  readonly network: Network;
  readonly edits: readonly AppliedEdit[];
}

/** What stands for the file of edits that this program thought of. */
export const proposed = 'proposed';

export interface Bench {
  /** Undefined where AWS would refuse the edits. Of the same edits in another order, what was tried first. */
  on(set: readonly Candidate[]): Trial | undefined;
}

export function createBench(network: Network, rules: RuleReader): Bench {
  const known = new Map<string, Trial | undefined>();
  return {
    on(set) {
      if (set.length === 0) return { set, network, edits: [] };
      const key = keyOf(set);
      if (known.has(key)) return known.get(key);
      const edits = set.map(({ edit }, i) => madeEdit(edit, { file: proposed, place: `${i + 1}:1` }));
      const applied = applyEdits(network, edits, rules);
      const trial = applied.ok ? { set, ...applied.value } : undefined;
      known.set(key, trial);
      return trial;
    },
  };
}
