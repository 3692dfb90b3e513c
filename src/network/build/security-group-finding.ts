/** What answers tell of security groups and their rules. */
import type { Provenance } from '../resource.ts';
import type { RulePeer, SecurityGroup, SecurityGroupRule } from '../security-group.ts';

/** A rule's peer before it is known whether the input holds the group. */
export type PeerFinding =
  | Exclude<RulePeer, { readonly kind: 'security-group' }>
  | (Omit<Extract<RulePeer, { readonly kind: 'security-group' }>, 'known'> & {
      /** The group is in another VPC: over peering or a transit gateway. */
      readonly remote: boolean;
    });

/** The id is absent where the call gives none. */
export interface RuleFinding extends Omit<SecurityGroupRule, 'peer' | 'id'> {
  readonly id?: string;
  readonly peer: PeerFinding;
}

/**
 * `not-understood` where a rule has a field that this program does not know, which could admit anything; `not-told` where
 * the group exists and its rules stand elsewhere.
 */
export type RulesFinding = readonly RuleFinding[] | 'not-understood' | 'not-told';

/** Rules are absent where the answer did not hold them. */
export interface SecurityGroupFinding extends Omit<SecurityGroup, 'associatedVpcs' | 'ingress' | 'egress'> {
  readonly ingress?: RulesFinding;
  readonly egress?: RulesFinding;
}

/** A rule of describe-security-group-rules. */
export interface SecurityGroupRuleFinding {
  readonly id: string;
  readonly group: string;
  readonly direction: 'ingress' | 'egress';
  /** Absent where the rule has a field that this program does not know. */
  readonly rule?: RuleFinding;
  readonly account?: string;
  readonly source: Provenance;
}

export interface GroupAssociationFinding {
  readonly group: string;
  readonly vpc: string;
  readonly source: Provenance;
}
