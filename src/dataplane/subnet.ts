/** A packet in a subnet, on its way: straight to a neighbour, or by the subnet's route table (semantics 1.3, 4.1 to 4.3). */
import { isUnread, unreadKey } from '../network/resource.ts';
import type { Context } from './context.ts';
import { type Edge, edge } from './edge.ts';
import { deliver } from './local-delivery.ts';
import { acl, aclId } from './network-acl.ts';
import { type Plane, blocksOf, open } from './plane.ts';
import { type Predicate, and, isIn, not } from './predicate.ts';
import { choicesOf } from './route-table.ts';
import { follow } from './route-target.ts';

export function forward(plane: Plane, id: string, context: Context): readonly Edge[] {
  const subnet = plane.network.subnets.get(id)!;
  const { family } = context.header;
  const inside = isIn('dst', blocksOf(plane, id, family));
  const neighbours = deliver(plane, plane.classesOfSubnet.get(id) ?? [], context, () => ({
    guard: inside,
    crosses: [],
  }));
  const outside = not(inside);
  const leavesSubnet = acl(plane, id, 'outbound', family);
  const crosses = [id, subnet.vpc];
  if (isUnread(subnet.routeTable)) {
    const key = unreadKey(subnet.routeTable);
    const guard = and(outside, leavesSubnet, open(plane, key));
    return [...neighbours, ...edge(guard, { kind: 'opaque', id: key }, context, crosses)];
  }
  const table = plane.network.routeTables.get(subnet.routeTable)!;
  const from = {
    vpc: subnet.vpc,
    subnet: id,
    zone: subnet.zone,
    leaves: (into: string | undefined): Predicate => (into === id ? outside : and(outside, leavesSubnet)),
    crosses: [...crosses, table.id, ...aclId(plane, id)],
  };
  const routed = choicesOf(plane, table, family).flatMap(({ route, guard }) =>
    follow(plane, route.target, from, context).map((one) => ({ ...one, guard: and(guard, one.guard) })),
  );
  return [...neighbours, ...routed];
}
