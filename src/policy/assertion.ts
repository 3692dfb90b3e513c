/** An `assert`: that each of some resources has something by its configuration, whatever reaches it. */
import { type Feature, type Having, havingOf } from '../network/feature.ts';
import type { AnyResource, Network } from '../network/network.ts';
import type { Selection } from './selection.ts';

export interface Assertion {
  readonly on: Selection;
  /** All of these. */
  readonly has: readonly Feature[];
}

/** What one resource is known to have, or not to have, and by what of its configuration. */
export interface Finding extends Having {
  readonly resource: string;
  readonly feature: string;
}

/** Of each resource named, once, and each thing it must have, in order. */
export const findingsOf = (network: Network, { on, has }: Assertion): readonly Finding[] =>
  [...resourcesNamed(on).values()].flatMap((resource) =>
    has.flatMap((feature): readonly Finding[] => {
      const having = havingOf(network, resource, feature);
      return having === undefined ? [] : [{ resource: resource.id, feature: feature.text, ...having }];
    }),
  );

/** By id, each once. */
export const resourcesNamed = ({ matches }: Selection): ReadonlyMap<string, AnyResource> =>
  new Map(matches.flatMap(({ resources }) => resources.map((one) => [one.id, one] as const)));

/** Of what an assertion found: one lack violates it, and one that is not known leaves it open. */
export const verdictOfFindings = (findings: readonly Finding[]): 'holds' | 'violated' | 'undecided' =>
  findings.some(({ has }) => has === 'no')
    ? 'violated'
    : findings.some(({ has }) => has === 'unknown')
      ? 'undecided'
      : 'holds';
