/**
 * A product in which the sides of some unknowns are settled: guards are simpler, what cannot be behind them is gone, and
 * often nothing is left. It has the same flows as the whole one under those sides.
 */
import { type Predicate, settling, unknownsIn } from '../dataplane/index.ts';
import { type Domain, everywhere, grownBy, narrow, within } from './domain.ts';
import { type Product, type State, type Step, onlyUseful } from './product.ts';
import type { Path } from './search.ts';

/** What each state and step was before. */
const origins = new WeakMap<State | Step, State | Step>();

/** The path in the product as it was before. */
export const unsettled = ({ start, steps }: Path): Path => ({
  start: (origins.get(start) ?? start) as State,
  steps: steps.map((step) => {
    const { guard } = (origins.get(step) ?? step) as Step;
    return { ...step, guard, to: (origins.get(step.to) ?? step.to) as State };
  }),
});

export function settled(product: Product, sides: ReadonlyMap<string, boolean>): Product {
  const settle = settling(sides);
  const fresh = new Map(product.states.map((state) => [state, settledState(state, settle)]));
  const guards = new Map(product.states.flatMap(({ out }) => out.map((step) => [step, settle(step.guard)] as const)));
  const domains = reachable(product.states, fresh, guards);
  for (const [state, domain] of domains) {
    const from = fresh.get(state)!;
    from.domain = domain;
    for (const step of state.out) {
      const to = fresh.get(step.to);
      const guard = guards.get(step)!;
      if (to === undefined || !domains.has(step.to) || !narrow(domain, state.context.header, guard)) continue;
      const one: Step = { ...step, from, to, guard };
      origins.set(one, step);
      from.out.push(one);
      to.into.push(one);
    }
  }
  return { ...product, states: onlyUseful([...domains.keys()].map((state) => fresh.get(state)!)) };
}

function settledState(state: State, settle: (predicate: Predicate) => Predicate): State {
  const { start, end, arrival } = state;
  const one = { ...state, out: [], into: [], start: settle(start), end: settle(end), arrival: settle(arrival) };
  origins.set(one, state);
  return one;
}

/** What can be at each state that anything can come to. */
function reachable(
  states: readonly State[],
  fresh: ReadonlyMap<State, State>,
  guards: ReadonlyMap<Step, Predicate>,
): ReadonlyMap<State, Domain> {
  const domains = new Map<State, Domain>();
  const grown = new Map<State, number>();
  const waiting = new Set<State>();
  const enter = (state: State, domain: Domain | undefined): void => {
    const before = domains.get(state);
    if (domain === undefined || !fresh.has(state) || (before !== undefined && within(domain, before))) return;
    const times = before === undefined ? 0 : (grown.get(state) ?? 0) + 1;
    grown.set(state, times);
    domains.set(state, before === undefined ? domain : grownBy(before, [domain], times));
    waiting.add(state);
  };
  for (const state of states) enter(state, narrow(everywhere, state.context.header, fresh.get(state)!.start));
  // A set goes on with what is added to it meanwhile, in that order.
  for (const state of waiting) {
    waiting.delete(state);
    for (const step of state.out) enter(step.to, narrow(domains.get(state)!, state.context.header, guards.get(step)!));
  }
  return domains;
}

/** The unknowns of a product, and those of them that something rests on not being so. */
export function unknownsOf({ states }: Product): {
  readonly all: ReadonlySet<string>;
  readonly denied: ReadonlySet<string>;
} {
  const all = new Set<string>();
  const denied = new Set<string>();
  const seen = [new Set<Predicate>(), new Set<Predicate>()] as const;
  const visit = (predicate: Predicate, negated: boolean): void => {
    switch (predicate.kind) {
      case 'true':
      case 'false':
      case 'in':
      case 'same':
        return;
      case 'unknown':
        all.add(predicate.key);
        if (negated) denied.add(predicate.key);
        return;
      case 'not':
        return visit(predicate.of, !negated);
      case 'at':
        return visit(predicate.of, negated);
      case 'and':
      case 'or': {
        const met = seen[negated ? 1 : 0];
        if (met.has(predicate)) return;
        met.add(predicate);
        if (unknownsIn(predicate).size > 0) for (const one of predicate.of) visit(one, negated);
      }
    }
  };
  for (const { start, end, out } of states) {
    visit(start, false);
    visit(end, false);
    for (const { guard } of out) visit(guard, false);
  }
  return { all, denied };
}
