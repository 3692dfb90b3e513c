/** What answers tell of ways beyond which nothing is modelled. */
import type { OpaqueGateway } from '../opaque-gateway.ts';
import type { Provenance, Resource } from '../resource.ts';

/** One side of a gateway beyond which nothing is modelled: what it is attached to, or which gateway it leads to. */
export interface AttachmentFinding {
  readonly id: string;
  readonly gateway: { readonly kind: OpaqueGateway['kind']; readonly id: string };
  readonly to:
    | { readonly kind: 'vpc'; readonly id: string }
    /** Another gateway: the peer of a transit gateway, a core network. */
    | { readonly kind: 'gateway'; readonly id: string }
    | { readonly kind: 'on-premises'; readonly id: string };
  /** In the style of coverage entries: `transit-gateway-attachment`, `vpn-connection`. */
  readonly name: string;
  readonly source: Provenance;
}

export interface OpaqueGatewayFinding extends Omit<OpaqueGateway, 'vpcs' | 'clients' | 'beside' | 'routeTable'> {
  /** Present where the call itself tells every VPC that it can reach. */
  readonly vpcs?: readonly string[];
}

/** SageMaker's own way to the internet: by which interfaces' owners it may be used. */
export interface DirectInternetFinding extends Resource {
  readonly interfaces: readonly string[];
  /** Of a domain: its subnets, in which interfaces of SageMaker's are its own. */
  readonly subnets: readonly string[];
}
