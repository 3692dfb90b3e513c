/**
 * A flow found by walking, where that is as easy as it is with most things open: the first way along which something stays
 * possible, taken at the lowest values. It is one only if all that it demands is so; none found proves nothing.
 */
import type { Variable } from '../dataplane/index.ts';
import { type Domain, everywhere, narrow } from './domain.ts';
import type { Product, State, Step } from './product.ts';
import type { Found } from './search.ts';
import { demandsOf, isTrue } from './truth.ts';

/** `side` is taken of every unknown. */
export function walked({ states }: Product, side: (key: string) => boolean): Walked | undefined {
  const came = new Map<State, { readonly domain: Domain; readonly by?: Step }>();
  for (const state of states) {
    const domain = narrow(everywhere, state.context.header, state.start);
    if (domain !== undefined) came.set(state, { domain });
  }
  // A map goes on with what is added to it meanwhile, in that order.
  for (const [state, { domain }] of came) {
    const { header } = state.context;
    const there = narrow(domain, header, state.end);
    if (there !== undefined) return flowAt(state, there, came, side);
    for (const step of state.out) {
      const next = came.has(step.to) ? undefined : narrow(domain, header, step.guard);
      if (next !== undefined) came.set(step.to, { domain: next, by: step });
    }
  }
  return undefined;
}

export type Walked = Pick<Extract<Found, { kind: 'found' }>, 'paths' | 'values'>;

function flowAt(
  end: State,
  domain: Domain,
  came: ReadonlyMap<State, { readonly by?: Step }>,
  side: (key: string) => boolean,
): Walked | undefined {
  const steps: Step[] = [];
  let start = end;
  for (let by = came.get(start)?.by; by !== undefined; by = came.get(start)?.by) {
    steps.unshift(by);
    start = by.from;
  }
  const path = { start, steps };
  const values = new Map([...domain].map(([variable, set]) => [variable, set[0]!.lo] as const));
  const value = (variable: Variable): bigint => values.get(variable) ?? variable.domain[0]!.lo;
  return demandsOf(path).every((demand) => isTrue(demand, value, side)) ? { paths: [path], values } : undefined;
}
