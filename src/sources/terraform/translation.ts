/** What the translation of a Terraform type gives, and what many of them share. */
import { type Fields, Unknown, type Value } from '../declared/value.ts';
import { blocks, type Given, isConfigured, label, link, links, own, text, value } from './given.ts';

/** One resource in CloudFormation's words. */
export interface Told {
  /** CloudFormation's type. */
  readonly type: string;
  /** Undefined and absent alike: the property is not there. */
  readonly properties: Readonly<Record<string, Value | undefined>>;
  /** AWS's id, where it is not the attribute `id`. */
  readonly id?: string;
  /** Of a further resource that Terraform makes a part of this one: what tells its address from this one's. */
  readonly part?: string;
}

/** A Terraform type in CloudFormation's words: one resource, or several that CloudFormation tells apart. */
export type Translation = (at: Given) => readonly Told[];

/** One resource whose id is the attribute `id`. */
export const told = (at: Given, type: string, properties: Told['properties'], idFrom = 'id'): Told => {
  const id = text(at, idFrom);
  return { type, properties, ...(id === undefined ? {} : { id }) };
};

/** What hangs on another resource and has no id of its own: a route, a rule, an association. */
export const hanging = (type: string, properties: Told['properties'], part?: string): Told => ({
  type,
  properties,
  ...(part === undefined ? {} : { part }),
});

/** Properties whose names are the arguments' in camel case: `cidr_block` is `CidrBlock`. */
export const same = (at: Given, ...names: readonly string[]): Told['properties'] =>
  Object.fromEntries(names.map((name) => [camel(name), value(at, name)]));

export const camel = (name: string): string =>
  name
    .split('_')
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('');

/** The tags, with those of the provider; none that are sensitive. */
export function tags(at: Given): Value | undefined {
  const found = label(at, 'tags_all') ?? label(at, 'tags');
  if (found === undefined || found === null || typeof found !== 'object' || Array.isArray(found)) return undefined;
  if (found instanceof Unknown) {
    const some = label(at, 'tags');
    return some === undefined || some instanceof Unknown ? found : tagList(some as Fields);
  }
  return tagList(found as Fields);
}

const tagList = (fields: Fields): Value => Object.entries(fields).map(([Key, one]) => ({ Key, Value: one ?? '' }));

/** Blocks read one by one; a block that is not known stays so. */
export const each = (at: Given, key: string, read: (block: Given) => Told['properties']): Value | undefined => {
  const all = blocks(at, key);
  if (all.length === 0) return undefined;
  return all.map((one) => (one instanceof Unknown ? one : defined(read(one))));
};

/** The record without what is undefined. */
export const defined = (properties: Told['properties']): Fields =>
  Object.fromEntries(Object.entries(properties).filter((one): one is [string, Value] => one[1] !== undefined));

/** What AWS gives, once it exists. */
export const onceKnown = (found: Value | undefined): Value | undefined =>
  found instanceof Unknown ? undefined : found;

/** A list that says something. */
export const filled = (found: Value | undefined): Value | undefined =>
  Array.isArray(found) && found.length === 0 ? undefined : found;

/** Properties out of a block that stands once at most; unknown where the block is. */
export function inBlock(at: Given, key: string, read: (block: Given) => Told['properties']): Value | undefined {
  const [found] = blocks(at, key);
  return found === undefined || found instanceof Unknown ? found : defined(read(found));
}

export { blocks, isConfigured, label, link, links, own, text, value };
export type { Given };
