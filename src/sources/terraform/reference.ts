/**
 * The references of an expression, each once. The plan lists each in full, then again without its last step, down to
 * the resource; old versions list only the resource.
 */
import { type Key, type Step, steps } from './address.ts';

/** A key that an expression takes from the instance in which it stands, with the keys of all of these instances. */
export interface OwnKey {
  readonly key: Key;
  readonly among: readonly Key[];
  /** It is taken by `each.value`, not by an index that the plan does not show. */
  readonly certain?: true;
}

/** What an expression names, step by step; `own` stands for `[each.key]` or `[count.index]`. */
export type Path = readonly (Step | { readonly own: OwnKey })[];

export function referencesOf(texts: readonly string[]): readonly Path[] {
  const out: (readonly Step[])[] = [];
  for (let i = 0; i < texts.length;) {
    const full = steps(texts[i]!);
    out.push(full);
    let length = full.length;
    i++;
    while (i < texts.length && length > least(full) && isPrefix(steps(texts[i]!), full, length)) {
      length = steps(texts[i]!).length;
      i++;
    }
  }
  return out;
}

/** How many steps a reference to the thing itself has: `aws_subnet.app`, `data.aws_vpc.main`, `var.x`, `module.m`. */
const least = ([first]: readonly Step[]): number => (first === 'data' ? 3 : 2);

function isPrefix(some: readonly Step[], full: readonly Step[], shorterThan: number): boolean {
  return some.length < shorterThan && some.every((step, i) => same(step, full[i]!));
}

const same = (a: Step, b: Step): boolean =>
  typeof a === 'string' || typeof b === 'string' ? a === b : a.key === b.key;
