/** Whether clauses contradict each other by what each literal forces at once, with nothing to be tried. */

/** The literals are those of clauses, each ended by a 0, over variables from 1. */
export function contradicts(variables: number, literals: Int32Array): boolean {
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
    if (i === from) return true;
    if (i === from + 1) units.push(order[from]!);
    else {
      const clause = starts.push(from) - 1;
      watchers[slot(order[from]!)]!.push(clause);
      watchers[slot(order[from + 1]!)]!.push(clause);
    }
    from = i + 1;
  }
  if (!units.every(force)) return true;

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
      if (!force(order[from]!)) return true;
    }
    watching.length = kept;
  }
  return false;
}
