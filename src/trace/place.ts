/** Where a packet stands between two steps of its way; every construct's step takes one and gives the next. */
import type { Delivery } from '../network/replay.ts';
import type { InternetGateway, NatGateway } from '../network/gateway.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { RouteTarget } from '../network/route-table.ts';
import type { Subnet } from '../network/subnet.ts';
import type { TransitGatewayAttachment } from '../network/transit-gateway.ts';

/** What a packet left before it reached a route's target. */
export interface From {
  readonly vpc: string;
  /** Absent where it left no subnet: at an internet gateway's edge table, at a regional NAT gateway's table. */
  readonly subnet: Subnet | undefined;
  /** It was sent by a regional NAT gateway, and carries that gateway's public address. */
  readonly regionalNat: boolean;
}

/** In a transit gateway. */
export interface Inside {
  /** The attachment that the packet arrived by. */
  readonly by: TransitGatewayAttachment;
  /** The zone by which it left a VPC, as told from those of all accounts (`zone.ts`); absent where it came from elsewhere. */
  readonly zone: string | undefined;
}

export interface Ended {
  readonly kind: 'ended';
  /** Absent when the packet was dropped. */
  readonly delivery?: Delivery;
}

export type Place =
  /** About to leave an interface: the exempt destinations and the security groups come first. */
  | { readonly kind: 'leaving'; readonly interface: NetworkInterface }
  /** Put onto a subnet by something that stands in it. */
  | { readonly kind: 'subnet'; readonly subnet: Subnet }
  /** Sent to a route's target. */
  | { readonly kind: 'routed'; readonly target: RouteTarget; readonly from: From }
  /** Handed to whoever holds the destination in the VPC; `subnet` is what it left, if any. */
  | { readonly kind: 'local'; readonly vpc: string; readonly subnet: Subnet | undefined }
  /** At the interface that holds its destination, every filter passed. */
  | { readonly kind: 'arrived'; readonly interface: NetworkInterface }
  /** At a NAT gateway's own address. */
  | { readonly kind: 'at-nat'; readonly nat: NatGateway }
  /** Outside, in front of every internet gateway. */
  | { readonly kind: 'internet' }
  /** Outside, taken in by a service of AWS's that has an interface in a VPC. */
  | { readonly kind: 'taken-in'; readonly interface: NetworkInterface }
  /** Inside an internet gateway, the destination translated. */
  | { readonly kind: 'edge'; readonly gateway: InternetGateway; readonly vpc: string }
  | ({ readonly kind: 'in-transit-gateway' } & Inside)
  /** On premises, come by a line: a virtual private gateway, or an attachment of a transit gateway. */
  | { readonly kind: 'on-premises'; readonly line: string }
  /** About to come from on premises by a line. */
  | { readonly kind: 'from-on-premises'; readonly line: string }
  | Ended;
