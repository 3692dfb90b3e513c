/** A value, or every problem that stands in its way. */
import type { Problem } from './problem.ts';

export type Result<T, P = Problem> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly P[] };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });

export const fail = <P = Problem>(...problems: readonly P[]): Result<never, P> => ({ ok: false, problems });

/** The value if nothing is wrong, else the problems. */
export const unless = <T, P = Problem>(problems: readonly P[], value: () => T): Result<T, P> =>
  problems.length > 0 ? { ok: false, problems } : ok(value());
