/** Network ACLs: numbered, stateless, first match decides (semantics section 3). */
import type { Prefix } from '../net/prefix.ts';
import type { Provenance, Resource } from './resource.ts';
import type { TrafficMatch } from './traffic-match.ts';

export interface NetworkAclEntry {
  /** 1 to 32766, and the implicit `*` entries, which deny. */
  readonly number: number;
  readonly action: 'allow' | 'deny';
  readonly match: TrafficMatch;
  /** The source of inbound entries, the destination of outbound ones; its family decides which packets it sees. */
  readonly prefix: Prefix;
  readonly source: Provenance;
}

export interface NetworkAcl extends Resource {
  readonly kind: 'network-acl';
  readonly vpc: string;
  readonly isDefault: boolean;
  /** In ascending order of number. What no entry matches is denied. */
  readonly inbound: readonly NetworkAclEntry[];
  readonly outbound: readonly NetworkAclEntry[];
}
