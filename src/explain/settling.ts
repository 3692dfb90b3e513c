/**
 * What settles a requirement that is open (`engine.md`, two bounds): the sides by which every open sender has its flows,
 * or fewer by which one of them has none.
 */
import type { Family } from '../net/address.ts';
import type { Question } from '../policy/question.ts';
import type { Open, Part } from '../verify/index.ts';

type Sides = ReadonlyMap<string, boolean>;

/** A member of `from` that may or may not have its flows, and what was found of its parts. */
export interface Obligation {
  /** The requirement on this member alone. */
  readonly alone: Question;
  readonly parts: readonly Part[];
}

/** How many sides are turned round to see whether one alone settles it. */
const patience = 8;

/** `fails` tells whether a requirement is violated for certain. Empty where nothing is known to settle it. */
export async function settlementOf(
  open: readonly Obligation[],
  fails: (question: Question) => Promise<boolean>,
): Promise<Sides> {
  const kept = open.map(keeping);
  const all = kept.some((one) => one === undefined) ? undefined : union(kept.flatMap((one) => one ?? []));
  if (all?.size === 1) return all;
  const broken = open.flatMap((one) => breaking(one) ?? []);
  const least = fewest(all === undefined ? broken : [all, ...broken]) ?? new Map();
  // Of one part alone, the prover has turned round each of them already.
  if (least.size < 2 || open.flatMap(({ parts }) => parts).length === 1) return least;
  let left = patience;
  for (const [i, { alone }] of open.entries())
    for (const [key, side] of kept[i] ?? []) {
      if (left-- <= 0) return least;
      if (await fails({ ...alone, sides: new Map([...alone.sides, [key, !side]]) })) return new Map([[key, !side]]);
    }
  return least;
}

/** Of equals the first. */
const fewest = (all: readonly Sides[]): Sides | undefined =>
  all.reduce<Sides | undefined>((a, b) => (a === undefined || b.size < a.size ? b : a), undefined);

/** Sides by which every part of one family has its flow: the fewest. */
function keeping({ alone, parts }: Obligation): Sides | undefined {
  const ways = alone.families.flatMap((family) => {
    const own = parts.filter((part) => part.family === family);
    const open = opensOf(parts, family);
    if (own.some(({ existence }) => existence.kind === 'none') || open.length === 0) return [];
    if (open.some(({ settle, settlesTo }) => settlesTo === 'none' || settle.size === 0)) return [];
    return union(open.map(({ settle }) => settle)) ?? [];
  });
  return fewest(ways);
}

/** Sides by which in every family some part has no flow. */
function breaking({ alone, parts }: Obligation): Sides | undefined {
  const ways = alone.families.map((family): Sides | undefined => {
    const own = parts.filter((part) => part.family === family);
    if (own.length === 0 || own.some(({ existence }) => existence.kind === 'none')) return new Map();
    return opensOf(parts, family).find(({ settle, settlesTo }) => settlesTo === 'none' && settle.size > 0)?.settle;
  });
  return ways.some((one) => one === undefined) ? undefined : union(ways.flatMap((one) => one ?? []));
}

const opensOf = (parts: readonly Part[], family: Family): readonly Open[] =>
  parts.flatMap((part) => (part.family === family && part.existence.kind === 'open' ? [part.existence] : []));

/** All of them together; undefined where two contradict each other. */
function union(all: readonly Sides[]): Sides | undefined {
  const together = new Map(all.flatMap((one) => [...one]));
  return all.every((one) => [...one].every(([key, side]) => together.get(key) === side)) ? together : undefined;
}
