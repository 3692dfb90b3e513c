/** What clauses force by themselves, clause after clause, with nothing to be tried. */

export type Propagated =
  | { readonly kind: 'contradiction' }
  | {
      readonly kind: 'open';
      /** The clauses that are left, without the literals that are false: each once, each of two literals or more. */
      readonly literals: Int32Array;
      /** Of a variable: true or false where that is forced. */
      readonly forced: (variable: number) => boolean | undefined;
    };

/** The literals are those of clauses, each ended by a 0, over variables from 1. */
export function propagate(variables: number, literals: Int32Array): Propagated {
  const starts: number[] = [];
  const watchers: number[][] = Array.from({ length: 2 * variables + 2 }, () => []);
  const values = new Int8Array(2 * variables + 2);
  const trail: number[] = [];
  const slot = (literal: number): number => (literal > 0 ? 2 * literal : 1 - 2 * literal);
  // Each clause is watched by its first two literals, which are moved there.
  const order = literals.slice();

  /** False where the literal is false already. */
  function force(literal: number): boolean {
    const at = slot(literal);
    if (values[at] !== 0) return values[at] === 1;
    values[at] = 1;
    values[at ^ 1] = -1;
    trail.push(literal);
    return true;
  }

  const units: number[] = [];
  for (let from = 0, i = 0; i < order.length; i++) {
    if (order[i] !== 0) continue;
    if (i === from) return contradiction;
    if (i === from + 1) units.push(order[from]!);
    else {
      const clause = starts.push(from) - 1;
      watchers[slot(order[from]!)]!.push(clause);
      watchers[slot(order[from + 1]!)]!.push(clause);
    }
    from = i + 1;
  }
  if (!units.every(force)) return contradiction;

  for (let done = 0; done < trail.length; done++) {
    const gone = -trail[done]!;
    const watching = watchers[slot(gone)]!;
    let kept = 0;
    for (let i = 0; i < watching.length; i++) {
      const clause = watching[i]!;
      const from = starts[clause]!;
      if (order[from] === gone) {
        order[from] = order[from + 1]!;
        order[from + 1] = gone;
      }
      let moved = false;
      if (values[slot(order[from]!)] !== 1)
        for (let j = from + 2; order[j] !== 0; j++)
          if (values[slot(order[j]!)] !== -1) {
            order[from + 1] = order[j]!;
            order[j] = gone;
            watchers[slot(order[from + 1]!)]!.push(clause);
            moved = true;
            break;
          }
      if (moved) continue;
      watching[kept++] = clause;
      if (!force(order[from]!)) return contradiction;
    }
    watching.length = kept;
  }
  return {
    kind: 'open',
    literals: leftOf(literals, (literal) => values[slot(literal)]!),
    forced: (variable) => (values[2 * variable] === 0 ? undefined : values[2 * variable] === 1),
  };
}

const contradiction: Propagated = { kind: 'contradiction' };

/** `value`: 1 for a literal that is true, -1 for one that is false. */
function leftOf(literals: Int32Array, value: (literal: number) => number): Int32Array {
  const left = new Int32Array(literals.length);
  const known = new Set<string>();
  let used = 0;
  let begun = 0;
  let satisfied = false;
  for (const literal of literals) {
    if (literal !== 0) {
      if (value(literal) === 1) satisfied = true;
      else if (value(literal) === 0) left[used++] = literal;
      continue;
    }
    const clause = satisfied ? '' : left.subarray(begun, used).toSorted().join(' ');
    if (satisfied || known.has(clause)) used = begun;
    else {
      known.add(clause);
      left[used++] = 0;
    }
    begun = used;
    satisfied = false;
  }
  return left.slice(0, used);
}
