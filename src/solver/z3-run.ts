/** One run of Z3: on this thread within a bound of steps, beyond it on a thread of Z3's that can be stopped. */
import { type Z3Context, Z3Failure } from './z3-context.ts';
import type { Z3Core } from './z3-core.ts';
import { abandonZ3, type Pointer } from './z3-module.ts';

export type Outcome = { readonly kind: 'sat' | 'unsat' } | { readonly kind: 'unknown'; readonly reason: string };

/** Steps that Z3 takes in about a tenth of a second: most checks need no more, and a thread costs as much to start. */
const STEPS_HERE = 150_000;

/** With more gates than this, reading the formula alone takes Z3 that long, and it counts no steps meanwhile. */
const GATES_HERE = 30_000;

/** A deadline nearer than this is kept by a thread alone. */
const TIME_HERE_MS = 500;

/** Between two attempts to interrupt a run whose time is over: one that comes before the run begins is lost. */
const INTERRUPT_EVERY_MS = 20;

/** How long after its deadline a run may go on before its threads are ended by force. */
const GRACE_MS = 5_000;

const TIMEOUT: Outcome = { kind: 'unknown', reason: 'timeout' };

/** The runs on threads, one after the other: the module takes one at a time. */
let turn: Promise<unknown> = Promise.resolve();

/** The deadline is a time of `performance.now()`, or infinite. */
export async function runCheck(
  context: Z3Context,
  core: Z3Core,
  assumptions: readonly Pointer[],
  deadline: number,
): Promise<Outcome> {
  if (context.gates() <= GATES_HERE && deadline - performance.now() > TIME_HERE_MS) {
    const outcome = runHere(context, core, assumptions);
    if (outcome !== undefined) return outcome;
  }
  const run = turn.then(() => runOnThread(context, core, assumptions, deadline));
  turn = run.catch(() => undefined);
  return run;
}

function runHere(context: Z3Context, core: Z3Core, assumptions: readonly Pointer[]): Outcome | undefined {
  const { module, pointer } = context;
  core.limit(STEPS_HERE);
  try {
    const block = context.block(assumptions);
    const verdict = module.solver_check_assumptions(pointer, core.pointer, assumptions.length, block);
    const outcome = outcomeOf(context, core, verdict);
    return outcome.kind === 'unknown' && outcome.reason !== 'memory' ? undefined : outcome;
  } catch (cause) {
    throw failure(context, cause);
  } finally {
    core.limit(undefined);
  }
}

async function runOnThread(
  context: Z3Context,
  core: Z3Core,
  assumptions: readonly Pointer[],
  deadline: number,
): Promise<Outcome> {
  const { module, pointer } = context;
  const left = deadline - performance.now();
  if (left <= 0) return TIMEOUT;
  let expired = false;
  const timers: NodeJS.Timeout[] = [];
  const stopped = new Promise<'stopped'>((resolve) => {
    if (left === Infinity) return;
    const interrupt = () => {
      expired = true;
      module.interrupt(pointer);
      timers.push(setTimeout(interrupt, INTERRUPT_EVERY_MS));
    };
    timers.push(
      setTimeout(interrupt, left),
      setTimeout(() => resolve('stopped'), left + GRACE_MS),
    );
  });
  try {
    const block = context.block(assumptions);
    const verdict = await Promise.race([
      module.checkOnThread(pointer, core.pointer, assumptions.length, block),
      stopped,
    ]);
    if (verdict === 'stopped') {
      abandonZ3(module, 'timeout');
      throw new Z3Failure('timeout');
    }
    const outcome = outcomeOf(context, core, verdict);
    return expired && outcome.kind === 'unknown' ? TIMEOUT : outcome;
  } catch (cause) {
    throw failure(context, cause);
  } finally {
    timers.forEach((timer) => clearTimeout(timer));
  }
}

function outcomeOf({ module, pointer }: Z3Context, core: Z3Core, verdict: number): Outcome {
  if (verdict > 0) return { kind: 'sat' };
  if (verdict < 0) return { kind: 'unsat' };
  const reason = module.textAt(module.solver_get_reason_unknown(pointer, core.pointer));
  return { kind: 'unknown', reason: reason.includes('memory') ? 'memory' : reason };
}

/** An exception out of Z3 leaves it in no state to go on. */
function failure({ module }: Z3Context, cause: unknown): Z3Failure {
  if (cause instanceof Z3Failure) return cause;
  const reason = `Z3 failed: ${cause instanceof Error ? cause.message : String(cause)}`;
  abandonZ3(module, reason);
  return new Z3Failure(reason);
}
