/**
 * What is left of a predicate where only part of it matters: parts that hold of all that can be there are left out, and
 * of what cannot hold there only that stays by which it cannot. Whatever is taken for possible, what is left follows from
 * the predicate: conditions are dropped and never added, so that a wrong guess loses a proof and never makes one.
 */
import { type Field, type Header, type Predicate, type Variable, predicate as p, reduce } from '../dataplane/index.ts';
import { type Intervals, intersect, isSubset, subtract, unionAll } from '../net/interval.ts';
import { type Domain, everywhere, narrow, valuesOf } from '../verify/index.ts';

/** By variable, values that it must not have. */
export type Needs = ReadonlyMap<Variable, Intervals>;

export interface Weakened {
  /** Whether it holds of all that can be there, or of none of it. */
  readonly of: 'all' | 'none' | 'some';
  /** Follows from the predicate. */
  readonly left: Predicate;
  /** Where it holds of none: what has to be known there for what is left to be impossible. */
  readonly needs: Needs;
}

const nothing: Needs = new Map();
const all: Weakened = { of: 'all', left: p.yes, needs: nothing };

/** `domain` is what can be there; where `asked` is given, only these values of that variable are of interest. */
export function weaken(
  domain: Domain,
  header: Header,
  predicate: Predicate,
  asked?: readonly [Variable, Intervals],
): Weakened {
  const within = asked === undefined ? domain : new Map(domain).set(asked[0], among(domain, asked));
  return weakenIn({ domain: within, asked }, header, predicate, false);
}

export const among = (domain: Domain, [variable, set]: readonly [Variable, Intervals]): Intervals =>
  intersect(valuesOf(domain, variable), set);

interface There {
  readonly domain: Domain;
  readonly asked: readonly [Variable, Intervals] | undefined;
}

function weakenIn(there: There, header: Header, predicate: Predicate, negated: boolean): Weakened {
  switch (predicate.kind) {
    case 'true':
    case 'false':
      return (predicate.kind === 'true') !== negated ? all : { of: 'none', left: p.no, needs: nothing };
    case 'in':
      return leaf(there, reduce(header[predicate.field], predicate.set), predicate, negated);
    case 'same': {
      const { a, b } = predicate;
      if (a.kind === 'constant') return leaf(there, reduce(b, [{ lo: a.value, hi: a.value }]), predicate, negated);
      if (b.kind === 'constant') return leaf(there, reduce(a, [{ lo: b.value, hi: b.value }]), predicate, negated);
      return open(predicate, negated);
    }
    case 'unknown':
      return open(predicate, negated);
    case 'and':
    case 'or': {
      const parts = predicate.of.map((part) => weakenIn(there, header, part, negated));
      return (predicate.kind === 'and') !== negated ? together(there, header, parts) : either(parts);
    }
    case 'not':
      return weakenIn(there, header, predicate.of, !negated);
    case 'at': {
      const inner = weakenIn(there, predicate.header, predicate.of, negated);
      return { ...inner, left: p.at(predicate.header, inner.left) };
    }
  }
}

const open = (predicate: Predicate, negated: boolean): Weakened => ({
  of: 'some',
  left: negated ? p.not(predicate) : predicate,
  needs: nothing,
});

function leaf(
  { domain, asked }: There,
  reduced: ReturnType<typeof reduce>,
  predicate: Predicate,
  negated: boolean,
): Weakened {
  if (typeof reduced === 'boolean') return reduced !== negated ? all : { of: 'none', left: p.no, needs: nothing };
  const { variable, set } = reduced;
  const values = valuesOf(domain, variable);
  const disjoint = intersect(values, set).length === 0;
  if (negated ? disjoint : isSubset(values, set)) return all;
  const closed = open(predicate, negated);
  if (negated ? !isSubset(values, set) : !disjoint) return closed;
  const shut = negated ? subtract(variable.domain, set) : intersect(variable.domain, set);
  const unwanted = asked?.[0] === variable ? intersect(asked[1], shut) : shut;
  return { ...closed, of: 'none', needs: unwanted.length === 0 ? nothing : new Map([[variable, unwanted]]) };
}

/** Any of them: those that cannot hold stay as what makes them so. */
function either(parts: readonly Weakened[]): Weakened {
  if (parts.some(({ of }) => of === 'all')) return all;
  const left = anyOf(parts.map((part) => part.left));
  const needs = allOf(parts.map((part) => part.needs));
  return { of: parts.every(({ of }) => of === 'none') ? 'none' : 'some', left, needs };
}

/** Alternatives on one field are one set of values of it. */
export function anyOf(parts: readonly Predicate[]): Predicate {
  const sets = new Map<Field, Intervals[]>();
  const others: Predicate[] = [];
  for (const part of parts.flatMap((one) => (one.kind === 'or' ? one.of : [one])))
    if (part.kind === 'in') sets.set(part.field, [...(sets.get(part.field) ?? []), part.set]);
    else others.push(part);
  const ins = [...sets].map(([field, several]) => p.isIn(field, unionAll(several)));
  return p.anyOf([...ins, ...others]);
}

/** All of them: one that cannot hold is enough, and else those that together cannot. */
function together({ domain, asked }: There, header: Header, parts: readonly Weakened[]): Weakened {
  const [alone] = parts.filter(({ of }) => of === 'none').toSorted(fewerNeeds);
  if (alone !== undefined) return alone;
  const left = parts.filter(({ of }) => of === 'some');
  if (left.length === 0) return all;
  const core = contradictory(domain, header, left);
  if (core === undefined)
    return { of: 'some', left: p.and(...left.map((one) => one.left)), needs: allOf(left.map(({ needs }) => needs)) };
  const others = core.slice(0, -1);
  const before = p.and(...others.map((one) => one.left));
  const last = weakenIn({ domain: narrow(domain, header, before) ?? domain, asked }, header, core.at(-1)!.left, false);
  const possible = narrow(everywhere, header, before) ?? everywhere;
  const needs = new Map(
    [...last.needs].flatMap(([variable, set]) => {
      const unwanted = intersect(valuesOf(possible, variable), set);
      return unwanted.length === 0 ? [] : [[variable, unwanted] as const];
    }),
  );
  const enough =
    last.of === 'none' &&
    [...needs].every(([variable, set]) => intersect(valuesOf(domain, variable), set).length === 0);
  return {
    of: 'none',
    left: p.and(before, last.left),
    needs: allOf([...others.map((one) => one.needs), enough ? needs : everything(domain)]),
  };
}

const fewerNeeds = (a: Weakened, b: Weakened): number => a.needs.size - b.needs.size || rank(a.needs) - rank(b.needs);

/** One order for all, so that alternatives are closed by the same variable where they can. */
const rank = (needs: Needs): number => Math.min(...[...needs.keys()].map(({ id }) => id));

/** The fewest that cannot hold together, as far as leaving them out one by one tells; undefined where they can. */
function contradictory(domain: Domain, header: Header, parts: readonly Weakened[]): readonly Weakened[] | undefined {
  let there: Domain | undefined = domain;
  let end = 0;
  while (there !== undefined && end < parts.length) there = narrow(there, header, parts[end++]!.left);
  if (there !== undefined) return undefined;
  let core = parts.slice(0, end);
  for (const part of core.slice(0, -1)) {
    const without = core.filter((one) => one !== part);
    if (narrow(domain, header, p.and(...without.map(({ left }) => left))) === undefined) core = without;
  }
  return core;
}

/** All that is known of what can be there. */
export const everything = (domain: Domain): Needs =>
  new Map([...domain].map(([variable, set]) => [variable, subtract(variable.domain, set)]));

export function allOf(several: readonly Needs[]): Needs {
  const filled = several.filter(({ size }) => size > 0);
  if (filled.length <= 1) return filled[0] ?? nothing;
  const sets = new Map<Variable, Intervals[]>();
  for (const needs of filled)
    for (const [variable, set] of needs) {
      const known = sets.get(variable);
      if (known === undefined) sets.set(variable, [set]);
      else known.push(set);
    }
  return new Map([...sets].map(([variable, found]) => [variable, unionAll(found)]));
}
