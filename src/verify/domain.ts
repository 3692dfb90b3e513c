/**
 * What a predicate leaves possible: for every variable the set of values that can still arrive. Sets only ever
 * over-approximate, so a contradiction is certain, and an edge dropped for one loses no packet (engine.md, step 5).
 */
import { type Header, type Predicate, type Symbol, type Variable, predicate as p, reduce } from '../dataplane/index.ts';
import {
  type Intervals,
  contains,
  intersect,
  isSubset,
  sameIntervals,
  single,
  subtract,
  unionAll,
} from '../net/interval.ts';

/** By variable; a variable that is absent may have any value of its domain. */
export type Domain = ReadonlyMap<Variable, Intervals>;

export const everywhere: Domain = new Map();

export const valuesOf = (domain: Domain, variable: Variable): Intervals => domain.get(variable) ?? variable.domain;

/** The domain where the predicate holds as well; undefined where it cannot. */
export function narrow(domain: Domain, header: Header, predicate: Predicate, negated = false): Domain | undefined {
  switch (predicate.kind) {
    case 'true':
      return negated ? undefined : domain;
    case 'false':
      return negated ? domain : undefined;
    case 'in':
      return narrowIn(domain, header[predicate.field], predicate.set, negated);
    case 'and':
      return negated ? narrowAny(domain, header, predicate.of, true) : narrowAll(domain, header, predicate.of, false);
    case 'or':
      return negated ? narrowAll(domain, header, predicate.of, true) : narrowAny(domain, header, predicate.of, false);
    case 'not':
      return narrow(domain, header, predicate.of, !negated);
    case 'at':
      return narrow(domain, predicate.header, predicate.of, negated);
    case 'same': {
      const { a, b } = predicate;
      if (a.kind === 'constant' && b.kind === 'constant') return (a.value === b.value) !== negated ? domain : undefined;
      if (a.kind === 'constant') return narrowIn(domain, b, single(a.value), negated);
      return b.kind === 'constant' ? narrowIn(domain, a, single(b.value), negated) : domain;
    }
    case 'unknown':
      return domain;
  }
}

function narrowIn(domain: Domain, symbol: Symbol, values: Intervals, negated: boolean): Domain | undefined {
  const reduced = reduce(symbol, values);
  if (typeof reduced === 'boolean') return reduced !== negated ? domain : undefined;
  const before = valuesOf(domain, reduced.variable);
  if (negated && before.length > patience && escapes(before, reduced.set)) return domain;
  const after = negated ? subtract(before, reduced.set) : intersect(before, reduced.set);
  if (after.length === 0) return undefined;
  return sameIntervals(before, after) ? domain : new Map(domain).set(reduced.variable, after);
}

function narrowAll(domain: Domain, header: Header, parts: readonly Predicate[], negated: boolean): Domain | undefined {
  let left: Domain | undefined = domain;
  for (const part of parts) {
    left = narrow(left, header, part, negated);
    if (left === undefined) return undefined;
  }
  return left;
}

function narrowAny(domain: Domain, header: Header, parts: readonly Predicate[], negated: boolean): Domain | undefined {
  if (negated && leavesAll(domain, header, parts)) return domain;
  const possible: Domain[] = [];
  for (const part of parts) {
    const one = narrow(domain, header, part, negated);
    if (one === domain) return domain;
    if (one !== undefined) possible.push(one);
  }
  // At once: one by one is quadratic in the rules of a firewall.
  return possible.length === 0 ? undefined : joinAll(possible);
}

/** Sets of more intervals than this are not made smaller by what they lack: rule by rule that is quadratic. */
const patience = 1024;

/** For certain not all of the values are in the set. */
const escapes = (values: Intervals, set: Intervals): boolean =>
  !contains(set, values[0]!.lo) || !contains(set, values.at(-1)!.hi);

/** Two of the parts can be false by themselves, each by a variable of its own: together they exclude no value. */
function leavesAll(domain: Domain, header: Header, parts: readonly Predicate[]): boolean {
  let first: Variable | undefined;
  for (const part of parts) {
    const reduced = part.kind === 'in' ? reduce(header[part.field], part.set) : undefined;
    if (typeof reduced !== 'object' || !escapes(valuesOf(domain, reduced.variable), reduced.set)) continue;
    if (first !== undefined && first !== reduced.variable) return true;
    first ??= reduced.variable;
  }
  return false;
}

/** What is possible in any of them, of which there is at least one. */
export function joinAll(domains: readonly Domain[]): Domain {
  const [first, ...rest] = domains;
  if (first === undefined || rest.length === 0) return first ?? everywhere;
  const out = new Map<Variable, Intervals>();
  for (const [variable, set] of first) {
    const others = rest.flatMap((domain) => {
      const other = domain.get(variable);
      return other === undefined ? [] : [other];
    });
    if (others.length === rest.length) out.set(variable, unionAll([...new Set([set, ...others])]));
  }
  return out;
}

/** A place whose possibilities grew this often is taken to admit anything, so that loops come to an end. */
const growth = 6;

/** What is possible where more has come, `times` times by now. */
export const grownBy = (domain: Domain, more: readonly Domain[], times: number): Domain =>
  times > growth ? everywhere : joinAll([domain, ...more]);

/** Whether everything possible in `a` is possible in `b`. */
export function within(a: Domain, b: Domain): boolean {
  for (const [variable, set] of b) {
    const smaller = a.get(variable);
    if (smaller !== set && !isSubset(smaller ?? variable.domain, set)) return false;
  }
  return true;
}

/** The predicate with every part decided that the domain decides. */
export function simplify(domain: Domain, header: Header, predicate: Predicate): Predicate {
  switch (predicate.kind) {
    case 'in': {
      const reduced = reduce(header[predicate.field], predicate.set);
      if (typeof reduced === 'boolean') return p.constant(reduced);
      const values = valuesOf(domain, reduced.variable);
      const meet = intersect(values, reduced.set);
      if (meet.length === 0) return p.no;
      return sameIntervals(meet, values) ? p.yes : predicate;
    }
    case 'and':
      return p.and(...predicate.of.map((part) => simplify(domain, header, part)));
    case 'or': {
      const parts: Predicate[] = [];
      for (const part of predicate.of) {
        const simpler = simplify(domain, header, part);
        if (simpler.kind === 'true') return p.yes;
        parts.push(simpler);
      }
      return p.anyOf(parts);
    }
    case 'not':
      return p.not(simplify(domain, header, predicate.of));
    case 'at':
      return p.at(predicate.header, simplify(domain, predicate.header, predicate.of));
    case 'true':
    case 'false':
    case 'unknown':
    case 'same':
      return predicate;
  }
}
