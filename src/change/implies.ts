/** Whether one predicate implies another, by proof: how rules that were split, reordered or renamed are told to be the same. */
import { type Header, type Predicate, predicate as p, wellFormed } from '../dataplane/index.ts';
import { createTerms } from '../logic/term.ts';
import { openZ3 } from '../solver/z3.ts';
import type { Solver } from '../solver/solver.ts';
import { type Domain, createAlphabet, predicateTerm, simplify } from '../verify/index.ts';
import type { Implies } from './changed.ts';

export interface Implication {
  readonly implies: Implies;
  close(): Promise<void>;
}

/** Longer than this nobody waits for one pair of rule sets: then they count as different, which is only slower. */
const patienceMs = 1000;

/** Nothing is proved any more after the deadline, as `Date.now()` counts. */
export function createImplication(first: Header, deadline: number): Implication {
  const alphabet = createAlphabet(createTerms());
  const { terms } = alphabet;
  const known = new Map<string, boolean>();
  let started: Promise<Solver> | undefined;
  let told = 0;
  const formed = predicateTerm(alphabet, new Map(), first, wellFormed(first.family), true);
  const term = (header: Header, domain: Domain, predicate: Predicate): number =>
    predicateTerm(alphabet, new Map(), header, simplify(domain, header, predicate), true);
  return {
    implies: async (header, domain, one, other) => {
      const counter = terms.and([term(header, domain, one), term(header, domain, p.not(other))]);
      if (counter === terms.false) return true;
      const key = `${counter}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const timeoutMs = Math.min(patienceMs, deadline - Date.now());
      if (timeoutMs <= 0) return false;
      const solver = await (started ??= openZ3(terms));
      for (; told < alphabet.facts.length; told++) solver.assert(alphabet.facts[told]!);
      const check = await solver.check([terms.not(alphabet.must), formed, counter], { timeoutMs });
      const holds = check.kind === 'unsat';
      known.set(key, holds);
      return holds;
    },
    async close() {
      if (started !== undefined) await (await started).close();
    },
  };
}
