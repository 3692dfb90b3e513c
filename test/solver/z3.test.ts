import { fc, test } from '@fast-check/vitest';
import { afterAll, expect } from 'vitest';
import { createEvaluator } from '../../src/logic/evaluate.ts';
import { createTerms, type Term, type Terms } from '../../src/logic/term.ts';
import { equalVectors, freshVector, inIntervals, valueOf } from '../../src/logic/vector.ts';
import type { Check } from '../../src/solver/solver.ts';
import { disposeZ3, openZ3, warmUpZ3 } from '../../src/solver/z3.ts';
import { build, steps } from '../logic/random-terms.ts';

warmUpZ3();
afterAll(disposeZ3);

/** One pigeon more than holes, each in a hole of its own: contradictory, and hard for resolution. */
function pigeons(terms: Terms, holes: number): Term {
  const sits = (pigeon: number, hole: number) => terms.variable(`${pigeon} sits in ${hole}`);
  const all: Term[] = [];
  for (let p = 0; p <= holes; p++) {
    all.push(terms.or(Array.from({ length: holes }, (_, h) => sits(p, h))));
    for (let q = 0; q < p; q++)
      for (let h = 0; h < holes; h++) all.push(terms.not(terms.and([sits(p, h), sits(q, h)])));
  }
  return terms.and(all);
}

test('the model of a packet filter is a packet that passes it', async () => {
  const terms = createTerms();
  const address = freshVector(terms, 'address', 32);
  const port = freshVector(terms, 'port', 16);
  const solver = await openZ3(terms);
  solver.assert(inIntervals(terms, address, [{ lo: 0x0a000000n, hi: 0x0a0000ffn }]));
  solver.assert(
    inIntervals(terms, port, [
      { lo: 443n, hi: 443n },
      { lo: 8000n, hi: 8100n },
    ]),
  );
  solver.assert(terms.not(inIntervals(terms, port, [{ lo: 0n, hi: 8050n }])));
  const check = await solver.check([], {});
  expect(check.kind).toBe('sat');
  if (check.kind !== 'sat') return;
  expect(valueOf(address, check.value) >> 8n).toBe(0x0a0000n);
  expect(valueOf(port, check.value)).toBeGreaterThanOrEqual(8051n);
  expect(valueOf(port, check.value)).toBeLessThanOrEqual(8100n);
  solver.assert(inIntervals(terms, port, [{ lo: 8101n, hi: 65535n }]));
  expect((await solver.check([], {})).kind).toBe('unsat');
  await solver.close();
});

test.prop([steps, fc.array(fc.array(fc.nat(), { maxLength: 4 }), { maxLength: 8 })], { numRuns: 40 })(
  'a check under assumptions agrees with trying all assignments, time after time',
  async (made, rounds) => {
    const terms = createTerms();
    const all = build(terms, 4, 0, made).map(([t]) => t);
    const evaluators = Array.from({ length: 16 }, (_, assignment) => {
      const bit = (v: Term) => ((assignment >> Number(terms.nameOf(v).slice(1))) & 1) === 1;
      return createEvaluator(terms, bit);
    });
    const solver = await openZ3(terms);
    const root = all.at(-1)!;
    solver.assert(root);
    for (const round of rounds) {
      const assumptions = round.map((n) => all[n % all.length]! ^ (n & 1));
      const check: Check = await solver.check(assumptions, { core: round.length === 4 });
      const satisfiable = (of: readonly Term[]) => evaluators.some((value) => value(root) && of.every(value));
      expect(check.kind).toBe(satisfiable(assumptions) ? 'sat' : 'unsat');
      if (check.kind === 'sat') {
        const value = createEvaluator(terms, check.value);
        for (const t of [root, ...assumptions]) expect(value(t)).toBe(true);
      }
      if (check.kind === 'unsat' && check.core !== undefined) {
        expect(assumptions).toEqual(expect.arrayContaining([...check.core]));
        expect(satisfiable(check.core)).toBe(false);
      }
      if (check.kind === 'unsat' && round.length === 4) expect(check.core).toBeDefined();
    }
    await solver.close();
  },
);

test('an assumption that is a formula is forgotten after its check', async () => {
  const terms = createTerms();
  const [a, b] = [terms.variable('a'), terms.variable('b')];
  const solver = await openZ3(terms);
  solver.assert(terms.or([a, b]));
  const neither = terms.and([terms.not(a), terms.not(b)]);
  const differ = terms.not(terms.iff(a, b));
  const kinds = [];
  for (const assumptions of [[neither], [], [differ], [differ, a, b], [terms.not(differ)], []])
    kinds.push((await solver.check(assumptions, {})).kind);
  expect(kinds).toEqual(['unsat', 'sat', 'sat', 'unsat', 'sat', 'sat']);
  await solver.close();
});

test('a check whose time is over is unknown, and the solver goes on', async () => {
  const terms = createTerms();
  const solver = await openZ3(terms);
  const guard = terms.variable('guard');
  solver.assert(terms.implies(guard, pigeons(terms, 14)));
  for (let i = 0; i < 2; i++)
    expect(await solver.check([guard], { timeoutMs: 200 })).toEqual({ kind: 'unknown', reason: 'timeout' });
  expect((await solver.check([], { timeoutMs: 60_000 })).kind).toBe('sat');
  await solver.close();
});

test('a check that needs more steps than this thread gives it is decided on another', async () => {
  const terms = createTerms();
  const solver = await openZ3(terms);
  solver.assert(pigeons(terms, 7));
  expect((await solver.check([], { timeoutMs: Number.MAX_SAFE_INTEGER })).kind).toBe('unsat');
  await solver.close();
});

test('several solvers are open at a time, and their checks may overlap', async () => {
  const terms = createTerms();
  const vector = freshVector(terms, 'x', 8);
  const solvers = await Promise.all(
    [1n, 2n, 3n].map(async (n) => {
      const solver = await openZ3(terms);
      solver.assert(inIntervals(terms, vector, [{ lo: n, hi: n }]));
      return solver;
    }),
  );
  const hard = await openZ3(terms);
  hard.assert(pigeons(terms, 14));
  const [stopped, ...checks] = await Promise.all(
    [hard, ...solvers].map((solver, i) => solver.check([], i === 0 ? { timeoutMs: 400 } : {})),
  );
  expect(stopped).toEqual({ kind: 'unknown', reason: 'timeout' });
  expect(checks.map((check) => check.kind === 'sat' && valueOf(vector, check.value))).toEqual([1n, 2n, 3n]);
  await Promise.all([hard, ...solvers].map((solver) => solver.close()));
});

test('a check that waits for the thread of another waits no longer than its own time', async () => {
  const terms = createTerms();
  const [long, short] = await Promise.all([openZ3(terms), openZ3(terms)]);
  long.assert(pigeons(terms, 14));
  short.assert(pigeons(terms, 13));
  const order: string[] = [];
  await Promise.all([
    long.check([], { timeoutMs: 5000 }).then(() => order.push('long')),
    short.check([], { timeoutMs: 300 }).then(() => order.push('short')),
  ]);
  expect(order).toEqual(['short', 'long']);
  await Promise.all([long.close(), short.close()]);
});

test('opening, checking and closing many times needs no more memory and gives the same models', async () => {
  const seen = new Set<bigint>();
  for (let i = 0; i < 50; i++) {
    const terms = createTerms();
    const [x, y] = [freshVector(terms, 'x', 32), freshVector(terms, 'y', 32)];
    const solver = await openZ3(terms);
    solver.assert(terms.not(equalVectors(terms, x, y)));
    const check = await solver.check([], {});
    if (check.kind === 'sat') seen.add((valueOf(x, check.value) << 32n) | valueOf(y, check.value));
    await solver.close();
  }
  expect(seen.size).toBe(1);
});

test('a set of assumptions that was refuted once is refuted again with whatever is added, and the core says why', async () => {
  const terms = createTerms();
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => terms.variable(name)) as [Term, Term, Term, Term];
  const solver = await openZ3(terms);
  solver.assert(terms.or([terms.not(a), terms.not(b)]));
  const first = await solver.check([a, b, c], { core: true });
  expect(first).toEqual({ kind: 'unsat', core: expect.arrayContaining([a, b]) });
  expect(first.kind === 'unsat' && first.core).not.toContain(c);
  expect(await solver.check([d, b, a])).toEqual(first);
  expect((await solver.check([d, b])).kind).toBe('sat');
  await solver.close();
});

test('solvers of a Z3 that was disposed of know nothing, and new ones get a new Z3', async () => {
  const terms = createTerms();
  const old = await openZ3(terms);
  await disposeZ3();
  expect((await old.check([terms.variable('a')])).kind).toBe('unknown');
  await old.close();
  const solver = await openZ3(terms);
  expect((await solver.check([terms.variable('a')])).kind).toBe('sat');
  await solver.close();
});
