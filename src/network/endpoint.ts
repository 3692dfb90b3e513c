/** VPC endpoints: gateway, interface, and Gateway Load Balancer endpoints (semantics section 9). */
import type { Resource } from './resource.ts';

export interface VpcEndpoint extends Resource {
  readonly kind: 'vpc-endpoint';
  readonly endpointType: 'Gateway' | 'Interface' | 'GatewayLoadBalancer' | 'Resource' | 'ServiceNetwork' | 'Tunnel';
  readonly vpc: string;
  /** `com.amazonaws.us-east-1.s3`; empty where the endpoint has none. */
  readonly serviceName: string;
  /** `available` works; `pending` and `deleting` may (`state.ts`). */
  readonly state: string;
  /** Gateway endpoints: the tables that hold its route. */
  readonly routeTables: readonly string[];
  readonly subnets: readonly string[];
  readonly interfaces: readonly string[];
  readonly privateDnsEnabled: boolean;
  /** Of a Gateway Load Balancer endpoint, as AWS prints it: `ipv4`, `ipv6`, `dualstack`; absent where it is not told. */
  readonly ipAddressType?: string;
  /** Of a resource endpoint: the id of what it leads to (`rcfg-…`), which need not be in the network. */
  readonly resourceConfiguration?: string;
  /** Of a service network endpoint, likewise (`sn-…`). */
  readonly serviceNetwork?: string;
  /** The IAM policy as text; it restricts principals, never packets (semantics 9.10). */
  readonly policy?: string;
}

/** What people call the service (`REGION` stands for one that nobody told): what follows `com.amazonaws.REGION.` or `aws.api.REGION.`, else the whole name. */
export const serviceShortName = (serviceName: string): string =>
  /^(?:com\.amazonaws|aws\.api)\.(?:[a-z0-9-]+|REGION)\.(.+)$/.exec(serviceName)?.[1] ?? serviceName;
