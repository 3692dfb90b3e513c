/** Load balancers as owners of interfaces; what they forward is not modelled and so an assumption. */
import type { Resource } from './resource.ts';

export interface LoadBalancer extends Resource {
  readonly kind: 'load-balancer';
  readonly balancerType: 'application' | 'network' | 'gateway' | 'classic';
  readonly scheme: 'internet-facing' | 'internal';
  readonly vpc: string;
  readonly interfaces: readonly string[];
}
