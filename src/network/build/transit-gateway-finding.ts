/** What a source found of transit gateways and VPN lines, before references are resolved. */
import type { Address } from '../../net/address.ts';
import type { Provenance, Resource } from '../resource.ts';
import type { TransitGateway, TransitGatewayRoute } from '../transit-gateway.ts';
import type { VpnGateway } from '../vpn-gateway.ts';

export interface TransitGatewayFinding extends Omit<TransitGateway, 'vpcs'> {
  readonly state: string;
  /** The tables with which new attachments are associated, and to which they propagate; absent where that is not told. */
  readonly defaults?: { readonly association?: string; readonly propagation?: string };
}

/** An attachment as describe-transit-gateway-attachments shows it. */
export interface TransitGatewayAttachmentFinding extends Resource {
  readonly gateway: string;
  /** AWS's ResourceType and ResourceId. */
  readonly type: string;
  readonly behind?: string;
  readonly state: string;
  readonly association?: {
    readonly table?: string;
    /** The policy table that it is associated with (semantics 7.26). */
    readonly policyTable?: string;
    readonly state: string;
  };
  /** It translates, or may, by rules of its own (semantics 5.33). */
  readonly translates: boolean;
}

/** What describe-transit-gateway-vpc-attachments tells besides. */
export interface TransitGatewayVpcAttachmentFinding {
  readonly id: string;
  readonly gateway: string;
  readonly subnets: readonly string[];
  readonly applianceMode?: boolean;
  readonly ipv6?: boolean;
  readonly securityGroupReferencing?: boolean;
}

/** A Connect attachment, and the attachment that carries it (semantics 7.22). */
export interface TransitGatewayConnectFinding {
  readonly id: string;
  readonly transport?: string;
}

/** An appliance at the far end of a Connect attachment. */
export interface TransitGatewayConnectPeerFinding {
  readonly attachment: string;
  /** The appliance's own, to which the tunnel leads. */
  readonly address?: Address;
}

export interface TransitGatewayRouteTableFinding extends Resource {
  readonly gateway: string;
  readonly state: string;
}

/** One answer of search-transit-gateway-routes: routes of a table. */
export interface TransitGatewayRoutesFinding {
  readonly table: string;
  readonly routes: readonly TransitGatewayRoute[];
  /** The types of route of which the request asked for all; absent where it is not told what was asked. */
  readonly asked?: { readonly static: boolean; readonly propagated: boolean };
  /** Another page follows. */
  readonly continues: boolean;
  /** There are more routes than the answer could hold. */
  readonly cut: boolean;
  /** The prefix lists whose references the routes come from. */
  readonly lists: readonly string[];
  readonly account?: string;
  readonly region?: string;
  readonly source: Provenance;
}

/** One answer of get-transit-gateway-route-table-associations or -propagations. */
export interface TransitGatewayTableMembersFinding {
  readonly table: string;
  readonly members: readonly {
    readonly attachment: string;
    readonly state: string;
    /** It comes from a peer by way of an announcement. */
    readonly announced: boolean;
    readonly source: Provenance;
  }[];
  /** Nothing is missing but what the next page holds. */
  readonly complete: boolean;
  readonly continues: boolean;
  readonly source: Provenance;
}

export interface TransitGatewayPrefixListReferenceFinding {
  readonly table: string;
  readonly list: string;
  readonly state: TransitGatewayRoute['state'];
  /** Absent for a blackhole, and where it is not known. */
  readonly attachment?: string;
  readonly source: Provenance;
}

/** A virtual private gateway as far as its own answer tells. */
export type VpnGatewayFinding = Omit<VpnGateway, 'routeTable' | 'unread' | 'unreadAssociation'>;
