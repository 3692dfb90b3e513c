/** Random guards, what can be where they are, and packets to try them with. */
import * as fc from 'fast-check';
import {
  type Header,
  type Predicate,
  type Variable,
  createSymbols,
  freeHeader,
  predicate as p,
} from '../../src/dataplane/index.ts';
import { createTranslation, valueOf } from '../../src/dataplane/symbol.ts';
import { type Intervals, contains, unionAll } from '../../src/net/interval.ts';
import type { Domain } from '../../src/verify/index.ts';

const symbols = createSymbols();
export const sent = freeHeader(symbols, 'sent', 'ipv4');
const pairs = new Map([3n, 5n, 9n, 12n].map((inside, i) => [inside, BigInt(20 + i)]));
const translated: Header = { ...sent, src: symbols.translated(createTranslation('nat', pairs), sent.src) };
const answered: Header = { ...sent, src: sent.dst, dst: sent.src };

/** Few values, so that sets meet, and a packet is often in them. */
const most = 31;
const fields = ['src', 'dst', 'dstPort'] as const;
const variables = fields.map((field) => sent[field] as Variable);
const value = fc.integer({ min: 0, max: most }).map(BigInt);
const set: fc.Arbitrary<Intervals> = fc
  .array(fc.tuple(value, value), { minLength: 1, maxLength: 3 })
  .map((ends) => unionAll(ends.map(([a, b]) => [a < b ? { lo: a, hi: b } : { lo: b, hi: a }])));

export const { guard } = fc.letrec<{ guard: Predicate }>((tie) => ({
  guard: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.tuple(fc.constantFrom(...fields), set).map(([field, values]) => p.isIn(field, values)),
    fc.constantFrom(p.yes, p.no, p.unknown('passes:vpce-1'), p.same(sent.src, sent.dst)),
    value.map((one) => p.same(symbols.constant(one, 32), sent.dst)),
    tie('guard').map(p.not),
    fc.array(tie('guard'), { minLength: 2, maxLength: 4 }).map((of) => p.and(...of)),
    fc.array(tie('guard'), { minLength: 2, maxLength: 4 }).map((of) => p.or(...of)),
    fc.tuple(fc.constantFrom(translated, answered), tie('guard')).map(([header, of]) => p.at(header, of)),
  ),
}));
export const domain: fc.Arbitrary<Domain> = fc
  .array(fc.tuple(fc.constantFrom(...variables), set), { maxLength: 3 })
  .map((known) => new Map(known));
export const packet = fc
  .tuple(value, value, value)
  .map((values) => new Map(variables.map((one, i) => [one, values[i]!])));
export const asked = fc.option(fc.tuple(fc.constantFrom(...variables), set), { nil: undefined });

export function holds(header: Header, of: Predicate, values: ReadonlyMap<Variable, bigint>, unknown: boolean): boolean {
  const inner = (one: Predicate): boolean => holds(header, one, values, unknown);
  const at = (symbol: Header['src']) => valueOf(symbol, (variable) => values.get(variable) ?? 0n);
  switch (of.kind) {
    case 'true':
    case 'false':
      return of.kind === 'true';
    case 'in': {
      const found = at(header[of.field]);
      return found !== undefined && contains(of.set, found);
    }
    case 'and':
      return of.of.every(inner);
    case 'or':
      return of.of.some(inner);
    case 'not':
      return !inner(of.of);
    case 'unknown':
      return unknown;
    case 'same':
      return at(of.a) === at(of.b);
    case 'at':
      return holds(of.header, of.of, values, unknown);
  }
}
