/** Which instances of a resource or a module a reference goes on from. */
import type { Key } from './address.ts';
import type { Meaning } from './meaning.ts';
import type { OwnKey, Path } from './reference.ts';
import type { Asked } from './site.ts';

interface Keyed {
  readonly key?: Key;
  readonly address: string;
}

export interface Choice<T> {
  readonly chosen: readonly T[];
  readonly rest: Path;
  readonly how: Meaning['how'];
}

/**
 * Those of the path's key, where there is one of that key; else all of them. By the key of the instance that names
 * them, only where the keys of the two agree, and where it is a number (`count.index`), of what pairs parts of the network.
 */
export function choose<T extends Keyed>({ world, aligned }: Asked, all: readonly T[], path: Path): Choice<T> {
  const [step, ...rest] = path;
  if (typeof step !== 'object') return { chosen: all, rest: path, how: all.length > 1 ? 'each' : 'all' };
  // A key of something that has no instances by key is an index into its value.
  if (all.every(({ key }) => key === undefined)) return { chosen: all, rest, how: 'all' };
  const own = 'own' in step;
  const key = own ? step.own.key : step.key;
  const chosen = all.filter((one) => one.key === key);
  // An index that is no key counts something else: the values of a map, say.
  if (chosen.length === 0 || (own && !agrees(step.own, all))) return { chosen: all, rest, how: 'some' };
  if (own && typeof key === 'number' && step.own.certain !== true && !aligned)
    return { chosen: all, rest, how: 'some' };
  if (own && step.own.certain !== true && all.length > 1) world.byOwnKey.add(chosen[0]!.address);
  return { chosen, rest, how: 'all' };
}

/** Of equally many, `count.index` leads to each once; a key of `for_each` is a name, and there or not. */
function agrees({ key, among }: OwnKey, all: readonly Keyed[]): boolean {
  if (typeof key === 'number') return among.length === all.length;
  const keys = new Set(all.map((one) => one.key));
  return among.every((one) => keys.has(one));
}

/** The path names an instance that is not there: `x[0].id` of a `count` that is 0, inside `try` or a condition. */
export function namesNone(all: readonly Keyed[], [index, next]: Path): boolean {
  if (typeof index !== 'object' || !('key' in index) || typeof next !== 'string') return all.length === 0;
  return all.every((one) => one.key !== index.key) && all.every((one) => typeof one.key === typeof index.key);
}
