/** IP addresses: a family and an unsigned integer of 32 or 128 bits. */
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
  if (!text.includes(':')) {
    const value = ipv4Value(text);
    return value === undefined ? undefined : { family: 'ipv4', value: BigInt(value) };
  }
  const value = plainIpv6.test(text) ? ipv6Value(text) : mixedIpv6(text);
  return value === undefined ? undefined : { family: 'ipv6', value };
}

/** Four decimal numbers of 0 to 255 without leading zeros, read character by character: networks hold many. */
function ipv4Value(text: string): number | undefined {
  let value = 0;
  let octet = -1;
  let octets = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = i === text.length ? dot : text.charCodeAt(i);
    if (code === dot) {
      if (octet < 0) return undefined;
      value = value * 256 + octet;
      octets++;
      octet = -1;
    } else {
      const digit = code - zero;
      if (digit < 0 || digit > 9 || octet === 0) return undefined;
      octet = (octet < 0 ? 0 : octet * 10) + digit;
      if (octet > 255) return undefined;
    }
  }
  return octets === 4 ? value : undefined;
}

const dot = 0x2e;
const zero = 0x30;

/** Groups of hexadecimal digits, and no IPv4 address at the end. */
const plainIpv6 = /^[0-9a-fA-F:]+$/;

function ipv6Value(text: string): bigint | undefined {
  const [head = '', tail, ...rest] = text.split('::');
  if (rest.length > 0) return undefined;
  const high = head === '' ? [] : head.split(':');
  const low = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - high.length - low.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  let value = 0n;
  const add = (groups: readonly string[]): boolean => {
    for (const group of groups) {
      if (group.length === 0 || group.length > 4) return false;
      value = (value << 16n) | BigInt(Number.parseInt(group, 16));
    }
    return true;
  };
  if (!add(high)) return undefined;
  value <<= BigInt(16 * missing);
  return add(low) ? value : undefined;
}

/** With an IPv4 address in the low 32 bits (RFC 4291, 2.2). */
function mixedIpv6(text: string): bigint | undefined {
  const at = text.lastIndexOf(':') + 1;
  const low = ipv4Value(text.slice(at));
  if (low === undefined) return undefined;
  const groups = [low >>> 16, low & 0xffff].map((group) => group.toString(16));
  const whole = `${text.slice(0, at)}${groups.join(':')}`;
  return plainIpv6.test(whole) ? ipv6Value(whole) : undefined;
}

/** As people write it. */
export const formatFamily = (family: Family): string => (family === 'ipv4' ? 'IPv4' : 'IPv6');

/** Dotted decimal, or the shortest RFC 5952 form. */
export const formatAddress = ({ family, value }: Address): string =>
  family === 'ipv4' ? formatIpv4(Number(value)) : formatIpv6(value);

const formatIpv4 = (value: number): string =>
  `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;

/** The longest run of two or more zero groups, the first of equal ones, is written `::`. */
function formatIpv6(value: bigint): string {
  const groups: number[] = [];
  for (let shift = 96n; shift >= 0n; shift -= 32n) {
    const word = Number((value >> shift) & 0xffffffffn);
    groups.push(word >>> 16, word & 0xffff);
  }
  let from = 0;
  let length = 1;
  for (let start = 0; start < 8; start++) {
    let end = start;
    while (end < 8 && groups[end] === 0) end++;
    if (end - start > length) [from, length] = [start, end - start];
    start = end;
  }
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  return length < 2 ? text(groups) : `${text(groups.slice(0, from))}::${text(groups.slice(from + length))}`;
}
