/** What a source found of load balancers, before references are resolved. */
import type { LoadBalancer } from '../load-balancer.ts';

export interface LoadBalancerFinding extends Omit<
  LoadBalancer,
  'interfaces' | 'listeners' | 'crossZone' | 'enforcesOnPrivateLink'
> {
  /** What follows `ELB ` in the description of its interfaces: `app/web/50dc6c495c0c9188`, or a classic one's name. */
  readonly label: string;
  /** Those in which it has a node. */
  readonly subnets: readonly string[];
}
