/** Z3's WebAssembly module: loading it once, its functions as they are called here, and ending its threads. */
import { setFlagsFromString } from 'node:v8';
import { invariant } from '../base/invariant.ts';

/** An address in the module's memory. */
export type Pointer = number;

/** What is used of Z3's C API (z3_api.h), by its names there without `Z3_`, and of the module that holds it. */
export interface Z3Module {
  /** The whole memory, which never grows. */
  readonly memory: Uint32Array;
  readonly allocate: (bytes: number) => Pointer;
  readonly free: (block: Pointer) => void;
  readonly textAt: (text: Pointer) => string;
  /** Calls a function of the API, by its full name, that takes a text after its context. */
  readonly callWithText: (name: string, context: Pointer, text: string) => Pointer;
  /** Checks on a thread of Z3's; one check at a time. */
  readonly checkOnThread: (context: Pointer, solver: Pointer, count: number, assumptions: Pointer) => Promise<number>;
  readonly endThreads: () => void;
  readonly set_noop_error_handler: (context: Pointer) => void;
  readonly mk_config: () => Pointer;
  readonly del_config: (config: Pointer) => void;
  readonly mk_context: (config: Pointer) => Pointer;
  readonly del_context: (context: Pointer) => void;
  readonly interrupt: (context: Pointer) => void;
  readonly get_error_code: (context: Pointer) => number;
  readonly get_error_msg: (context: Pointer, code: number) => Pointer;
  readonly mk_int_symbol: (context: Pointer, n: number) => Pointer;
  readonly mk_bool_sort: (context: Pointer) => Pointer;
  readonly mk_const: (context: Pointer, symbol: Pointer, sort: Pointer) => Pointer;
  readonly mk_true: (context: Pointer) => Pointer;
  readonly mk_false: (context: Pointer) => Pointer;
  readonly mk_not: (context: Pointer, a: Pointer) => Pointer;
  readonly mk_and: (context: Pointer, count: number, conjuncts: Pointer) => Pointer;
  readonly mk_or: (context: Pointer, count: number, disjuncts: Pointer) => Pointer;
  readonly get_app_decl: (context: Pointer, app: Pointer) => Pointer;
  readonly get_bool_value: (context: Pointer, a: Pointer) => number;
  readonly mk_params: (context: Pointer) => Pointer;
  readonly params_inc_ref: (context: Pointer, params: Pointer) => void;
  readonly params_dec_ref: (context: Pointer, params: Pointer) => void;
  readonly params_set_uint: (context: Pointer, params: Pointer, name: Pointer, value: number) => void;
  readonly tactic_inc_ref: (context: Pointer, tactic: Pointer) => void;
  readonly tactic_dec_ref: (context: Pointer, tactic: Pointer) => void;
  readonly mk_solver_for_logic: (context: Pointer, logic: Pointer) => Pointer;
  readonly mk_solver_from_tactic: (context: Pointer, tactic: Pointer) => Pointer;
  readonly solver_inc_ref: (context: Pointer, solver: Pointer) => void;
  readonly solver_dec_ref: (context: Pointer, solver: Pointer) => void;
  readonly solver_set_params: (context: Pointer, solver: Pointer, params: Pointer) => void;
  readonly solver_assert: (context: Pointer, solver: Pointer, a: Pointer) => void;
  readonly solver_check_assumptions: (context: Pointer, solver: Pointer, count: number, assumptions: Pointer) => number;
  readonly solver_get_reason_unknown: (context: Pointer, solver: Pointer) => Pointer;
  readonly solver_get_model: (context: Pointer, solver: Pointer) => Pointer;
  readonly solver_get_unsat_core: (context: Pointer, solver: Pointer) => Pointer;
  readonly model_inc_ref: (context: Pointer, model: Pointer) => void;
  readonly model_dec_ref: (context: Pointer, model: Pointer) => void;
  readonly model_get_const_interp: (context: Pointer, model: Pointer, declaration: Pointer) => Pointer;
  readonly ast_vector_inc_ref: (context: Pointer, vector: Pointer) => void;
  readonly ast_vector_dec_ref: (context: Pointer, vector: Pointer) => void;
  readonly ast_vector_size: (context: Pointer, vector: Pointer) => number;
  readonly ast_vector_get: (context: Pointer, vector: Pointer, index: number) => Pointer;
}

/** The module as Emscripten exports it. */
interface Exports {
  readonly HEAPU32: Uint32Array;
  readonly PThread: { readonly terminateAllThreads: () => void };
  readonly UTF8ToString: (text: Pointer) => string;
  readonly ccall: (name: string, result: string, types: readonly string[], values: readonly unknown[]) => number;
  readonly async_call: (f: Function_, ...values: readonly number[]) => Promise<number>;
  readonly [name: `_${string}`]: Function_;
}

type Function_ = (...values: readonly number[]) => number;

/** What Z3 may take of the module's 2 GB, in megabytes; at the limit a check answers `unknown`. */
const MEMORY_LIMIT_MB = 1600;

let loading: Promise<Z3Module> | undefined;
let loaded: Z3Module | undefined;

/** The module, loaded on the first call. */
export function loadZ3(): Promise<Z3Module> {
  loading ??= load().catch((cause: unknown) => {
    loading = undefined;
    throw cause;
  });
  return loading;
}

/** Begins to load Z3, so that it is there when the first solver is opened. */
export function warmUpZ3(): void {
  // A failure is told to whoever opens a solver.
  loadZ3().catch(() => undefined);
}

async function load(): Promise<Z3Module> {
  // Of 35 MB of code a run uses little: each function is validated when first called, which halves the start.
  setFlagsFromString('--wasm-lazy-validation');
  // The package's own entry would load an API of high level with it.
  const { default: initialise } = await import('z3-solver/build/z3-built.js');
  const silent = () => undefined;
  const module = nameFunctions((await initialise({ print: silent, printErr: silent })) as Exports);
  loaded = module;
  return module;
}

function nameFunctions(exports: Exports): Z3Module {
  const prefix = '_Z3_';
  const functions = Object.fromEntries(
    Object.keys(exports).flatMap((name) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), exports[name as `_${string}`]]] : [],
    ),
  );
  const named = (name: `_${string}`): Function_ => {
    const found = exports[name];
    invariant(found !== undefined, `Z3 has the function ${name}`);
    return found;
  };
  exports.ccall('Z3_global_param_set', 'void', ['string', 'string'], ['memory_max_size', String(MEMORY_LIMIT_MB)]);
  const check = named('_async_Z3_solver_check_assumptions');
  return {
    ...(functions as unknown as Z3Module),
    memory: exports.HEAPU32,
    allocate: named('_malloc'),
    free: named('_free'),
    textAt: exports.UTF8ToString,
    callWithText: (name, context, text) => exports.ccall(name, 'number', ['number', 'string'], [context, text]),
    checkOnThread: (...values) => exports.async_call(check, ...values),
    endThreads: () => exports.PThread.terminateAllThreads(),
    set_noop_error_handler: named('_set_noop_error_handler'),
  };
}

/** Why a module is not to be called any more. */
const abandoned = new WeakMap<Z3Module, string>();

export const reasonAbandoned = (module: Z3Module): string | undefined => abandoned.get(module);

/** Ends the module's threads; its solvers answer `unknown` with the reason, and the next one opened loads Z3 anew. */
export function abandonZ3(module: Z3Module, reason: string): void {
  if (!abandoned.has(module)) abandoned.set(module, reason);
  if (module === loaded) loading = undefined;
  module.endThreads();
}

/** Ends Z3: to be called once no solver is open. */
export async function disposeZ3(): Promise<void> {
  const module = await loading?.catch(() => undefined);
  if (module !== undefined) abandonZ3(module, 'Z3 was disposed of');
}
