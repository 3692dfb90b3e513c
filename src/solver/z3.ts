/**
 * Z3 as a solver of terms. What earlier checks tell needs no Z3; the first checks that do go to the sat tactic, later
 * ones to the incremental solver (`z3-core.ts`). The same checks in the same order give the same answers,
 * time-outs aside.
 */
import { invariant, InvariantViolation } from '../base/invariant.ts';
import type { Term, Terms } from '../logic/term.ts';
import { createRecall } from './recall.ts';
import type { Check, CheckOptions, Solver } from './solver.ts';
import type { Z3Module } from './z3-api.ts';
import { createContext, type Z3Context } from './z3-context.ts';
import { openAgain, openOnce, type Z3Core } from './z3-core.ts';
import { loadZ3, reasonAbandoned } from './z3-module.ts';
import { readCore, readModel } from './z3-read.ts';
import { failure, runCheck } from './z3-run.ts';

export { disposeZ3, warmUpZ3 } from './z3-module.ts';

/** So many runs of the tactic, each of which begins anew, cost what it costs to set up the incremental solver. */
const RUNS_OF_THE_TACTIC = 3;

/** A time-out beyond this (three weeks) is none: timers cannot count it. */
const LONGEST_MS = 2 ** 31 - 2 ** 28;

/** Frees what closed solvers hold: only when the next one needs memory, since a process that ends needs none. */
const leftovers: (() => void)[] = [];

/** Opens a solver of terms; any number may be open at a time. */
export async function openZ3(terms: Terms): Promise<Solver> {
  return createSolver(await loadZ3(), terms);
}

function createSolver(module: Z3Module, terms: Terms): Solver {
  const asserted: Term[] = [];
  const recall = createRecall(terms);
  let context: Z3Context | undefined;
  let once: Z3Core | undefined;
  let again: Z3Core | undefined;
  let runs = 0;
  let failed: string | undefined;
  let state: 'idle' | 'busy' | 'closed' = 'idle';

  function openContext(): Z3Context {
    for (const leftover of leftovers.splice(0)) leftover();
    return createContext(module, terms);
  }

  async function decide(assumptions: readonly Term[], deadline: number, wantsCore: boolean): Promise<Check> {
    const z3 = (context ??= openContext());
    const incremental = wantsCore || again !== undefined || runs === RUNS_OF_THE_TACTIC;
    if (!incremental) runs++;
    const core = incremental ? (again ??= openAgain(z3, terms)) : (once ??= openOnce(z3, terms));
    core.assert(asserted);
    const literals = new Map(assumptions.map((t) => [core.assume(t), t]));
    const outcome = await runCheck(z3, core, [...literals.keys(), ...core.always], deadline);
    if (outcome.kind === 'unknown') return outcome;
    if (outcome.kind === 'sat') {
      const found = recall.satisfied(readModel(z3, core), assumptions);
      invariant(found !== undefined, "Z3's model satisfies what was asserted and assumed");
      return found;
    }
    const used = incremental ? readCore(z3, core, literals) : assumptions;
    recall.refuted(used);
    return incremental ? { kind: 'unsat', core: used } : { kind: 'unsat' };
  }

  async function check(assumptions: readonly Term[], options: CheckOptions): Promise<Check> {
    const { timeoutMs = Infinity } = options;
    const deadline = performance.now() + (timeoutMs < LONGEST_MS ? timeoutMs : Infinity);
    const open = [...new Set(assumptions)].filter((t) => t !== terms.true);
    const known = recall.answer(open);
    if (known !== undefined) return known;
    failed ??= reasonAbandoned(module);
    if (failed !== undefined) return { kind: 'unknown', reason: failed };
    try {
      return await decide(open, deadline, options.core === true);
    } catch (cause) {
      if (cause instanceof InvariantViolation) throw cause;
      failed = failure(module, cause);
      return { kind: 'unknown', reason: failed };
    }
  }

  function free(): void {
    // The memory of a module that was given up goes as a whole.
    if (reasonAbandoned(module) !== undefined) return;
    try {
      once?.close();
      again?.close();
      context?.close();
    } catch (cause) {
      failure(module, cause);
    }
  }

  return {
    assert(t) {
      invariant(state === 'idle', 'nothing is asserted while a check runs or after the solver was closed');
      asserted.push(t);
      recall.assert(t);
    },
    async check(assumptions, options = {}) {
      invariant(state === 'idle', 'a solver runs one check at a time, until it is closed');
      state = 'busy';
      try {
        return await check(assumptions, options);
      } finally {
        state = 'idle';
      }
    },
    async close() {
      invariant(state === 'idle', 'a solver is closed once, and not while a check runs');
      state = 'closed';
      leftovers.push(free);
    },
  };
}
