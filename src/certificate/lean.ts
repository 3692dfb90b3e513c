/**
 * A product with the ways that were not followed, and as little of each guard as closes them. What can be where is taken
 * from the exploring to choose what to keep, and not believed: whatever is left follows from the guards (`weakening.ts`),
 * and the clauses have to show again that it suffices.
 */
import { cyclesIn } from '../base/cycles.ts';
import { invariant } from '../base/invariant.ts';
import { type Header, type Predicate, type Variable, predicate as p } from '../dataplane/index.ts';
import { type Intervals, isSubset, none } from '../net/interval.ts';
import { type Cut, type Domain, type Product, type State, type Step, everywhere, onlyUseful } from '../verify/index.ts';
import { type Needs, allOf, among, anyOf, everything, weaken } from './weakening.ts';

export interface Guarded {
  readonly product: Product;
  /** Sets of its states, by their numbers, that could support but each other, as far as that is told beforehand. */
  readonly loops: readonly (readonly number[])[];
}

/** With every guard as it is. */
export function whole(product: Product): Guarded {
  for (const [state, cuts] of product.cuts ?? []) state.end = p.anyOf([state.end, ...cuts.map(({ guard }) => guard)]);
  return { product, loops: [] };
}

/** With what is needed of the guards. */
export function lean(product: Product): Guarded {
  const { states, cuts = new Map<State, readonly Cut[]>() } = product;
  // From these a way is followed to an end: that nobody takes it is the solver's to say.
  const live = new Set(onlyUseful(states));
  const ends = new Map<State, End>();
  const kept = neededBy(states, live, (need) => {
    for (const state of states) {
      const end = endOf(state, cuts.get(state) ?? []);
      if (end.left.kind === 'false') continue;
      ends.set(state, end);
      need(state, end.needs);
    }
  });
  const beyond = [...kept.needed.keys()].flatMap(({ into }) => into.map(({ from }) => from));
  const wanted = new Set([...live, ...ends.keys(), ...kept.needed.keys(), ...beyond]);
  const copies = new Map<State, State>();
  /** Nothing comes there. */
  const nowhere = new Set<State>();
  for (const state of states) {
    const { header } = state.context;
    const start = kept.needed.has(state)
      ? p.and(...kept.starts.get(state)!.values())
      : live.has(state)
        ? weaken(everywhere, header, state.start).left
        : // Nothing is needed of it: whoever could be there is taken to be.
          p.yes;
    if (start.kind === 'false' && state.into.length === 0) nowhere.add(state);
    else if (wanted.has(state))
      copies.set(state, { ...state, start, end: ends.get(state)?.left ?? p.no, into: [], out: [] });
  }
  for (const [state, copy] of copies)
    for (const step of live.has(state) || kept.needed.has(state) ? state.into : []) {
      if (nowhere.has(step.from)) continue;
      const from = copies.get(step.from);
      invariant(from !== undefined, 'wherever someone comes from to what is kept is kept');
      const guard = live.has(state)
        ? weaken(step.from.domain, step.from.context.header, step.guard).left
        : p.and(...kept.guards.get(step)!.values());
      if (guard.kind === 'false') continue;
      const left: Step = { ...step, from, to: copy, guard };
      copy.into.push(left);
      from.out.push(left);
    }
  const alive = [...copies].flatMap(([state, copy]) => (live.has(state) ? [copy] : []));
  return {
    product: {
      ...product,
      states: [...copies.values()],
      cuts: new Map([...copies].flatMap(([state, copy]) => (ends.has(state) ? [[copy, ends.get(state)!.cuts]] : []))),
    },
    loops: distinct([...loopsOf(alive, ({ out }) => out.map(({ to }) => to)), ...kept.loops]),
  };
}

const loopsOf = <Node extends { readonly index: number }>(
  nodes: readonly Node[],
  next: (node: Node) => readonly Node[],
): readonly (readonly number[])[] =>
  [...new Set(cyclesIn(nodes, next).values())].map((cycle) =>
    [...new Set(cycle.map(({ index }) => index))].toSorted((a, b) => a - b),
  );

const distinct = (loops: readonly (readonly number[])[]): readonly (readonly number[])[] => [
  ...new Map(loops.map((loop) => [loop.join(), loop])).values(),
];

interface End {
  readonly left: Predicate;
  readonly needs: Needs;
  /** The ways not followed that can be taken as far as what is left of them tells. */
  readonly cuts: readonly Cut[];
}

function endOf({ domain, context: { header }, end }: State, cuts: readonly Cut[]): End {
  const closed = cuts.map((cut) => ({ cut, ...weaken(domain, header, cut.guard) }));
  const open = closed.filter(({ left }) => left.kind !== 'false');
  const lefts = [weaken(domain, header, end), ...open].map(({ left }) => left);
  return {
    left: anyOf(lefts),
    needs: open.every(({ of }) => of === 'none') ? allOf(open.map(({ needs }) => needs)) : everything(domain),
    cuts: open.map(({ cut }) => cut),
  };
}

/** By variable for which it is needed, what is left of each start and guard that leads to where something is needed. */
interface Kept {
  readonly needed: ReadonlyMap<State, Needs>;
  readonly starts: ReadonlyMap<State, ReadonlyMap<Variable, Predicate>>;
  readonly guards: ReadonlyMap<Step, ReadonlyMap<Variable, Predicate>>;
  /** States that need something of each other. */
  readonly loops: Guarded['loops'];
}

/** That something has to be known of a variable in a state, and what for. */
interface Need {
  readonly index: number;
  readonly for: Set<Need>;
}

/** From where something is needed back to where it is so by itself; of live states all is kept as it is. */
function neededBy(
  states: readonly State[],
  live: ReadonlySet<State>,
  begin: (need: (state: State, more: Needs) => void) => void,
): Kept {
  const needed = new Map<State, Needs>();
  const starts = new Map<State, Map<Variable, Predicate>>();
  const guards = new Map<Step, Map<Variable, Predicate>>();
  const wants = new Map<State, Map<Variable, Need>>();
  const wanted = (state: State, variable: Variable): Need => {
    let of = wants.get(state);
    if (of === undefined) wants.set(state, (of = new Map<Variable, Need>()));
    let found = of.get(variable);
    if (found === undefined) of.set(variable, (found = { index: state.index, for: new Set() }));
    return found;
  };
  const open = new Set<State>();
  const need = (state: State, more: Needs): void => {
    const before = needed.get(state);
    if (live.has(state) || isPartOf(more, before)) return;
    needed.set(state, before === undefined ? more : allOf([before, more]));
    open.add(state);
  };
  begin(need);
  const backwards = lastFirst(states);
  for (let sweep = 1; open.size > 0; sweep++)
    for (const state of backwards) {
      if (!open.delete(state)) continue;
      // Round and round a loop more and more may be needed, and never more than all.
      if (sweep > patience) needed.set(state, allOf([needed.get(state)!, everything(state.domain)]));
      for (const asked of needed.get(state)!) {
        const [variable] = asked;
        keep(starts, state, variable, closing(everywhere, state.context.header, state.start, asked).left);
        for (const step of state.into) {
          const { left, needs } = closing(step.from.domain, step.from.context.header, step.guard, asked);
          keep(guards, step, variable, left);
          need(step.from, needs);
          if (!live.has(step.from))
            for (const before of needs.keys()) wanted(step.from, before).for.add(wanted(state, variable));
        }
      }
    }
  const all = [...wants.values()].flatMap((of) => [...of.values()]);
  return { needed, starts, guards, loops: loopsOf(all, (one) => [...one.for]) };
}

/** Sweeps over all states before no more is saved. */
const patience = 8;

/** Each state after all that it leads to, but for loops. */
function lastFirst(states: readonly State[]): readonly State[] {
  const found: State[] = [];
  const seen = new Set<State>();
  for (const root of states) {
    const path = [{ state: root, next: 0 }];
    if (seen.has(root)) continue;
    seen.add(root);
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const to = at.state.out[at.next++]?.to;
      if (to === undefined) found.push(path.pop()!.state);
      else if (!seen.has(to)) {
        seen.add(to);
        path.push({ state: to, next: 0 });
      }
    }
  }
  return found;
}

function keep<K>(of: Map<K, Map<Variable, Predicate>>, key: K, variable: Variable, left: Predicate): void {
  const found = of.get(key);
  if (found === undefined) of.set(key, new Map([[variable, left]]));
  else found.set(variable, left);
}

const isPartOf = (more: Needs, known: Needs | undefined): boolean =>
  [...more].every(([variable, set]) => isSubset(set, known?.get(variable) ?? none));

/** What has to be kept of a guard, and known before it, so that the variable has none of the values behind it. */
function closing(
  domain: Domain,
  header: Header,
  guard: Predicate,
  asked: readonly [Variable, Intervals],
): { readonly left: Predicate; readonly needs: Needs } {
  if (among(domain, asked).length === 0) return { left: p.yes, needs: new Map([asked]) };
  const closed = weaken(domain, header, guard, asked);
  return closed.of === 'none' ? closed : { left: weaken(domain, header, guard).left, needs: everything(domain) };
}
