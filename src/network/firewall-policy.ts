/** What a network firewall does with the packets it is given: its policy and rule groups (semantics 10B to 10E). */
import type { Prefix } from '../net/prefix.ts';
import type { PortRange } from './traffic-match.ts';
import type { Provenance, Resource, Unread } from './resource.ts';

export type RuleOrder = 'DEFAULT_ACTION_ORDER' | 'STRICT_ORDER';

/** What a stateless rule or default decides; custom actions only count (semantics 10.14). */
export type StatelessAction = 'aws:pass' | 'aws:drop' | 'aws:forward_to_sfe';

/** In AWS's own words (semantics 10.24); one that is not listed there is not known, and may drop anything. */
export type StatefulDefaultAction = string;

export interface FirewallPolicy extends Resource {
  readonly kind: 'firewall-policy';
  readonly stateless: {
    readonly groups: readonly { readonly priority: number; readonly group: string }[];
    readonly default: StatelessAction;
    /** Of UDP fragments; other fragments are dropped (semantics 10.13). */
    readonly fragmentDefault: StatelessAction;
  };
  readonly stateful: {
    readonly order: RuleOrder;
    /** Absent where the input lists none (semantics 10.24). */
    readonly defaults?: readonly StatefulDefaultAction[];
    readonly streamException: 'DROP' | 'CONTINUE' | 'REJECT';
    /** `priority` under strict order alone. */
    readonly groups: readonly GroupReference[];
  };
  /** The CIDRs that the policy gives HOME_NET (semantics 10.42). */
  readonly homeNet?: readonly Prefix[];
  readonly sessionHolding: boolean;
  /** The ARN of its TLS inspection configuration. */
  readonly tlsInspection?: string;
}

export interface GroupReference {
  /** The ARN. */
  readonly group: string;
  readonly priority?: number;
  /** Drops and rejects of a managed group become alerts (semantics 10.36). */
  readonly dropToAlert: boolean;
}

export type RuleGroup = StatelessRuleGroup | StatefulRuleGroup;

export interface StatelessRuleGroup extends Resource {
  readonly kind: 'stateless-rule-group';
  readonly rules: readonly StatelessRule[];
}

/** All attributes given must hold; what is empty is any (semantics 10.15). */
export interface StatelessRule {
  readonly priority: number;
  readonly action: StatelessAction;
  readonly sources: readonly Prefix[];
  readonly destinations: readonly Prefix[];
  readonly sourcePorts: readonly PortRange[];
  readonly destinationPorts: readonly PortRange[];
  /** IANA numbers. */
  readonly protocols: readonly number[];
  /** Alternatives, over TCP alone: the masked flags are exactly these (semantics 10.16). Bits: FIN 1 to CWR 128. */
  readonly tcpFlags: readonly { readonly flags: number; readonly masks: number }[];
  readonly source: Provenance;
}

export interface StatefulRuleGroup extends Resource {
  readonly kind: 'stateful-rule-group';
  readonly order: RuleOrder;
  /**
   * Lines of Suricata, in order: the customer's own, or those that AWS makes of domain lists and 5-tuple rules
   * (semantics 10.49 to 10.56). Of a managed group's few are shown.
   */
  readonly rules: readonly RuleLine[] | Unread;
  /** AWS's own group, whose rules drop or alert (semantics 10.67). */
  readonly managed: boolean;
  /** The addresses of `$NAME`, in Suricata's own words: CIDRs, ranges, negations. */
  readonly ipSets: Readonly<Record<string, readonly string[]>>;
  /** The ports of `$NAME`. */
  readonly portSets: Readonly<Record<string, readonly string[]>>;
  /** `@NAME`: the id of a prefix list, or the ARN of a resource group (semantics 10.47). */
  readonly references: Readonly<Record<string, string>>;
}

/** AWS's own groups belong to no account (semantics 10.67). */
export const isManagedGroup = (arn: string): boolean => /^arn:[^:]*:network-firewall:[^:]*:aws-managed:/.test(arn);

export interface RuleLine {
  readonly text: string;
  readonly source: Provenance;
}

/** Traffic in any of the scopes, either way, is decrypted; what in it is no TLS is dropped (semantics 10.68). */
export interface TlsInspection extends Resource {
  readonly kind: 'tls-inspection-configuration';
  readonly scopes: readonly {
    readonly sources: readonly Prefix[];
    readonly destinations: readonly Prefix[];
    readonly sourcePorts: readonly PortRange[];
    readonly destinationPorts: readonly PortRange[];
  }[];
  /** Certificates of servers are checked: it inspects what clients inside send out. */
  readonly outbound: boolean;
}

/** A firewall's policy; undefined where it names none, or none that was read. */
export const policyOf = (
  { firewallPolicies }: { readonly firewallPolicies: ReadonlyMap<string, FirewallPolicy> },
  { policyArn }: { readonly policyArn?: string },
): FirewallPolicy | undefined => (policyArn === undefined ? undefined : firewallPolicies.get(policyArn));
