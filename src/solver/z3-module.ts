/** The life of Z3's module: loaded once, given up when it fails, ended with its threads. */
import { setFlagsFromString } from 'node:v8';
import { type Exports, nameFunctions, type Z3Module } from './z3-api.ts';

/** What Z3 may take of the module's 2 GB, in megabytes, before it fails; a check gives up long before (`z3-core.ts`). */
const MEMORY_LIMIT_MB = 1800;

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
  module.setParameter('memory_max_size', String(MEMORY_LIMIT_MB));
  // Values are read one by one, and models of no functions need not be made smaller: that takes longer than the checks.
  module.setParameter('model.compact', 'false');
  loaded = module;
  return module;
}

/** Why a module is not to be called any more. */
const abandoned = new WeakMap<Z3Module, string>();

export const reasonAbandoned = (module: Z3Module): string | undefined => abandoned.get(module);

/** Ends the module's threads; its solvers answer `unknown` with the reason, and the next one opened loads Z3 anew. */
export function abandonZ3(module: Z3Module, reason: string): void {
  if (abandoned.has(module)) return;
  abandoned.set(module, reason);
  if (module === loaded) loading = undefined;
  module.endThreads();
}

/** Ends Z3: to be called once no solver is open. */
export async function disposeZ3(): Promise<void> {
  const module = await loading?.catch(() => undefined);
  if (module !== undefined) abandonZ3(module, 'Z3 was disposed of');
}
