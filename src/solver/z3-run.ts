/** One run of Z3: on this thread within a bound of steps, beyond it on a thread of Z3's that can be stopped. */
import { type Z3Context, Z3Failure } from './z3-context.ts';
import type { Z3Core } from './z3-core.ts';
import type { Pointer, Z3Module } from './z3-api.ts';
import { abandonZ3 } from './z3-module.ts';

export type Outcome = { readonly kind: 'sat' | 'unsat' } | { readonly kind: 'unknown'; readonly reason: string };

/** Steps that Z3 takes in about a tenth of a second: most checks need no more, and a thread costs as much to start. */
const STEPS_HERE = 150_000;

/** With more gates than this, reading the formula alone takes Z3 that long, and it counts no steps meanwhile. */
const GATES_HERE = 30_000;

/** Fewer than Z3 takes in a millisecond, so that a near deadline is kept here too. */
const STEPS_A_MS = 300;

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
  const steps = Math.floor(Math.min(STEPS_HERE, STEPS_A_MS * (deadline - performance.now())));
  if (context.gates() <= GATES_HERE && steps > 0) {
    const outcome = runHere(context, core, assumptions, steps);
    if (outcome !== undefined) return outcome;
  }
  const earlier = turn;
  const run = (async () => {
    if (!(await within(earlier, deadline))) return TIMEOUT;
    return runOnThread(context, core, assumptions, deadline);
  })();
  turn = Promise.allSettled([earlier, run]);
  return run;
}

/** Whether what is awaited comes before the deadline. */
async function within(awaited: Promise<unknown>, deadline: number): Promise<boolean> {
  if (deadline === Infinity) return awaited.then(() => true);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.max(0, deadline - performance.now()));
  });
  try {
    return await Promise.race([awaited.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

function runHere(
  context: Z3Context,
  core: Z3Core,
  assumptions: readonly Pointer[],
  steps: number,
): Outcome | undefined {
  const { module, pointer } = context;
  core.limit(steps);
  try {
    const block = context.block(assumptions);
    const verdict = module.solver_check_assumptions(pointer, core.pointer, assumptions.length, block);
    const outcome = outcomeOf(context, core, verdict);
    return outcome.kind === 'unknown' && outcome.reason !== 'memory' ? undefined : outcome;
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
  // The process waits for the run, which it would not do of itself.
  const timers: NodeJS.Timeout[] = [setInterval(() => undefined, GRACE_MS)];
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
  } finally {
    timers.forEach((timer) => clearTimeout(timer));
  }
}

function outcomeOf({ module, pointer }: Z3Context, core: Z3Core, verdict: number): Outcome {
  if (verdict > 0) return { kind: 'sat' };
  if (verdict < 0) return { kind: 'unsat' };
  const reason = module.textAt(module.solver_get_reason_unknown(pointer, core.pointer));
  return { kind: 'unknown', reason: reason.includes('memory') ? 'memory' : `Z3 gave up: ${reason}` };
}

/** Why Z3 failed. An exception out of its code leaves it in no state to go on, and the module is given up. */
export function failure(module: Z3Module, cause: unknown): string {
  if (cause instanceof Z3Failure) return cause.message;
  const reason = `Z3 failed: ${cause instanceof Error ? cause.message : String(cause)}`;
  abandonZ3(module, reason);
  return reason;
}
