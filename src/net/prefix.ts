/** CIDR blocks: canonical, the host bits zero (RFC 4632, RFC 4291). */
import { type Address, type Family, formatAddress, highest, parseAddress, width } from './address.ts';
import { type Interval, type Intervals, unionAll } from './interval.ts';

export interface Prefix {
  readonly family: Family;
  /** The lowest address of the block. */
  readonly base: bigint;
  /** 0 to 32, or 0 to 128. */
  readonly length: number;
}

/** How many addresses the block has, minus one: its host mask. */
const hostMask = (family: Family, length: number): bigint => (1n << BigInt(width(family) - length)) - 1n;

const known = new Map<string, Prefix | undefined>();

/** Reads `A.B.C.D/N` or `X:Y::/N`, zeroing host bits as AWS does; undefined when it is no CIDR block. */
export function parsePrefix(text: string): Prefix | undefined {
  if (known.has(text)) return known.get(text);
  const prefix = readPrefix(text);
  known.set(text, prefix);
  return prefix;
}

function readPrefix(text: string): Prefix | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const address = parseAddress(match[1]!);
  const length = Number(match[2]);
  if (address === undefined || length > width(address.family)) return undefined;
  const mask = hostMask(address.family, length);
  return { family: address.family, base: address.value & ~mask, length };
}

export const formatPrefix = (prefix: Prefix): string =>
  `${formatAddress({ family: prefix.family, value: prefix.base })}/${prefix.length}`;

export const prefixOf = (address: Address): Prefix => ({
  family: address.family,
  base: address.value,
  length: width(address.family),
});

export const lastOf = (prefix: Prefix): bigint => prefix.base + hostMask(prefix.family, prefix.length);

export const rangeOf = (prefix: Prefix): Interval => ({ lo: prefix.base, hi: lastOf(prefix) });

export const prefixContains = (prefix: Prefix, address: Address): boolean =>
  prefix.family === address.family && address.value >= prefix.base && address.value <= lastOf(prefix);

/** Whether some address lies in both. */
export const prefixesOverlap = (a: Prefix, b: Prefix): boolean =>
  a.family === b.family && a.base <= lastOf(b) && b.base <= lastOf(a);

export const samePrefix = (a: Prefix, b: Prefix): boolean =>
  a.family === b.family && a.length === b.length && a.base === b.base;

/** One of the blocks is that very block. */
export const includesPrefix = (blocks: readonly Prefix[], block: Prefix): boolean =>
  blocks.some((one) => samePrefix(one, block));

/** The fewest blocks that cover exactly the set, in ascending order. */
export function toPrefixes(family: Family, set: Intervals): readonly Prefix[] {
  const out: Prefix[] = [];
  const bits = width(family);
  for (const { lo, hi } of set) {
    let at = lo;
    while (at <= hi) {
      let length = bits;
      while (length > 0) {
        const wider = hostMask(family, length - 1);
        if ((at & wider) !== 0n || at + wider > hi) break;
        length--;
      }
      out.push({ family, base: at, length });
      at += hostMask(family, length) + 1n;
    }
  }
  return out;
}

/** The addresses in those of the blocks that are of the family. */
export const intervalsOf = (blocks: readonly Prefix[], family: Family): Intervals =>
  unionAll(blocks.flatMap((block) => (block.family === family ? [[rangeOf(block)]] : [])));

/** Every address of the family. */
export const everything = (family: Family): Intervals => [{ lo: 0n, hi: highest(family) }];
