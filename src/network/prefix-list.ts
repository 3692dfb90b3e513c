/** Managed prefix lists, AWS's and customers' own (semantics 2.14, 9.39). */
import type { Family } from '../net/address.ts';
import type { Prefix } from '../net/prefix.ts';
import type { Resource, Unread } from './resource.ts';

export interface PrefixList extends Resource {
  readonly kind: 'prefix-list';
  /** Absent where the input does not tell. */
  readonly family?: Family;
  readonly entries: readonly Prefix[] | Unread;
}
