/**
 * A core network that runs, changed as a plan changes it: what the plan tags otherwise, and, where it changes the policy,
 * everything attached, has to be placed anew; and the routes that AWS computed are those of before.
 */
import type { CoreNetworkAttachmentFinding } from '../../network/build/core-network-finding.ts';
import type { Findings } from '../../network/build/findings.ts';
import { replace } from './in-place.ts';
import { same } from './three-way.ts';

type Side = CoreNetworkAttachmentFinding;

export function settleCoreNetworks(out: Findings, base: Findings, before: Findings, after: Findings): void {
  const ids = new Set([...out.coreNetworkAttachments, ...out.coreNetworkPolicies].map((one) => one.coreNetworkId));
  for (const id of ids) {
    const policies = ({ coreNetworkPolicies }: Findings) =>
      coreNetworkPolicies.filter(({ coreNetworkId }) => coreNetworkId === id);
    const changed = !same(policies(before), policies(after));
    const [old, now, runs] = [before, after, base].map((one) => sidesOf(one, id));
    const facts = (one: Side | undefined): unknown =>
      one && [one.tags, one.account, one.type, one.behind, one.unplaced];
    const asks = (one: Side): boolean =>
      changed || (now!.has(one.id) && (!old!.has(one.id) || !same(facts(old!.get(one.id)), facts(now!.get(one.id)))));
    replace(out.coreNetworkAttachments, (one): Side => {
      if (one.coreNetworkId !== id || !asks(one)) return one;
      const { openTags = false, accepted = false } = now!.get(one.id)?.unplaced ?? {};
      return { ...one, unplaced: { openTags, accepted, ...(one.behind === undefined ? {} : resourceOf(one, runs!)) } };
    });
    if (!changed && same(factsOf(out, id), factsOf(base, id))) continue;
    const others = out.coreNetworkRoutes.filter(({ coreNetworkId }) => coreNetworkId !== id);
    out.coreNetworkRoutes.splice(0, out.coreNetworkRoutes.length, ...others);
  }
}

const sidesOf = ({ coreNetworkAttachments }: Findings, id: string): ReadonlyMap<string, Side> =>
  new Map(coreNetworkAttachments.flatMap((one) => (one.coreNetworkId === id ? [[one.id, one] as const] : [])));

/** AWS's id of what is attached: all that runs has one. */
const resourceOf = (one: Side, runs: ReadonlyMap<string, Side>): { readonly resource?: string } => {
  const resource = runs.has(one.id) ? one.behind : one.unplaced?.resource;
  return resource === undefined ? {} : { resource };
};

/** All that the routes of its segments come from, but for the policy. */
const factsOf = ({ coreNetworkAttachments, coreNetworkVpcAttachments, vpcs }: Findings, id: string): unknown =>
  coreNetworkAttachments
    .filter(({ coreNetworkId }) => coreNetworkId === id)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((one) => [
      one.id,
      one.tags,
      one.behind,
      one.state,
      coreNetworkVpcAttachments.find((each) => each.id === one.id),
      vpcs.find((vpc) => vpc.id === one.behind)?.cidrs,
    ]);
