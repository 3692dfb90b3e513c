/** Predicates on headers: what guards an edge. Built with folding of the constant cases; nothing else is simplified. */
import { type Intervals, interval, single } from '../net/interval.ts';
import type { Field, Header } from './header.ts';
import type { Symbol } from './symbol.ts';

export type Predicate =
  | { readonly kind: 'true' }
  | { readonly kind: 'false' }
  | { readonly kind: 'in'; readonly field: Field; readonly set: Intervals }
  | { readonly kind: 'and'; readonly of: readonly Predicate[] }
  | { readonly kind: 'or'; readonly of: readonly Predicate[] }
  | { readonly kind: 'not'; readonly of: Predicate }
  /** An unknown of the snapshot, by its key (`network/unknown.ts`). */
  | { readonly kind: 'unknown'; readonly key: string }
  /** Two symbols of equal width hold the same value. */
  | { readonly kind: 'same'; readonly a: Symbol; readonly b: Symbol }
  /** The inner predicate speaks of that header instead of the current one. */
  | { readonly kind: 'at'; readonly header: Header; readonly of: Predicate };

export const yes: Predicate = { kind: 'true' };
export const no: Predicate = { kind: 'false' };

export const constant = (value: boolean): Predicate => (value ? yes : no);

export const isIn = (field: Field, set: Intervals): Predicate => (set.length === 0 ? no : { kind: 'in', field, set });

export const equals = (field: Field, value: number | bigint): Predicate => isIn(field, single(BigInt(value)));

export const between = (field: Field, from: number, to: number): Predicate =>
  isIn(field, interval(BigInt(from), BigInt(to)));

export const unknown = (key: string): Predicate => ({ kind: 'unknown', key });

export const same = (a: Symbol, b: Symbol): Predicate => (a === b ? yes : { kind: 'same', a, b });

export const at = (header: Header, of: Predicate): Predicate =>
  of.kind === 'true' || of.kind === 'false' ? of : { kind: 'at', header, of };

export function and(...of: readonly Predicate[]): Predicate {
  const kept: Predicate[] = [];
  for (const part of of) {
    if (part.kind === 'false') return no;
    if (part.kind === 'and') kept.push(...part.of);
    else if (part.kind !== 'true') kept.push(part);
  }
  return kept.length === 0 ? yes : kept.length === 1 ? kept[0]! : { kind: 'and', of: kept };
}

export const or = (...of: readonly Predicate[]): Predicate => anyOf(of);

export function anyOf(of: readonly Predicate[]): Predicate {
  const kept: Predicate[] = [];
  for (const part of of) {
    if (part.kind === 'true') return yes;
    if (part.kind === 'or') for (const inner of part.of) kept.push(inner);
    else if (part.kind !== 'false') kept.push(part);
  }
  return kept.length === 0 ? no : kept.length === 1 ? kept[0]! : { kind: 'or', of: kept };
}

/** TCP or UDP, the protocols with ports. */
export const hasPorts: Predicate = anyOf([equals('protocol', 6), equals('protocol', 17)]);

export function not(of: Predicate): Predicate {
  switch (of.kind) {
    case 'true':
      return no;
    case 'false':
      return yes;
    case 'not':
      return of.of;
    case 'in':
    case 'and':
    case 'or':
    case 'unknown':
    case 'same':
    case 'at':
      return { kind: 'not', of };
  }
}
