/**
 * The smallest sets of edits that keep a promise, smallest first: a tree whose root is no edit, where every set that does
 * not keep it yet is followed by one for each edit that could remove what stands in its way (Reiter's hitting set tree;
 * what stands in the way is found anew in every edited network, since an edit can bring about what was not there).
 */
import { type Candidate, costOf, keyOf, merged, textOf } from './candidate.ts';

export type Judged =
  | { readonly kind: 'kept' }
  /** AWS would refuse the edits, or nothing is known to help. */
  | { readonly kind: 'hopeless' }
  /** Of each branch one choice is needed; `left` is how many edits at least. */
  | {
      readonly kind: 'open';
      readonly branches: readonly { readonly left: number; readonly choices: readonly Candidate[] }[];
    };

export interface Limits {
  /** By the clock, in milliseconds. */
  readonly deadline: number;
  /** How many sets are tried. */
  readonly sets: number;
  /** How many edits a set has at most. */
  readonly edits: number;
  /** How many sets are wanted. */
  readonly wanted: number;
  /** How many edits more than the smallest one found the others may have. */
  readonly slack: number;
}

export interface Searched {
  /** None is part of another, and none keeps the promise without one of its edits. */
  readonly found: readonly (readonly Candidate[])[];
  /** How many sets were tried. */
  readonly tried: number;
  /** Every set of up to so many edits was tried, of those that were thought of. */
  readonly upTo: number;
}

interface Node {
  readonly set: readonly Candidate[];
  readonly estimate: number;
}

/** How many of the sets found may edit the very same things. */
const alike = 2;

export async function search(
  judge: (set: readonly Candidate[]) => Promise<Judged>,
  { deadline, sets, edits, wanted, slack }: Limits,
  seeds: readonly (readonly Candidate[])[] = [],
): Promise<Searched> {
  const judged = new Map<string, Judged>();
  const verdictOn = async (set: readonly Candidate[]): Promise<Judged> => {
    const key = keyOf(set);
    const known = judged.get(key);
    if (known !== undefined) return known;
    const found = await judge(set);
    judged.set(key, found);
    return found;
  };
  const queue: Node[] = [];
  const queued = new Set<string>();
  const push = (set: readonly Candidate[], left: number): void => {
    const key = keyOf(set);
    if (set.length > edits || queued.has(key)) return;
    queued.add(key);
    insert(queue, { set, estimate: costOf(set) + left });
  };
  push([], 0);
  for (const seed of seeds) push(seed, 0);
  const found: (readonly Candidate[])[] = [];
  const counts = new Map<string, number>();
  const isMore = (set: readonly Candidate[]): boolean =>
    found.some((one) => one.every((part) => set.some((other) => textOf(other) === textOf(part))));
  let upTo = edits;
  const stopAt = (set: readonly Candidate[]): void => {
    upTo = Math.min(set.length, ...queue.map((one) => one.set.length)) - 1;
  };
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    const { set } = node;
    if (found.length >= wanted || (found.length > 0 && set.length > found[0]!.length + slack)) {
      stopAt(set);
      break;
    }
    if (Date.now() >= deadline || judged.size >= sets) {
      stopAt(set);
      break;
    }
    const things = thingsOf(set);
    if (isMore(set) || (counts.get(things) ?? 0) >= alike) continue;
    const verdict = await verdictOn(set);
    switch (verdict.kind) {
      case 'hopeless':
        continue;
      case 'kept': {
        const least = await reduced(set, verdictOn);
        if (isMore(least)) continue;
        found.push(least);
        const those = thingsOf(least);
        counts.set(those, (counts.get(those) ?? 0) + 1);
        continue;
      }
      case 'open':
        for (const { left, choices } of verdict.branches)
          for (const choice of choices)
            if (!set.some((one) => textOf(one) === textOf(choice))) push(merged(set, choice), Math.max(0, left - 1));
    }
  }
  const sorted = found.toSorted((a, b) => costOf(a) - costOf(b));
  return { found: sorted, tried: judged.size, upTo: Math.max(0, upTo) };
}

/** The set without whatever the promise is kept without. */
async function reduced(
  set: readonly Candidate[],
  verdictOn: (set: readonly Candidate[]) => Promise<Judged>,
): Promise<readonly Candidate[]> {
  for (const one of set) {
    const others = set.filter((other) => other !== one);
    if (others.length > 0 && (await verdictOn(others)).kind === 'kept') return reduced(others, verdictOn);
  }
  return set;
}

/** What the edits are about, and what they do there: `sg-1 ingress add`. */
const thingsOf = (set: readonly Candidate[]): string =>
  set
    .map((one) => textOf(one).split(' ').slice(0, 3).join(' '))
    .toSorted()
    .join(', ');

/** By estimate; of equals the first come first. */
function insert(queue: Node[], node: Node): void {
  let [low, high] = [0, queue.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (queue[middle]!.estimate <= node.estimate) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, node);
}
