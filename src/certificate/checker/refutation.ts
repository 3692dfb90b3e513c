/** Whether one refutation of a certificate refutes what it says: its numbers fit, and its proof is one. */
import { Unsound, inflate, mostInflated, readClauses } from './bytes.ts';
import type { Refutation } from './format.ts';
import { refute } from './proof.ts';

/** A refutation that was checked. */
export interface CheckedRefutation {
  readonly obligation: number;
  readonly variables: number;
  readonly clauses: number;
  /** What the empty clause means, if it is among the clauses: then what they say cannot be from the outset. */
  readonly empty: string | null;
  /** Steps of the proof, and how many of them were needed: 0 where unit propagation refutes the clauses by itself. */
  readonly steps: number;
  readonly needed: number;
  /** Deletions not carried out, of clauses by which a literal is known for good. */
  readonly kept: number;
}

/** More variables would only exhaust the reader's memory. */
const mostVariables = 2 ** 24;

/** How many bytes all parts of a certificate may still inflate to. */
export interface Allowance {
  left: number;
}

export function checkRefutation(
  refutation: Refutation,
  allowance: Allowance,
  tell: (reason: string) => void,
): CheckedRefutation | undefined {
  const { obligation, variables, clauses, proof, cnf } = refutation;
  if (variables > mostVariables) {
    tell(`variables is more than ${mostVariables}, which is more than is read`);
    return undefined;
  }
  findGaps(refutation, tell);

  const part = <T>(name: 'cnf' | 'proof', read: (bytes: Uint8Array) => T): T | undefined => {
    try {
      const bytes = inflate(name === 'cnf' ? cnf : proof, Math.min(mostInflated, allowance.left));
      allowance.left -= bytes.length;
      return read(bytes);
    } catch (error) {
      if (!(error instanceof Unsound)) throw error;
      tell(`${name} ${error.message}`);
      return undefined;
    }
  };
  const given = part('cnf', (bytes) => readClauses(bytes, variables, 'clause'));
  const steps = part('proof', (bytes) => readClauses(bytes, variables, 'step'));
  if (given !== undefined && given.count !== clauses)
    tell(`cnf has ${given.count} clauses, and clauses says ${clauses}`);
  if (given === undefined || steps === undefined) return undefined;

  const refuted = refute(variables, given, steps);
  if (!refuted.refuted) {
    tell(`proof shows nothing: ${refuted.why}`);
    return undefined;
  }
  const { needed, kept } = refuted;
  return {
    obligation,
    variables,
    clauses,
    empty: emptyClause(given.numbers, refutation),
    steps: steps.count,
    needed,
    kept,
  };
}

/** What the first clause without a literal means, if there is one. */
function emptyClause(numbers: Int32Array, { groups }: Refutation): string | null {
  for (let i = 0, clause = 0; i < numbers.length; i++) {
    if (numbers[i] !== 0) continue;
    clause++;
    if (i > 0 && numbers[i - 1] !== 0) continue;
    let last = 0;
    return groups.find((group) => clause <= (last += group.clauses))?.means ?? null;
  }
  return null;
}

/** Meanings cover the variables and groups the clauses, all of them, once and in order. */
function findGaps({ variables, meanings, clauses, groups, loops }: Refutation, tell: (reason: string) => void): void {
  let last = 0;
  for (const [i, { from, to }] of meanings.entries()) {
    if (from !== last + 1 || to < from)
      tell(`meanings[${i}] is of variables ${from} to ${to}, and follows variable ${last}`);
    last = to;
  }
  if (last !== variables) tell(`meanings end at variable ${last}, and there are ${variables}`);
  if (groups.some((group) => group.clauses === 0)) tell('groups has one without clauses');
  const grouped = groups.reduce((sum, group) => sum + group.clauses, 0);
  if (grouped !== clauses) tell(`groups have ${grouped} clauses, and clauses says ${clauses}`);
  for (const [i, states] of loops.entries())
    if (states.length === 0 || states.some((state, k) => k > 0 && state <= states[k - 1]!))
      tell(`loops[${i}] does not name its states once each and ascending`);
}
