/**
 * Whether it is known which table stands at a gateway's edge: only where the tables of its VPC were read and none is just
 * changing. A participant is shown those of the subnets that are shared with it (semantics 1.25).
 */
import type { Network } from './network.ts';
import { isUnread, unreadKey } from './resource.ts';

/** The assumption's name where it is not known; `unread:describe-route-tables:igw-1`. */
export function unreadEdge(
  network: Network,
  { id, vpc, routeTable: own }: { readonly id: string; readonly vpc?: string; readonly routeTable?: string },
): string | undefined {
  const subnets = [...network.subnets.values()].filter((subnet) => subnet.vpc === vpc);
  const unread =
    subnets.some(({ routeTable }) => isUnread(routeTable)) ||
    (own === undefined && network.vpcs.get(vpc ?? '')?.subnetsUnread === true) ||
    [...network.routeTables.values()].some(({ changing }) => changing?.includes(id));
  return unread ? unreadKey({ unread: 'describe-route-tables', subject: id }) : undefined;
}
