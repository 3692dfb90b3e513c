/**
 * Transit gateways of which enough was read to say how they forward: attachments, tables, routes (semantics section 7);
 * and core networks of Cloud WAN, which forward likewise: a segment at an edge is a route table (semantics 14.4).
 */
import type { Prefix } from '../net/prefix.ts';
import type { Provenance, Resource, Unread } from './resource.ts';

/**
 * Its attachments are all known, with the table of each, and the subnets of those to VPCs of the input; all other
 * transit gateways and core networks are opaque gateways. The id of a core network is its ARN, as routes name it; all
 * its edges, in whatever Region, are one gateway.
 */
export interface TransitGateway extends Resource {
  readonly kind: 'transit-gateway' | 'core-network';
  /** The VPCs of the input attached to it. */
  readonly vpcs: readonly string[];
  /**
   * SecurityGroupReferencingSupport (semantics 2.19); absent where no answer shows it, and of a core network that
   * supports it with attachments at several edges, within each of which alone it counts (semantics 14.4).
   */
  readonly securityGroupReferencing?: boolean;
}

/**
 * One side of the gateway. A peering connection that the input shows from both its gateways is an attachment of each;
 * where AWS gives both sides one id, that of the gateway whose id comes later is `ID@GATEWAY`.
 */
export interface TransitGatewayAttachment extends Resource {
  readonly kind: 'transit-gateway-attachment' | 'core-network-attachment';
  /** A modelled gateway. */
  readonly gateway: string;
  readonly behind: BehindAttachment;
  /**
   * Present while the attachment or its association comes about or ends, as AWS prints it (`deleting`,
   * `associating`): it works by the unknown `up:ID` then.
   */
  readonly state?: string;
  /** The table consulted for what arrives from it; absent where none is associated: it drops (semantics 7.2). */
  readonly routeTable?: string;
}

/** AWS's id of it: of a peering connection, that of both sides. */
export const awsIdOf = (attachment: string): string => attachment.split('@', 1)[0]!;

export type BehindAttachment =
  | {
      readonly kind: 'vpc';
      readonly vpc: string;
      /** One in each zone that can use the attachment (semantics 7.11). */
      readonly subnets: readonly string[];
      readonly applianceMode: boolean;
      readonly ipv6: boolean;
      /** Absent where no answer shows it. */
      readonly securityGroupReferencing?: boolean;
    }
  /** A VPN connection or Direct Connect gateway, by its id: what lies behind is on premises. */
  | { readonly kind: 'on-premises'; readonly id: string }
  /** Another transit gateway of the network, modelled or opaque. */
  | { readonly kind: 'transit-gateway'; readonly id: string }
  /**
   * Network Firewall at the gateway itself (semantics 7.23): it judges what is carried there, and hands it back, as it
   * is, to the gateway, where the attachment's own table says where it goes on. Always in appliance mode.
   */
  | {
      readonly kind: 'network-function';
      /** Its id; absent where no answer tells which: it passes or drops by `passes:ATTACHMENT` then. */
      readonly firewall?: string;
      /** Those in which it stands, named as those of the subnets; absent where that is not told. */
      readonly zones?: readonly string[];
    }
  /**
   * Connect, client VPN, a VPC or a transit gateway that is not in the input, whatever else: by
   * `passes:ATTACHMENT`, what goes in comes out on premises, at the internet, in one of `vpcs`, or back at the gateway
   * by the attachment's own table.
   */
  | {
      readonly kind: 'unknown';
      /** AWS's ResourceType; empty where it is not told. */
      readonly type: string;
      /** The VPCs of the input that lie, or for all that was read may lie, behind it: of Connect, where its appliance stands. */
      readonly vpcs: readonly string[];
      /** VPCs that are not in the input lie, or may lie, behind it. */
      readonly elsewhere?: boolean;
    };

/**
 * Of a core network: that of a segment at an edge (`core-network-1/prod/us-east-1`), or of a network function group at
 * one (`core-network-1/network-function-group/inspection/us-east-1`).
 */
export interface TransitGatewayRouteTable extends Resource {
  readonly kind: 'transit-gateway-route-table' | 'core-network-route-table';
  /** A modelled gateway. */
  readonly gateway: string;
  /** Unread of a policy table as well, which chooses among the others (semantics 7.26). Every route; at most one static and one propagated of a block. Order carries no meaning. */
  readonly routes: readonly TransitGatewayRoute[] | Unread;
  /** Routes that may be there besides, to any block; of a transit gateway by BGP alone (`fact:7.5-learnt`), or to a VPC for a block of its own that a static route hid. */
  readonly learns?: LearntRoutes;
}

/**
 * Attachments to which the table may have routes that no answer shows: by what BGP told them, by the blocks of a VPC that
 * is not in the input, or because a policy leaves it open which of several it uses. By the `unread` key, a packet goes to
 * one of them, or, by `passes:TABLE`, by the routes of the table, as if AWS chose each time; without it, by the routes
 * alone.
 */
export interface LearntRoutes extends Unread {
  readonly from: readonly string[];
}

export interface TransitGatewayRoute {
  /** For the same block a static one wins over that of a prefix list, and it over a propagated one (semantics 7.5). */
  readonly destination:
    { readonly kind: 'prefix'; readonly prefix: Prefix } | { readonly kind: 'prefix-list'; readonly id: string };
  readonly origin: 'static' | 'propagated';
  /**
   * `blackhole` wins selection, and drops (semantics 7.7); `unknown` while it comes about or ends: it is in force, or
   * it is not there and the next best route is.
   */
  readonly state: 'active' | 'blackhole' | 'unknown';
  /** Where it leads, attachments of its gateway; several with equal cost (semantics 7.8). None where it drops. */
  readonly attachments: readonly string[];
  /** The prefix list of whose reference it is, where an answer shows one block by block. */
  readonly list?: string;
  readonly source: Provenance;
}
