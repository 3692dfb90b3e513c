/** Endpoint services: the provider's side of PrivateLink, and which endpoints are connected to it (semantics 9.17). */
import type { Family } from '../net/address.ts';
import type { Provenance, Resource, Unread } from './resource.ts';

export interface EndpointService extends Resource {
  readonly kind: 'endpoint-service';
  /** `com.amazonaws.vpce.us-east-1.vpce-svc-0abc`: endpoints of that service name lead here, of whatever account. */
  readonly serviceName: string;
  /** The type of the endpoints that lead here: to Network, or to Gateway Load Balancers. */
  readonly endpointType: 'Interface' | 'GatewayLoadBalancer';
  /** The name that consumers may give it in their VPCs. */
  readonly privateDnsName?: string;
  /** `available` works; `pending` and `deleting` may (`state.ts`). */
  readonly state: string;
  /**
   * The load balancers of the network that stand behind it. An endpoint's interface sends to one of them in its own
   * zone, the same each time; which is AWS's choice.
   */
  readonly loadBalancers: readonly string[] | Unread;
  /** Where it is offered, in the words of subnets: no zones but those of its balancers, and perhaps not all. */
  readonly zones: readonly string[] | Unread;
  /** The address families of the endpoints that it takes. */
  readonly families: readonly Family[];
  /** Where endpoints may stand, its own Region among them; none where it is not told. */
  readonly regions: readonly { readonly region: string; readonly state: string }[];
  /** Whether its owner must accept an endpoint before that works; `connections` tell which it has accepted. */
  readonly acceptanceRequired: boolean;
  /** The service makes its endpoints itself. */
  readonly managesEndpoints: boolean;
  /** All that are known, each endpoint once; order carries no meaning. */
  readonly connections: readonly EndpointConnection[];
  /** Present where endpoints that are not in the input may be connected besides: no call told of all. */
  readonly unread?: Unread;
}

export interface EndpointConnection {
  /** `vpce-…`, of whatever account. */
  readonly endpoint: string;
  /** The input holds it. */
  readonly known: boolean;
  /**
   * As its owner and the service's see it, where both were asked: `available` works, `rejected` does not, and where the
   * one has done what the other has not seen yet, the word that tells nothing for certain (`state.ts`).
   */
  readonly state: string;
  /** The endpoint's owner. */
  readonly account?: string;
  /** The endpoint's, which may be another than the service's (semantics 9.22). */
  readonly region?: string;
  readonly source: Provenance;
}
