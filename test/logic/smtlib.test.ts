import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { init, killThreads, Z3_error_code } from 'z3-solver';
import { createEvaluator } from '../../src/logic/evaluate.ts';
import { toSmtlib } from '../../src/logic/smtlib.ts';
import { createTerms, type Term } from '../../src/logic/term.ts';
import { freshVector, inIntervals } from '../../src/logic/vector.ts';
import { build, steps } from './random-terms.ts';

let z3: Awaited<ReturnType<typeof init>>;
beforeAll(async () => {
  z3 = await init();
});
afterAll(() => killThreads(z3.em));

/**
 * The answer of the Z3 that reads SMT-LIB, which shares no code with the solver folder. The text is read by a call
 * that waits: the package hands asynchronous ones a string that is gone by the time they look at it.
 */
async function ask(text: string): Promise<string> {
  const { Z3 } = z3;
  const config = Z3.mk_config();
  const context = Z3.mk_context(config);
  Z3.del_config(config);
  const solver = Z3.mk_solver(context);
  Z3.solver_inc_ref(context, solver);
  Z3.solver_from_string(context, solver, text);
  const error = Z3.get_error_code(context);
  const answer = error === Z3_error_code.Z3_OK ? await Z3.solver_check(context, solver) : undefined;
  const said =
    answer === undefined ? Z3.get_error_msg(context, error) : { '-1': 'unsat', 0: 'unknown', 1: 'sat' }[answer];
  Z3.solver_dec_ref(context, solver);
  Z3.del_context(context);
  return said;
}

test.prop([steps, fc.array(fc.nat(), { minLength: 1, maxLength: 3 })], { numRuns: 30 })(
  'what is printed is satisfiable exactly if the terms are',
  async (made, picks) => {
    const terms = createTerms();
    const all = build(terms, 4, 0, made).map(([t]) => t);
    const roots = picks.map((n) => all[all.length - 1 - (n % Math.min(8, all.length))]! ^ (n & 1));
    const holds = Array.from({ length: 16 }, (_, assignment) => {
      const bit = (v: Term) => ((assignment >> Number(terms.nameOf(v).slice(1))) & 1) === 1;
      return roots.every(createEvaluator(terms, bit));
    });
    expect(await ask(toSmtlib(terms, roots))).toBe(holds.includes(true) ? 'sat' : 'unsat');
  },
);

/** A port in a range and out of it, so that the fields' values are fixed or contradictory. */
function question(low: bigint): string {
  const terms = createTerms();
  const port = freshVector(terms, 'port', 16);
  const odd = terms.variable('a name | with "odd" \\ characters%');
  const word = terms.variable('and');
  return toSmtlib(
    terms,
    [
      inIntervals(terms, port, [{ lo: low, hi: 443n }]),
      terms.not(inIntervals(terms, port, [{ lo: 0n, hi: 442n }])),
      terms.iff(odd, terms.not(word)),
    ],
    [{ name: 'port', width: 16 }],
  );
}

test('a field is declared as one bit vector, the most significant bit first', async () => {
  expect(question(100n)).toContain('(declare-const port (_ BitVec 16))');
  expect(await ask(question(100n))).toBe('sat');
  const pinned = (n: number) => question(100n).replace('(check-sat)', `(assert (= port (_ bv${n} 16)))\n(check-sat)`);
  expect(await ask(pinned(443))).toBe('sat');
  expect(await ask(pinned(442))).toBe('unsat');
});

test('a chain of ten thousand gates is printed without nesting deeper than a reader can follow', () => {
  const terms = createTerms();
  let chain = terms.variable('x');
  for (let i = 0; i < 10_000; i++)
    chain = terms.or([terms.variable(`a${i}`), terms.and([terms.variable(`b${i}`), chain])]);
  const deepest = Math.max(
    ...toSmtlib(terms, [chain])
      .split('\n')
      .map((line) => /\)+$/.exec(line)?.[0].length ?? 0),
  );
  expect(deepest).toBeLessThan(20);
});

describe.each(['z3', 'cvc5'])('the binary %s, where there is one,', (name) => {
  const there = spawnSync(name, ['--version']).status === 0;
  test.skipIf(!there)('gives the same answers', () => {
    const folder = mkdtempSync(join(tmpdir(), 'smtlib-'));
    const run = (text: string): string => {
      const file = join(folder, 'question.smt2');
      writeFileSync(file, text);
      return spawnSync(name, [file], { encoding: 'utf8' }).stdout.trim();
    };
    expect([
      run(question(100n)),
      run(question(100n).replace('(check-sat)', '(assert (= port #x0001))\n(check-sat)')),
    ]).toEqual(['sat', 'unsat']);
    rmSync(folder, { recursive: true });
  });
});
