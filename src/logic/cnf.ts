/**
 * Terms as clauses that can be satisfied together exactly if the terms can hold together: a variable for every gate,
 * defined in the directions in which it is needed (Plaisted and Greenbaum, 1986). Every model of the clauses is, on the
 * variables of the terms, a model of the terms. They come in sections that people can follow: what is asserted and which
 * conditions it names, each defined in the section that first speaks of it.
 */
import { invariant } from '../base/invariant.ts';
import { growInt32 } from './growth.ts';
import { type Term, type Terms, indexOf, isNegated, unsigned } from './term.ts';

export interface Section {
  /** Asserted here. */
  readonly roots?: readonly Term[];
  /** Defined here with all that they need, where something asserted needs them and no section before defined them. */
  readonly gates?: readonly Term[];
}

export interface Cnf {
  /** Numbered from 1: the variables given, in that order, then every other variable and gate by first appearance. */
  readonly variables: number;
  readonly clauses: number;
  /** The clauses one after the other, each ended by a 0; a negative number is a negated variable. */
  readonly literals: Int32Array;
  /** How many clauses each section has; one more for what no section defines. */
  readonly sizes: readonly number[];
  /** The term that stands for a number: a variable or, unsigned, a gate. */
  readonly termOf: (number: number) => Term;
}

/** The clauses of all that is asserted. The `variables` are numbered first. */
export function toCnf(terms: Terms, sections: readonly Section[], variables: readonly Term[]): Cnf {
  const wanted = needed(
    terms,
    sections.flatMap(({ roots = [] }) => roots),
  );
  const numbers = new Int32Array(terms.size);
  const meanings: Term[] = [];
  const number = (node: Term): number => (numbers[indexOf(node)] ||= meanings.push(node & ~1));
  for (const variable of variables) number(variable);
  const defined = new Uint8Array(2 * terms.size);
  const asserted = new Set<Term>();
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
  const literalOf = (t: Term): number => (isNegated(t) ? -number(t) : number(t));
  function disjunction(t: Term): void {
    for (let i = 0; i < terms.arity(t); i++) put(literalOf(terms.child(t, i) ^ 1));
    end();
  }
  function assert(root: Term): void {
    if (root === terms.true || asserted.has(root)) return;
    asserted.add(root);
    if (root === terms.false) end();
    else if (terms.arity(root) > 0 && isNegated(root)) disjunction(root);
    else
      for (const t of terms.arity(root) > 0 ? terms.childrenOf(root) : [root]) {
        put(literalOf(t));
        end();
      }
  }
  function define(gate: Term): void {
    const open = [gate];
    for (let t = open.pop(); t !== undefined; t = open.pop()) {
      if (terms.arity(t) === 0 || wanted[t] === 0 || defined[t] === 1) continue;
      defined[t] = 1;
      if (isNegated(t)) {
        put(-literalOf(t));
        disjunction(t);
      } else
        for (let i = 0; i < terms.arity(t); i++) {
          put(-literalOf(t));
          put(literalOf(terms.child(t, i)));
          end();
        }
      for (let i = terms.arity(t) - 1; i >= 0; i--) open.push(terms.child(t, i) ^ (t & 1));
    }
  }

  const sizes: number[] = [];
  let before = 0;
  const close = (): void => {
    sizes.push(clauses - before);
    before = clauses;
  };
  for (const { roots = [], gates = [] } of sections) {
    roots.forEach(assert);
    gates.forEach(define);
    close();
  }
  for (let t = 2; t < wanted.length; t++) define(t);
  close();
  invariant(
    meanings.every((t) => terms.isVariable(t) || wanted[t] === 1 || wanted[t ^ 1] === 1),
    'every gate that a clause names is needed',
  );
  return {
    variables: meanings.length,
    clauses,
    literals: literals.slice(0, used),
    sizes,
    termOf: (n) => meanings[n - 1]!,
  };
}

/** By literal: 1 where something that holds needs it, as a variable or as a gate to be defined that way round. */
function needed(terms: Terms, roots: readonly Term[]): Uint8Array {
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
