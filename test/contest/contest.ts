/**
 * How long and from which seed the random tests run. `VPCPROOF_CONTEST_RUNS` is the number of networks (60 unless
 * given), `VPCPROOF_CONTEST_SEED` the seed; a failure prints the network, and the seed and path that replay it.
 */
import type * as fc from 'fast-check';

const runs = Number(process.env['VPCPROOF_CONTEST_RUNS'] ?? 60);
export const seed = Number(process.env['VPCPROOF_CONTEST_SEED'] ?? 20_251_122);

/** `share` of the runs, for properties that cost more or less than others. */
export const contest = <T>(share: number): fc.Parameters<T> => ({
  seed,
  numRuns: Math.max(1, Math.round(runs * share)),
  interruptAfterTimeLimit: 10 * 60_000,
  ...(process.env['VPCPROOF_CONTEST_SHRINK'] === 'no' ? { endOnFailure: true } : {}),
});
