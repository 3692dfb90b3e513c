/** Target groups: what load balancers send to, and how (semantics section 12). */
import type { Address } from '../net/address.ts';
import type { Provenance, Resource, Unread } from './resource.ts';

/** One that describe-target-groups shows, or the instances of a classic balancer by the port that a listener sends to. */
export interface TargetGroup extends Resource {
  readonly kind: 'target-group';
  readonly targetType: 'instance' | 'ip' | 'lambda' | 'alb';
  /** As AWS prints it: `HTTP`, `TCP_UDP`, `GENEVE`; absent of Lambda functions. */
  readonly protocol?: string;
  /** Where targets are registered without a port of their own; absent of Lambda functions. */
  readonly port?: number;
  /** A VPC of the network; absent of Lambda functions. */
  readonly vpc?: string;
  /** The family in which the balancer speaks to its targets; IPv4 where it is absent. */
  readonly ipAddressType?: 'ipv4' | 'ipv6';
  /**
   * A target sees the client's address, not the node's (semantics 12.12); what 12.14 excepts is not looked at here.
   * Unread where people can switch it and no call told whether they did.
   */
  readonly preservesClientIp: boolean | Unread;
  /** Absent where the balancer's own setting counts (semantics 12.9). */
  readonly crossZone?: boolean | Unread;
  /** All that are registered, whatever their health; order carries no meaning. */
  readonly targets: readonly Target[] | Unread;
}

interface Registered {
  /** As describe-target-health shows it: `healthy`, `unhealthy`, `draining`, `unused`; absent where it is not told. */
  readonly health?: string;
  readonly source: Provenance;
}

export type Target = Registered &
  (
    | {
        /** An instance, by its primary address of the group's family on its primary interface (semantics 12.7). */
        readonly kind: 'interface';
        /** An interface of the network, whose subnet tells the zone. */
        readonly id: string;
        readonly address: Address;
        readonly port: number;
      }
    | {
        /** Reached by the node's routes, whoever holds it. */
        readonly kind: 'address';
        /** The address as people write it. */
        readonly id: string;
        readonly address: Address;
        readonly port: number;
        /** In the words of subnets; `all` for an address that nodes of every zone send to; absent where it is not told. */
        readonly zone?: string;
      }
    /** An Application Load Balancer of the network (semantics 12.18). */
    | { readonly kind: 'load-balancer'; readonly id: string; readonly port: number }
    /** A function's ARN: it is invoked, and no packet of the VPC goes there (semantics 12.26). */
    | { readonly kind: 'lambda'; readonly id: string }
  );
