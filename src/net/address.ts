/** IP addresses: a family and an unsigned integer of 32 or 128 bits. */
import { IPv4, IPv6 } from 'ip-num';

export type Family = 'ipv4' | 'ipv6';

export const families: readonly Family[] = ['ipv4', 'ipv6'];

/** The number of bits of an address of that family: 32 or 128. */
export const width = (family: Family): number => (family === 'ipv4' ? 32 : 128);

/** The largest address of that family, as an integer. */
export const highest = (family: Family): bigint => (1n << BigInt(width(family))) - 1n;

export interface Address {
  readonly family: Family;
  /** 0 to 2^32-1, or 0 to 2^128-1. */
  readonly value: bigint;
}

export const sameAddress = (a: Address, b: Address): boolean => a.value === b.value && a.family === b.family;

/** Reads dotted decimal or RFC 4291 text; undefined when it is neither. */
export function parseAddress(text: string): Address | undefined {
  try {
    return text.includes(':')
      ? { family: 'ipv6', value: new IPv6(text).getValue() }
      : { family: 'ipv4', value: new IPv4(text).getValue() };
  } catch {
    return undefined;
  }
}

/** Dotted decimal, or the shortest RFC 5952 form. */
export function formatAddress(address: Address): string {
  return address.family === 'ipv4' ? new IPv4(address.value).toString() : shortenIpv6(address.value);
}

function shortenIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(16 * (7 - i))) & 0xffffn).toString(16));
  const text = groups.join(':');
  const zeros = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map((match) => match[0]);
  const longest = zeros.reduce((a, b) => (count(b) > count(a) ? b : a), '');
  if (longest === '') return text;
  const at = text.indexOf(longest);
  const head = text.slice(0, at);
  const tail = text.slice(at + longest.length).replace(/^:/, '');
  return `${head}::${tail}`;
}

const count = (zeros: string): number => zeros.split(':').filter((group) => group === '0').length;
