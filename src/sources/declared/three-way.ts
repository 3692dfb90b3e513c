/**
 * Three tellings of one thing made into one: what runs, what a plan held before the change, and what it holds after. Where
 * the plan changes nothing, what runs counts, which shows more (addresses, states); where it does, the plan counts.
 */
import { isDeepStrictEqual } from 'node:util';

type Part = Readonly<Record<string, unknown>>;

/** Fields that say where a thing is told, or what it is called in the plan: the plan tells those. */
const always: ReadonlySet<string> = new Set(['declaredAs', 'formerly']);

/** Where a thing was read makes it no other. */
export function same(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(bare(a), bare(b));
}

/** What a rule or a route does, without where it is told and how it is called. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const { source: _, description: __, ...rest } = value as Part;
  return Object.fromEntries(
    Object.entries(rest)
      .filter(([, one]) => one !== undefined)
      .map(([key, one]) => [key, bare(one)]),
  );
}

/** `before` is absent where the plan did not hold it: then what it does not tell is as it runs. */
export function fields<T extends object>(
  base: T,
  before: T | undefined,
  after: T,
  except: ReadonlySet<string> = new Set(),
): T {
  const told = base as Part;
  const old = before as Part | undefined;
  const out: Record<string, unknown> = { ...told };
  for (const [key, value] of Object.entries(after)) {
    if (except.has(key)) continue;
    if (always.has(key) || (key !== 'source' && key !== 'id' && !same(old?.[key], value) && !same(told[key], value)))
      out[key] = old === undefined && key !== 'declaredAs' && key !== 'formerly' && isEmpty(value) ? told[key] : value;
  }
  if (old !== undefined) for (const key of Object.keys(old)) if (!(key in after) && !except.has(key)) delete out[key];
  return out as T;
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** What runs, without what the plan takes away, and with what it adds. */
export function elements<T>(
  base: readonly T[],
  before: readonly T[],
  after: readonly T[],
  key: (one: T) => unknown,
): readonly T[] {
  const isIn = (all: readonly T[], one: T): boolean => all.some((other) => same(key(other), key(one)));
  const kept = base.filter((one) => isIn(after, one) || !isIn(before, one));
  return [...kept, ...after.filter((one) => !isIn(base, one))];
}
