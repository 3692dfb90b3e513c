/**
 * What is managed beside a resource that shows it too. A refreshed group lists the rules of `aws_security_group_rule`
 * as its own, a table the routes of `aws_route`: whoever reads the list takes those away first, since the plan may
 * delete or change them.
 */
import type { Given } from './given.ts';
import { type Instance, ofType, type World } from './instance.ts';
import type { JsonObject } from './json.ts';

/** The values before the plan of the resources of the types whose argument `key` is one of the ids. */
export function apart(
  at: Given,
  types: readonly string[],
  key: string,
  ...ids: readonly (string | undefined)[]
): readonly JsonObject[] {
  const before = at.world.before ?? at.world;
  return types.flatMap((type) =>
    ids.flatMap((id) =>
      id === undefined ? [] : (indexOf(before, type, key).get(id) ?? []).map(({ values }) => values),
    ),
  );
}

function indexOf(world: World, type: string, key: string): ReadonlyMap<string, readonly Instance[]> {
  const name = `apart ${type} ${key}`;
  const before = world.memory.get(name);
  if (before !== undefined) return before as ReadonlyMap<string, readonly Instance[]>;
  const index = new Map<string, Instance[]>();
  for (const one of ofType(world, type)) {
    const id = one.values[key];
    if (typeof id !== 'string') continue;
    const same = index.get(id);
    if (same === undefined) index.set(id, [one]);
    else same.push(one);
  }
  world.memory.set(name, index);
  return index;
}
