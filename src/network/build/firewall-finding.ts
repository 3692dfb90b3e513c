/** What answers tell of Network Firewall. */
import type { Firewall } from '../firewall.ts';
import type { Resource } from '../resource.ts';
import type { StatefulRuleGroup } from '../firewall-policy.ts';

export interface FirewallEndpointFinding {
  readonly endpoint: string;
  readonly subnet?: string;
  readonly vpc?: string;
  readonly state: string;
}

/** Several findings of one firewall add up: associations bring endpoints in other VPCs. */
export interface FirewallFinding extends Omit<Firewall, 'endpoints'> {
  readonly endpoints: readonly FirewallEndpointFinding[];
  readonly attached?: FirewallAttachmentFinding;
}

/** Of a firewall at a transit gateway (semantics 7.23). */
export interface FirewallAttachmentFinding {
  readonly gateway: string;
  /** Of the transit gateway. */
  readonly attachment?: string;
  /** AWS's names or ids of zones. */
  readonly zones: readonly string[];
  /** AWS's word for its state, or that of one of its zones, where it is not ready. */
  readonly state?: string;
}

/** What is told of a stateful group whose rules are not. */
export interface RuleGroupMetadataFinding extends Resource {
  readonly order?: StatefulRuleGroup['order'];
}
