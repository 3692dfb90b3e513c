/** Long lists of rules as shallow predicates, held against reading them one by one. */
import { expect, test } from 'vitest';
import { type Step, chain } from '../../src/dataplane/firewall/chain.ts';
import { within } from '../../src/dataplane/firewall/matching.ts';
import { type Predicate, constant, no, unknown, yes } from '../../src/dataplane/predicate.ts';
import { freeHeader } from '../../src/dataplane/header.ts';
import { createSymbols } from '../../src/dataplane/symbol.ts';
import { contains, interval } from '../../src/net/interval.ts';
import { isTrue } from '../../src/verify/truth.ts';
import { chanceFrom } from '../support/random.ts';

const header = freeHeader(createSymbols(), 'sent', 'ipv4');

const holds = (predicate: Predicate, port: bigint, sides: ReadonlyMap<string, boolean>): boolean =>
  isTrue(
    { header, predicate },
    (variable) => (variable === header.dstPort ? port : 0n),
    (key) => sides.get(key),
  );

interface Line {
  readonly kind: Step['kind'];
  readonly from: bigint;
  readonly to: bigint;
  readonly key?: string;
}

function stepOf({ kind, from, to, key }: Line): Step {
  if (kind === 'ask' || kind === 'end') return { kind, of: unknown(key!) };
  const [one] = within({ dstPort: interval(from, to) });
  return {
    kind,
    matches: [{ matching: [{ ...one!, sure: key === undefined }], unknown: () => unknown(key!) }],
  };
}

function decide(lines: readonly Line[], port: bigint, sides: ReadonlyMap<string, boolean>, end: boolean): boolean {
  for (const { kind, from, to, key } of lines) {
    const side = key === undefined || sides.get(key)!;
    if (kind === 'end') return side;
    if (kind === 'ask' ? !side : kind === 'drop' && side && contains(interval(from, to), port)) return false;
    if (kind === 'pass' && side && contains(interval(from, to), port)) return true;
  }
  return end;
}

const measure = (predicate: Predicate): { readonly size: number; readonly depth: number } => {
  const inner = predicate.kind === 'and' || predicate.kind === 'or' ? predicate.of : [];
  const parts = (predicate.kind === 'not' ? [predicate.of] : inner).map(measure);
  return {
    size: 1 + parts.reduce((sum, part) => sum + part.size, 0),
    depth: 1 + Math.max(0, ...parts.map(({ depth }) => depth)),
  };
};

test('a chain of any length decides as its rules do, one by one', () => {
  const random = chanceFrom(7);
  const decided = new Set<boolean>();
  for (let round = 0; round < 60; round++) {
    const length = [3, 30, 33, 200, 1100][round % 5]!;
    const lines = Array.from({ length }, (): Line => {
      const from = BigInt(random.below(200));
      const rare = random.below(length) === 0;
      const kind = rare ? (['ask', 'end'] as const)[random.below(2)]! : (['pass', 'drop'] as const)[random.below(2)]!;
      const doubtful = kind === 'ask' || kind === 'end' || random.below(4) === 0;
      return { kind, from, to: from + BigInt(random.below(3)), ...(doubtful ? { key: `k${random.below(9)}` } : {}) };
    });
    const sides = new Map(Array.from({ length: 9 }, (_, i) => [`k${i}`, random.below(2) === 0]));
    for (const end of [true, false]) {
      const predicate = chain(lines.map(stepOf), constant(end));
      for (let port = 0n; port < 202n; port += 7n) {
        const expected = decide(lines, port, sides, end);
        decided.add(expected);
        expect(holds(predicate, port, sides)).toBe(expected);
      }
    }
  }
  expect(decided.size).toBe(2);
});

test('ten thousand rules in turn stay shallow, and few times as many predicates', () => {
  const lines = Array.from({ length: 10_000 }, (_, i): Line => {
    const port = BigInt((i * 7) % 60_000);
    return { kind: i % 2 === 0 ? 'pass' : 'drop', from: port, to: port };
  });
  const { size, depth } = measure(chain(lines.map(stepOf), yes));
  expect(depth).toBeLessThan(250);
  expect(size).toBeLessThan(60_000);
  expect(chain([], no)).toBe(no);
});
