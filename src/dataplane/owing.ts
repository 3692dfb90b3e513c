/** What a flow owes once it has crossed something with state: its reply has to come back through it. */
import type { Context, Crossing } from './context.ts';
import { keyOf } from './header.ts';
import { type Plane, fact } from './plane.ts';
import { type Predicate, yes } from './predicate.ts';

/** The crossings with one more, kept only where replies are asked for. */
export const owing = (plane: Plane, { crossings }: Context, crossing: Crossing): readonly Crossing[] =>
  plane.replies ? [...crossings, crossing] : crossings;

/** The packet as what keeps state has met it. */
export const metAs = ({ header, stage }: Context): Pick<Context, 'header' | 'stage'> => ({
  header,
  ...(stage === undefined ? {} : { stage }),
});

/** It has met this very packet before, with as much of a prescribed way behind it. */
export const hasMet = ({ crossings, header, stage }: Context, kind: 'firewall' | 'inspection', id: string): boolean =>
  crossings.some(
    (one) => one.kind === kind && one.id === id && one.stage === stage && keyOf(one.header) === keyOf(header),
  );

/** The flow owes a Gateway Load Balancer endpoint its reply; or, where that may go round it, nothing (semantics 11.4). */
export const owingTo = (
  plane: Plane,
  crossing: Extract<Crossing, { kind: 'inspection' }>,
  context: Context,
): readonly { readonly guard: Predicate; readonly context: Context }[] =>
  plane.replies
    ? [
        { guard: yes, context: { ...context, crossings: owing(plane, context, crossing) } },
        { guard: fact(plane, '11.4'), context },
      ]
    : [{ guard: yes, context }];

/**
 * Where among the crossings the one that is meant is; -1 where it is none of those that the reply may come to next. What
 * keeps state and translates nothing may be crossed in any order (semantics 10.6): what was translated is another flow.
 */
export function owedAt(crossings: readonly Crossing[], isMeant: (crossing: Crossing) => boolean): number {
  const at = crossings.findLastIndex(isMeant);
  const above = crossings.slice(at + 1);
  return above.every(({ kind }) => kind === 'firewall' || kind === 'inspection') ? at : -1;
}

/** Where fact 4.24 is denied, a reply may go round a firewall that the flow came through. */
export const skippable = (plane: Plane): boolean => fact(plane, '4.24').kind === 'false';

type Translating = Extract<Crossing, { readonly mark: string }>;

/** It has crossed the same under the same mark: round and round it would owe ever more, and come to nothing new. */
export const goesRound = ({ crossings }: Context, { id, mark, after }: Translating): boolean =>
  crossings.some((one) => 'mark' in one && one.id === id && one.mark === mark && keyOf(one.after) === keyOf(after));

/** It has been translated there since a balancer, a service or a resource gateway last sent it as a flow of its own. */
export function translatedBy({ network }: Plane, { crossings }: Context, id: string): boolean {
  const sent = crossings.findLastIndex(
    (one) =>
      one.kind === 'kept-client' ||
      one.kind === 'lattice' ||
      (one.kind === 'translator' && one.guest?.back !== undefined) ||
      network.loadBalancers.has(one.id),
  );
  return crossings.slice(sent + 1).some((one) => one.kind === 'translator' && one.id === id);
}
