/** Load balancers and their listeners: what they take, and the target groups that it goes to (semantics section 12). */
import type { Prefix } from '../net/prefix.ts';
import type { Provenance, Resource, Unread } from './resource.ts';

export interface LoadBalancer extends Resource {
  readonly kind: 'load-balancer';
  readonly balancerType: 'application' | 'network' | 'gateway' | 'classic';
  readonly scheme: 'internet-facing' | 'internal';
  readonly vpc: string;
  readonly interfaces: readonly string[];
  /** All that it listens on; order carries no meaning. */
  readonly listeners: readonly Listener[] | Unread;
  /**
   * Whether a node sends to the targets of every zone (semantics 12.9); a target group may say otherwise. Always on an
   * Application Load Balancer.
   */
  readonly crossZone: boolean | Unread;
  /** Whether the groups of a Network Load Balancer filter what comes by PrivateLink (semantics 2.42). */
  readonly enforcesOnPrivateLink: boolean;
  /** Of a Gateway Load Balancer, as AWS prints it: `dualstack` takes IPv6 as well (semantics 11.8). Absent where it is not told. */
  readonly ipAddressType?: string;
  /** It is known that no web ACL is associated with it; absent where one is, or where no call tells. */
  readonly withoutWebAcl?: true;
}

export interface Listener {
  /** Its ARN; of a classic balancer, the balancer's id and the port: `…:loadbalancer/old:80`. */
  readonly id: string;
  readonly protocol: ListenerProtocol;
  /** Ports, both included; every port of a Gateway Load Balancer, which takes all protocols besides (semantics 11.1). */
  readonly from: number;
  readonly to: number;
  /**
   * The target groups that its default action or some rule forwards to (semantics 12.8). None where all
   * requests are redirected or answered by the balancer itself. Unread where a call that could name more is missing.
   */
  readonly forwards: readonly Forward[] | Unread;
  readonly source: Provenance;
}

/** `SSL` on a classic balancer alone, `GENEVE` on a Gateway Load Balancer alone. */
export type ListenerProtocol =
  'HTTP' | 'HTTPS' | 'TCP' | 'TLS' | 'UDP' | 'TCP_UDP' | 'QUIC' | 'TCP_QUIC' | 'GENEVE' | 'SSL';

export interface Forward {
  /** A target group of the network. */
  readonly group: string;
  /**
   * Where the rule asks for the client's address: the blocks of which it must be, as the balancer sees it. Absent where
   * it forwards whoever asks.
   */
  readonly sources?: readonly Prefix[];
  /**
   * Clients of whom it is not told that any request gets there: rules before it may take all of theirs, or the group has
   * the weight 0. Everybody, or those in the blocks; absent where some request of each does.
   */
  readonly unsure?: readonly Prefix[] | 'all';
  /** All groups that share what the rule forwards, this one among them: AWS chooses by weight. Absent where it shares nothing. */
  readonly among?: readonly string[];
}

/** Cross-zone load balancing where no call told whether it is on: nobody can switch it off at an Application Load Balancer. */
export function untoldCrossZone({ id, balancerType }: Pick<LoadBalancer, 'id' | 'balancerType'>): boolean | Unread {
  switch (balancerType) {
    case 'application':
      return true;
    case 'gateway':
    case 'network':
      return { unread: 'elbv2 describe-load-balancer-attributes', subject: id };
    case 'classic':
      return { unread: 'elb describe-load-balancer-attributes', subject: id };
  }
}
