/** What a source found of Cloud WAN core networks, before references are resolved (semantics 14.4). */
import type { Prefix } from '../../net/prefix.ts';
import type { Provenance, Resource } from '../resource.ts';
import type { TransitGatewayRoute } from '../transit-gateway.ts';
import type { AttachmentRule } from './core-network-attachment-rule.ts';

/** An attachment as list-attachments shows it. */
export interface CoreNetworkAttachmentFinding extends Resource {
  /** Its ARN, by which routes name it, or its id where no ARN is told. */
  readonly coreNetwork: string;
  /** `core-network-…`. */
  readonly coreNetworkId: string;
  /** AWS's AttachmentType: `VPC`, `SITE_TO_SITE_VPN`, `CONNECT`, `DIRECT_CONNECT_GATEWAY`, `TRANSIT_GATEWAY_ROUTE_TABLE`. */
  readonly type: string;
  /** The id of what is attached: the last part of ResourceArn. */
  readonly behind?: string;
  readonly state: string;
  /** The Region of the core network edge that it is attached to. */
  readonly edge: string;
  /** At most one of the two. */
  readonly segment?: string;
  readonly networkFunctionGroup?: string;
  /** Another segment or group is proposed for it: nobody knows whether it has moved. */
  readonly moving: boolean;
  /** Present where the policy has yet to say where it is put: it is where it is told to be no more, and nowhere where nothing is told. */
  readonly unplaced?: Unplaced;
}

/** What the policy's rules have to know of an attachment besides. */
export interface Unplaced {
  /** It may have tags that are not told. */
  readonly openTags: boolean;
  /** AWS's id of what is attached; absent where it has none yet. */
  readonly resource?: string;
  /** Somebody accepts it, where that is asked for. */
  readonly accepted: boolean;
}

/** What get-vpc-attachment tells besides. */
export interface CoreNetworkVpcAttachmentFinding {
  readonly id: string;
  readonly subnets: readonly string[];
  readonly applianceMode?: boolean;
  readonly ipv6?: boolean;
  readonly securityGroupReferencing?: boolean;
}

/** What the policy in force says; what is not understood of it makes `whole` false. */
export interface CoreNetworkPolicyFinding {
  readonly coreNetworkId: string;
  readonly edges: readonly string[];
  readonly securityGroupReferencing: boolean;
  readonly segments: readonly SegmentFinding[];
  readonly networkFunctionGroups: readonly string[];
  readonly actions: readonly SegmentAction[];
  /** Where attachments are put; absent where that is not understood. */
  readonly rules?: readonly AttachmentRule[];
  /** Segments and network function groups that attachments join without anybody's acceptance. */
  readonly unattended: { readonly segments: readonly string[]; readonly networkFunctionGroups: readonly string[] };
  /** False where it filters routes, or says anything else that this program does not know. */
  readonly whole: boolean;
  readonly source: Provenance;
}

export interface SegmentFinding {
  readonly name: string;
  /** Absent: every edge of the core network. */
  readonly edges?: readonly string[];
  readonly isolated: boolean;
  readonly deny?: readonly string[];
  readonly allow?: readonly string[];
}

/** Segments that an action names: by name, or all but some. */
export type Segments = { readonly only: readonly string[] } | { readonly except: readonly string[] };

export type SegmentAction =
  | { readonly action: 'share'; readonly segment: string; readonly with: Segments }
  | {
      readonly action: 'create-route';
      readonly segment: string;
      readonly blocks: readonly Prefix[];
      /** Attachments, at most one a Region; none for a blackhole. */
      readonly destinations: readonly string[];
    }
  | {
      readonly action: 'send-to';
      readonly segment: string;
      readonly via: readonly string[];
      /** `with-edge-overrides` are given. */
      readonly overridden: boolean;
    }
  | {
      readonly action: 'send-via';
      readonly segment: string;
      readonly via: readonly string[];
      readonly overridden: boolean;
      readonly mode: 'single-hop' | 'dual-hop';
      readonly whenSentTo: Segments;
    };

/** One answer of get-network-routes: the routes of a segment, or a network function group, at an edge. */
export interface CoreNetworkRoutesFinding {
  /** `core-network-1/prod/us-east-1`, or `core-network-1/network-function-group/inspection/us-east-1`. */
  readonly table: string;
  readonly coreNetworkId: string;
  readonly routes: readonly TransitGatewayRoute[];
  /** All were asked for, and each says where it leads. */
  readonly whole: boolean;
  readonly source: Provenance;
}

/** What would tell the routes of a table. */
export const networkRoutesCall = 'networkmanager get-network-routes';

export const segmentTable = (coreNetworkId: string, segment: string, edge: string): string =>
  `${coreNetworkId}/${segment}/${edge}`;

export const groupTable = (coreNetworkId: string, group: string, edge: string): string =>
  `${coreNetworkId}/network-function-group/${group}/${edge}`;
