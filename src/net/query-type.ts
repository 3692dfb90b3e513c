/** Types of DNS queries by their names: what a query asks for beside its name. */

/** The names that people use, and their numbers (IANA). */
const numbers = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  NULL: 10,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  NAPTR: 35,
  DS: 43,
  SVCB: 64,
  HTTPS: 65,
  SPF: 99,
  ANY: 255,
  CAA: 257,
} as const;

export const queryTypes: readonly string[] = Object.keys(numbers);

const names: ReadonlyMap<number, string> = new Map(Object.entries(numbers).map(([name, number]) => [number, name]));

/** `TXT` or `TYPE16`, in any case, to `TXT`; a type without a name to `TYPE4660`; undefined where it is none. */
export function parseQueryType(text: string): string | undefined {
  const word = text.trim().toUpperCase();
  if (Object.hasOwn(numbers, word)) return word;
  const number = /^TYPE(\d{1,5})$/.exec(word)?.[1];
  if (number === undefined || Number(number) > 65535) return undefined;
  return names.get(Number(number)) ?? `TYPE${Number(number)}`;
}
