/**
 * Reading fields of AWS's answers: the key is checked against the SDK's type by the compiler, the value by these
 * functions, which note a problem with its place and go on.
 */
import type { Problem } from '../../base/problem.ts';
import { type Address, parseAddress } from '../../net/address.ts';
import { parsePrefix, type Prefix } from '../../net/prefix.ts';
import type { Provenance } from '../../network/resource.ts';

/** What all values of one response share. */
export interface Context {
  readonly file: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** The parameters of the call, where a wrapper tells. */
  readonly request: Readonly<Record<string, unknown>> | undefined;
  readonly problems: Problem[];
}

/** A JSON object that is meant to be a `T`, and the JSON pointer to it. */
export interface At<T> {
  readonly json: T;
  readonly place: string;
  readonly in: Context;
}

type KeysOf<T, V> = { [K in keyof T]-?: NonNullable<T[K]> extends V ? K : never }[keyof T] & string;
type Element<T> = NonNullable<T> extends readonly (infer E)[] ? E : never;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const complain = (at: At<unknown>, code: string, key: string, message: string, hint?: string): void => {
  const place = key === '' ? at.place : `${at.place}/${key}`;
  at.in.problems.push({ code, file: at.in.file, place, message, ...(hint === undefined ? {} : { hint }) });
};

function wrongType(at: At<unknown>, key: string, expected: string): undefined {
  complain(
    at,
    'wrong-type',
    key,
    `\`${key}\` must be ${expected}.`,
    'Compare it with what the AWS CLI prints for this call.',
  );
}

/** The field as it stands; `null` counts as absent. */
const field = (at: At<unknown>, key: string): unknown => (at.json as Record<string, unknown>)[key] ?? undefined;

export function text<T>(at: At<T>, key: KeysOf<T, string>): string | undefined {
  const value = field(at, key);
  return value === undefined || typeof value === 'string' ? value : wrongType(at, key, 'a text');
}

/** A text that must be there. */
export function required<T>(at: At<T>, key: KeysOf<T, string>): string | undefined {
  const value = text(at, key);
  if (value !== undefined && value !== '') return value;
  if (field(at, key) === undefined || value === '')
    complain(at, 'missing-field', '', `\`${key}\` is missing.`, 'Every answer of the AWS CLI has it; was it edited?');
  return undefined;
}

export function flag<T>(at: At<T>, key: KeysOf<T, boolean>): boolean | undefined {
  const value = field(at, key);
  return value === undefined || typeof value === 'boolean' ? value : wrongType(at, key, 'true or false');
}

export function whole<T>(at: At<T>, key: KeysOf<T, number>): number | undefined {
  const value = field(at, key);
  return value === undefined || (typeof value === 'number' && Number.isInteger(value))
    ? value
    : wrongType(at, key, 'a whole number');
}

/** A port of TCP, UDP and their like. */
export function port<T>(at: At<T>, key: KeysOf<T, number>): number | undefined {
  const value = whole(at, key);
  if (value === undefined || (value >= 0 && value <= 65535)) return value;
  complain(at, 'bad-port', key, `\`${value}\` is no port.`, 'Ports go from 0 to 65535.');
  return undefined;
}

/** One that must be there. */
export function requiredPort<T>(at: At<T>, key: KeysOf<T, number>): number | undefined {
  if (field(at, key) === undefined)
    complain(at, 'missing-field', '', `\`${key}\` is missing.`, 'Every answer of the AWS CLI has it; was it edited?');
  return port(at, key);
}

export function inner<T, K extends KeysOf<T, object>>(at: At<T>, key: K): At<NonNullable<T[K]>> | undefined {
  const value = field(at, key);
  if (value === undefined) return undefined;
  if (!isObject(value)) return wrongType(at, key, 'an object');
  return { json: value as NonNullable<T[K]>, place: `${at.place}/${key}`, in: at.in };
}

/** The elements of a list of objects; none where the list is absent. */
export function list<T, K extends KeysOf<T, readonly object[]>>(at: At<T>, key: K): readonly At<Element<T[K]>>[] {
  const value = field(at, key);
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    wrongType(at, key, 'a list');
    return [];
  }
  if (value.length === 0) return [];
  const out: At<Element<T[K]>>[] = [];
  const place = `${at.place}/${key}`;
  for (let index = 0; index < value.length; index++) {
    const item = { json: value[index] as Element<T[K]>, place: `${place}/${index}`, in: at.in };
    if (isObject(item.json)) out.push(item);
    else complain(item, 'wrong-type', '', 'An object must stand here.');
  }
  return out;
}

/** The elements of a list of texts. */
export function texts<T>(at: At<T>, key: KeysOf<T, readonly string[]>): readonly string[] {
  const value = field(at, key);
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((element) => typeof element === 'string')) return value;
  wrongType(at, key, 'a list of texts');
  return [];
}

export const has = <T>(at: At<T>, key: keyof T & string): boolean => field(at, key) !== undefined;

export function address<T>(at: At<T>, key: KeysOf<T, string>): Address | undefined {
  const value = text(at, key);
  if (value === undefined || value === '') return undefined;
  const parsed = parseAddress(value);
  if (parsed === undefined) complain(at, 'bad-address', key, `\`${value}\` is no IP address.`);
  return parsed;
}

export function prefix<T>(at: At<T>, key: KeysOf<T, string>): Prefix | undefined {
  const value = text(at, key);
  return value === undefined || value === '' ? undefined : prefixIn(at, key, value);
}

/** A text that stands under `key` as a CIDR block. */
export function prefixIn(at: At<unknown>, key: string, value: string): Prefix | undefined {
  const parsed = parsePrefix(value);
  if (parsed === undefined)
    complain(at, 'bad-cidr', key, `\`${value}\` is no CIDR block.`, 'Write it like 10.0.0.0/16 or 2001:db8::/56.');
  return parsed;
}

/** One of a closed list of words. */
export function oneOf<T, W extends string>(at: At<T>, key: KeysOf<T, string>, words: readonly W[]): W | undefined {
  const value = text(at, key);
  if (value === undefined) return undefined;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined)
    complain(at, 'unknown-value', key, `\`${key}\` is \`${value}\`; known are ${words.join(', ')}.`);
  return word;
}

/** The keys of an object that are none of those known. */
export function unknownKeys(at: At<object>, known: ReadonlySet<string>): readonly string[] {
  let unknown: string[] | undefined;
  for (const key in at.json) if (!known.has(key)) (unknown ??= []).push(key);
  return unknown ?? [];
}

export const provenance = (at: At<unknown>): Provenance => ({ file: at.in.file, place: at.place });
