/** Every verdict of every scenario has a certificate that the checker accepts and that is the network's. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkCertificate } from '../../src/certificate/checker/check.ts';
import type { Certificate, Refutation } from '../../src/certificate/checker/format.ts';
import { dimacsOf, dratOf } from '../../src/certificate/dimacs.ts';
import { smtlibOf } from '../../src/certificate/smtlib.ts';
import { replay } from '../../src/trace/index.ts';
import { type Certified, certifiedBy, differences, networkAt, timeoutMs } from '../support/certified.ts';

const root = join(import.meta.dirname, '../../scenarios');
const scenarios = readdirSync(root).filter((name) => existsSync(join(root, name, 'network')));

/** What the flagship's certificates may come to, in bytes: all of them, and each. */
const most = { all: 1_000_000, each: 150_000 };

const bytesOf = ({ result: { id }, made }: Certified): Uint8Array => {
  if (made?.kind !== 'made') throw new Error(`${id}: ${made?.reason ?? 'no certificate'}`);
  return made.bytes;
};

function accepted(one: Certified): Certificate {
  const judged = checkCertificate(bytesOf(one));
  if (judged.status !== 'accepted') throw new Error(`${one.result.id}: ${JSON.stringify(judged)}`);
  return judged.certificate;
}

const decided = ({ result: { verdict } }: Certified): boolean => verdict !== 'undecided';

const refutationsOf = ({ evidence }: Certificate): readonly Refutation[] =>
  evidence.flatMap((one) => (one.kind === 'refutation' ? [one] : []));

describe.each(scenarios)('%s', (name) => {
  const policy = join(root, name, 'policy.yaml');

  test(
    'every verdict has a certificate that the checker accepts and the network makes',
    { timeout: 300_000 },
    async () => {
      const network = await networkAt(join(root, name, 'network'));
      const all = (await certifiedBy(network, policy)).filter(decided);
      expect(all.length).toBeGreaterThan(0);
      for (const one of all) {
        const certificate = accepted(one);
        expect([one.result.id, certificate.verdict]).toEqual([one.result.id, one.result.verdict]);
        expect([one.result.id, ...(await differences(network, certificate))]).toEqual([one.result.id]);
      }
      const sizes = all.map((one) => bytesOf(one).length);
      if (name === 'genai-private') {
        expect(Math.max(...sizes)).toBeLessThan(most.each);
        expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(most.all);
      }
    },
  );

  test(
    'so has every verdict of one of its faults, and no certificate is taken for the other network',
    { timeout: 300_000 },
    async () => {
      const [fault] = readdirSync(join(root, name, 'variants'));
      const [network, other] = [
        await networkAt(join(root, name, `variants/${fault}`)),
        await networkAt(join(root, name, 'network')),
      ];
      const all = (await certifiedBy(network, policy)).filter(decided);
      for (const one of all) {
        const certificate = accepted(one);
        expect([one.result.id, ...(await differences(network, certificate))]).toEqual([one.result.id]);
        expect(await differences(other, certificate)).toHaveLength(1);
      }
    },
  );
});

test('a certificate is the same, byte by byte, when it is made again', { timeout: 120_000 }, async () => {
  const bytes = async () => {
    const network = await networkAt(join(root, 'egress-allow-list/network'));
    const all = await certifiedBy(network, join(root, 'egress-allow-list/policy.yaml'));
    return all.map((one) => Buffer.from(bytesOf(one)).toString());
  };
  expect(await bytes()).toEqual(await bytes());
});

const present = (program: string, ...args: readonly string[]): boolean => {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
};

const folder = mkdtempSync(join(tmpdir(), 'vpcproof-certificates-'));

/** Of a program that may end with any status, what it says. */
function said(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8' });
  } catch (error) {
    return (error as { readonly stdout?: string }).stdout ?? String(error);
  }
}

const shown = ['genai-private', 'egress-allow-list', 'central-egress'];

describe.skipIf(!present('drat-trim'))('drat-trim, skipped where it is not installed,', () => {
  test.each(shown)('accepts every refutation of %s', { timeout: 300_000 }, async (name) => {
    const network = await networkAt(join(root, name, 'network'));
    let tried = 0;
    for (const one of (await certifiedBy(network, join(root, name, 'policy.yaml'))).filter(decided))
      for (const refutation of refutationsOf(accepted(one))) {
        // It takes no formula without variables.
        if (refutation.variables === 0) continue;
        const [formula, lines] = [join(folder, 'formula.cnf'), join(folder, 'proof.drat')];
        writeFileSync(formula, dimacsOf(refutation, one.result.id));
        writeFileSync(lines, dratOf(refutation));
        expect([one.result.id, said('drat-trim', [formula, lines])]).toEqual([
          one.result.id,
          expect.stringMatching(/^s (?:VERIFIED|DERIVATION)|trivial UNSAT/m),
        ]);
        tried++;
      }
    expect(tried).toBeGreaterThan(5);
  });
});

describe.each([
  ['z3', []],
  ['cvc5', []],
] as const)('%s', (program, args) => {
  describe.skipIf(!present(program, '--version'))('skipped where it is not installed,', () => {
    test.each(shown)('agrees with every refutation of %s', { timeout: 300_000 }, async (name) => {
      const network = await networkAt(join(root, name, 'network'));
      let tried = 0;
      for (const one of (await certifiedBy(network, join(root, name, 'policy.yaml'))).filter(decided))
        for (const { text } of await smtlibOf(network, accepted(one), { replay, timeoutMs })) {
          const file = join(folder, 'question.smt2');
          writeFileSync(file, text);
          expect([one.result.id, said(program, [...args, file]).trim()]).toEqual([one.result.id, 'unsat']);
          tried++;
        }
      expect(tried).toBeGreaterThan(5);
    });
  });
});
