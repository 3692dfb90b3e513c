/**
 * One refutation: the clauses of a question in one family, and a proof that they contradict each other, which is the
 * solver's word until the checker has seen the certificate.
 */
import { propagate } from '../logic/propagation.ts';
import { refute } from '../solver/z3-proof.ts';
import type { Refutation } from './checker/format.ts';
import type { ClauseSet, Extent, Stated } from './clauses.ts';
import { packed, packedProof } from './packed.ts';

export type Refuting =
  | { readonly kind: 'refuted'; readonly refutation: Omit<Refutation, 'obligation'> }
  /** There is one. */
  | { readonly kind: 'flow' }
  | { readonly kind: 'none'; readonly reason: string };

/** By what closes the ways that were not followed; where that is not enough, by every guard as it is. */
export async function refutationOf(
  explore: (deadline: number, extent: Extent) => Stated,
  timeoutMs: number,
): Promise<Refuting> {
  const deadline = Date.now() + timeoutMs;
  const found = await refutedBy(explore(deadline, 'lean'), deadline);
  return found.kind === 'flow' ? refutedBy(explore(deadline, 'whole'), deadline) : found;
}

async function refutedBy(stated: Stated, deadline: number): Promise<Refuting> {
  if (stated.truncated !== undefined) return { kind: 'none', reason: unfollowed[stated.truncated] };
  const loops = [...stated.foreseen];
  for (;;) {
    const clauses = stated.clauses(loops);
    // What is forced is forced for who checks the proof, too: the rest is proved.
    const rest = propagate(clauses.variables, clauses.literals);
    if (rest.kind === 'contradiction') return refuted(clauses, emptyClause);
    const left = deadline - Date.now();
    if (left <= 0) return { kind: 'none', reason: 'the time given ran out' };
    const found = await refute({ variables: clauses.variables, literals: rest.literals }, left);
    if (found.kind === 'unknown')
      return {
        kind: 'none',
        reason: found.reason === 'timeout' ? 'the time given ran out' : `the solver stopped: ${found.reason}`,
      };
    if (found.kind === 'unsat') return refuted(clauses, found.proof);
    const loop = stated.selfSupport((variable) => rest.forced(variable) ?? found.value(variable));
    if (loop === undefined) return { kind: 'flow' };
    loops.push(loop);
  }
}

const unfollowed: Readonly<Record<NonNullable<Stated['truncated']>, string>> = {
  turns: 'some paths cross the same elements again and again, and are not followed to their end',
  states: 'there are more states than are looked at',
  time: 'the time given ran out',
};

/** The step that adds the empty clause. */
const emptyClause = Int32Array.of(0, 0);

const refuted = ({ literals, ...clauses }: ClauseSet, proof: Int32Array): Refuting => ({
  kind: 'refuted',
  refutation: {
    kind: 'refutation',
    variables: clauses.variables,
    meanings: clauses.meanings,
    clauses: clauses.clauses,
    groups: clauses.groups,
    cnf: packed(literals),
    proof: packedProof(proof),
    loops: clauses.loops,
  },
});
