/**
 * Which resources of two networks are one: by id, else by the address that declares them, else, for what flows start
 * from and end at, by account, VPC, subnet and private address (`interfaces.md`, JSON).
 */
import { formatAddress } from '../net/address.ts';
import { formatPrefix } from '../net/prefix.ts';
import { type AnyResource, type Network, resourcesOf } from '../network/network.ts';
import { type Names, renamed } from './renamed.ts';

export interface Matched {
  /** In the ids of `after`. */
  readonly before: Network;
  readonly after: Network;
  /** From an id of the network before to the one that it has after; those that are the same are left out. */
  readonly ids: Names;
}

export function matchNetworks(before: Network, after: Network): Matched {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  const kinds = (network: Network): ReadonlyMap<string, AnyResource> =>
    new Map([...resourcesOf(network)].map((one) => [keyOf(one), one]));
  const [old, now] = [kinds(before), kinds(after)];
  const gone = [...old].flatMap(([key, one]) => (now.has(key) ? [] : [one]));
  const made = [...now].flatMap(([key, one]) => (old.has(key) ? [] : [one]));
  if (gone.length === 0 || made.length === 0) return { before, after, ids };
  const used = new Set([...old.values()].map(({ id }) => id));
  const pair = (one: AnyResource, other: AnyResource | undefined): void => {
    if (other === undefined || ids.has(one.id) || taken.has(other.id) || used.has(other.id)) return;
    ids.set(one.id, other.id);
    taken.add(other.id);
  };
  const byAddress = new Map(made.flatMap((one) => addressesOf(one).map((address) => [address, one] as const)));
  for (const one of gone) if (one.declaredAs !== undefined) pair(one, byAddress.get(`${one.kind} ${one.declaredAs}`));
  // What is inside is told by what it is in, so that comes first.
  for (const kind of ['vpc', 'subnet', 'network-interface', 'vpc-endpoint'] as const) {
    const there = unique(
      made.filter((one) => one.kind === kind),
      (one) => placeOf(one, new Map()),
    );
    const here = unique(
      gone.filter((one) => one.kind === kind),
      (one) => placeOf(one, ids),
    );
    for (const [place, one] of here) pair(one, there.get(place));
  }
  return { before: renamed(before, ids), after, ids };
}

const keyOf = ({ kind, id }: AnyResource): string => `${kind} ${id}`;

const addressesOf = ({ kind, declaredAs, formerly = [] }: AnyResource): readonly string[] =>
  [...(declaredAs === undefined ? [] : [declaredAs]), ...formerly].map((address) => `${kind} ${address}`);

/** By what only one of them has. */
function unique(
  all: readonly AnyResource[],
  key: (one: AnyResource) => string | undefined,
): ReadonlyMap<string, AnyResource> {
  const found = new Map<string, AnyResource | undefined>();
  for (const one of all) {
    const at = key(one);
    if (at !== undefined) found.set(at, found.has(at) ? undefined : one);
  }
  return new Map([...found].flatMap(([at, one]) => (one === undefined ? [] : [[at, one] as const])));
}

/** Where a resource stands, in the ids given; undefined where that does not tell it from others. */
function placeOf(one: AnyResource, ids: Names): string | undefined {
  const named = (id: string): string => ids.get(id) ?? id;
  const account = one.account ?? '';
  if (one.kind === 'vpc') return `${account} ${one.region ?? ''} ${one.cidrs.map((cidr) => formatPrefix(cidr)).join()}`;
  if (one.kind === 'subnet')
    return `${account} ${named(one.vpc)} ${one.cidrs.map((cidr) => formatPrefix(cidr)).join()}`;
  if (one.kind === 'vpc-endpoint')
    return one.endpointType === 'Gateway' ? `${account} ${named(one.vpc)} ${one.serviceName}` : undefined;
  const primary = one.kind === 'network-interface' ? one.addresses[0] : undefined;
  if (one.kind !== 'network-interface' || primary === undefined) return undefined;
  return `${account} ${named(one.vpc)} ${named(one.subnet)} ${formatAddress(primary.address)}`;
}
