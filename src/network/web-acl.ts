/** Web ACLs of AWS WAF, by which requests to an Application Load Balancer are inspected (semantics 12.23). */
import type { Resource, Unread } from './resource.ts';

export interface WebAcl extends Resource {
  readonly kind: 'web-acl';
  /** The load balancers of the network that it is known to be associated with. */
  readonly associated: readonly string[];
  /** Present where it may be associated with others: no call told of all. */
  readonly unread?: Unread;
  /** The rule groups that it refers to: an ARN, or `VENDOR:NAME` of a managed one. */
  readonly ruleGroups: readonly string[] | Unread;
  /** Of these, the ones that some requests go past: a scope-down statement, or a rule before it that allows them, sees to it. */
  readonly notOfAll?: readonly string[];
}
