/**
 * A long list of rules as a shallow predicate: each rule turns what the rest decides into what the list from it on
 * decides, and such steps compose.
 */
import { type Predicate, and, no, not, or, yes } from '../predicate.ts';
import { type Box, frameKey } from './box.ts';
import { firstTaken } from './first.ts';
import { type Match, anyMatch, plainly } from './matching.ts';

/**
 * `pass`: what these match passes, the rest goes on; `drop`: is dropped; `ask`: what does not satisfy the predicate is
 * dropped; `end`: the predicate decides, and nothing goes on.
 */
export type Step =
  | { readonly kind: 'pass' | 'drop'; readonly matches: readonly Match[] }
  | { readonly kind: 'ask' | 'end'; readonly of: Predicate };

/** How many steps or pieces stand side by side, one inside the other. */
const breadth = 32;

/** What the steps decide, and `end` where none does. Its depth is logarithmic in the number of steps. */
export const chain = (steps: readonly Step[], end: Predicate): Predicate => composed(settled(steps), end);

function composed(steps: readonly Step[], end: Predicate): Predicate {
  if (steps.length <= breadth) return steps.reduceRight<Predicate>((rest, step) => before(step, rest), end);
  const length = Math.ceil(steps.length / breadth);
  let rest = end;
  // A piece decides by itself, or lets by what none of its drops takes: `x -> A or (B and x)`.
  for (let from = length * (Math.ceil(steps.length / length) - 1); from >= 0; from -= length) {
    const piece = steps.slice(from, from + length);
    rest = or(composed(piece, no), and(lets(piece), rest));
  }
  return rest;
}

/**
 * The same in fewer steps: neighbours that ask alike of all but what flows carry, as those of a list of names do, are
 * settled payload by payload, and come to one drop and one pass.
 */
function settled(steps: readonly Step[]): readonly Step[] {
  if (steps.length < 3) return steps;
  const frames = new Map<string, Box>();
  const frameOf = (step: Step): string | undefined => {
    if (step.kind !== 'pass' && step.kind !== 'drop') return undefined;
    let frame: string | undefined;
    for (const { matching } of step.matches)
      for (const { box, also, sure } of matching) {
        const own = sure && also.length === 0 && box.payload !== undefined ? frameKey(box) : undefined;
        if (own === undefined || (frame !== undefined && own !== frame)) return undefined;
        if (!frames.has(own)) frames.set(own, box);
        frame = own;
      }
    return frame;
  };
  return runs(
    steps.map((step) => ({ step, frame: frameOf(step) })),
    ({ frame }) => frame,
  ).flatMap((run): readonly Step[] => {
    const { frame } = run[0]!;
    if (frame === undefined || run.length === 1) return run.map(({ step }) => step);
    const sets = run.flatMap(({ step }) =>
      'matches' in step
        ? step.matches.flatMap(({ matching }) => matching.map(({ box }) => [step.kind, box.payload!] as const))
        : [],
    );
    return [...firstTaken(sets)].flatMap(([kind, payload]) =>
      payload.length === 0 ? [] : [{ kind, matches: [plainly({ ...frames.get(frame)!, payload })] }],
    );
  });
}

function before(step: Step, rest: Predicate): Predicate {
  switch (step.kind) {
    case 'pass':
      return or(anyMatch(step.matches), rest);
    case 'drop':
      return rest.kind === 'false' ? no : and(not(anyMatch(step.matches)), rest);
    case 'ask':
      return and(step.of, rest);
    case 'end':
      return step.of;
  }
}

/** What none of the steps stops, asked at once: drops that are alike become one. */
function lets(steps: readonly Step[]): Predicate {
  if (steps.some(({ kind }) => kind === 'end')) return no;
  const drops = steps.flatMap((step) => (step.kind === 'drop' ? step.matches : []));
  return and(...steps.map((step) => (step.kind === 'ask' ? step.of : yes)), not(anyMatch(drops)));
}

/** The items in runs of neighbours of one kind; those of none stand alone. */
export function runs<T>(items: readonly T[], kindOf: (item: T) => string | undefined): readonly (readonly T[])[] {
  const out: T[][] = [];
  let last: string | undefined;
  for (const item of items) {
    const kind = kindOf(item);
    if (kind !== undefined && kind === last) out.at(-1)!.push(item);
    else out.push([item]);
    last = kind;
  }
  return out;
}
