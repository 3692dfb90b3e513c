/** One edit being applied: the network as it is so far, what the edit changes, and what is wrong with it. */
import type { Problem } from '../base/problem.ts';
import type { AnyResource, Network } from '../network/network.ts';
import type { Provenance } from '../network/resource.ts';
import type { RuleReader } from '../network/rule-reader.ts';

/** What became of one thing: new where `before` is absent, gone where `after` is. */
export interface Change {
  /** The resource's id. */
  readonly resource: string;
  readonly name?: string;
  /** As the resource's own. */
  readonly kind: string;
  /** `ingress rule`, `route`, `state`. */
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
}

export type Mistake = Omit<Problem, 'file' | 'place'> & { readonly column?: number };

export interface Draft {
  network: Network;
  /** The maps of the network that are the draft's own. */
  readonly own: Map<keyof Network, Map<string, unknown>>;
  /** Where the edit is written: the source of what it adds. */
  readonly source: Provenance;
  readonly rules: RuleReader;
  readonly changes: Change[];
  readonly notes: string[];
  /** Notes a mistake in a field of the edit, or in all of it. */
  readonly wrong: (field: string | undefined, mistake: Mistake) => void;
}

type Maps = {
  [K in keyof Network]: Network[K] extends ReadonlyMap<string, infer R extends { readonly id: string }> ? R : never;
};
type MapKey = { [K in keyof Maps]: Maps[K] extends never ? never : K }[keyof Maps];

/** The network with these resources, new or in the place of those with their ids. */
export function put<K extends MapKey>(draft: Draft, key: K, ...resources: readonly Maps[K][]): void {
  const map = ownMap(draft, key);
  for (const one of resources) map.set(one.id, one);
}

/** The network without these. */
export function take(draft: Draft, key: MapKey, ...ids: readonly string[]): void {
  const map = ownMap(draft, key);
  for (const id of ids) map.delete(id);
}

/** A copy of the map that the draft was given; one a draft, for a zone may hold thousands of things. */
function ownMap<K extends MapKey>(draft: Draft, key: K): Map<string, Maps[K]> {
  const known = draft.own.get(key);
  if (known !== undefined) return known as Map<string, Maps[K]>;
  const map = new Map(draft.network[key] as ReadonlyMap<string, Maps[K]>);
  draft.own.set(key, map);
  draft.network = { ...draft.network, [key]: map };
  return map;
}

/** Notes what became of a part of the resource. */
export function note(
  { changes }: Draft,
  { id, kind, name }: Pick<AnyResource, 'id' | 'kind' | 'name'>,
  what: string,
  before: string | undefined,
  after: string | undefined,
): void {
  changes.push({
    resource: id,
    ...(name === undefined ? {} : { name }),
    kind,
    what,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
}

/**
 * Does it to each, which says why it need not be done; where it was done to none, the edit changes nothing, and that is a
 * mistake; where it was done to some, the others are told in the notes.
 */
export function toEach<T>(
  draft: Draft,
  field: string,
  all: readonly T[],
  hint: string | undefined,
  apply: (one: T) => string | undefined,
): void {
  const idle = all.map((one) => apply(one)).filter((why) => why !== undefined);
  if (idle.length < all.length) draft.notes.push(...idle);
  else if (idle.length > 0)
    draft.wrong(field, {
      code: 'changes-nothing',
      message: `The edit changes nothing: ${idle.map((why, i) => (i === 0 ? why : why.charAt(0).toUpperCase() + why.slice(1))).join(' ')}`,
      ...(hint === undefined ? {} : { hint }),
    });
}
