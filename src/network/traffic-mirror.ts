/** Traffic mirroring: copies of what an interface sends and takes go to a target, past every route and group (semantics 14.9). */
import type { Resource, Unread } from './resource.ts';

/** Its copies are not modelled: answers name it where they speak of the interface. */
export interface TrafficMirrorSession extends Resource {
  readonly kind: 'traffic-mirror-session';
  /** The interface that is mirrored; it may be in no answer. */
  readonly interface: string;
  /** What the copies go to, perhaps in another account; unread where no answer shows the target. */
  readonly target: MirrorTarget | Unread;
}

export interface MirrorTarget {
  /** `tmt-…`. */
  readonly id: string;
  readonly kind: 'network-interface' | 'load-balancer' | 'vpc-endpoint';
  /** The interface, Network Load Balancer or Gateway Load Balancer endpoint. */
  readonly to: string;
}
