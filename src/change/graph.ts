/**
 * Parts of products as products of their own: states and steps given, what can arrive at them worked out anew, and all
 * left out that no flow comes by. Nothing that a packet can do is lost: sets only ever over-approximate.
 */
import type { Context, Header, Place, Predicate, Variable } from '../dataplane/index.ts';
import type { Family } from '../net/address.ts';
import { type Intervals, intersect, isEmpty } from '../net/interval.ts';
import { predicate as p } from '../dataplane/index.ts';
import {
  type Domain,
  type Product,
  type State,
  type Step,
  joinAll,
  narrow,
  onlyUseful,
  valuesOf,
  within,
} from '../verify/index.ts';

export interface Node {
  readonly place: Place;
  readonly context: Context;
  /** Whatever arrives is in it. */
  readonly cap: Domain;
  readonly start: Predicate;
  readonly end: Predicate;
  readonly out: readonly Arc[];
}

export interface Arc {
  readonly to: () => Node;
  readonly guard: Predicate;
  readonly facts: readonly string[];
}

export interface Part extends Product {
  /** What can be delivered somewhere in it; undefined where nothing can. */
  readonly delivered: Domain | undefined;
}

/** A state that grew this often admits all that it ever may. */
const patience = 4;

/** Of flows in `seed`. */
export function partOf(family: Family, first: Header, nodes: Iterable<Node>, seed: Domain): Part {
  const domains = new Map<Node, Domain>();
  const grown = new Map<Node, number>();
  const arcs = new Map<Node, Map<Arc, Node>>();
  const queue: Node[] = [];
  const waiting = new Set<Node>();
  const enter = (node: Node, came: Domain): void => {
    const domain = meet(came, node.cap);
    if (domain === undefined) return;
    const before = domains.get(node);
    if (before !== undefined && within(domain, before)) return;
    const times = (grown.get(node) ?? 0) + 1;
    grown.set(node, times);
    domains.set(node, before === undefined ? domain : times > patience ? node.cap : joinAll([before, domain]));
    if (waiting.has(node)) return;
    waiting.add(node);
    queue.push(node);
  };
  const seeded = p.and(...[...seed].map(([variable, values]) => isIn(first, variable, values)));
  const starting = [...nodes].filter(({ start }) => start.kind !== 'false');
  for (const node of starting) {
    const domain = narrow(seed, node.context.header, node.start);
    if (domain !== undefined) enter(node, domain);
  }
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i]!;
    waiting.delete(node);
    const taken = arcs.get(node) ?? new Map<Arc, Node>();
    arcs.set(node, taken);
    for (const arc of node.out) {
      const domain = narrow(domains.get(node)!, node.context.header, arc.guard);
      if (domain === undefined) continue;
      const to = taken.get(arc) ?? arc.to();
      taken.set(arc, to);
      enter(to, domain);
    }
  }
  const states = new Map<Node, State>();
  const ends: Domain[] = [];
  for (const [node, domain] of domains) {
    const { place, context } = node;
    const { header } = context;
    const ended = node.end.kind === 'false' ? undefined : narrow(domain, header, node.end);
    if (ended !== undefined) ends.push(ended);
    const begins = node.start.kind !== 'false' && narrow(seed, header, node.start) !== undefined;
    const start = begins ? p.and(node.start, seeded) : p.no;
    states.set(node, {
      index: states.size,
      place,
      context,
      seen: 0,
      from: [],
      domain,
      out: [],
      into: [],
      start,
      end: ended === undefined ? p.no : node.end,
      arrival: p.no,
    });
  }
  for (const [node, taken] of arcs)
    for (const [{ guard, facts }, target] of taken) {
      const [from, to] = [states.get(node)!, states.get(target)];
      if (to === undefined) continue;
      const step: Step = { from, to, guard, facts, crosses: [] };
      from.out.push(step);
      to.into.push(step);
    }
  return {
    family,
    first,
    states: useful([...states.values()]),
    started: starting.length > 0,
    arrives: ends.length > 0,
    onPremises: false,
    delivered: ends.length === 0 ? undefined : joinAll(ends),
  };
}

/** The steps of a state to states of a product: those that lead to no end are none of it. */
export function leadingIn(states: readonly State[]): (state: State) => readonly Step[] {
  const all = new Set(states);
  return ({ out }) => (out.every(({ to }) => all.has(to)) ? out : out.filter(({ to }) => all.has(to)));
}

/** Only what leads to an end; steps to the rest are cut. */
function useful(states: readonly State[]): readonly State[] {
  const left = onlyUseful(states);
  const leading = leadingIn(left);
  for (const state of left) {
    const going = leading(state);
    if (going.length < state.out.length) state.out.splice(0, state.out.length, ...going);
  }
  return left;
}

/** A variable's value as the field of a header of its own. */
export const isIn = (first: Header, variable: Variable, values: Intervals): Predicate =>
  p.at({ ...first, protocol: variable }, p.isIn('protocol', values));

/** What is possible in both; undefined where nothing is. */
export function meet(a: Domain, b: Domain): Domain | undefined {
  if (a.size === 0) return b;
  let out: Map<Variable, Intervals> | undefined;
  for (const [variable, set] of b) {
    const mine = valuesOf(a, variable);
    if (mine === set) continue;
    const both = intersect(mine, set);
    if (isEmpty(both)) return undefined;
    out ??= new Map(a);
    out.set(variable, both);
  }
  return out ?? a;
}

/** What is said of these variables alone. */
export const onlyOf = (domain: Domain, variables: ReadonlySet<Variable>): Domain =>
  new Map([...domain].filter(([variable]) => variables.has(variable)));
