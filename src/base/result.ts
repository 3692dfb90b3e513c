/** A value, or every problem that stands in its way. */
import type { Problem } from './problem.ts';

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (...problems: readonly Problem[]): Result<never> => ({ ok: false, problems });

/** The value if nothing is wrong, else the problems. */
export const unless = <T>(problems: readonly Problem[], value: () => T): Result<T> =>
  problems.length > 0 ? { ok: false, problems } : ok(value());
