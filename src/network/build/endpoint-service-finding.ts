/** What a source found of endpoint services, before references are resolved. */
import type { EndpointConnection, EndpointService } from '../endpoint-service.ts';

export interface EndpointServiceFinding extends Omit<
  EndpointService,
  'loadBalancers' | 'zones' | 'families' | 'acceptanceRequired' | 'connections' | 'unread'
> {
  /** ARNs of load balancers; absent where the answer names neither kind. */
  readonly balancers?: readonly string[];
  /** AWS's ids of zones, as subnets have them; the account's own names of zones, where only those are shown. */
  readonly zones?: { readonly ids: readonly string[] } | { readonly names: readonly string[] };
  /** These two are absent where they are not told. */
  readonly families?: EndpointService['families'];
  readonly acceptanceRequired?: boolean;
}

/** A connection as the service's owner is shown it. */
export interface EndpointConnectionFinding extends Omit<EndpointConnection, 'known'> {
  /** `vpce-svc-…`. */
  readonly service: string;
  /** ARNs of the service's load balancers. */
  readonly balancers: readonly string[];
  /** Whose service it is, and where. */
  readonly provider: { readonly account?: string; readonly region?: string };
}
