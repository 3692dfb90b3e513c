/**
 * Deciding whether some flow of a question exists, on both sides of what is unknown (engine.md, two bounds): there is
 * none if the may side has none, there is one if the must side has one, else it depends on named assumptions.
 */
import type { Variable } from '../dataplane/index.ts';
import type { Product } from './product.ts';
import type { FindRequest, Session } from './session.ts';
import type { Found, Path } from './search.ts';

export type Existence =
  | { readonly kind: 'none' }
  | { readonly kind: 'some'; readonly flow: FoundFlow }
  /** `flow` is one under one setting of the unknowns; absent where time ran out first. */
  | {
      readonly kind: 'open';
      readonly reason: string;
      readonly settle: ReadonlyMap<string, boolean>;
      readonly flow?: FoundFlow;
    };

/** A flow on one side: `certain` where no unknown could take it away. */
export interface FoundFlow {
  readonly paths: readonly Path[];
  readonly values: ReadonlyMap<Variable, bigint>;
  readonly sides: ReadonlyMap<string, boolean>;
  readonly certain: boolean;
}

/** `prefers` tells which settlement is looked for first. */
export async function exists(
  session: Session,
  prefers: 'none' | 'some',
  base: Omit<FindRequest, 'side' | 'declared'>,
): Promise<Existence> {
  const deadline = Date.now() + base.timeoutMs;
  const find = (request: Omit<FindRequest, 'timeoutMs'>): Promise<Found> =>
    session.find({ ...base, ...request, timeoutMs: deadline - Date.now() });
  const may = await find({ side: 'may' });
  if (may.kind === 'unknown') return timedOut(may.reason);
  if (may.kind === 'none') return session.product.truncated ? tooManyTurns(session.product) : { kind: 'none' };
  if (session.alphabet.unknowns.size === 0) return { kind: 'some', flow: { ...may, certain: true } };
  const must = await find({ side: 'must' });
  if (must.kind === 'unknown') return timedOut(must.reason);
  if (must.kind === 'found') return { kind: 'some', flow: { ...must, certain: true } };
  const settle = await settlement(session, prefers, may.sides, find);
  return { kind: 'open', reason: 'it depends on what is not known', settle, flow: { ...may, certain: false } };
}

const timedOut = (reason: string): Existence => ({
  kind: 'open',
  reason: reason === 'timeout' ? 'the time given ran out' : `the solver stopped: ${reason}`,
  settle: new Map(),
});

const tooManyTurns = ({ family }: Product): Existence => ({
  kind: 'open',
  reason: `an ${family} path turns round at internet gateways more often than is followed`,
  settle: new Map(),
});

type Declared = ReadonlyMap<string, boolean>;

/** A smallest set of declared sides that settles the question, one of one or two where there is one, else a minimal one. */
async function settlement(
  session: Session,
  prefers: 'none' | 'some',
  sides: Declared,
  find: (request: Omit<FindRequest, 'timeoutMs'>) => Promise<Found>,
): Promise<Declared> {
  const keys = [...session.alphabet.unknowns.keys()].sort();
  const none = async (declared: Declared): Promise<boolean> => (await find({ side: 'may', declared })).kind === 'none';
  const some = async (declared: Declared): Promise<boolean> =>
    (await find({ side: 'must', declared })).kind === 'found';
  const tests = prefers === 'none' ? [none, some] : [some, none];
  for (const settles of tests)
    for (const declared of [...singles(keys), ...pairs(keys)]) if (await settles(declared)) return declared;
  // All sides of the flow found settle it; drop what it does without.
  let all = new Map(sides);
  for (const key of keys) {
    const fewer = new Map(all);
    fewer.delete(key);
    if (await some(fewer)) all = fewer;
  }
  return all;
}

const singles = (keys: readonly string[]): readonly Declared[] =>
  keys.flatMap((key) => [new Map([[key, false]]), new Map([[key, true]])]);

/** Pairs only while there are few: past that a minimal set is given instead of a smallest. */
function pairs(keys: readonly string[]): readonly Declared[] {
  if (keys.length > 8) return [];
  return keys.flatMap((a, i) =>
    keys.slice(i + 1).flatMap((b) =>
      [false, true].flatMap((x) =>
        [false, true].map(
          (y) =>
            new Map([
              [a, x],
              [b, y],
            ]),
        ),
      ),
    ),
  );
}
