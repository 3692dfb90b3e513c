/** Declarations of several inputs, told apart where two of them declare the same address. */
import type { Declaration, DeclaredResource } from './resource.ts';
import { type Fields, isFields, Link, Unknown, type Value } from './value.ts';

/** Those whose addresses another has too get the name of their file in front of all of their addresses. */
export function apart(all: readonly Declaration[]): readonly Declaration[] {
  const counts = new Map<string, number>();
  for (const { resources } of all)
    for (const address of new Set(resources.map((one) => one.address)))
      counts.set(address, (counts.get(address) ?? 0) + 1);
  return all.map((one) =>
    one.resources.some(({ address }) => (counts.get(address) ?? 0) > 1) ? renamed(one, nameOf(one)) : one,
  );
}

const nameOf = ({ resources: [first] }: Declaration): string => `${first?.source.file ?? ''}:`;

const renamed = (declaration: Declaration, start: string): Declaration => ({
  ...declaration,
  resources: declaration.resources.map((one): DeclaredResource => ({
    ...one,
    address: start + one.address,
    id: one.id === one.address ? start + one.id : one.id,
    properties: renamedIn(one.properties, start) as Fields,
    ...(one.formerly === undefined ? {} : { formerly: one.formerly.map((each) => start + each) }),
  })),
  untranslated: declaration.untranslated.map((one) => ({
    ...one,
    address: start + one.address,
    ...(one.mentions === undefined ? {} : { mentions: one.mentions.map((each) => renamedIn(each, start)) }),
  })),
});

function renamedIn(value: Value, start: string): Value {
  if (value instanceof Link) return new Link(start + value.resource, value.attribute);
  if (value instanceof Unknown)
    return new Unknown(
      value.why,
      value.candidates.map((one) => new Link(start + one.resource, one.attribute)),
    );
  if (Array.isArray(value)) return (value as readonly Value[]).map((one) => renamedIn(one, start));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamedIn(one, start)]));
}
