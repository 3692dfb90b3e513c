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

  /** Decides a node if what is known suffices, else gives a child that must be decided first. */
  function step(node: Term): Term | undefined {
    if (terms.isVariable(node)) {
      known[node >> 1] = valuation(node) ? YES : NO;
      return undefined;
    }
    const arity = terms.arity(node);
    let open: Term | undefined;
    for (let i = 0; i < arity; i++) {
      const child = terms.child(node, i);
      const value = valueOf(child);
      if (value === NO) {
        known[node >> 1] = NO;
        return undefined;
      }
      if (value === UNKNOWN) {
        open = unsigned(child);
        break;
      }
    }
    if (open === undefined) known[node >> 1] = YES;
    return open;
  }

  return (t) => {
    if (known.length < terms.size) {
      const grown = new Uint8Array(Math.max(terms.size, 2 * known.length));
      grown.set(known);
      known = grown;
    }
    const stack: Term[] = [unsigned(t)];
    while (stack.length > 0) {
      const node = stack.at(-1)!;
      const open = known[node >> 1] === UNKNOWN ? step(node) : undefined;
      if (open === undefined) stack.pop();
      else stack.push(open);
    }
    return valueOf(t) === YES;
  };
}
