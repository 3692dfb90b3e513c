/** Declarations in a few lines: addresses with types and properties, as readers of plans and templates hand them over. */
import { merge } from '../../src/sources/declared/base.ts';
import { declare } from '../../src/sources/declared/index.ts';
import type { Declaration, DeclaredResource } from '../../src/sources/declared/resource.ts';
import { type Fields, Link } from '../../src/sources/declared/value.ts';
import { buildNetwork } from '../../src/network/build/index.ts';
import type { Network } from '../../src/network/network.ts';

export const ref = (address: string, attribute?: string): Link => new Link(address, attribute);

type Some = Partial<Omit<DeclaredResource, 'type' | 'address' | 'properties'>>;

/** One resource; its id is its address unless said. */
export const declared = (
  address: string,
  type: string,
  properties: Fields = {},
  more: Some = {},
): DeclaredResource => ({
  type,
  address,
  id: address,
  properties,
  source: { file: 'plan.json', place: address },
  ...more,
});

export const declaration = (...resources: readonly DeclaredResource[]): Declaration => ({
  resources,
  untranslated: [],
  warnings: [],
});

/** What `declare` makes of them, which must be without problems. */
export function declaredFindings(...resources: readonly DeclaredResource[]) {
  const made = declare(declaration(...resources));
  if (made.problems.length > 0) throw new Error(made.problems.map(({ message }) => message).join('\n'));
  return made;
}

/** The network that they make up, which must be without problems. */
export function declaredNetwork(...resources: readonly DeclaredResource[]): Network {
  const made = declaredFindings(...resources);
  const built = buildNetwork(merge(undefined, made, made, new Set()), ['plan.json']);
  if (!built.ok) throw new Error(built.problems.map(({ message }) => message).join('\n'));
  return built.value;
}
