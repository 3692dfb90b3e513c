/** An `assert`: that each of some resources has something by its configuration, whatever reaches it. */
import { type Feature, havingOf } from '../network/feature.ts';
import type { Network } from '../network/network.ts';
import type { Provenance } from '../network/resource.ts';
import type { Selection } from './selection.ts';

export interface Assertion {
  readonly on: Selection;
  /** All of these. */
  readonly has: readonly Feature[];
}

/** What one resource is known to have, or not to have, and by what of its configuration. */
export interface Finding {
  readonly resource: string;
  /** What people call it. */
  readonly label: string;
  readonly feature: string;
  readonly has: boolean | 'unknown';
  readonly says: string;
  readonly source: Provenance;
}

/** Of each resource named, once, and each thing it must have, in order. */
export function findingsOf(network: Network, { on, has }: Assertion): readonly Finding[] {
  const resources = new Map(on.matches.flatMap(({ resources: each }) => each.map((one) => [one.id, one] as const)));
  return [...resources.values()].flatMap((resource) =>
    has.flatMap((feature): readonly Finding[] => {
      const having = havingOf(network, resource, feature);
      return having === undefined
        ? []
        : [{ resource: resource.id, label: resource.name ?? resource.id, feature: feature.text, ...having }];
    }),
  );
}

/** Of what an assertion found: one lack violates it, and one that is not known leaves it open. */
export const verdictOfFindings = (findings: readonly Finding[]): 'holds' | 'violated' | 'undecided' =>
  findings.some(({ has }) => has === false)
    ? 'violated'
    : findings.some(({ has }) => has === 'unknown')
      ? 'undecided'
      : 'holds';
