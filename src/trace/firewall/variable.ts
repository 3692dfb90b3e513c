/** What `$NAME` and `@NAME` stand for in the rules of a group (semantics 10D). */
import type { Prefix } from '../../net/prefix.ts';
import type { StatefulRuleGroup } from '../../network/firewall-policy.ts';
import type { Network } from '../../network/network.ts';
import type { Vpc } from '../../network/vpc.ts';
import { type Addresses, type Ports, parseAddresses, parsePorts } from '../../suricata/index.ts';

/** Where a rule's names are looked up. */
export interface Scope {
  readonly group: StatefulRuleGroup;
  /** What the policy gives HOME_NET. */
  readonly homeNet?: readonly Prefix[];
  /** The firewall's, whose blocks are HOME_NET where nobody gives it any. */
  readonly vpc?: Vpc;
  readonly prefixLists: Network['prefixLists'];
}

/** As the group defines it; undefined where it does not, or in words that are not understood. */
export function addressesNamed({ group }: Scope, name: string): Addresses | undefined {
  const words = group.ipSets[name];
  return words === undefined ? undefined : parseAddresses(`[${words.join(',')}]`);
}

/** The same of ports. */
export function portsNamed({ group }: Scope, name: string): Ports | undefined {
  const words = group.portSets[name];
  return words === undefined ? undefined : parsePorts(`[${words.join(',')}]`);
}
