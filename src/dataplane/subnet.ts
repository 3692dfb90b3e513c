/** A packet in a subnet, on its way: straight to a neighbour, or by the subnet's route table (semantics 1.3, 4.1 to 4.3). */
import { isUnread, unreadKey } from '../network/resource.ts';
import { followAny } from './any-route.ts';
import { toClients } from './clients.ts';
import type { Context } from './context.ts';
import type { Edge } from './edge.ts';
import { deliver } from './local-delivery.ts';
import { acl, aclId } from './network-acl.ts';
import { enterUnreadTable } from './opaque-gateway.ts';
import { takenBy } from './opening.ts';
import { type Plane, blocksOf } from './plane.ts';
import { type Predicate, and, isIn, not } from './predicate.ts';
import { returnToNat } from './reply.ts';
import { choicesOf } from './route-table.ts';
import { follow } from './route-target.ts';
import { returnToSender } from './vpc-peering.ts';

export function forward(plane: Plane, id: string, context: Context): readonly Edge[] {
  const subnet = plane.network.subnets.get(id)!;
  const { family } = context.header;
  const inside = isIn('dst', blocksOf(plane, id, family));
  const neighbours = deliver(plane, plane.classesOfSubnet.get(id) ?? [], context, () => ({
    guard: inside,
    crosses: [id, subnet.vpc],
  }));
  const clients = clientsElsewhere(plane, id, inside, context);
  const toNat = returnToNat(plane, subnet.vpc, context).filter(({ to }) => to.kind === 'subnet' && to.id === id);
  const near = [...neighbours, ...clients, ...toNat.map((one) => ({ ...one, guard: and(inside, one.guard) }))];
  const outside = not(inside);
  const leavesSubnet = acl(plane, id, 'outbound', family);
  const crosses = [id, subnet.vpc];
  const sent = returnToSender(plane, subnet.vpc, and(outside, leavesSubnet), context, [
    ...crosses,
    ...aclId(plane, id),
  ]);
  if (sent !== undefined) return [...near, ...sent];
  if (isUnread(subnet.routeTable))
    return [...near, ...enterUnreadTable(plane, unreadKey(subnet.routeTable), and(outside, leavesSubnet), context)];
  const table = plane.network.routeTables.get(subnet.routeTable)!;
  const from = {
    vpc: subnet.vpc,
    subnet: id,
    zone: subnet.zone,
    leaves: (into: string | undefined): Predicate => (into === id ? outside : and(outside, leavesSubnet)),
    crosses: [...crosses, table.id, ...aclId(plane, id)],
  };
  const routed = choicesOf(plane, table, family).flatMap(({ route, guard }) =>
    follow(plane, route.target, from, context).map((one) => ({
      ...one,
      guard: and(guard, one.guard, takenBy(plane, table, route)),
    })),
  );
  return [...near, ...routed, ...followAny(plane, table, from, context)];
}

/**
 * VPN clients may have any address of the VPC that nobody is known to hold, of this subnet as well, by an interface that
 * stands in another (semantics 14.3).
 */
const clientsElsewhere = (plane: Plane, id: string, inside: Predicate, context: Context): readonly Edge[] => {
  const { vpc } = plane.network.subnets.get(id)!;
  return (plane.classesOfVpc.get(vpc) ?? [])
    .filter((of) => of.subnet !== id)
    .flatMap((of) =>
      toClients(plane, of, context).map((one) => ({
        ...one,
        guard: and(inside, acl(plane, of.subnet, 'inbound', context.header.family), one.guard),
        crosses: [id, vpc, of.subnet, ...aclId(plane, of.subnet), ...one.crosses],
      })),
    );
};
