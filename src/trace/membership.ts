/** The addresses by which an interface counts as a member of its security groups (semantics 2.15, 2.16). */
import type { Address } from '../net/address.ts';
import { type Prefix, prefixContains } from '../net/prefix.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Network } from '../network/network.ts';
import { nameOf } from './holder.ts';

/**
 * Tells whether an address is a private, IPv6 or delegated one of an interface in the group, of one VPC or of
 * any; public ones never count.
 */
export function membershipOf(network: Network): (group: string, vpc: string | undefined, address: Address) => boolean {
  const interfaces = new Map<string, NetworkInterface[]>();
  for (const each of network.interfaces.values())
    for (const key of each.groups.flatMap((group) => [`${group} ${each.vpc}`, `${group} `])) {
      const members = interfaces.get(key);
      if (members === undefined) interfaces.set(key, [each]);
      else members.push(each);
    }
  const known = new Map<string, Members>();
  return (group, vpc, address) => {
    const key = `${group} ${vpc ?? ''}`;
    const members = known.get(key) ?? gather(interfaces.get(key) ?? []);
    known.set(key, members);
    return members.addresses.has(nameOf(address)) || members.prefixes.some((each) => prefixContains(each, address));
  };
}

interface Members {
  readonly addresses: ReadonlySet<string>;
  readonly prefixes: readonly Prefix[];
}

const gather = (interfaces: readonly NetworkInterface[]): Members => ({
  addresses: new Set(interfaces.flatMap((each) => each.addresses.map(({ address }) => nameOf(address)))),
  prefixes: interfaces.flatMap((each) => each.prefixes),
});
