/**
 * Whether two networks are the same to every packet, word by word: whatever was read of them is equal, but for where it
 * was read, tags, and how it is declared. Of maps the order does not matter.
 */
import type { Network } from '../network/network.ts';
import { isProvenance } from '../network/resource.ts';

/** What is said of the reading, and of no resource. */
const said = ['coverage', 'defaults', 'warnings', 'sources'] satisfies (keyof Network)[];

/** Of a resource, what decides no packet's way. */
const unmet: ReadonlySet<string> = new Set(['tags', 'declaredAs', 'formerly']);

export function sameNetworks(a: Network, b: Network): boolean {
  const [mine, others] = [a, b].map((network) =>
    Object.entries(network).filter(([key]) => !said.some((one) => one === key)),
  ) as [[string, ReadonlyMap<string, object>][], [string, ReadonlyMap<string, object>][]];
  const there = new Map(others);
  return (
    mine.length === others.length &&
    mine.every(([key, resources]) => {
      const other = there.get(key);
      return (
        other?.size === resources.size &&
        [...resources].every(([id, one]) => {
          const twin = other.get(id);
          return twin !== undefined && sameRecords(one, twin, unmet);
        })
      );
    })
  );
}

const nothing: ReadonlySet<string> = new Set();

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isProvenance(a) && isProvenance(b)) return true;
  if (a instanceof Map)
    return b instanceof Map && a.size === b.size && [...a].every(([key, one]) => b.has(key) && same(one, b.get(key)));
  if (a instanceof Set) return b instanceof Set && a.size === b.size && [...a].every((one) => b.has(one));
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((one, i) => same(one, b[i]));
  if (b instanceof Map || b instanceof Set || Array.isArray(b)) return false;
  return sameRecords(a, b, nothing);
}

function sameRecords(a: object, b: object, spared: ReadonlySet<string>): boolean {
  const keys = (of: object): readonly string[] => Object.keys(of).filter((key) => !spared.has(key));
  const mine = keys(a);
  return (
    mine.length === keys(b).length &&
    mine.every((key) => Object.hasOwn(b, key) && same(a[key as keyof typeof a], b[key as keyof typeof b]))
  );
}
