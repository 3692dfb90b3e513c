/** What a source found of load balancers, before references are resolved. */
import type { Address } from '../../net/address.ts';
import type { Prefix } from '../../net/prefix.ts';
import type { Listener, ListenerProtocol, LoadBalancer } from '../load-balancer.ts';
import type { Provenance } from '../resource.ts';
import type { TargetGroup } from '../target-group.ts';
import type { WebAcl } from '../web-acl.ts';

export interface LoadBalancerFinding extends Omit<
  LoadBalancer,
  'interfaces' | 'listeners' | 'crossZone' | 'enforcesOnPrivateLink'
> {
  /** What follows `ELB ` in the description of its interfaces: `app/web/50dc6c495c0c9188`, or a classic one's name. */
  readonly label: string;
  /** Those in which it has a node. */
  readonly subnets: readonly string[];
  /** AWS's names of zones, and a subnet in each. */
  readonly zones?: readonly { readonly name: string; readonly subnet: string }[];
  /** Absent where the answer did not tell. */
  readonly enforcesOnPrivateLink?: boolean;
  /** It has groups, so that the setting means something. */
  readonly filters?: boolean;
  /** Present of a classic balancer that its own call shows. */
  readonly classic?: {
    /** Absent where the answer did not hold them, as of instances. */
    readonly listeners?: readonly ClassicListenerFinding[];
    readonly instances?: readonly TargetFinding[];
  };
}

export interface ClassicListenerFinding {
  readonly protocol: ListenerProtocol;
  readonly port: number;
  readonly instancePort: number;
  readonly instanceProtocol?: string;
  readonly source: Provenance;
}

/** What a list of actions forwards to. */
export interface ActionsFinding {
  /** ARNs of target groups. */
  readonly groups: readonly string[];
  /** Those of them whose weight is 0: only clients that are bound to them already get there. */
  readonly resting: readonly string[];
  /** False where an action has a type that this program does not know. */
  readonly understood: boolean;
}

export interface ListenerFinding extends Omit<Listener, 'forwards' | 'protocol'> {
  /** Its balancer's ARN. */
  readonly balancer: string;
  /** Absent where this program does not know it. */
  readonly protocol?: ListenerProtocol;
  readonly actions: ActionsFinding;
}

/** One answer about what belongs to something; it may be one page of several. */
interface Page {
  /** False where the request asked for some of it by name. */
  readonly complete: boolean;
  /** Another page follows. */
  readonly continues: boolean;
  readonly account?: string;
  readonly region?: string;
  readonly source: Provenance;
}

/** One answer of describe-listeners. */
export interface ListenersFinding extends Page {
  /** The balancer that was asked about, where that is told: it may have no listener. */
  readonly balancer?: string;
  readonly listeners: readonly ListenerFinding[];
}

/** One answer of describe-rules. */
export interface ListenerRulesFinding extends Page {
  readonly rules: readonly {
    /** The listener's ARN. */
    readonly listener: string;
    readonly isDefault: boolean;
    readonly actions: ActionsFinding;
    /** The clients that the rule is for; absent where it does not ask for their addresses. */
    readonly sources?: readonly Prefix[];
    /** Absent of the default rule. */
    readonly priority?: number;
    /** All but those for addresses. */
    readonly conditions: readonly ConditionFinding[];
  }[];
}

/** What a rule asks of a request: that the field fits one of the patterns, in which `*` and `?` stand for others. */
export interface ConditionFinding {
  /** `path-pattern`; with its name of a header: `http-header:accept`. */
  readonly field: string;
  readonly patterns: readonly string[];
  /** It asks for something that is no such pattern. */
  readonly regex: boolean;
}

export interface TargetGroupFinding extends Omit<TargetGroup, 'preservesClientIp' | 'crossZone' | 'targets'> {
  /** What follows `targetgroup/` in its ARN. */
  readonly label: string;
}

/** A target as describe-target-health names it. */
export interface TargetFinding {
  readonly id: string;
  /** The interface that is meant, where that is told: by its first address of the group's family. */
  readonly interface?: string;
  /** Of targets of type `ip`. */
  readonly address?: Address;
  readonly port?: number;
  /** By AWS's name, or `all`. */
  readonly zone?: string;
  readonly health?: string;
  readonly source: Provenance;
}

/** One answer of describe-target-health. */
export interface TargetHealthFinding {
  /** The target group's ARN. */
  readonly group: string;
  readonly targets: readonly TargetFinding[];
  /** False where the request asked for some targets only. */
  readonly complete: boolean;
  readonly source: Provenance;
}

/** Attributes of a balancer or target group, by the id of either; those that no answer showed are absent. */
export interface BalancerAttributesFinding {
  readonly of: string;
  /** `balancer` where the balancer's own setting counts. */
  readonly crossZone?: boolean | 'balancer';
  readonly preservesClientIp?: boolean;
  /** Requests go to targets where AWS WAF does not answer (ALB/application-load-balancers); off where it is absent. */
  readonly wafFailsOpen?: boolean;
  readonly source: Provenance;
}

/** A web ACL as one of the calls shows it. */
export interface WebAclFinding extends Omit<WebAcl, 'associated' | 'unread' | 'ruleGroups'> {
  /** Absent where the call shows no rules. */
  readonly ruleGroups?: readonly string[];
  /** False of one for CloudFront, which no load balancer can have. */
  readonly regional: boolean;
}

export interface WebAclAssociationFinding {
  /** The web ACL's ARN. */
  readonly acl: string;
  /** ARNs of load balancers. */
  readonly resources: readonly string[];
  /** These are all the load balancers that it is associated with. */
  readonly complete: boolean;
  readonly source: Provenance;
}
