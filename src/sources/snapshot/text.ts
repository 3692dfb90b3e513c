/** A network's values as plain JSON: maps as lists, addresses and CIDR blocks as people write them. */
import { type Address, formatAddress } from '../../net/address.ts';
import { formatPrefix, type Prefix } from '../../net/prefix.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export function toJson(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return null;
  const text = asText(value);
  if (text !== undefined) return text;
  const list = asList(value);
  if (list !== undefined) return list.map(toJson);
  const out: Record<string, Json> = {};
  const record = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(record).sort(byName)) if (record[key] !== undefined) out[key] = toJson(record[key]);
  return out;
}

/** What a thing is first, then its fields by name. */
const byName = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : 1);

const first = ['id', 'kind', 'name'];

const rank = (key: string): number => (first.includes(key) ? first.indexOf(key) : first.length);

/** The text of an address or a block; undefined for other values. */
export function asText(value: object): string | undefined {
  const { family, value: number, base } = value as Partial<Address & Prefix>;
  if (family === undefined) return undefined;
  if (typeof number === 'bigint') return formatAddress(value as Address);
  return typeof base === 'bigint' ? formatPrefix(value as Prefix) : undefined;
}

/** The elements of a list or of a map; undefined for other values. */
export const asList = (value: object): readonly unknown[] | undefined =>
  Array.isArray(value)
    ? value
    : value instanceof Map
      ? [...(value as ReadonlyMap<unknown, unknown>).values()]
      : undefined;
