/** Which addresses and CIDR blocks a value names, wherever in it: what could tell one address of a pool from another. */
import { type Family, parseAddress } from '../net/address.ts';
import { type Interval, type Intervals, unionAll } from '../net/interval.ts';
import { parsePrefix, type Prefix, rangeOf } from '../net/prefix.ts';

export type Blocks = Readonly<Record<Family, readonly Interval[]>>;

/** Words for people, and what says by itself who has an address, tell no packet from another. */
const idle: ReadonlySet<string> = new Set([
  'tags',
  'source',
  'name',
  'description',
  'id',
  'arn',
  'declaredAs',
  'formerly',
  'coverage',
  'defaults',
  'warnings',
  'sources',
  'interfaces',
  'instanceInterfaces',
  'natGateways',
  'instances',
  'elasticAddresses',
]);

const one = String.raw`(?:\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?|[\dA-Fa-f]{0,4}(?::[\dA-Fa-f]{0,4}){2,7}(?:/\d{1,3})?)`;

/** Addresses and blocks in texts, and ranges of addresses: `10.0.1.5-10.0.1.9`. */
const inTexts = new RegExp(String.raw`(?<![\w.:])(${one})(?:\s*-\s*(${one}))?(?![\w.:])`, 'g');

/** Each range once. Texts, such as firewall rules, are searched as well; one too many tells apart more than need be, and no less. */
export function blocksNamed(value: unknown): Blocks {
  const found: Record<Family, Map<string, Interval>> = { ipv4: new Map(), ipv6: new Map() };
  const add = (family: Family, range: Interval): void => void found[family].set(`${range.lo}-${range.hi}`, range);
  const seen = new Set<object>();
  const visit = (each: unknown): void => {
    if (typeof each === 'string') for (const [, from, to] of each.matchAll(inTexts)) addText(from!, to, add);
    if (typeof each !== 'object' || each === null || seen.has(each)) return;
    seen.add(each);
    if (Array.isArray(each) || each instanceof Set) for (const part of each) visit(part);
    else if (each instanceof Map) for (const part of each.values()) visit(part);
    else addObject(each, add, visit);
  };
  visit(value);
  return { ipv4: [...found.ipv4.values()], ipv6: [...found.ipv6.values()] };
}

type Add = (family: Family, range: Interval) => void;

function addText(from: string, to: string | undefined, add: Add): void {
  const first = rangeIn(from);
  const last = to === undefined ? first : rangeIn(to);
  if (first === undefined || last === undefined) return;
  if (first.family === last.family && first.lo <= last.hi) add(first.family, { lo: first.lo, hi: last.hi });
}

function rangeIn(text: string): (Interval & { readonly family: Family }) | undefined {
  const address = parseAddress(text);
  if (address !== undefined) return { family: address.family, lo: address.value, hi: address.value };
  const prefix = parsePrefix(text);
  return prefix && { family: prefix.family, ...rangeOf(prefix) };
}

function addObject(each: object, add: Add, visit: (value: unknown) => void): void {
  const { family, value, base, length } = each as Partial<Prefix & { value: bigint }>;
  if (family !== undefined && typeof value === 'bigint') add(family, { lo: value, hi: value });
  else if (family !== undefined && typeof base === 'bigint' && typeof length === 'number')
    add(family, rangeOf({ family, base, length }));
  // A target that is an interface is named by the interface: its address says nothing more.
  else if ((each as { kind?: unknown }).kind !== 'interface')
    for (const [key, part] of Object.entries(each)) if (!idle.has(key)) visit(part);
}

/** The pool in parts that none of the blocks tells apart: two addresses are in one part if each block has both or neither. */
export function partsOf(pool: Intervals, blocks: readonly Interval[]): readonly Intervals[] {
  const [first] = pool;
  const last = pool.at(-1);
  if (first === undefined || last === undefined) return [];
  const cutting = blocks.filter(({ lo, hi }) => lo <= last.hi && hi >= first.lo && !(lo <= first.lo && hi >= last.hi));
  if (cutting.length === 0) return [pool];
  const edges = [...new Set(cutting.flatMap(({ lo, hi }) => [lo, hi + 1n]))].sort((a, b) => (a < b ? -1 : 1));
  const parts = new Map<string, Interval[]>();
  for (const { lo, hi } of pool) {
    const starts = [lo, ...edges.filter((edge) => edge > lo && edge <= hi)];
    for (const [i, start] of starts.entries()) {
      const end = i + 1 < starts.length ? starts[i + 1]! - 1n : hi;
      const inside = cutting.flatMap((block, n) => (block.lo <= start && block.hi >= end ? [n] : []));
      const key = inside.join(' ');
      parts.set(key, [...(parts.get(key) ?? []), { lo: start, hi: end }]);
    }
  }
  return [...parts.values()].map((part) => unionAll([part]));
}
