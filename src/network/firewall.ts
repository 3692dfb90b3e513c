/** AWS Network Firewall as places on a path: the firewall and its endpoints (semantics 10A). */
import type { Resource } from './resource.ts';

export interface Firewall extends Resource {
  readonly kind: 'network-firewall';
  /** `vpce-…` of every endpoint, in all zones and VPCs. */
  readonly endpoints: readonly string[];
  readonly policyArn?: string;
  /** Its own VPC, whose CIDRs are HOME_NET unless the policy says otherwise (semantics 10.42). None at a transit gateway. */
  readonly vpc?: string;
}

/** The firewall that an endpoint belongs to. */
export function firewallAt(
  { firewalls }: { readonly firewalls: ReadonlyMap<string, Firewall> },
  endpoint: string,
): Firewall | undefined {
  for (const firewall of firewalls.values()) if (firewall.endpoints.includes(endpoint)) return firewall;
  return undefined;
}
