/** Virtual private gateways and Site-to-Site VPN connections (semantics section 8). */
import type { Prefix } from '../net/prefix.ts';
import type { Resource, Unread } from './resource.ts';

/** A virtual private gateway whose attachment was read; all others are opaque gateways. */
export interface VpnGateway extends Resource {
  readonly kind: 'vpn-gateway';
  /** The VPC that it is attached to (semantics 8.1); absent when detached. */
  readonly vpc?: string;
  /** Present while the attachment comes about or ends, as AWS prints it: it works by the unknown `up:ID` then. */
  readonly state?: string;
  /** The gateway route table of its edge association (semantics 4.26, 8.14). */
  readonly routeTable?: string;
  /** No call read its VPN connections: it may have others than the network holds. */
  readonly unread?: Unread;
  /** No answer tells with which Direct Connect gateway it is associated, if with any. */
  readonly unreadAssociation?: Unread;
}

export interface VpnConnection extends Resource {
  readonly kind: 'vpn-connection';
  /** The virtual private gateway or transit gateway on AWS's side. */
  readonly gateway: string;
  /** The prefixes of its static routes: what a virtual private gateway forwards to it (semantics 8.2). */
  readonly staticRoutes: readonly Prefix[];
  /** It speaks BGP: what it learns is not shown. */
  readonly dynamic: boolean;
  /** At least one tunnel is up, as the telemetry shows (semantics 8.4); absent where it shows nothing. */
  readonly up?: boolean;
  /** Present while it or one of its routes comes about or ends, as AWS prints it: it works by the unknown `up:ID` then. */
  readonly state?: string;
  /** The traffic selectors of its tunnels, where they are narrower than everything; a side that tells none has all. */
  readonly selectors?: { readonly onPremises: readonly Prefix[]; readonly aws: readonly Prefix[] };
}
