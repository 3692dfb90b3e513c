/** The value of terms under a valuation of their variables. */
import { isNegated, type Term, type Terms, unsigned } from './term.ts';

/** Gives a variable's value; never asked about a negation. */
export type Valuation = (variable: Term) => boolean;

export const evaluate = (terms: Terms, t: Term, valuation: Valuation): boolean => createEvaluator(terms, valuation)(t);

const UNKNOWN = 0;
const NO = 1;
const YES = 2;

/** An evaluator that remembers every node it has seen; the valuation must not change meanwhile. */
export function createEvaluator(terms: Terms, valuation: Valuation): (t: Term) => boolean {
  let known = new Uint8Array(terms.size);
  known[0] = YES;

  const valueOf = (t: Term): number => {
    const value = known[t >> 1]!;
    return value === UNKNOWN || !isNegated(t) ? value : value ^ 3;
  };

  // The nodes being decided, each a child of the one before it, and the child that each has come to.
  const nodes: Term[] = [];
  const positions: number[] = [];

  /** Decides the last node if what is known suffices, else begins with a child that must be decided first. */
  function step(): void {
    const node = nodes.at(-1)!;
    let value = YES;
    if (terms.isVariable(node)) value = valuation(node) ? YES : NO;
    else {
      const arity = terms.arity(node);
      for (let i = positions.at(-1)!; i < arity && value === YES; i++) {
        const child = terms.child(node, i);
        value = valueOf(child);
        if (value !== UNKNOWN) continue;
        positions[positions.length - 1] = i;
        nodes.push(unsigned(child));
        positions.push(0);
        return;
      }
    }
    known[node >> 1] = value;
    nodes.pop();
    positions.pop();
  }

  return (t) => {
    if (known.length < terms.size) {
      const grown = new Uint8Array(Math.max(terms.size, 2 * known.length));
      grown.set(known);
      known = grown;
    }
    if (valueOf(t) === UNKNOWN) {
      nodes.push(unsigned(t));
      positions.push(0);
    }
    while (nodes.length > 0) step();
    return valueOf(t) === YES;
  };
}
