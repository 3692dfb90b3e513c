/** The clauses of a refutation made again of the network, and whether they are those, one by one. */
import { inflate, mostInflated, readClauses } from './checker/bytes.ts';
import type { Refutation } from './checker/format.ts';
import type { ClauseSet, Stated } from './clauses.ts';
import type { Refutable } from './refutables.ts';

interface MadeAgain {
  readonly stated: Stated;
  /** How they differ, after the name of the evidence; undefined where they are those. */
  readonly why?: string;
}

/** With as much of the guards as it was made with: what closes the ways that were not followed, or all. */
export function madeAgain(theirs: Refutation, state: Refutable['state'], deadline?: number): MadeAgain {
  const lean = heldAgainst(theirs, state(deadline, 'lean'));
  if (lean.why === undefined || lean.stated.truncated !== undefined || lean.stated.nothing === true) return lean;
  const whole = heldAgainst(theirs, state(deadline, 'whole'));
  return whole.why === undefined ? whole : lean;
}

function heldAgainst(theirs: Refutation, stated: Stated): MadeAgain {
  if (stated.truncated !== undefined) return { stated, why: ' is too much to be made again in the time given' };
  const why = whyOtherClauses(theirs, stated.clauses(theirs.loops));
  return why === undefined ? { stated } : { stated, why: `: ${why}` };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function whyOtherClauses(theirs: Refutation, ours: ClauseSet): string | undefined {
  if (theirs.variables !== ours.variables || theirs.clauses !== ours.clauses)
    return `it has ${theirs.clauses} clauses over ${theirs.variables} variables; the network makes ${ours.clauses} over ${ours.variables}`;
  const { numbers } = readClauses(inflate(theirs.cnf, mostInflated), theirs.variables, 'clause');
  const at = numbers.findIndex((literal, i) => literal !== ours.literals[i]);
  if (at >= 0 || numbers.length !== ours.literals.length) {
    const clause = numbers.subarray(0, at < 0 ? numbers.length : at).filter((literal) => literal === 0).length;
    return `clause ${clause + 1} is not the one that the network makes`;
  }
  if (!same(theirs.meanings, ours.meanings)) return 'meanings are not those of the network';
  return same(theirs.groups, ours.groups) ? undefined : 'groups are not those of the network';
}
