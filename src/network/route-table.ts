/** Route tables of subnets, gateways' edges and regional NAT gateways (semantics section 4). */
import type { Prefix } from '../net/prefix.ts';
import type { Provenance, Resource } from './resource.ts';

/** Where a route leads. `id` is that of the target as AWS prints it. */
export type RouteTarget =
  | { readonly kind: 'local' }
  | { readonly kind: RoutedResourceKind; readonly id: string }
  /** `instance` where the route names one. */
  | { readonly kind: 'network-interface'; readonly id: string; readonly instance?: string }
  /** A target whose field this program does not know, or none at all (a blackhole whose target is gone). */
  | { readonly kind: 'unknown'; readonly id: string };

export type RoutedResourceKind =
  | 'internet-gateway'
  | 'egress-only-internet-gateway'
  | 'nat-gateway'
  /** A gateway endpoint of S3 or DynamoDB. */
  | 'gateway-endpoint'
  /** A Gateway Load Balancer endpoint or a Network Firewall endpoint. */
  | 'firewall-endpoint'
  | 'transit-gateway'
  | 'vpc-peering'
  | 'vpn-gateway'
  | 'local-gateway'
  | 'carrier-gateway'
  | 'core-network'
  | 'odb-network';

export type RouteDestination =
  { readonly kind: 'prefix'; readonly prefix: Prefix } | { readonly kind: 'prefix-list'; readonly id: string };

export interface Route {
  readonly destination: RouteDestination;
  readonly target: RouteTarget;
  /** `blackhole` still wins selection, and drops (semantics 4.16); `unknown` is any other state. */
  readonly state: 'active' | 'blackhole' | 'unknown';
  /** `local` is CreateRouteTable, `static` CreateRoute, `propagated` by a VPN gateway, `advertised` by a route server. */
  readonly origin: 'local' | 'static' | 'propagated' | 'advertised';
  readonly source: Provenance;
}

export interface RouteTable extends Resource {
  readonly kind: 'route-table';
  readonly vpc: string;
  readonly main: boolean;
  /** Every route as read, the local ones included. Order carries no meaning. */
  readonly routes: readonly Route[];
  /** Subnets, gateways and, for a main table, the VPC, whose association with it is changing: nobody knows which holds. */
  readonly changing?: readonly string[];
}
