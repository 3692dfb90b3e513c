/** Where a rule stands among those of its action, in action order (semantics 10.21, 10.84). */
import models from '../../models/suricata.json' with { type: 'json' };
import type { Rule } from './rule.ts';

/** As Suricata's own classification has them; every other class has the priority of no class at all. */
const ofClasses: Readonly<Record<string, number>> = models.classPriorities;

/** From 1, the first; the keyword's own, then that of the class, then 3. */
export function priorityOf({ options }: Rule): number {
  const own = options.findLast((option) => option.kind === 'priority');
  if (own !== undefined) return own.value;
  const named = options.findLast((option) => option.kind === 'meta' && option.keyword === 'classtype');
  const name = named?.kind === 'meta' ? (named.value ?? '').toLowerCase() : '';
  return Object.hasOwn(ofClasses, name) ? ofClasses[name]! : 3;
}
