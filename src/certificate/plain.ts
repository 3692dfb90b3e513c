/** Values of the program as plain JSON and back: numbers beyond JSON's, maps and sets under keys of their own. */

export function toPlain(value: unknown): unknown {
  if (typeof value === 'bigint') return { bigint: value.toString() };
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof Map) return { map: [...(value as Map<unknown, unknown>)].map(toPlain) };
  if (value instanceof Set) return { set: [...(value as Set<unknown>)].map(toPlain) };
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, toPlain(inner)]])),
  );
}

export function fromPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromPlain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const [key, inner] = only as [string, unknown];
    if (key === 'bigint' && typeof inner === 'string' && /^-?\d+$/.test(inner)) return BigInt(inner);
    if (key === 'map' && Array.isArray(inner)) return new Map(inner.map(fromPlain) as [unknown, unknown][]);
    if (key === 'set' && Array.isArray(inner)) return new Set(inner.map(fromPlain));
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, fromPlain(inner)]));
}
