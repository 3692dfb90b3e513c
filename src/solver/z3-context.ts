/** A Z3 context and the translation of terms into it: the only place that makes Z3's formulas. */
import { invariant } from '../base/invariant.ts';
import { growInt32 } from '../logic/growth.ts';
import { indexOf, isNegated, type Term, type Terms, unsigned } from '../logic/term.ts';
import type { Pointer, Z3Module } from './z3-api.ts';

/** Z3 gave up before it answered anything: it is out of memory, or the module broke. */
export class Z3Failure extends Error {
  override readonly name = 'Z3Failure';
}

export interface Z3Context {
  readonly pointer: Pointer;
  readonly module: Z3Module;
  /** The term as one nested formula. Formulas live as long as their context: nothing counts references to them. */
  formula(t: Term): Pointer;
  /** The Boolean constant that stands for the term's node, negated if the term is; a variable's is its formula. */
  name(t: Term): Pointer;
  /** The conjunction of formulas if the term is a conjunction, their disjunction if it negates one. */
  join(t: Term, parts: (child: Term) => Pointer): Pointer;
  /** At least one of two formulas. */
  either(a: Pointer, b: Pointer): Pointer;
  /** The variables that formulas were made of, in order of first need. */
  readonly variables: readonly Term[];
  /** A block in Z3's memory that holds the values; good until the next call. */
  block(values: readonly number[]): Pointer;
  symbol(text: string): Pointer;
  /** A Boolean constant that stands for no term. */
  constant(text: string): Pointer;
  /** How many conjunctions and disjunctions were made. */
  gates(): number;
  close(): void;
}

const MEMORY_EXHAUSTED = 7;

export function createContext(module: Z3Module, terms: Terms): Z3Context {
  const config = module.mk_config();
  const pointer = module.mk_context(config);
  module.del_config(config);
  module.set_noop_error_handler(pointer);
  const boolean = made(module.mk_bool_sort(pointer));
  const variables: Term[] = [];
  // For every literal: its nested formula, and the constant that stands for it; 0 where there is none yet.
  let formulas = new Int32Array(2 * terms.size);
  let names = new Int32Array(2 * terms.size);
  let gates = 0;
  let capacity = 1024;
  let scratch = made(module.allocate(4 * capacity));

  /** A null pointer is never used: it would corrupt Z3's memory. */
  function made(object: Pointer): Pointer {
    if (object !== 0) return object;
    const code = module.get_error_code(pointer);
    throw new Z3Failure(
      code === MEMORY_EXHAUSTED || code === 0 ? 'memory' : module.textAt(module.get_error_msg(pointer, code)),
    );
  }

  function reserve(count: number): void {
    if (count <= capacity) return;
    module.free(scratch);
    capacity = Math.max(count, 2 * capacity);
    scratch = made(module.allocate(4 * capacity));
  }

  function grow(): void {
    if (formulas.length >= 2 * terms.size) return;
    formulas = growInt32(formulas, 2 * terms.size);
    names = growInt32(names, formulas.length);
  }

  function name(t: Term): Pointer {
    grow();
    const known = names[t]!;
    if (known !== 0) return known;
    if (terms.isVariable(t)) variables.push(t);
    const constant = makeName(t);
    names[t] = constant;
    return constant;
  }

  function makeName(t: Term): Pointer {
    if (t === terms.true) return made(module.mk_true(pointer));
    if (t === terms.false) return made(module.mk_false(pointer));
    if (isNegated(t)) return made(module.mk_not(pointer, name(unsigned(t))));
    return made(module.mk_const(pointer, module.mk_int_symbol(pointer, indexOf(t)), boolean));
  }

  function join(t: Term, parts: (child: Term) => Pointer): Pointer {
    const count = terms.arity(t);
    const sign = t & 1;
    const joined: Pointer[] = [];
    for (let i = 0; i < count; i++) joined.push(parts(terms.child(t, i) ^ sign));
    const at = block(joined);
    gates++;
    return made(sign === 0 ? module.mk_and(pointer, count, at) : module.mk_or(pointer, count, at));
  }

  function block(values: readonly number[]): Pointer {
    reserve(values.length);
    const at = scratch >>> 2;
    for (let i = 0; i < values.length; i++) module.memory[at + i] = values[i]!;
    return scratch;
  }

  const make = (t: Term): Pointer => (terms.arity(t) === 0 ? name(t) : join(t, (child) => formulas[child]!));

  function formula(t: Term): Pointer {
    grow();
    const stack = [t];
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const height = stack.length;
      if (formulas[top] === 0) {
        const count = terms.arity(top);
        for (let i = 0; i < count; i++) {
          const child = terms.child(top, i) ^ (top & 1);
          if (formulas[child] === 0) stack.push(child);
        }
        if (stack.length === height) formulas[top] = make(top);
      }
      if (stack.length === height) stack.pop();
    }
    return formulas[t]!;
  }

  const symbol = (text: string): Pointer => made(module.callWithText('Z3_mk_string_symbol', pointer, text));

  let open = true;
  return {
    pointer,
    module,
    formula,
    name,
    join,
    either(a, b) {
      return made(module.mk_or(pointer, 2, block([a, b])));
    },
    variables,
    block,
    gates: () => gates,
    symbol,
    constant: (text) => made(module.mk_const(pointer, symbol(text), boolean)),
    close() {
      invariant(open, 'a context is closed once');
      open = false;
      module.free(scratch);
      module.del_context(pointer);
    },
  };
}
