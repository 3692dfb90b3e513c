/** What earlier checks of the same assertions tell about a new one: a model that still fits, or a set refuted before. */
import { createEvaluator } from '../logic/evaluate.ts';
import { indexOf, isNegated, type Term, type Terms } from '../logic/term.ts';
import type { Check } from './solver.ts';

/** Refuted sets remembered; a run of checks repeats the latest. */
const REMEMBERED = 32;

export interface Recall {
  assert(t: Term): void;
  /** The answer, if what is known gives it. Assumptions are distinct; an `unsat` has a core. */
  answer(assumptions: readonly Term[]): Check | undefined;
  /** Takes a model and gives it as an answer; undefined if it does not satisfy all. */
  satisfied(value: (variable: Term) => boolean, assumptions: readonly Term[]): Check | undefined;
  refuted(assumptions: readonly Term[]): void;
}

export function createRecall(terms: Terms): Recall {
  const asserted: Term[] = [];
  const refuted: (readonly Term[])[] = [];
  // The values of variables in the last model, by their nodes.
  let model: Uint8Array | undefined;

  function adopt(values: Uint8Array, assumptions: readonly Term[]): Check | undefined {
    const value = createEvaluator(terms, (variable) => values[indexOf(variable)] === 1);
    if (!assumptions.every(value) || !asserted.every(value)) return undefined;
    model = values;
    // Variables made later are in no model.
    return { kind: 'sat', value: (variable) => (values[indexOf(variable)] === 1) !== isNegated(variable) };
  }

  /** The last model with the assumed variables turned. */
  function adapt(last: Uint8Array, assumptions: readonly Term[]): Check | undefined {
    const values = new Uint8Array(terms.size);
    values.set(last);
    for (const t of assumptions) if (terms.arity(t) === 0) values[indexOf(t)] = isNegated(t) ? 0 : 1;
    return adopt(values, assumptions);
  }

  return {
    assert: (t) => void asserted.push(t),
    answer(assumptions) {
      const assumed = new Set(assumptions);
      if (assumed.has(terms.false)) return { kind: 'unsat', core: [terms.false] };
      const opposed = assumptions.find((t) => assumed.has(t ^ 1));
      if (opposed !== undefined) return { kind: 'unsat', core: [opposed, opposed ^ 1] };
      const core = refuted.find((one) => one.every((t) => assumed.has(t)));
      if (core !== undefined) return { kind: 'unsat', core };
      return model === undefined ? undefined : adapt(model, assumptions);
    },
    satisfied(value, assumptions) {
      const values = new Uint8Array(terms.size);
      for (let t = 2; t < 2 * terms.size; t += 2) if (terms.isVariable(t) && value(t)) values[indexOf(t)] = 1;
      return adopt(values, assumptions);
    },
    refuted(assumptions) {
      refuted.unshift(assumptions);
      if (refuted.length > REMEMBERED) refuted.pop();
    },
  };
}
