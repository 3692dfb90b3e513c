/** Flow logs: records of the traffic of a VPC, a subnet, an interface or a transit gateway (semantics section 15). */
import type { Resource } from './resource.ts';

/** It records, and changes no packet's way: a fact of configuration. */
export interface FlowLog extends Resource {
  readonly kind: 'flow-log';
  /** What it watches, by id, which may be in no answer; absent where it is not told. */
  readonly on?: string;
  /** As AWS prints it: `ALL`, `ACCEPT` or `REJECT`; absent where it is not told, as of transit gateways. */
  readonly traffic?: string;
  /** As AWS prints it: `cloud-watch-logs`, `s3`, `kinesis-data-firehose`. */
  readonly destination?: string;
  /** False of one whose records do not come to their destination. */
  readonly delivers?: boolean;
}
