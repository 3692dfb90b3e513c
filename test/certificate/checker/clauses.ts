/** Small sets of clauses for tests, as lists of literals; whether they can be true, by trying; and proofs that they cannot. */
import type { Clauses } from '../../../src/certificate/checker/bytes.ts';

export type Clause = readonly number[];
export interface Step {
  readonly add: boolean;
  readonly clause: Clause;
}
export const adding = (...clauses: readonly Clause[]): readonly Step[] =>
  clauses.map((clause) => ({ add: true, clause }));
export const deleting = (...clauses: readonly Clause[]): readonly Step[] =>
  clauses.map((clause) => ({ add: false, clause }));

export const packed = (clauses: readonly Clause[]): Clauses => ({
  numbers: Int32Array.from(clauses.flatMap((clause) => [...clause, 0])),
  count: clauses.length,
});
export const packedSteps = (steps: readonly Step[]): Clauses => ({
  numbers: Int32Array.from(steps.flatMap(({ add, clause }) => [add ? 0 : 1, ...clause, 0])),
  count: steps.length,
});

/** By all assignments. */
export function satisfiable(variables: number, clauses: readonly Clause[]): boolean {
  for (let world = 0; world < 1 << variables; world++)
    if (
      clauses.every((clause) => clause.some((literal) => ((world >> (Math.abs(literal) - 1)) & 1) === +(literal > 0)))
    )
      return true;
  return false;
}

/** The literals that the clauses force under assumptions, or undefined if they contradict each other. */
export function forced(clauses: readonly Clause[], assumed: readonly number[]): ReadonlySet<number> | undefined {
  const known = new Set(assumed);
  for (const literal of known) if (known.has(-literal)) return undefined;
  for (let changed = true; changed;) {
    changed = false;
    for (const clause of clauses) {
      if (clause.some((literal) => known.has(literal))) continue;
      const open = clause.filter((literal) => !known.has(-literal));
      if (open.length === 0) return undefined;
      if (open.length > 1) continue;
      known.add(open[0]!);
      changed = true;
    }
  }
  return known;
}

const negated = (clause: Clause): readonly number[] => clause.map((literal) => -literal);

/** Whether a clause may be added, told as in the definition, with lists alone. */
export function mayBeAdded(clauses: readonly Clause[], clause: Clause): boolean {
  if (forced(clauses, negated(clause)) === undefined) return true;
  const [pivot] = clause;
  return (
    pivot !== undefined &&
    clauses
      .filter((other) => other.includes(-pivot))
      .every((other) => {
        const rest = other.filter((literal) => literal !== -pivot);
        return forced(clauses, [...negated(clause), ...negated(rest)]) === undefined;
      })
  );
}

export const same = (a: Clause, b: Clause): boolean =>
  a.length === b.length && a.every((literal) => b.includes(literal));

/** By trying one variable after the other; each branch that fails is a clause that follows. Undefined if none fails. */
export function proofOf(variables: number, clauses: readonly Clause[]): readonly Clause[] | undefined {
  const proof: Clause[] = [];
  const fails = (decided: readonly number[]): boolean => {
    const known = forced([...clauses, ...proof], decided);
    if (known !== undefined) {
      let variable = 1;
      while (variable <= variables && (known.has(variable) || known.has(-variable))) variable++;
      if (variable > variables) return false;
      if (!fails([...decided, variable]) || !fails([...decided, -variable])) return false;
    }
    proof.push(negated(decided));
    return true;
  };
  return fails([]) ? proof : undefined;
}

/** `n + 1` pigeons in `n` holes, each in one, no two in the same. Variable `place(i, j)`: pigeon `i` is in hole `j`. */
export function pigeons(n: number): { readonly variables: number; readonly clauses: readonly Clause[] } {
  const place = (i: number, j: number): number => i * n + j + 1;
  const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);
  return {
    variables: (n + 1) * n,
    clauses: [
      ...numbers(n + 1).map((i) => numbers(n).map((j) => place(i, j))),
      ...numbers(n).flatMap((j) => numbers(n + 1).flatMap((i) => numbers(i).map((k) => [-place(k, j), -place(i, j)]))),
    ],
  };
}

/**
 * The short proof for pigeons (Cook, 1976), which names new things: pigeon `i` of one pigeon fewer sits in hole `j` if it
 * does, or if it sits in the last hole and the last pigeon in `j`. Each definition is blocked on its new variable.
 */
export function cooksProof(n: number): { readonly variables: number; readonly steps: readonly Step[] } {
  let variables = (n + 1) * n;
  const steps: Step[] = [];
  let before = (i: number, j: number): number => i * n + j + 1;
  for (let holes = n; holes > 1; holes--) {
    const base = variables;
    const old = before;
    const width = holes - 1;
    const now = (i: number, j: number): number => base + i * width + j + 1;
    variables += holes * width;
    for (let i = 0; i < holes; i++)
      for (let j = 0; j < width; j++) {
        const [sits, last, lastSits] = [old(i, j), old(i, width), old(holes, j)];
        const q = now(i, j);
        steps.push(...adding([q, -sits], [q, -last, -lastSits], [-q, sits, last], [-q, sits, lastSits]));
      }
    for (let i = 0; i < holes; i++) steps.push(...adding(Array.from({ length: width }, (_, j) => now(i, j))));
    for (let j = 0; j < width; j++)
      for (let i = 0; i < holes; i++)
        for (let k = 0; k < i; k++)
          steps.push(...adding([-now(i, j), -now(k, j), old(i, j)], [-now(i, j), -now(k, j)]));
    before = now;
  }
  return { variables, steps: [...steps, ...adding([])] };
}
