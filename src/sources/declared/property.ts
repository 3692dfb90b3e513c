/**
 * Reading properties. Each function gives the value, `Unknown` where it is not known before deployment, or undefined
 * where the property is absent; a value of a wrong type is a problem, and counts as absent.
 */
import { type Address, parseAddress } from '../../net/address.ts';
import { parsePrefix, type Prefix } from '../../net/prefix.ts';
import { type Named, nameOf, resolve } from './link.ts';
import { type At, complain } from './reading.ts';
import { type Fields, isFields, Link, Unknown, type Value } from './value.ts';

export type Told<T> = T | Unknown | undefined;

/** The value itself; what is not known, and what is absent, is undefined. */
export const known = <T>(told: Told<T>): T | undefined => (told instanceof Unknown ? undefined : told);

/** `otherwise` where the property is absent; `unknown` where it is not known. */
export const settle = <T>(told: Told<T>, otherwise: T, unknown: T): T =>
  told instanceof Unknown ? unknown : (told ?? otherwise);

/** The property with links resolved; `null` counts as absent. */
export function value(at: At, key: string): Exclude<Value, Link | null> | undefined {
  const raw = at.fields[key];
  return raw === undefined ? undefined : (resolve(at.in, raw) ?? undefined);
}

export const has = (at: At, key: string): boolean => value(at, key) !== undefined;

function wrongType(at: At, key: string, expected: string): undefined {
  complain(at, 'wrong-type', key, `\`${key}\` must be ${expected}.`);
}

/** A text; numbers count as written. */
export function text(at: At, key: string): Told<string> {
  const found = value(at, key);
  if (found === undefined || found instanceof Unknown || typeof found === 'string') return found;
  if (typeof found === 'number' || typeof found === 'boolean') return String(found);
  return wrongType(at, key, 'a text');
}

/** True or false; templates may write them as texts. */
export function flag(at: At, key: string): Told<boolean> {
  const found = value(at, key);
  if (found === undefined || found instanceof Unknown || typeof found === 'boolean') return found;
  if (found === 'true' || found === 'True') return true;
  if (found === 'false' || found === 'False') return false;
  return wrongType(at, key, 'true or false');
}

/** A whole number; templates may write it as a text. */
export function whole(at: At, key: string): Told<number> {
  const found = value(at, key);
  if (found === undefined || found instanceof Unknown) return found;
  const number = typeof found === 'string' && /^-?\d+$/.test(found) ? Number(found) : found;
  return typeof number === 'number' && Number.isInteger(number) ? number : wrongType(at, key, 'a whole number');
}

export function prefix(at: At, key: string): Told<Prefix> {
  const found = text(at, key);
  if (found === undefined || found instanceof Unknown || found === '')
    return known(found) === '' ? undefined : (found as Unknown | undefined);
  return prefixIn(at, key, found);
}

/** A text that stands under `key` as a CIDR block. */
export function prefixIn(at: At, key: string, written: string): Prefix | undefined {
  const parsed = parsePrefix(written);
  if (parsed === undefined)
    complain(at, 'bad-cidr', key, `\`${written}\` is no CIDR block.`, 'Write it like 10.0.0.0/16 or 2001:db8::/56.');
  return parsed;
}

export function address(at: At, key: string): Told<Address> {
  const found = text(at, key);
  if (found === undefined || found instanceof Unknown) return found;
  if (found === '') return undefined;
  const parsed = parseAddress(found);
  if (parsed === undefined) complain(at, 'bad-address', key, `\`${found}\` is no IP address.`);
  return parsed;
}

/** An object among the properties. */
export function inner(at: At, key: string): Told<At> {
  const found = value(at, key);
  if (found === undefined || found instanceof Unknown) return found;
  return isFields(found) ? within(at, key, found) : wrongType(at, key, 'an object');
}

const within = (at: At, key: string, fields: Fields): At => ({
  ...at,
  fields,
  path: at.path === '' ? key : `${at.path}/${key}`,
});

/** A list, of which a part may not be known: an unknown element, or the whole list. */
export interface Listed<T> {
  readonly known: readonly T[];
  readonly unknown: readonly Unknown[];
}

const nothing: Listed<never> = { known: [], unknown: [] };

/** The elements with links resolved; one value in a list's place is a list of one. */
function elements(at: At, key: string): Listed<readonly [index: string, Exclude<Value, Link | Unknown | null>]> {
  const found = value(at, key);
  if (found === undefined) return nothing;
  if (found instanceof Unknown) return { known: [], unknown: [found] };
  const told: (readonly [string, Exclude<Value, Link | Unknown | null>])[] = [];
  const unknown: Unknown[] = [];
  for (const [index, raw] of (Array.isArray(found) ? (found as readonly Value[]) : [found]).entries()) {
    const one = resolve(at.in, raw);
    if (one instanceof Unknown) unknown.push(one);
    // A list that stands for an element, as an attribute that is a list, is its elements.
    else if (Array.isArray(one))
      for (const each of one as readonly Value[]) {
        const element = resolve(at.in, each);
        if (element instanceof Unknown) unknown.push(element);
        else if (element !== null) told.push([`${key}/${index}`, element]);
      }
    else if (one !== null) told.push([`${key}/${index}`, one]);
  }
  return { known: told, unknown };
}

/** The objects of a list. */
export function objects(at: At, key: string): Listed<At> {
  const { known: told, unknown } = elements(at, key);
  return {
    known: told.flatMap(([place, one]) =>
      isFields(one) ? [within(at, place, one)] : (wrongType(at, place, 'an object') ?? []),
    ),
    unknown,
  };
}

/** The texts of a list. */
export function texts(at: At, key: string): Listed<string> {
  const { known: told, unknown } = elements(at, key);
  return {
    known: told.flatMap(([place, one]) =>
      typeof one === 'string' || typeof one === 'number' ? [String(one)] : (wrongType(at, place, 'a text') ?? []),
    ),
    unknown,
  };
}

/**
 * What the property names, of the given CloudFormation type. An id that names nothing of the input is noted as outside.
 */
export function reference(at: At, key: string, type: string): Told<Named> {
  const found = text(at, key);
  if (found === undefined || found instanceof Unknown) return found;
  return found === '' ? undefined : named(at, found, type);
}

/** Its id alone. */
export function idOf(at: At, key: string, type: string): Told<string> {
  const found = reference(at, key, type);
  return found === undefined || found instanceof Unknown ? found : found.id;
}

export function references(at: At, key: string, type: string): Listed<string> {
  const { known: told, unknown } = texts(at, key);
  return { known: told.flatMap((id) => (id === '' ? [] : [named(at, id, type).id])), unknown };
}

/** What an id names, of the given CloudFormation type; noted as outside where that is nothing of the input. */
export function named(at: At, id: string, type: string): Named {
  const found = nameOf(at.in, id);
  if (found.type === undefined && !at.in.outside.named.has(id))
    at.in.outside.named.set(id, { type, by: at.of.address, source: at.of.source });
  return found;
}

/** The resources of which an unknown value may be one; empty where it may be any. */
export const candidatesOf = (at: At, { candidates }: Unknown): readonly string[] =>
  candidates.flatMap((link) => {
    const found = resolve(at.in, link);
    return typeof found === 'string' ? [found] : [];
  });
