/** Whoever changes a certificate: with the digest it has, nothing passes; with a new one, only what is shown all the same. */
import { fc, test as property } from '@fast-check/vitest';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { checkCertificate } from '../../../src/certificate/checker/check.ts';
import type { Certificate } from '../../../src/certificate/checker/format.ts';
import { type Clause, type Step, adding, pigeons, proofOf, satisfiable } from './clauses.ts';
import { clausesIn, cnfOf, holding, proofText, refutationOf, sealed, violated } from './sealed.ts';

const status = (bytes: Uint8Array) => checkCertificate(bytes).status;

const small: Certificate = {
  ...holding,
  evidence: [
    { ...holding.evidence[1]!, obligation: 0 },
    refutationOf(1, 2, [[1], [-1, 2], [-2, 1], [-1, -2]], adding([2])),
  ],
};

describe('with the digest that it has', () => {
  const bytes = sealed(small);

  it('a certificate with any one bit changed is refused, or no certificate any more where it says that it is one', () => {
    const copy = Uint8Array.from(bytes);
    for (let at = 0; at < bytes.length; at++)
      for (let bit = 0; bit < 8; bit++) {
        copy[at]! ^= 1 << bit;
        const judged = status(copy);
        copy[at] = bytes[at]!;
        // First stand `format` and `version`.
        if (judged !== 'refused' && !(judged === 'unreadable' && at < 46)) expect([at, bit, judged]).toBe('refused');
      }
    expect(status(copy)).toBe('accepted');
  });

  it('a certificate with any byte taken away, doubled, or put in is not accepted', () => {
    for (let at = 0; at < bytes.length; at++) {
      expect(status(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]))).not.toBe('accepted');
      expect(status(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + 1), bytes.subarray(at)]))).not.toBe(
        'accepted',
      );
    }
  });

  property.prop([fc.nat(), fc.nat(), fc.nat(), fc.constantFrom('cut', 'double', 'move', 'end')], { numRuns: 2000 })(
    'a certificate with any run of bytes cut, doubled or moved is not accepted',
    (a, b, c, what) => {
      const [from, to, at] = [a, b, c].map((each) => each % (bytes.length + 1)).toSorted((x, y) => x - y) as [
        number,
        number,
        number,
      ];
      const [before, run, between, after] = [
        bytes.subarray(0, from),
        bytes.subarray(from, to),
        bytes.subarray(to, at),
        bytes.subarray(at),
      ];
      const changed = Buffer.concat(
        {
          cut: [before, between, after],
          double: [before, run, run, between, after],
          move: [before, between, run, after],
          end: [before, run, between],
        }[what],
      );
      if (!changed.equals(bytes)) expect(status(changed)).not.toBe('accepted');
    },
  );

  it('a big certificate with some bits changed is not accepted', () => {
    const { variables, clauses } = pigeons(25);
    const steps = adding(...clauses.slice(26, 400));
    const given: Certificate = {
      ...holding,
      property: { ...holding.property, questions: [{ families: ['ipv4'] }] },
      obligations: holding.obligations.slice(0, 1),
      evidence: [refutationOf(0, variables, [...clauses, [1], [-1]], steps)],
    };
    const big = sealed(given);
    expect(status(big)).toBe('accepted');
    for (let at = 60; at < big.length; at += 211) {
      const copy = Uint8Array.from(big);
      copy[at]! ^= 1 << (at % 8);
      expect([at, status(copy)]).toEqual([at, 'refused']);
    }
  });
});

/** Every list and object of a value, by the way that leads there. */
function insides(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => insides(inner, [...path, key]))];
}

/** A copy in which the list or object at the end of a way is another. */
function changedAt(value: unknown, path: readonly string[], change: (inner: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((each: unknown, i) => (String(i) === key ? changedAt(each, rest, change) : each));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, each]: [string, unknown]) => [
      name,
      name === key ? changedAt(each, rest, change) : each,
    ]),
  );
}

describe('with a digest made anew', () => {
  // What it says besides, no proof can show: the checker compares it with nothing. The network is for that.
  const told = new Set(['facts', 'assumptions', 'defaults', 'unmodelled', 'trusted', 'written', 'tool']);
  const shown = (path: readonly string[]) => !path.some((key) => told.has(key));

  const parts = (certificate: Certificate) =>
    insides(certificate)
      .filter(shown)
      .flatMap((path) => {
        const inner = path.reduce<unknown>(
          (value, key) => (value as Record<string, unknown>)[key],
          certificate,
        ) as object;
        return Object.keys(inner).map((_, i) => ({ path, i }));
      });

  /** The part at an index of a list or object dropped, doubled, or moved to the end. */
  const change =
    (what: 'drop' | 'double' | 'move', i: number) =>
    (inner: unknown): unknown => {
      const entries = Object.entries(inner as object) as [string, unknown][];
      const entry = entries[i]!;
      const rest = entries.toSpliced(i, 1);
      const changed = {
        drop: rest,
        double: entries.toSpliced(i, 0, Array.isArray(inner) ? entry : [`${entry[0]} `, entry[1]]),
        move: [...rest, entry],
      }[what];
      return Array.isArray(inner) ? changed.map(([, value]) => value) : Object.fromEntries(changed);
    };

  for (const what of ['drop', 'double', 'move'] as const)
    it(`a certificate with any part ${{ drop: 'dropped', double: 'doubled', move: 'moved' }[what]} is not accepted, but for what stays shown`, () => {
      const passed: string[] = [];
      for (const { path, i } of parts(holding)) {
        const given = changedAt(holding, path, change(what, i));
        if (JSON.stringify(given) === JSON.stringify(holding)) continue;
        if (status(sealed(given)) === 'accepted') passed.push([...path, i].join('.'));
      }
      expect(passed).toEqual(
        {
          // Keys of a question that are none of the checker's; one family less to answer for; states of a loop.
          drop: [
            'property.questions.0.0',
            'property.questions.0.families.0',
            'property.questions.0.families.1',
            'evidence.0.loops.0',
            'evidence.0.loops.1',
            'evidence.0.loops.0.0',
            'evidence.0.loops.0.1',
            'evidence.0.loops.1.0',
            'evidence.0.loops.1.1',
          ],
          double: [
            'property.questions.0.0',
            'property.questions.0.1',
            'property.questions.0.families.0',
            'property.questions.0.families.1',
            'evidence.0.loops.0',
            'evidence.0.loops.1',
          ],
          // Which clauses a group is of, none but the network knows.
          move: [
            'property.questions.0.0',
            'property.questions.0.families.0',
            'evidence.0.groups.0',
            'evidence.0.loops.0',
          ],
        }[what],
      );
    });

  test('a flow with a word more in any part, or with a part that is of another type, is not accepted', () => {
    const given = violated as unknown as { readonly evidence: readonly [object] };
    const inside = parts(violated).filter(({ path }) => path[0] === 'evidence' && path.length > 1);
    expect(inside.length).toBeGreaterThan(50);
    for (const { path, i } of inside) {
      const more = (value: unknown) =>
        Array.isArray(value) ? [...(value as unknown[]), 'a word'] : { ...(value as object), note: 'a word' };
      const other = (value: unknown) => {
        const entries = Object.entries(value as object).map(([key, inner], at) => [key, at === i ? { a: [] } : inner]);
        return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
      };
      for (const changed of [more, other])
        expect([path, i, status(sealed(changedAt(given, path, changed)))]).toEqual([path, i, 'refused']);
    }
  });

  it('a proof of other clauses, an obligation of the other verdict, and evidence of another certificate show nothing', () => {
    const [ipv4, ipv6] = holding.evidence;
    const swapped = [
      { ...ipv6!, obligation: 0 },
      { ...ipv4!, obligation: 1 },
    ];
    // Each still refutes its own clauses: that they are the other family's shows against the network alone.
    expect(status(sealed({ ...holding, evidence: swapped }))).toBe('accepted');
    if (ipv4?.kind !== 'refutation' || ipv6?.kind !== 'refutation') expect.unreachable();
    expect(status(sealed({ ...holding, evidence: [{ ...ipv4, proof: ipv6.proof }, ipv6] }))).toBe('refused');
    expect(status(sealed({ ...holding, evidence: [ipv4, { ...ipv6, cnf: ipv4.cnf }] }))).toBe('refused');
    expect(status(sealed({ ...violated, property: { ...violated.property, kind: 'forbid' } }))).toBe('accepted');
    expect(status(sealed({ ...violated, property: { ...violated.property, kind: 'forbid' }, verdict: 'holds' }))).toBe(
      'refused',
    );
  });

  const { variables, clauses } = pigeons(2);
  const steps = adding(...proofOf(variables, clauses)!);
  const accepted = (given: readonly Clause[], proof: readonly Step[]) => {
    const evidence = [refutationOf(0, variables, given, proof), refutationOf(1, 2, [[1], [-1]], [])];
    return status(sealed({ ...holding, evidence })) === 'accepted';
  };

  property.prop(
    [
      fc.array(fc.tuple(fc.constantFrom('drop', 'double', 'move', 'turn', 'cut'), fc.nat(), fc.nat()), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.boolean(),
    ],
    {
      numRuns: 1500,
    },
  )('clauses and steps dropped, doubled or moved are accepted only if they cannot be true', (changes, ofClauses) => {
    const rows: Clause[] = ofClauses ? [...clauses] : steps.map(({ clause }) => clause);
    for (const [what, a, b] of changes) {
      const i = a % rows.length;
      const row = rows[i]!;
      if (what === 'drop') rows.splice(i, 1);
      else if (what === 'double') rows.splice(b % rows.length, 0, row);
      else if (what === 'move') rows.splice(b % rows.length, 0, ...rows.splice(i, 1));
      else if (what === 'turn') rows[i] = row.map((each, at) => (at === b % row.length ? -each : each));
      else rows[i] = row.toSpliced(b % (row.length + 1), 1);
      if (rows.length === 0) return;
    }
    const given = ofClauses ? rows : clauses;
    if (accepted(given, ofClauses ? steps : adding(...rows))) expect(satisfiable(variables, given)).toBe(false);
  });

  it('a compressed part with any bit changed is accepted only with the same clauses, or others that cannot be true', () => {
    const seen = { accepted: 0, refused: 0 };
    for (const name of ['cnf', 'proof'] as const) {
      const stored = Buffer.from(name === 'cnf' ? cnfOf(clauses) : proofText(steps), 'base64');
      for (let at = 0; at < 8 * stored.length; at++) {
        const copy = Buffer.from(stored);
        copy[at >> 3]! ^= 1 << (at & 7);
        const evidence = [
          { ...refutationOf(0, variables, clauses, steps), [name]: copy.toString('base64') },
          refutationOf(1, 2, [[1], [-1]], []),
        ];
        const judged = status(sealed({ ...holding, evidence }));
        seen[judged === 'accepted' ? 'accepted' : 'refused']++;
        if (judged === 'accepted' && name === 'cnf')
          expect(satisfiable(variables, clausesIn(copy.toString('base64')))).toBe(false);
      }
    }
    expect(seen.refused).toBeGreaterThan(5 * seen.accepted);
  });

  test('the same bytes compressed in another way are the same clauses, and nothing can hide in the stream', () => {
    const bytes = inflateRawSync(Buffer.from(cnfOf(clauses), 'base64'));
    const inBlocks = (level: number) => deflateRawSync(bytes, { level }).toString('base64');
    for (const level of [0, 1, 9]) {
      const evidence = [{ ...refutationOf(0, variables, clauses, steps), cnf: inBlocks(level) }, holding.evidence[1]];
      expect(status(sealed({ ...holding, evidence }))).toBe('accepted');
    }
  });
});
