/** Security groups: allow-only rules, one entry a rule (semantics section 2). */
import type { Prefix } from '../net/prefix.ts';
import type { Provenance, Resource, Unread } from './resource.ts';
import type { TrafficMatch } from './traffic-match.ts';

export type RulePeer =
  | { readonly kind: 'prefix'; readonly prefix: Prefix }
  | { readonly kind: 'prefix-list'; readonly id: string }
  /** `known` is false where the referenced group is not in the input (semantics 2.26). */
  | {
      readonly kind: 'security-group';
      readonly id: string;
      readonly account?: string;
      readonly vpc?: string;
      readonly known: boolean;
      /** The reference is stale: the group or the peering connection is deleted (semantics 2.25). */
      readonly stale: boolean;
    };

export interface SecurityGroupRule {
  /** `sgr-…` where the input gives it, else made of the group, direction and position: `sg-1 ingress 3`. */
  readonly id: string;
  readonly match: TrafficMatch;
  readonly peer: RulePeer;
  readonly description?: string;
  readonly source: Provenance;
}

export interface SecurityGroup extends Resource {
  readonly kind: 'security-group';
  readonly vpc: string;
  /** Other VPCs to which the group is associated (semantics 2.27). */
  readonly associatedVpcs: readonly string[];
  readonly ingress: readonly SecurityGroupRule[] | Unread;
  readonly egress: readonly SecurityGroupRule[] | Unread;
}
