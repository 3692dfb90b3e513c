/** VPC peering connections between two VPCs of the input (semantics section 6); any other is an opaque gateway. */
import type { Resource } from './resource.ts';

export interface VpcPeering extends Resource {
  readonly kind: 'vpc-peering';
  /** The requester's VPC and the accepter's. */
  readonly vpcs: readonly [string, string];
  /** Security groups of one side can be named by the other's (semantics 2.18). */
  readonly sameRegion: boolean;
  /** As of an internet gateway; absent while it is active. */
  readonly state?: string;
}

/** The VPC at the other end; undefined where the connection does not begin in that VPC. */
export const farSide = ({ vpcs: [one, other] }: VpcPeering, vpc: string): string | undefined =>
  vpc === one ? other : vpc === other ? one : undefined;
