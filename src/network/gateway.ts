/** Internet gateways, egress-only internet gateways and NAT gateways (semantics section 5). */
import type { Address } from '../net/address.ts';
import type { Resource } from './resource.ts';

export interface InternetGateway extends Resource {
  readonly kind: 'internet-gateway';
  /** The VPC that it is attached to; absent when detached. */
  readonly vpc?: string;
  /**
   * Present while the attachment comes about or ends, as AWS prints it, or is not known (`unknown`): it works by the
   * unknown `up:ID` then.
   */
  readonly state?: string;
  /** The gateway route table of its edge association (semantics 4.21). */
  readonly routeTable?: string;
}

export interface EgressOnlyInternetGateway extends Resource {
  readonly kind: 'egress-only-internet-gateway';
  readonly vpc?: string;
  /** As of an internet gateway. */
  readonly state?: string;
}

export interface NatAddress {
  /** Absent on regional gateways, which show only public addresses. */
  readonly privateIp?: Address;
  readonly publicIp?: Address;
  readonly interface?: string;
  /** For regional gateways: the zone whose hosts it serves. */
  readonly zone?: string;
  /** Present while AWS assigns it or takes it away (`associating`): the gateway uses it by the unknown `up:ID` then. */
  readonly state?: string;
}

export interface NatGateway extends Resource {
  readonly kind: 'nat-gateway';
  readonly vpc: string;
  /** Absent on regional gateways (semantics 5.30). */
  readonly subnet?: string;
  readonly availabilityMode: 'zonal' | 'regional';
  readonly connectivity: 'public' | 'private';
  /** `available` works; `pending` and `deleting` may (`state.ts`). */
  readonly state: string;
  /** A regional gateway's own table. */
  readonly routeTable?: string;
  /** Primary first; none that failed. */
  readonly addresses: readonly NatAddress[];
}
