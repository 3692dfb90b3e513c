/** A network's values as plain JSON: maps as lists, addresses and CIDR blocks as people write them. */
import { type Address, formatAddress } from '../../net/address.ts';
import { formatPrefix, type Prefix } from '../../net/prefix.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export function toJson(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  const text = asText(value);
  if (text !== undefined) return text;
  const list = asList(value);
  if (list !== undefined) return list.map(toJson);
  const out: Record<string, Json> = {};
  for (const [key, inner] of Object.entries(value)) if (inner !== undefined) out[key] = toJson(inner);
  return out;
}

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
