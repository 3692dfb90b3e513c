/** Edges of the forwarding graph: a guard on the header before, and where the packet is, with which header, after. */
import type { Context } from './context.ts';
import type { Place } from './place.ts';
import type { Predicate } from './predicate.ts';

export interface Edge {
  readonly guard: Predicate;
  readonly to: Place;
  readonly context: Context;
  /** Ids of the resources crossed in taking it, for waypoints. */
  readonly crosses: readonly string[];
  /** Numbers of the disputed facts that it leans on (`models/facts.json`). */
  readonly facts?: readonly string[];
  /** What it takes for the packet to get on from there at all: where it cannot be, nobody need look further. */
  readonly ahead?: Predicate;
}

export const edge = (guard: Predicate, to: Place, context: Context, crosses: readonly string[] = []): Edge[] =>
  guard.kind === 'false' ? [] : [{ guard, to, context, crosses }];
