/** Whether it is known which table stands at a gateway's edge: only where the tables of its VPC were read and none is just changing. */
import type { Network } from './network.ts';
import { isUnread, unreadKey } from './resource.ts';

/** The assumption's name where it is not known; `unread:describe-route-tables:igw-1`. */
export function unreadEdge(
  network: Network,
  { id, vpc }: { readonly id: string; readonly vpc?: string },
): string | undefined {
  const subnets = [...network.subnets.values()].filter((subnet) => subnet.vpc === vpc);
  const unread =
    subnets.some(({ routeTable }) => isUnread(routeTable)) ||
    [...network.routeTables.values()].some(({ changing }) => changing?.includes(id));
  return unread ? unreadKey({ unread: 'describe-route-tables', subject: id }) : undefined;
}
