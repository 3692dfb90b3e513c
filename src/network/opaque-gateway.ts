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
    | 'odb-network'
    /** Of VPC Lattice (semantics 14.1). */
    | 'service-network'
    /** SageMaker's own way to the internet, of a notebook instance or a domain, which its id names (semantics 14.10). */
    | 'direct-internet-access';
  /** The VPCs of the input that it leads to, or may lead to for all that was read; through peered gateways as well. */
  readonly vpcs: readonly string[];
  /** It leads, or may lead, to a VPC that is not in the input: that of a peering connection that nobody read. */
  readonly elsewhere?: boolean;
  /** No call that would show it was read; it stands for one that may be there, and lets in what is on premises, or in a VPC that nobody read, alone. */
  readonly unread?: boolean;
  /** Of a service network: the VPCs whose interfaces reach it by no route, at addresses of its own. */
  readonly clients?: readonly string[];
  /** Of direct internet access: the interfaces whose owners have it beside their VPC. */
  readonly beside?: readonly string[];
  /** The edge association of a VPN gateway. */
  readonly routeTable?: string;
}
