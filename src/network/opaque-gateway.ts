/**
 * Gateways that are recognised, and whose forwarding beyond them is not modelled: what goes in may come out
 * anywhere they are attached, or on premises, or at the internet; what is certain is nothing.
 */
import type { Resource } from './resource.ts';

export interface OpaqueGateway extends Resource {
  readonly kind:
    | 'transit-gateway'
    | 'vpc-peering'
    | 'vpn-gateway'
    | 'local-gateway'
    | 'carrier-gateway'
    | 'core-network'
    | 'odb-network';
  /** The VPCs of the input that it leads to, or may lead to for all that was read; through peered gateways as well. */
  readonly vpcs: readonly string[];
  /** It leads, or may lead, to a VPC that is not in the input: that of a peering connection that nobody read. */
  readonly elsewhere?: boolean;
  /** No call that would show it was read; it stands for one that may be there, and lets in what is on premises, or in a VPC that nobody read, alone. */
  readonly unread?: boolean;
  /** The edge association of a VPN gateway. */
  readonly routeTable?: string;
}
