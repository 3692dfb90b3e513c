/** Reading Z3's answers back as terms. */
import type { Term } from '../logic/term.ts';
import type { Pointer } from './z3-api.ts';
import { type Z3Context, Z3Failure } from './z3-context.ts';
import type { Z3Core } from './z3-core.ts';

/** The model of the last check, which was satisfiable: the value of each variable, false where it is free. */
export function readModel(context: Z3Context, core: Z3Core): (variable: Term) => boolean {
  const { module, pointer } = context;
  const model = module.solver_get_model(pointer, core.pointer);
  if (model === 0) throw new Z3Failure('Z3 gives no model');
  module.model_inc_ref(pointer, model);
  const set = new Set<Term>();
  for (const variable of context.variables) {
    const declaration = module.get_app_decl(pointer, context.name(variable));
    const value = module.model_get_const_interp(pointer, model, declaration);
    if (value !== 0 && module.get_bool_value(pointer, value) === 1) set.add(variable);
  }
  module.model_dec_ref(pointer, model);
  return (variable) => set.has(variable);
}

/** The assumptions that the last check, which was unsatisfiable, needed. */
export function readCore(
  { module, pointer }: Z3Context,
  core: Z3Core,
  assumptions: ReadonlyMap<Pointer, Term>,
): readonly Term[] {
  const vector = module.solver_get_unsat_core(pointer, core.pointer);
  if (vector === 0) throw new Z3Failure('Z3 gives no core');
  module.ast_vector_inc_ref(pointer, vector);
  const found: Term[] = [];
  const size = module.ast_vector_size(pointer, vector);
  for (let i = 0; i < size; i++) {
    const assumption = assumptions.get(module.ast_vector_get(pointer, vector, i));
    if (assumption !== undefined) found.push(assumption);
  }
  module.ast_vector_dec_ref(pointer, vector);
  return found;
}
