/**
 * The two solvers of Z3 that decide one set of assertions. `once` is the `sat` tactic's, given whole formulas: it is
 * the fastest for a first check and begins anew at each. `again` is Z3's incremental SAT solver, given one implication
 * per gate (nested formulas take it several times longer): slower to the first answer, and near to free afterwards.
 */
import { isNegated, type Term, type Terms } from '../logic/term.ts';
import type { Z3Context } from './z3-context.ts';
import type { Pointer } from './z3-api.ts';

export interface Z3Core {
  readonly pointer: Pointer;
  /** Asserts all that it was not given before, of a list that only grows. */
  assert(all: readonly Term[]): void;
  /** The literal that stands for an assumption, which it implies. */
  assume(t: Term): Pointer;
  /** What every check of this solver assumes besides. */
  readonly always: readonly Pointer[];
  /** Bounds the steps of the next checks; without a bound, none. */
  limit(steps: number | undefined): void;
  close(): void;
}

/** Z3's word for no limit. */
const UNLIMITED = 0;

/** All that Z3 takes for all solvers, in megabytes, beyond which a check answers `unknown`. */
const MEMORY_MB = 1200;

export function openOnce(context: Z3Context, terms: Terms): Z3Core {
  const { module, pointer } = context;
  const tactic = module.callWithText('Z3_mk_tactic', pointer, 'sat');
  module.tactic_inc_ref(pointer, tactic);
  const solver = module.mk_solver_from_tactic(pointer, tactic);
  module.solver_inc_ref(pointer, solver);
  setLimits(context, solver, undefined);
  module.tactic_dec_ref(pointer, tactic);
  const add = (formula: Pointer) => module.solver_assert(pointer, solver, formula);
  const defined = new Set<Term>();
  let asserted = 0;
  return {
    pointer: solver,
    always: [],
    assert(all) {
      for (; asserted < all.length; asserted++) add(context.formula(all[asserted]!));
    },
    assume(t) {
      if (terms.arity(t) > 0 && !defined.has(t)) {
        defined.add(t);
        add(context.either(context.name(t ^ 1), context.formula(t)));
      }
      return context.name(t);
    },
    limit: (steps) => setLimits(context, solver, steps),
    close: () => module.solver_dec_ref(pointer, solver),
  };
}

export function openAgain(context: Z3Context, terms: Terms): Z3Core {
  const { module, pointer } = context;
  const solver = module.mk_solver_for_logic(pointer, context.symbol('QF_BV'));
  module.solver_inc_ref(pointer, solver);
  setLimits(context, solver, undefined);
  const add = (formula: Pointer) => module.solver_assert(pointer, solver, formula);
  const defined = new Set<Term>();
  let asserted = 0;

  /** Defines every gate that the term needs, each in the direction in which it is needed. */
  function define(t: Term): Pointer {
    const open = [t];
    for (let gate = open.pop(); gate !== undefined; gate = open.pop()) {
      if (terms.arity(gate) === 0 || defined.has(gate)) continue;
      defined.add(gate);
      const parts = context.join(gate, (child) => {
        open.push(child);
        return context.name(child);
      });
      add(context.either(context.name(gate ^ 1), parts));
    }
    return context.name(t);
  }

  return {
    pointer: solver,
    // Without an assumption, Z3 would hand the check to a tactic that begins anew.
    always: [context.constant('incremental')],
    assert(all) {
      for (; asserted < all.length; asserted++) {
        const t = all[asserted]!;
        if (terms.arity(t) === 0 || isNegated(t)) add(define(t));
        else for (const child of terms.childrenOf(t)) add(define(child));
      }
    },
    assume: (t) => define(t),
    limit: (steps) => setLimits(context, solver, steps),
    close: () => module.solver_dec_ref(pointer, solver),
  };
}

function setLimits(context: Z3Context, solver: Pointer, steps: number | undefined): void {
  const { module, pointer } = context;
  const params = module.mk_params(pointer);
  module.params_inc_ref(pointer, params);
  module.params_set_uint(pointer, params, context.symbol('rlimit'), steps ?? UNLIMITED);
  module.params_set_uint(pointer, params, context.symbol('max_memory'), MEMORY_MB);
  module.solver_set_params(pointer, solver, params);
  module.params_dec_ref(pointer, params);
}
