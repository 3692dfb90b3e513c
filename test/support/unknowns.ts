/** The unknowns that a predicate speaks of, each once, in order. */
import type { Predicate } from '../../src/dataplane/predicate.ts';

export function unknownsIn(predicate: Predicate): readonly string[] {
  const keys = new Set<string>();
  const seen = new Set<Predicate>();
  const visit = (one: Predicate): void => {
    if (seen.has(one)) return;
    seen.add(one);
    if (one.kind === 'unknown') keys.add(one.key);
    else if (one.kind === 'and' || one.kind === 'or') one.of.forEach(visit);
    else if (one.kind === 'not' || one.kind === 'at') visit(one.of);
  };
  visit(predicate);
  return [...keys].toSorted();
}
