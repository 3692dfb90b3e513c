/**
 * Whoever changes a certificate of a scenario, of each kind that it has: with the digest that it has nothing passes, and
 * with one made anew only what the network says all the same.
 */
import * as fc from 'fast-check';
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkCertificate } from '../../src/certificate/checker/check.ts';
import type { Certificate } from '../../src/certificate/checker/format.ts';
import type { Network } from '../../src/network/network.ts';
import { certifiedBy, differences, networkAt } from '../support/certified.ts';
import { clausesIn, sealed } from './checker/sealed.ts';

const root = join(import.meta.dirname, '../../scenarios');
const scenarios = readdirSync(root).filter((name) => existsSync(join(root, name, 'network')));
const folder = mkdtempSync(join(tmpdir(), 'vpcproof-tampering-'));

interface Written {
  readonly properties: readonly Readonly<Record<string, unknown>>[];
}
const kinds = ['forbid', 'require', 'isolate', 'assert'] as const;

/** One certificate of each kind of property that the scenario's policy has, and each verdict: of it, and of a fault of it. */
async function certificatesOf(name: string): Promise<readonly (readonly [Network, Certificate])[]> {
  const policy = parse(readFileSync(join(root, name, 'policy.yaml'), 'utf8')) as Written;
  const first = kinds.flatMap((kind) => policy.properties.find((property) => kind in property) ?? []);
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, JSON.stringify({ ...policy, properties: first }));
  const found = new Map<string, readonly [Network, Certificate]>();
  for (const at of ['network', join('variants', readdirSync(join(root, name, 'variants'))[0]!)]) {
    const network = await networkAt(join(root, name, at));
    for (const { made } of await certifiedBy(network, file)) {
      if (made?.kind !== 'made') continue;
      const { property, verdict } = made.certificate;
      const key = `${property.kind} ${verdict}`;
      if (!found.has(key)) found.set(key, [network, made.certificate]);
      seen.add(key);
    }
  }
  return [...found.values()];
}
const seen = new Set<string>();

const statusOf = (bytes: Uint8Array) => checkCertificate(bytes).status;

type Change = readonly ['flip' | 'drop' | 'double' | 'move', number, number];

/** A bit turned over, or a run of bytes dropped, doubled or moved; places are parts of a million of the file. */
function changed(bytes: Uint8Array, [what, a, b]: Change): Uint8Array {
  const [from, to] = [a, b].map((part) => Math.floor((part * bytes.length) / 1e6)).toSorted((x, y) => x - y);
  const end = Math.min(to! + 1, from! + 64);
  const run = bytes.subarray(from, end);
  const [before, after] = [bytes.subarray(0, from), bytes.subarray(end)];
  if (what === 'flip') return Uint8Array.from(bytes, (byte, i) => (i === from ? byte ^ (1 << (b % 8)) : byte));
  if (what === 'drop') return Buffer.concat([before, after]);
  return Buffer.concat(what === 'double' ? [before, run, run, after] : [before, after, run]);
}

/** Every list and object of a value, by the way that leads there. */
function insides(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => insides(inner, [...path, key]))];
}

/** A copy in which a part of the list or object at the end of a way is dropped, doubled or first. */
function without(value: unknown, [key, ...rest]: readonly string[], what: Change[0], at: number): unknown {
  const entries = Object.entries(value as object) as [string, unknown][];
  const i = at % Math.max(1, entries.length);
  const parts =
    key !== undefined
      ? entries.map(([name, each]) => [name, name === key ? without(each, rest, what, at) : each] as const)
      : what === 'drop'
        ? entries.toSpliced(i, 1)
        : what === 'double'
          ? entries.toSpliced(
              i,
              0,
              ...(entries[i] === undefined ? [] : [[`${entries[i][0]} `, entries[i][1]] as [string, unknown]]),
            )
          : [...entries.slice(i, i + 1), ...entries.toSpliced(i, 1)];
  return Array.isArray(value) ? parts.map(([, each]) => each) : Object.fromEntries(parts);
}

/** What is proved, whichever way it is written down: of each obligation the clauses, or the flow as the network has it. */
const provedBy = ({ property, verdict, network, obligations, evidence }: Certificate): unknown => [
  property.written,
  verdict,
  network,
  obligations,
  evidence.map((one) => {
    if (one.kind === 'facts') return one;
    if (one.kind === 'refutation') return clausesIn(one.cnf).map((row) => row.toSorted((a, b) => a - b).join());
    return [one.flow, one.replay];
  }),
];

const change: fc.Arbitrary<Change> = fc.tuple(
  fc.constantFrom('flip', 'drop', 'double', 'move'),
  fc.integer({ min: 0, max: 999_999 }),
  fc.integer({ min: 0, max: 999_999 }),
);

describe.each(scenarios)('%s', (name) => {
  test('no certificate of it is accepted when it was changed', { timeout: 600_000 }, async () => {
    const all = await certificatesOf(name);
    expect(all.length).toBeGreaterThan(0);
    for (const [network, certificate] of all) {
      const bytes = sealed(certificate);
      expect(statusOf(bytes)).toBe('accepted');
      fc.assert(
        fc.property(change, (one) => {
          const other = changed(bytes, one);
          fc.pre(Buffer.compare(other, bytes) !== 0);
          expect(statusOf(other)).not.toBe('accepted');
        }),
        { numRuns: 24 },
      );
      const places = insides(certificate).filter(([top]) => top !== 'property');
      const passed: unknown[] = [];
      fc.assert(
        fc.property(change, ([what, a, b]) => {
          const part = without(certificate, places[a % places.length]!, what, b);
          const judged = checkCertificate(sealed(part));
          if (judged.status === 'accepted' && JSON.stringify(part) !== JSON.stringify(certificate))
            passed.push(judged.certificate);
        }),
        { numRuns: 40 },
      );
      // By itself the checker compares names with nothing; the network does.
      for (const one of passed.slice(0, 2) as Certificate[])
        if ((await differences(network, one)).length === 0) expect(provedBy(one)).toEqual(provedBy(certificate));
    }
  });
});

afterAll(() => {
  for (const kind of [
    'forbid holds',
    'forbid violated',
    'require holds',
    'require violated',
    'isolate holds',
    'assert holds',
  ])
    expect(seen).toContain(kind);
});
