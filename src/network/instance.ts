/** EC2 instances: a name for one or more interfaces. */
import type { Resource } from './resource.ts';

export interface Instance extends Resource {
  readonly kind: 'instance';
  /** `running`, `stopped`, … A stopped instance is up on the may side, down on the must side. */
  readonly state: string;
  readonly interfaces: readonly string[];
}
