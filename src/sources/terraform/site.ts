/** Where an expression stands, what is asked of it, and what was answered before. */
import type { Key } from './address.ts';
import type { Instance, Module, World } from './instance.ts';
import type { Json } from './json.ts';
import type { Kind } from './kinds.ts';
import { type Meaning, steering } from './meaning.ts';
import type { OwnKey } from './reference.ts';

export interface Asked {
  readonly world: World;
  readonly wanted: readonly Kind[];
  /** The value is not known yet, so what has its identity already cannot be meant. */
  readonly unknownOnly: boolean;
  /** The expression is that of several arguments together, so what it names may be another's. */
  readonly shared: boolean;
  /** What takes it pairs parts of the network, which people write in one order. */
  readonly aligned: boolean;
  /** While it is looked for what an expression that is not shown may mean. */
  readonly search?: Search;
}

export interface Search {
  /** The module whose expression is looked for: what is handed into it, and into those around it, they cannot make. */
  readonly around: readonly Module[];
  /** What was looked through already: all that is found is one union, so it adds nothing. */
  readonly seen: Set<string>;
}

/** Where an expression stands. */
export interface Site {
  readonly asked: Asked;
  readonly module: Module;
  /** The key of the resource or the call whose expression it is, and what its `for_each` goes through. */
  readonly own?: OwnKey;
  readonly forEach: Json;
  readonly depth: number;
}

export function siteOf(asked: Asked, of: Instance, depth: number): Site {
  const { module, key, configuration } = of;
  const site = { asked, module, depth, forEach: configuration?.for_each_expression ?? null };
  if (key === undefined) return site;
  return { ...site, own: { key, among: keysOf(module.resources.get(of.of)!) } };
}

const keys = new WeakMap<readonly Instance[], readonly Key[]>();

function keysOf(all: readonly Instance[]): readonly Key[] {
  const before = keys.get(all);
  if (before !== undefined) return before;
  const found = all.flatMap(({ key }) => key ?? []);
  keys.set(all, found);
  return found;
}

/** The site of a module's inputs: the call. */
export function callSite({ asked, depth }: Site, { parent, name, key }: Module): Site {
  const call = parent!.configuration?.calls.get(name!);
  const site = { asked, module: parent!, depth: depth + 1, forEach: call?.for_each_expression ?? null };
  if (key === undefined) return site;
  return {
    ...site,
    own: { key, among: parent!.children.flatMap((one) => (one.name === name ? (one.key ?? []) : [])) },
  };
}

/** Once for all that ask the same; in a search, once. */
export function once(asked: Asked, what: readonly unknown[], find: () => Meaning): Meaning {
  const { world, wanted, unknownOnly, search } = asked;
  const key = JSON.stringify(what);
  if (search !== undefined) {
    if (search.seen.has(key)) return steering;
    search.seen.add(key);
    return find();
  }
  const name = `${wanted.join()} ${unknownOnly} ${key}`;
  const before = world.memory.get(name);
  if (before !== undefined) return before as Meaning;
  // A circle adds nothing to what is found by the rest of it.
  world.memory.set(name, steering);
  const found = find();
  world.memory.set(name, found);
  return found;
}

/** The module and those around it, but for the root. */
export const lineOf = (module: Module): readonly Module[] =>
  module.parent === undefined ? [] : [module, ...lineOf(module.parent)];

export const sameCall = (a: Module, b: Module): boolean => a.name === b.name && a.parent === b.parent;
