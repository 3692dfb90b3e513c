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
    possible: [...all.filter(({ of: { uncertain } }) => uncertain !== undefined), ...mayName(unknown, id)],
  };
}

/**
 * The ids of things outside the declaration that resources of `type` name by `key`, each with those resources; and, of
 * what is known to exist (`--base`), those that may name it, since it is not known what they name.
 */
export function aroundOutside(
  reading: Reading,
  type: string,
  key: string,
  of: string,
): readonly (readonly [id: string, all: readonly At[], possible: readonly At[]])[] {
  const { named, unknown } = indexOf(reading, type, key, of);
  const existing = unknown.length === 0 ? [] : (reading.around.existing.get(of) ?? []);
  const ids = [...new Set([...named.keys(), ...existing])];
  return ids.flatMap((id) => {
    if (reading.byId.has(id) || reading.derived.has(id)) return [];
    const [all, possible] = [named.get(id) ?? [], mayName(unknown, id)];
    return all.length + possible.length === 0 ? [] : [[id, all, possible] as const];
  });
}

const mayName = (unknown: Index['unknown'], id: string): readonly At[] =>
  unknown.flatMap(({ at, candidates }) => (candidates.length === 0 || candidates.includes(id) ? [at] : []));

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
