/**
 * Whether what is left of a product only lets more through: whoever goes a way in the whole of it goes the same way in
 * what is left. Told apart from what leaves things out (`lean.ts`, `weakening.ts`), and by what the two products say
 * alone, so that a mistake there is one proof less and not one too many. Where it is not seen here, it may still be so.
 */
import { type Header, type Predicate, predicate as p, reduce } from '../dataplane/index.ts';
import { type Intervals, intersect, isSubset, overlaps, unionAll } from '../net/interval.ts';
import type { Product, State, Step } from '../verify/index.ts';

export function letsAllThrough(whole: Product, left: Product): boolean {
  const copies = new Map(left.states.map((one) => [one.index, one]));
  if (copies.size < left.states.length) return false;
  return whole.states.every((state) => {
    const { header } = state.context;
    const copy = copies.get(state.index);
    const ends = [state.end, ...(whole.cuts?.get(state) ?? []).map(({ guard }) => guard)];
    if (!ends.every((end) => follows(header, end, copy?.end ?? p.no))) return false;
    if (copy === undefined || copy.start.kind === 'true') return true;
    if (copy.context !== state.context || !follows(header, state.start, copy.start)) return false;
    const into = new Map<number, Step[]>();
    for (const step of copy.into) into.set(step.from.index, [...(into.get(step.from.index) ?? []), step]);
    return state.into.every(({ from, guard }) => {
      const there = into.get(from.index) ?? [];
      const before = from.context.header;
      return there.some((step) => follows(before, guard, step.guard)) || isEmpty(from) || follows(before, guard, p.no);
    });
  });
}

/** Nothing begins there or comes there. */
const isEmpty = ({ into, context, start }: State): boolean => into.length === 0 && follows(context.header, start, p.no);

/** A predicate, or its contrary. */
interface Said {
  readonly of: Predicate;
  readonly not: boolean;
}

/** Wherever the one is so of a packet with that header, the other is. */
export const follows = (header: Header, one: Predicate, other: Predicate): boolean =>
  one === other || implies(header, { of: one, not: false }, { of: other, not: false });

function implies(header: Header, a: Said, b: Said): boolean {
  if (a.not === b.not && a.of === b.of) return true;
  if (a.of.kind === 'not') return implies(header, { of: a.of.of, not: !a.not }, b);
  if (b.of.kind === 'not') return implies(header, a, { of: b.of.of, not: !b.not });
  if (always(header, a) === false || always(header, b) === true) return true;
  const [any, all] = [anyOf(a), allOf(b)];
  if (any !== undefined) return any.every((one) => implies(header, one, b));
  if (all !== undefined) return all.every((one) => implies(header, a, one));
  const [before, after] = [elsewhere(a), elsewhere(b)];
  if (before !== undefined && after?.header === before.header && implies(before.header, before.said, after.said))
    return true;
  if (before !== undefined && implies(before.header, before.said, never)) return true;
  if (after !== undefined && implies(after.header, ever, after.said)) return true;
  return (
    leafImplies(a, b) ||
    (allOf(a)?.some((one) => implies(header, one, b)) ?? false) ||
    (anyOf(b)?.some((one) => implies(header, a, one)) ?? false) ||
    amongTogether(a, b)
  );
}

const never: Said = { of: p.no, not: false };
const ever: Said = { of: p.yes, not: false };

/** What is said of another header than the current one. */
const elsewhere = ({ of, not }: Said): { readonly header: Header; readonly said: Said } | undefined =>
  of.kind === 'at' ? { header: of.header, said: { of: of.of, not } } : undefined;

/** The parts any of which makes it so; undefined where it is not made of such. */
const anyOf = ({ of, not }: Said): readonly Said[] | undefined =>
  of.kind === (not ? 'and' : 'or') ? of.of.map((one) => ({ of: one, not })) : undefined;

/** The parts all of which it takes. */
const allOf = ({ of, not }: Said): readonly Said[] | undefined =>
  of.kind === (not ? 'or' : 'and') ? of.of.map((one) => ({ of: one, not })) : undefined;

/** What it is of every packet with that header, where that is plain. */
function always(header: Header, { of, not }: Said): boolean | undefined {
  if (of.kind === 'true' || of.kind === 'false') return (of.kind === 'true') !== not;
  const reduced =
    of.kind === 'in'
      ? reduce(header[of.field], of.set)
      : of.kind === 'same' && of.a.kind === 'constant'
        ? reduce(of.b, [{ lo: of.a.value, hi: of.a.value }])
        : of.kind === 'same' && of.b.kind === 'constant'
          ? reduce(of.a, [{ lo: of.b.value, hi: of.b.value }])
          : undefined;
  return typeof reduced === 'boolean' ? reduced !== not : undefined;
}

function leafImplies(a: Said, b: Said): boolean {
  if (a.of.kind !== 'in' || b.of.kind !== 'in' || a.of.field !== b.of.field) return false;
  if (a.not) return b.not && isSubset(b.of.set, a.of.set);
  return b.not ? !overlaps(a.of.set, b.of.set) : isSubset(a.of.set, b.of.set);
}

/** Values that one alternative has by parts of the other's: all that is said of a field, taken together. */
function amongTogether(a: Said, b: Said): boolean {
  const given = setsIn(allOf(a) ?? [a]);
  const wanted = setsIn(anyOf(b) ?? [b]);
  return [...given].some(([field, sets]) => {
    const together = wanted.get(field);
    const possible = sets.reduce((one, other) => intersect(one, other));
    return together === undefined ? possible.length === 0 : isSubset(possible, unionAll(together));
  });
}

function setsIn(parts: readonly Said[]): ReadonlyMap<string, Intervals[]> {
  const found = new Map<string, Intervals[]>();
  for (const { of, not } of parts)
    if (of.kind === 'in' && !not) found.set(of.field, [...(found.get(of.field) ?? []), of.set]);
  return found;
}
