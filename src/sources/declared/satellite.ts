/** Resources that belong to another and are declared beside it: routes of a table, attachments of a gateway. */
import { candidatesOf, reference } from './property.ts';
import type { At, Reading } from './reading.ts';
import { Unknown } from './value.ts';

export interface Satellites {
  /** Those that name it. */
  readonly certain: readonly At[];
  /** Those that may: what they name is not known, or whether they are there at all. */
  readonly possible: readonly At[];
}

interface Index {
  readonly named: Map<string, At[]>;
  readonly unknown: readonly { readonly at: At; readonly candidates: readonly string[] }[];
}

const indexes = new WeakMap<Reading, Map<string, Index>>();

/** The resources of `type` whose property `key` names `id`, which is of the type `of`. */
export function satellitesOf(reading: Reading, type: string, key: string, id: string, of: string): Satellites {
  const { named, unknown } = indexOf(reading, type, key, of);
  const all = named.get(id) ?? [];
  return {
    certain: all.filter(({ of: { uncertain } }) => uncertain === undefined),
    possible: [
      ...all.filter(({ of: { uncertain } }) => uncertain !== undefined),
      ...unknown.flatMap(({ at, candidates }) => (candidates.length === 0 || candidates.includes(id) ? [at] : [])),
    ],
  };
}

/** The ids of things outside the declaration that resources of `type` name by `key`, each with those resources. */
export function aroundOutside(
  reading: Reading,
  type: string,
  key: string,
  of: string,
): readonly [string, readonly At[]][] {
  const { named } = indexOf(reading, type, key, of);
  return [...named].filter(([id]) => !reading.byId.has(id) && !reading.derived.has(id));
}

function indexOf(reading: Reading, type: string, key: string, of: string): Index {
  const all = indexes.get(reading) ?? new Map<string, Index>();
  indexes.set(reading, all);
  const name = `${type} ${key}`;
  const before = all.get(name);
  if (before !== undefined) return before;
  const named = new Map<string, At[]>();
  const unknown: { at: At; candidates: readonly string[] }[] = [];
  for (const at of reading.byType.get(type) ?? []) {
    const found = reference(at, key, of);
    if (found instanceof Unknown) unknown.push({ at, candidates: candidatesOf(at, found) });
    else if (found !== undefined) named.set(found.id, [...(named.get(found.id) ?? []), at]);
  }
  const index = { named, unknown };
  all.set(name, index);
  return index;
}
