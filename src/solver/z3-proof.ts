/**
 * Clauses refuted by Z3's SAT solver, with its proof in DRAT: handed over one by one, since what Z3 makes of nested
 * formulas stands in no proof (`engine.md`, Proofs).
 */
import { invariant, InvariantViolation } from '../base/invariant.ts';
import { growInt32 } from '../logic/growth.ts';
import { createTerms } from '../logic/term.ts';
import type { Pointer, Z3Module } from './z3-api.ts';
import { type Z3Context, Z3Failure, createContext } from './z3-context.ts';
import { loadZ3, reasonAbandoned } from './z3-module.ts';
import { failure, runCheck } from './z3-run.ts';

export interface Clauses {
  /** Numbered from 1. */
  readonly variables: number;
  /** One clause after the other, each ended by a 0; a negative number is a negated variable. */
  readonly literals: Int32Array;
}

export type Refuted =
  | {
      readonly kind: 'unsat';
      /** Step by step: 0, for a clause is added, then its literals, then 0. */
      readonly proof: Int32Array;
    }
  | { readonly kind: 'sat'; readonly value: (variable: number) => boolean }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Where the proof is written in the module's own file system. */
const file = '/proof.drat';

/** Whether the clauses can hold together; where not, why. One at a time. */
export async function refute(clauses: Clauses, timeoutMs: number): Promise<Refuted> {
  const module = await loadZ3();
  const gone = reasonAbandoned(module);
  if (gone !== undefined) return { kind: 'unknown', reason: gone };
  try {
    return await run(module, clauses, performance.now() + timeoutMs);
  } catch (cause) {
    if (cause instanceof InvariantViolation) throw cause;
    return { kind: 'unknown', reason: failure(module, cause) };
  }
}

async function run(module: Z3Module, clauses: Clauses, deadline: number): Promise<Refuted> {
  const context = createContext(module, createTerms());
  const { pointer } = context;
  const tactic = module.callWithText('Z3_mk_tactic', pointer, 'sat');
  module.tactic_inc_ref(pointer, tactic);
  const solver = module.mk_solver_from_tactic(pointer, tactic);
  module.solver_inc_ref(pointer, solver);
  module.tactic_dec_ref(pointer, tactic);
  try {
    const constants = assert(context, solver, clauses);
    const limit = (steps: number | undefined): void => setParameters(context, solver, steps);
    const core = {
      pointer: solver,
      assert: () => undefined,
      assume: () => 0,
      always: [],
      limit,
      close: () => undefined,
    };
    // A run that goes to a thread at once is given no other bounds.
    limit(undefined);
    const outcome = await runCheck({ ...context, gates: () => clauses.literals.length / 3 }, core, [], deadline);
    if (outcome.kind === 'unknown') return outcome;
    if (outcome.kind === 'sat') return { kind: 'sat', value: valuesIn(context, solver, constants) };
    module.solver_dec_ref(pointer, solver);
    return { kind: 'unsat', proof: ours(clauses, module.readFile(file)) };
  } finally {
    if (reasonAbandoned(module) === undefined) {
      module.deleteFile(file);
      context.close();
    }
  }
}

function setParameters(context: Z3Context, solver: Pointer, steps: number | undefined): void {
  const { module, pointer } = context;
  const params = module.mk_params(pointer);
  module.params_inc_ref(pointer, params);
  module.params_set_uint(pointer, params, context.symbol('rlimit'), steps ?? 0);
  module.params_set_uint(pointer, params, context.symbol('max_memory'), MEMORY_MB);
  module.params_set_symbol(pointer, params, context.symbol('drat.file'), context.symbol(file));
  module.params_set_bool(pointer, params, context.symbol('drat.binary'), 0);
  // The last polarity of a variable is tried first, always: proofs come out several times shorter than by target phases.
  module.params_set_symbol(pointer, params, context.symbol('phase'), context.symbol('basic_caching'));
  // What these make of clauses in large formulas is not all written down in the proof.
  for (const name of simplifiers) module.params_set_bool(pointer, params, context.symbol(name), 0);
  module.solver_set_params(pointer, solver, params);
  module.params_dec_ref(pointer, params);
}

const simplifiers = [
  'asymm_branch',
  'cardinality.solver',
  'dyn_sub_res',
  'elim_vars',
  'minimize_lemmas',
  'probing',
  'scc',
  'subsumption',
] as const;

/** As in `z3-core.ts`. */
const MEMORY_MB = 1200;

/** Asserts every clause; the constants of the variables that occur. */
function assert(context: Z3Context, solver: Pointer, { variables, literals }: Clauses): readonly Pointer[] {
  const { module, pointer } = context;
  const made = (object: Pointer): Pointer => {
    if (object === 0) throw new Z3Failure('memory');
    return object;
  };
  const boolean = made(module.mk_bool_sort(pointer));
  const constants: Pointer[] = Array.from({ length: variables + 1 }, () => 0);
  const negated: Pointer[] = Array.from({ length: variables + 1 }, () => 0);
  const constant = (n: number): Pointer =>
    (constants[n] ||= made(module.mk_const(pointer, module.mk_int_symbol(pointer, n), boolean)));
  const formula = (literal: number): Pointer =>
    literal > 0 ? constant(literal) : (negated[-literal] ||= made(module.mk_not(pointer, constant(-literal))));
  let clause: Pointer[] = [];
  for (const literal of literals) {
    if (literal !== 0) {
      clause.push(formula(literal));
      continue;
    }
    const one = clause.length === 1 ? clause[0]! : made(module.mk_or(pointer, clause.length, context.block(clause)));
    module.solver_assert(pointer, solver, one);
    clause = [];
  }
  return constants;
}

function valuesIn(
  { module, pointer }: Z3Context,
  solver: Pointer,
  constants: readonly Pointer[],
): (variable: number) => boolean {
  const model = module.solver_get_model(pointer, solver);
  if (model === 0) throw new Z3Failure('Z3 gives no model');
  module.model_inc_ref(pointer, model);
  const values = constants.map((constant) => {
    if (constant === 0) return false;
    const value = module.model_get_const_interp(pointer, model, module.get_app_decl(pointer, constant));
    return value !== 0 && module.get_bool_value(pointer, value) === 1;
  });
  module.model_dec_ref(pointer, model);
  return (variable) => values[variable]!;
}

/**
 * Whether the line is a clause less literals that are known to be false, which Z3 writes down before it deletes the whole
 * one: that begins with those that are left. Nothing is deleted, and so nothing is to be added. Short ones stay, since Z3
 * may lean on two of them together (`leave`).
 */
function isShrunk(line: string, text: string, next: number): boolean {
  const left = line.slice(line.startsWith('a ') ? 2 : 0, -1);
  return left.length > shortest && text.startsWith(`d ${left}`, next);
}

/** In characters; of clauses with two literals none is as long. */
const shortest = 40;

/**
 * Z3's proof over our variables. First it writes down what it was handed, each line marked with an `i`: that has to be
 * our clauses, one by one. It numbers variables by their first appearance, and puts each clause in that order.
 */
function ours({ literals }: Clauses, text: string): Int32Array {
  /** Their variables by ours, and the other way round. */
  const theirOf: number[] = [];
  const ownOf: number[] = [];
  let next = 0;
  let steps = new Int32Array(1024);
  let used = 0;
  let ended = false;
  const put = (n: number): void => {
    if (used === steps.length) steps = growInt32(steps, used + 1);
    steps[used++] = n;
  };
  const own = (n: number): number | undefined => {
    const variable = ownOf[Math.abs(n)];
    return variable === undefined || n > 0 ? variable : -variable;
  };

  /** Where two clauses of two literals leave but one of them, Z3 takes that for known and does not write it down. */
  const pairs = new Set<string>();
  function leave(clause: ArrayLike<number>): void {
    if (clause.length !== 2) return;
    const [a, b] = [clause[0]!, clause[1]!];
    pairs.add(`${a} ${b}`).add(`${b} ${a}`);
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      if (pairs.has(`${one} ${-other}`)) for (const n of [0, one, 0]) put(n);
  }

  function meet(theirs: readonly number[]): boolean {
    const end = literals.indexOf(0, next);
    const clause = literals.subarray(next, end);
    next = end + 1;
    leave(clause);
    const fresh = theirs.filter((n) => ownOf[Math.abs(n)] === undefined);
    for (const literal of clause) {
      const variable = Math.abs(literal);
      if (theirOf[variable] !== undefined) continue;
      const their = Math.abs(fresh.shift() ?? 0);
      theirOf[variable] = their;
      ownOf[their] = variable;
    }
    const meant = new Set(theirs.map(own));
    return fresh.length === 0 && theirs.length === clause.length && clause.every((literal) => meant.has(literal));
  }

  for (let from = 0; from < text.length && !ended;) {
    const newline = text.indexOf('\n', from);
    const line = text.slice(from, newline < 0 ? text.length : newline);
    from = newline < 0 ? text.length : newline + 1;
    // What Z3 deletes it may lean on afterwards, in a stronger form that it does not write down; nothing needs deleting.
    if (line === '' || line.startsWith('d ') || isShrunk(line, text, from)) continue;
    const words = line.split(' ');
    const mark = words[0] === 'i' ? words.shift() : 'a';
    const theirs = words.map(Number).slice(0, -1);
    if (mark === 'i') {
      invariant(next < literals.length && meet(theirs), "Z3's proof begins with our clauses");
      continue;
    }
    const clause: number[] = [];
    put(0);
    for (const n of theirs) {
      const literal = own(n);
      invariant(literal !== undefined, "Z3's proof is about our variables");
      put(literal);
      clause.push(literal);
    }
    put(0);
    leave(clause);
    ended = theirs.length === 0;
  }
  invariant(next === literals.length && ended, "Z3's proof is of all our clauses, and ends in the empty one");
  return steps.slice(0, used);
}
