/** Internet gateways, egress-only internet gateways and NAT gateways (semantics section 5). */
import type { Address } from '../net/address.ts';
import type { Resource } from './resource.ts';

export interface InternetGateway extends Resource {
  readonly kind: 'internet-gateway';
  /** The VPC it is attached to and available in; absent when detached. */
  readonly vpc?: string;
  /** The gateway route table of its edge association (semantics 4.21). */
  readonly routeTable?: string;
}

export interface EgressOnlyInternetGateway extends Resource {
  readonly kind: 'egress-only-internet-gateway';
  readonly vpc?: string;
}

export interface NatAddress {
  /** Absent on regional gateways, which show only public addresses. */
  readonly privateIp?: Address;
  readonly publicIp?: Address;
  readonly interface?: string;
  /** For regional gateways: the zone whose hosts it serves. */
  readonly zone?: string;
}

export interface NatGateway extends Resource {
  readonly kind: 'nat-gateway';
  readonly vpc: string;
  /** Absent on regional gateways (semantics 5.30). */
  readonly subnet?: string;
  readonly availabilityMode: 'zonal' | 'regional';
  readonly connectivity: 'public' | 'private';
  /** `available` works; `pending` may; anything else does not. */
  readonly state: string;
  /** A regional gateway's own table. */
  readonly routeTable?: string;
  /** Primary first; only those in state succeeded. */
  readonly addresses: readonly NatAddress[];
}
