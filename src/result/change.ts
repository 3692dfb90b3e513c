/** What is published of how two networks differ: flows opened and closed, and what could not be decided. */
import type { Block, Flow } from './answer.ts';

/** What becomes of the example where it is not delivered. */
export interface Otherwise {
  /** What stops it; all of it would have to change. */
  readonly blockedBy: readonly Block[];
  /** It goes somewhere else there. */
  readonly deliveredTo?: string;
  /** Why it was not tried. */
  readonly reason?: string;
}

/** One set of headers, with an example on the side that delivers them. */
export interface ChangedFlow {
  /** Its `family` is all of them; its hops are those of the side that delivers it. */
  readonly flow: Flow;
  readonly otherwise: Otherwise;
  /** What is not known and taken for it to be delivered; each can be given to `--assume`. */
  readonly assumptions: readonly string[];
}

/** Between each of `from` and each of `to`, under the sender's own address, to the receiver's where `family` is wider. */
export interface ChangedPlaces {
  /** Ids, `internet`, `on-premises`. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly flows: readonly ChangedFlow[];
}

/** Flows of which it depends on what is not known whether they changed, or that were not looked for to the end. */
export interface ChangeDoubt {
  readonly code: 'opened' | 'closed';
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly reason: string;
  /** On these sides they changed. */
  readonly unknowns: readonly string[];
}

export interface NetworkDifferences {
  readonly opened: readonly ChangedPlaces[];
  readonly closed: readonly ChangedPlaces[];
  /** Families found and not shown. */
  readonly omitted: { readonly opened: number; readonly closed: number };
  readonly undecided: readonly ChangeDoubt[];
  readonly decidedBy: 'z3' | 'pruning';
}

/** What a change did to a property of a policy. */
export interface PropertyChange {
  readonly id: string;
  readonly title: string | null;
  readonly before: 'holds' | 'violated' | 'undecided';
  readonly after: 'holds' | 'violated' | 'undecided';
  /** `broken`: it held, and is violated or undecided now; `fixed`: the other way round. */
  readonly change: 'none' | 'broken' | 'fixed';
  /** Afterwards, where it does not hold. */
  readonly counterexamples: readonly Flow[];
  readonly blockedBy: readonly Block[];
  readonly reason: string | null;
}
