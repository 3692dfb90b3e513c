/**
 * Terms as clauses that can be satisfied together exactly if the terms can hold together: a variable for every gate,
 * defined in the directions in which it is needed (Plaisted and Greenbaum, 1986). Every model of the clauses is, on the
 * variables of the terms, a model of the terms.
 */
import { invariant } from '../base/invariant.ts';
import { growInt32 } from './growth.ts';
import { isNegated, type Term, type Terms, unsigned } from './term.ts';

export interface Cnf {
  /** Variables are numbered from 1: those of the terms first, then the gates, each in the order they were made in. */
  readonly variables: number;
  /** The variable or conjunction that variable `i + 1` stands for. */
  readonly meanings: readonly Term[];
  readonly clauses: number;
  /** The clauses one after the other, each ended by a 0; a negative number is a negated variable. */
  readonly literals: Int32Array;
}

/** The clauses of the terms' conjunction. */
export function toCnf(terms: Terms, roots: readonly Term[]): Cnf {
  const { meanings, gates } = reach(terms, roots);
  const numbers = new Map(meanings.map((t, i) => [t, i + 1]));
  let literals = new Int32Array(1024);
  let used = 0;
  let clauses = 0;

  function put(literal: number): void {
    if (used === literals.length) literals = growInt32(literals, used + 1);
    literals[used++] = literal;
  }
  function end(): void {
    put(0);
    clauses++;
  }
  function literalOf(t: Term): number {
    const number = numbers.get(unsigned(t));
    invariant(number !== undefined, 'every gate that a clause names was reached');
    return isNegated(t) ? -number : number;
  }
  function disjunction(t: Term): void {
    for (let i = 0; i < terms.arity(t); i++) put(literalOf(terms.child(t, i) ^ 1));
    end();
  }

  for (const root of new Set(roots)) {
    if (root === terms.true) continue;
    if (root === terms.false) end();
    else if (terms.arity(root) > 0 && isNegated(root)) disjunction(root);
    else
      for (const t of terms.arity(root) > 0 ? terms.childrenOf(root) : [root]) {
        put(literalOf(t));
        end();
      }
  }
  for (const gate of gates) {
    if (isNegated(gate)) {
      put(-literalOf(gate));
      disjunction(gate);
    } else
      for (let i = 0; i < terms.arity(gate); i++) {
        put(-literalOf(gate));
        put(literalOf(terms.child(gate, i)));
        end();
      }
  }
  return { variables: meanings.length, meanings, clauses, literals: literals.slice(0, used) };
}

/** By literal: 1 where something that holds needs it, as a variable or as a gate to be defined that way round. */
export function needed(terms: Terms, roots: readonly Term[]): Uint8Array {
  const seen = new Uint8Array(2 * terms.size);
  const open: Term[] = [];
  const need = (t: Term): void => {
    if (seen[t] === 1) return;
    seen[t] = 1;
    open.push(t);
  };
  const needChildren = (t: Term): void => {
    for (let i = 0; i < terms.arity(t); i++) need(terms.child(t, i) ^ (t & 1));
  };
  // A root that is a gate is taken apart at once and needs no variable of its own.
  for (const root of roots)
    if (terms.arity(root) > 0) needChildren(root);
    else if (unsigned(root) !== terms.true) need(root);
  for (let t = open.pop(); t !== undefined; t = open.pop()) needChildren(t);
  return seen;
}

/** The terms that need a variable, and the gates to be defined, negated where they are needed negated. */
function reach(terms: Terms, roots: readonly Term[]): { meanings: readonly Term[]; gates: readonly Term[] } {
  const seen = needed(terms, roots);
  const variables: Term[] = [];
  const inner: Term[] = [];
  const gates: Term[] = [];
  for (let t = 0; t < seen.length; t += 2) {
    if (seen[t] === 0 && seen[t + 1] === 0) continue;
    (terms.isVariable(t) ? variables : inner).push(t);
    if (terms.isVariable(t)) continue;
    for (const gate of [t, t + 1]) if (seen[gate] === 1) gates.push(gate);
  }
  return { meanings: [...variables, ...inner], gates };
}

/** DIMACS CNF: the names of the terms' variables as comments, then a line for each clause. */
export function toDimacs(terms: Terms, { variables, meanings, clauses, literals }: Cnf): string {
  const lines = meanings.flatMap((t, i) =>
    terms.isVariable(t) ? [`c ${i + 1} ${terms.nameOf(t).replaceAll(/\s+/g, ' ')}`] : [],
  );
  lines.push(`p cnf ${variables} ${clauses}`);
  for (let from = 0, i = 0; i < literals.length; i++)
    if (literals[i] === 0) {
      lines.push(literals.subarray(from, i + 1).join(' '));
      from = i + 1;
    }
  return `${lines.join('\n')}\n`;
}
