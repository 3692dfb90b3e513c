/** Z3's functions as they are called here, over the module that Emscripten made of them. */
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
  /** Checks on a thread of Z3's, one check at a time; rejected if the thread dies. Does not keep the process alive. */
  readonly checkOnThread: (context: Pointer, solver: Pointer, count: number, assumptions: Pointer) => Promise<number>;
  /** Sets a global parameter of Z3. */
  readonly setParameter: (name: string, value: string) => void;
  /** A text in the module's own file system, and its end. */
  readonly readFile: (path: string) => string;
  readonly deleteFile: (path: string) => void;
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
  readonly params_set_bool: (context: Pointer, params: Pointer, name: Pointer, value: number) => void;
  readonly params_set_symbol: (context: Pointer, params: Pointer, name: Pointer, value: Pointer) => void;
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
export interface Exports {
  readonly HEAPU32: Uint32Array;
  readonly PThread: {
    readonly runningWorkers: readonly { onerror: (cause: Error) => void }[];
    readonly terminateAllThreads: () => void;
  };
  readonly FS: {
    readonly readFile: (path: string, options: { readonly encoding: 'utf8' }) => string;
    readonly unlink: (path: string) => void;
    readonly analyzePath: (path: string) => { readonly exists: boolean };
  };
  readonly UTF8ToString: (text: Pointer) => string;
  readonly ccall: (name: string, result: string, types: readonly string[], values: readonly unknown[]) => number;
  readonly async_call: (f: Function_, ...values: readonly number[]) => Promise<number>;
  readonly [name: `_${string}`]: Function_;
}

type Function_ = (...values: readonly number[]) => number;

/** The functions by their names, with what takes more than a call. */
export function nameFunctions(exports: Exports): Z3Module {
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
  const check = named('_async_Z3_solver_check_assumptions');
  return {
    ...(functions as unknown as Z3Module),
    memory: exports.HEAPU32,
    allocate: named('_malloc'),
    free: named('_free'),
    textAt: exports.UTF8ToString,
    callWithText: (name, context, text) => exports.ccall(name, 'number', ['number', 'string'], [context, text]),
    checkOnThread(...values) {
      const answer = withoutTimers(() => exports.async_call(check, ...values));
      const death = new Promise<never>((_, reject) => {
        // The handler in its place would throw out of the event loop, and listeners cannot take it away.
        // oxlint-disable-next-line unicorn/prefer-add-event-listener
        for (const worker of exports.PThread.runningWorkers) worker.onerror = reject;
      });
      return Promise.race([answer, death]);
    },
    setParameter: (name, value) =>
      void exports.ccall('Z3_global_param_set', 'void', ['string', 'string'], [name, value]),
    readFile: (path) => exports.FS.readFile(path, { encoding: 'utf8' }),
    deleteFile: (path) => {
      if (exports.FS.analyzePath(path).exists) exports.FS.unlink(path);
    },
    endThreads: () => exports.PThread.terminateAllThreads(),
    set_noop_error_handler: named('_set_noop_error_handler'),
  };
}

/**
 * Runs what starts a timer, without the process waiting for it: the module's timers of ten minutes, which stand for its
 * threads, outlive a thread that dies.
 */
function withoutTimers<T>(start: () => T): T {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = ((...timer: Parameters<typeof setTimeout>) =>
    setTimeout(...timer).unref()) as typeof setTimeout;
  try {
    return start();
  } finally {
    globalThis.setTimeout = setTimeout;
  }
}
