/** Searching the encodings of a product for a flow that satisfies all of them, each by a real path. */
import { valueOf } from '../logic/vector.ts';
import { createEvaluator } from '../logic/evaluate.ts';
import type { Term } from '../logic/term.ts';
import type { Variable } from '../dataplane/index.ts';
import type { Check, Solver } from '../solver/solver.ts';
import type { Alphabet, Encoding } from './encoding.ts';
import type { Product, State, Step } from './product.ts';

export interface Path {
  readonly start: State;
  readonly steps: readonly Step[];
}

export type Found =
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: string }
  | {
      readonly kind: 'found';
      /** One for each encoding. */
      readonly paths: readonly Path[];
      /** What each encoding fixes. */
      readonly fixed: readonly ReadonlyMap<Variable, bigint>[];
      readonly values: ReadonlyMap<Variable, bigint>;
      readonly sides: ReadonlyMap<string, boolean>;
    };

export interface Search {
  /** A flow under the assumptions; none is a proof that there is none. */
  find(assumptions: readonly Term[], timeoutMs: number): Promise<Found>;
}

export function createSearch(
  alphabet: Alphabet,
  product: Product,
  encodings: readonly Encoding[],
  solver: Solver,
): Search {
  for (const { definitions } of encodings) for (const one of definitions) solver.assert(one);
  for (const one of alphabet.facts) solver.assert(one);
  const goals = encodings.map(({ goal }) => goal);
  return {
    async find(assumptions, timeoutMs) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const left = deadline - Date.now();
        if (left <= 0) return { kind: 'unknown', reason: 'timeout' };
        const check = await solver.check([...goals, ...assumptions], { timeoutMs: left });
        if (check.kind === 'unsat') return { kind: 'none' };
        if (check.kind === 'unknown') return check;
        const holds = createEvaluator(alphabet.terms, (variable) => check.value(variable));
        const paths = encodings.map((encoding) => shortestPath(product, encoding, holds));
        const unsupported = paths.flatMap((path, i) => (path === undefined ? [encodings[i]!] : []));
        const fixed = encodings.map((encoding) => encoding.fixed);
        if (unsupported.length === 0)
          return { kind: 'found', paths: paths as Path[], fixed, ...readModel(alphabet, check) };
        for (const encoding of unsupported)
          solver.assert(loopFormula(alphabet, encoding, unfounded(product, encoding, holds)));
      }
    },
  };
}

/** The shortest way from a start to an end over guards that hold; none where states only support each other. */
export function shortestPath(product: Product, encoding: Encoding, holds: (t: Term) => boolean): Path | undefined {
  const before = new Map<State, Step | undefined>();
  const queue: State[] = [];
  for (const state of product.states)
    if (state.start.kind !== 'false' && holds(encoding.start(state))) {
      before.set(state, undefined);
      queue.push(state);
    }
  const useful = new Set(product.states);
  for (let i = 0; i < queue.length; i++) {
    const state = queue[i]!;
    if (state.end.kind !== 'false' && holds(encoding.end(state))) return pathTo(state, before);
    for (const step of state.out)
      if (useful.has(step.to) && !before.has(step.to) && holds(encoding.guard(step))) {
        before.set(step.to, step);
        queue.push(step.to);
      }
  }
  return undefined;
}

function pathTo(end: State, before: ReadonlyMap<State, Step | undefined>): Path {
  const steps: Step[] = [];
  let at = end;
  for (let step = before.get(at); step !== undefined; step = before.get(at)) {
    steps.unshift(step);
    at = step.from;
  }
  return { start: at, steps };
}

/** The states that the model took for reached without a way from a start. */
export function unfounded(
  product: Product,
  { reached, guard, start }: Encoding,
  holds: (t: Term) => boolean,
): ReadonlySet<State> {
  const founded = new Set<State>();
  const queue = product.states.filter((state) => holds(reached(state)) && holds(start(state)));
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    if (founded.has(state)) continue;
    founded.add(state);
    for (const step of state.out) if (holds(reached(step.to)) && holds(guard(step))) queue.push(step.to);
  }
  return new Set(product.states.filter((state) => holds(reached(state)) && !founded.has(state)));
}

/** Whoever is in the set came in from outside it (the loop formulas of answer set programming: Lin and Zhao, 2004). */
export function loopFormula({ terms }: Alphabet, { reached, guard, start }: Encoding, loop: ReadonlySet<State>): Term {
  const entries = [...loop].flatMap((state) => [
    start(state),
    ...state.into.flatMap((step) => (loop.has(step.from) ? [] : [terms.and([reached(step.from), guard(step)])])),
  ]);
  return terms.implies(terms.or([...loop].map(reached)), terms.or(entries));
}

function readModel({ vectors, unknowns }: Alphabet, model: Extract<Check, { kind: 'sat' }>) {
  const value = (variable: Term): boolean => model.value(variable);
  return {
    values: new Map([...vectors].map(([variable, vector]) => [variable, valueOf(vector, value)] as const)),
    sides: new Map([...unknowns].map(([key, terms]) => [key, value(terms.value)] as const)),
  };
}
