/**
 * The arguments of one instance, as its translation asks for them: known values, links to what the configuration
 * names, and what only the deployment tells. What nobody asks for is copied nowhere.
 */
import { Link, Unknown, type Value } from '../declared/value.ts';
import { meaningOf } from './follow.ts';
import type { Instance, World } from './instance.ts';
import { holdsTrue, isList, isObject, type Json, type JsonObject, objectIn } from './json.ts';
import type { Kind } from './kinds.ts';
import type { Meaning } from './meaning.ts';

/** An instance, or a block in it. */
export interface Given {
  readonly world: World;
  readonly of: Instance;
  readonly values: JsonObject;
  readonly unknown: Json;
  readonly sensitive: Json;
  /** The expressions of the block by argument; undefined where the plan does not show them. */
  readonly expressions: JsonObject | undefined;
  /** One expression for everything in the block, so what it names may be another argument's; null: it is not shown. */
  readonly shared?: Json;
}

export const given = (world: World, of: Instance): Given => ({
  world,
  of,
  values: of.values,
  unknown: of.unknown,
  sensitive: of.sensitive,
  expressions: of.configuration === undefined ? undefined : objectIn(of.configuration, 'expressions'),
});

const maskAt = (mask: Json, key: string): Json =>
  mask === true ? true : isObject(mask) ? (mask[key] ?? false) : false;

/** Known after apply, or sensitive, wholly or in part: what is sensitive is never read, since it must never be printed. */
const unknownIn = ({ unknown, sensitive }: Given, key: string): Json =>
  either(maskAt(unknown, key), maskAt(sensitive, key));

/** What one of the two masks hides; one that hides nothing is as good as `false`. */
function either(one: Json, other: Json): Json {
  if (one === true || other === true) return true;
  if (!holdsTrue(other)) return one;
  if (!holdsTrue(one)) return other;
  if (isList(one) && isList(other))
    return Array.from({ length: Math.max(one.length, other.length) }, (_, i) =>
      either(one[i] ?? false, other[i] ?? false),
    );
  if (!isObject(one) || !isObject(other)) return true;
  return Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((key) => [
      key,
      either(one[key] ?? false, other[key] ?? false),
    ]),
  );
}

const sensitiveIn = ({ sensitive }: Given, key: string): boolean =>
  sensitive === true || (isObject(sensitive) && sensitive[key] !== undefined && holdsTrue(sensitive[key]));

/** Whether the configuration gives the argument; undefined where it cannot be told. */
export const isConfigured = ({ expressions }: Given, key: string): boolean | undefined =>
  expressions === undefined ? undefined : expressions[key] !== undefined;

const later = (why = ''): Unknown => new Unknown(`known after apply${why}`);

/** AWS chooses what nobody gives. */
const leftToAws = (at: Given, key: string): boolean => at.shared === undefined && isConfigured(at, key) === false;

/** The value as it is; undefined where it is absent, empty, or left to AWS. */
export function value(at: Given, key: string): Value | undefined {
  const unknown = unknownIn(at, key);
  if (unknown === true && sensitiveIn(at, key)) return new Unknown('sensitive, and so not read');
  if (unknown === true) return leftToAws(at, key) ? undefined : later();
  const found = at.values[key];
  if (found === undefined || found === null || found === '') return undefined;
  return unknown === false ? found : merged(found, unknown);
}

function merged(found: Json, unknown: Json | undefined): Value {
  if (unknown === true) return later();
  if (isList(found)) return found.map((one, i) => merged(one, isList(unknown) ? unknown[i] : false));
  if (!isObject(found)) return found;
  const keys = new Set([...Object.keys(found), ...(isObject(unknown) ? Object.keys(unknown) : [])]);
  return Object.fromEntries(
    [...keys].map((key) => [key, merged(found[key] ?? null, isObject(unknown) ? unknown[key] : false)]),
  );
}

/** A known text; undefined otherwise. */
export function text(at: Given, key: string): string | undefined {
  const found = sensitiveIn(at, key) ? undefined : at.values[key];
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** A text for people: a name, a description. None where it is sensitive. */
export const label = (at: Given, key: string): Value | undefined => (sensitiveIn(at, key) ? undefined : value(at, key));

/** The identity of one thing of the kinds: a known id, a link, or unknown; undefined where it is absent or left to AWS. */
export function link(at: Given, key: string, ...wanted: readonly Kind[]): Value | undefined {
  if (unknownIn(at, key) !== true) {
    const found = at.values[key];
    return typeof found === 'string' && found !== '' ? found : undefined;
  }
  if (leftToAws(at, key)) return undefined;
  return oneOf(meaning(at, key, wanted, true));
}

const oneOf = ({ links: all, open }: Meaning): Value => {
  if (open) return later();
  return all.length === 1 ? all[0]! : new Unknown('known after apply', all);
};

/** What the argument's references mean; anything, where the plan shows no configuration. */
function meaning(at: Given, key: string, wanted: readonly Kind[], unknownOnly: boolean): Meaning {
  if (at.of.configuration === undefined) return { links: [], how: 'some', open: true, steers: true };
  const shared = at.shared !== undefined;
  const expression = shared ? (at.shared ?? undefined) : at.expressions?.[key];
  return meaningOf(at.world, at.of, expression, { wanted, unknownOnly, shared });
}

/**
 * The identities of several things of the kinds. A list that is known in part has its unknown elements. `every`: where
 * something is named by no index (`aws_subnet.app[*].id`), all of its instances are taken for meant.
 */
export function links(
  at: Given,
  key: string,
  wanted: readonly Kind[],
  { every = false }: { readonly every?: boolean } = {},
): Value | undefined {
  const unknown = unknownIn(at, key);
  const found = at.values[key];
  if (unknown === true) {
    if (leftToAws(at, key)) return undefined;
    const { how, open, links: all } = meaning(at, key, wanted, false);
    if (open) return later();
    if (all.length === 1 || (at.shared === undefined && (how === 'all' || (every && how === 'each')))) return all;
    return new Unknown('known after apply', all);
  }
  if (typeof found === 'string') return found === '' ? undefined : [found];
  if (!isList(found)) return undefined;
  const missing = isList(unknown) ? unknown.filter((each) => each === true).length : 0;
  const told = found.filter((each): each is string => typeof each === 'string');
  if (missing === 0) return told;
  const meant = meaning(at, key, wanted, true);
  const exact = !meant.open && meant.links.length === missing && meant.how !== 'some';
  return [...told, ...(exact ? meant.links : Array.from({ length: missing }, () => oneOf(meant)))];
}

/** Blocks that AWS's answer fills in where nobody gives them, so that they are known after apply. */
const filledIn: ReadonlySet<string> = new Set([
  'attachment',
  'availability_zone_address',
  'dns_options',
  'egress',
  'entry',
  'ingress',
  'network_interface',
  'primary_network_interface',
  'route',
  'subnet_configuration',
]);

/** Those of them that people write by `dynamic`. */
const mayBeDynamic: ReadonlySet<string> = new Set(['egress', 'ingress', 'route']);

/** Made by the plan; what is changed in place has its id. */
const isNew = ({ values }: Instance): boolean => typeof values.id !== 'string';

/** Blocks of a name, or unknown ones; each with its own expressions where it can be told which are its own. */
export function blocks(at: Given, key: string): readonly (Given | Unknown)[] {
  const unknown = unknownIn(at, key);
  // Where AWS fills in none, or filled it in before, only a `dynamic` block over what is not known yet leaves blocks unknown.
  if (unknown === true && !(leftToAws(at, key) && filledIn.has(key) && isNew(at.of))) return [later()];
  if (unknown === true) {
    if (mayBeDynamic.has(key)) at.world.takenEmpty.add(`${at.of.address} (${key})`);
    return [];
  }
  const found = at.values[key];
  const all = isList(found) ? found : isObject(found) ? [found] : [];
  const shown = at.shared ?? at.expressions?.[key];
  return all.map((each, i) => {
    const mask = isList(unknown) ? (unknown[i] ?? false) : isObject(unknown) ? unknown : false;
    if (mask === true) return later();
    const { sensitive: whole } = at;
    const sensitive = whole === true ? true : isObject(whole) ? (whole[key] ?? false) : false;
    const values = isObject(each) ? each : {};
    return {
      ...at,
      values,
      unknown: mask,
      sensitive: isList(sensitive) ? (sensitive[i] ?? false) : sensitive,
      ...expressionsOf(shown, all, i),
    };
  });
}

/** A block's own expressions, where there is one a block; else what all of them name, or what cannot be seen. */
function expressionsOf(
  shown: Json | undefined,
  all: readonly Json[],
  index: number,
): Pick<Given, 'expressions'> & { readonly shared?: Json } {
  if (isObject(shown) && !('references' in shown) && !('constant_value' in shown) && all.length === 1)
    return { expressions: shown };
  if (isList(shown) && shown.length === all.length) {
    const fitting = shown.filter((one) => fits(one, all[index]!));
    const [own] = fitting;
    if (fitting.length === 1 && isObject(own)) return { expressions: own };
    return { expressions: undefined, shared: shown };
  }
  // Blocks made by a `dynamic` block are not shown; those beside them cannot be told apart.
  if (isList(shown) || shown === undefined) return { expressions: undefined, shared: null };
  return { expressions: undefined, shared: shown };
}

/** No constant of the expressions speaks against it. */
const fits = (expressions: Json, block: Json): boolean =>
  !isObject(expressions) ||
  Object.entries(expressions).every(([key, one]) => {
    const known = isObject(block) ? block[key] : undefined;
    if (!isObject(one) || !('constant_value' in one) || known === undefined || known === null) return true;
    return JSON.stringify(one.constant_value) === JSON.stringify(known);
  });

/** An attribute of this instance by name; for what hangs on it. */
export const own = (at: Given, attribute = 'Ref'): Link => new Link(at.of.address, attribute);
