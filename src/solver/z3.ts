/** Z3 behind the `Solver` interface, by the package's own API of high level. */
import { init } from 'z3-solver';
import type { Term, Terms } from '../logic/term.ts';
import { isNegated, unsigned } from '../logic/term.ts';
import type { Solver } from './solver.ts';
let api: any;
let n = 0;
export async function openZ3(terms: Terms): Promise<Solver> {
  api ??= await init();
  const ctx = new api.Context(`c${n++}`);
  const s = new ctx.Solver();
  const memo = new Map<Term, any>();
  const f = (t: Term): any => {
    if (isNegated(t)) return ctx.Not(f(unsigned(t)));
    const k = memo.get(t);
    if (k) return k;
    const r =
      t === terms.true
        ? ctx.Bool.val(true)
        : terms.isVariable(t)
          ? ctx.Bool.const(`v${t}`)
          : ctx.And(...terms.childrenOf(t).map(f));
    memo.set(t, r);
    return r;
  };
  return {
    assert: (t) => s.add(f(t)),
    async check(as) {
      const r = await s.check(...as.map(f));
      if (r === 'unsat') return { kind: 'unsat' };
      if (r !== 'sat') return { kind: 'unknown', reason: String(r) };
      const m = s.model();
      const vals = new Map<Term, boolean>();
      return {
        kind: 'sat',
        value: (v) => {
          let x = vals.get(v);
          if (x === undefined) vals.set(v, (x = memo.has(v) ? String(m.eval(f(v), true)) === 'true' : false));
          return x;
        },
      };
    },
    async close() {},
  };
}
