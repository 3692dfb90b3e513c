/**
 * Z3 as a solver of terms. A check is answered by the last model, adapted to the assumptions, if that still satisfies
 * everything; else by Z3, within a bound of steps on this thread, and beyond it on one of Z3's own. Runs of the same
 * checks give the same answers, time-outs aside.
 */
import { invariant } from '../base/invariant.ts';
import { createEvaluator } from '../logic/evaluate.ts';
import { indexOf, isNegated, type Term, type Terms, unsigned } from '../logic/term.ts';
import type { Check, CheckOptions, Solver } from './solver.ts';
import { createContext, Z3Failure } from './z3-context.ts';
import { openAgain, openOnce, type Z3Core } from './z3-core.ts';
import { loadZ3, reasonAbandoned, type Z3Module } from './z3-module.ts';
import { runCheck } from './z3-run.ts';

export { disposeZ3, warmUpZ3 } from './z3-module.ts';

/** The solver's own memory of a model: one byte for every node, of which only variables' are used. */
type Model = Uint8Array;

export async function openZ3(terms: Terms): Promise<Solver> {
  return createSolver(await loadZ3(), terms);
}

function createSolver(module: Z3Module, terms: Terms): Solver {
  const context = createContext(module, terms);
  const asserted: Term[] = [];
  // How many of the asserted terms each solver has.
  let once: Z3Core | undefined;
  let again: Z3Core | undefined;
  const given = new Map<Z3Core, number>();
  let checks = 0;
  let lastModel: Model | undefined;
  let contradictory = false;
  let broken: string | undefined;
  let state: 'idle' | 'busy' | 'closed' = 'idle';

  function satisfied(model: Model, assumptions: readonly Term[]): boolean {
    const value = createEvaluator(terms, (variable) => model[indexOf(variable)] === 1);
    return assumptions.every(value) && asserted.every(value);
  }

  const answer = (model: Model): Check => ({
    kind: 'sat',
    value: (variable) => {
      const node = indexOf(variable);
      return (node < model.length && model[node] === 1) !== isNegated(variable);
    },
  });

  /** The last model with the assumed variables turned, if it still satisfies all. */
  function adapt(assumptions: readonly Term[]): Check | undefined {
    if (lastModel === undefined) return undefined;
    const model = new Uint8Array(terms.size);
    model.set(lastModel);
    for (const t of assumptions) if (terms.arity(t) === 0) model[indexOf(t)] = isNegated(t) ? 0 : 1;
    if (!satisfied(model, assumptions)) return undefined;
    lastModel = model;
    return answer(model);
  }

  function readModel(core: Z3Core): Model {
    const { pointer } = context;
    const values = new Uint8Array(terms.size);
    const model = module.solver_get_model(pointer, core.pointer);
    if (model === 0) throw new Z3Failure('Z3 gives no model');
    module.model_inc_ref(pointer, model);
    for (const variable of context.variables) {
      const declaration = module.get_app_decl(pointer, context.name(variable));
      const value = module.model_get_const_interp(pointer, model, declaration);
      if (value !== 0 && module.get_bool_value(pointer, value) === 1) values[indexOf(variable)] = 1;
    }
    module.model_dec_ref(pointer, model);
    return values;
  }

  function readCore(core: Z3Core, literals: ReadonlyMap<number, Term>): readonly Term[] {
    const { pointer } = context;
    const vector = module.solver_get_unsat_core(pointer, core.pointer);
    module.ast_vector_inc_ref(pointer, vector);
    const found: Term[] = [];
    const size = module.ast_vector_size(pointer, vector);
    for (let i = 0; i < size; i++) {
      const assumption = literals.get(module.ast_vector_get(pointer, vector, i));
      if (assumption !== undefined) found.push(assumption);
    }
    module.ast_vector_dec_ref(pointer, vector);
    return found;
  }

  async function decide(assumptions: readonly Term[], deadline: number, wantsCore: boolean): Promise<Check> {
    const incremental = checks > 0 || wantsCore;
    checks++;
    const core = incremental ? (again ??= openAgain(context, terms)) : (once ??= openOnce(context, terms));
    for (let i = given.get(core) ?? 0; i < asserted.length; i++) core.assert(asserted[i]!);
    given.set(core, asserted.length);
    const literals = new Map(assumptions.map((t) => [core.assume(t), t]));
    const outcome = await runCheck(context, core, [...literals.keys(), ...core.always], deadline);
    if (outcome.kind === 'unknown') return outcome;
    if (outcome.kind === 'sat') {
      lastModel = readModel(core);
      invariant(satisfied(lastModel, assumptions), "Z3's model satisfies what was asserted");
      return answer(lastModel);
    }
    if (assumptions.length === 0) contradictory = true;
    return incremental ? { kind: 'unsat', core: readCore(core, literals) } : { kind: 'unsat' };
  }

  async function check(assumptions: readonly Term[], options: CheckOptions): Promise<Check> {
    const deadline = performance.now() + (options.timeoutMs ?? Infinity);
    if (contradictory) return { kind: 'unsat', core: [] };
    const open = [...new Set(assumptions)].filter((t) => t !== terms.true);
    const opposed = open.find((t) => t === terms.false || (isNegated(t) && open.includes(unsigned(t))));
    if (opposed !== undefined)
      return { kind: 'unsat', core: opposed === terms.false ? [opposed] : [unsigned(opposed), opposed] };
    const adapted = adapt(open);
    if (adapted !== undefined) return adapted;
    broken ??= reasonAbandoned(module);
    if (broken !== undefined) return { kind: 'unknown', reason: broken };
    try {
      return await decide(open, deadline, options.core === true);
    } catch (cause) {
      if (!(cause instanceof Z3Failure)) throw cause;
      broken = cause.message;
      return { kind: 'unknown', reason: broken };
    }
  }

  return {
    assert(t) {
      invariant(state === 'idle', 'nothing is asserted while a check runs or after the solver was closed');
      if (t === terms.true) return;
      asserted.push(t);
      if (t === terms.false) contradictory = true;
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
      if (reasonAbandoned(module) !== undefined) return;
      once?.close();
      again?.close();
      context.close();
    },
  };
}
