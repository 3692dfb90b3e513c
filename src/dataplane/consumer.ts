/** Consumers of an endpoint service whose endpoints are not in the input: what they ask for comes to its targets (semantics 9.17). */
import { families, type Family } from '../net/address.ts';
import { transportOf } from '../network/balancing.ts';
import type { LoadBalancer } from '../network/load-balancer.ts';
import { balancersBehind, isUsedElsewhere } from '../network/private-link.ts';
import { isUnread } from '../network/resource.ts';
import type { Context } from './context.ts';
import { type Edge, edge } from './edge.ts';
import type { Header } from './header.ts';
import { type InterfaceClass, idsOf } from './interface-class.ts';
import { emitted } from './emission.ts';
import { type Plane, handsOnTo } from './plane.ts';
import { and, anyOf, at, between, equals, isIn, same } from './predicate.ts';
import { aimsOf } from './target.ts';
import { wellFormed } from './well-formed.ts';

/** From a VPC that nobody read, by an endpoint there: whoever is in it counts as outside. */
export const askByEndpointElsewhere = (plane: Plane, context: Context): readonly Edge[] =>
  context.phase === 'reply'
    ? []
    : [...plane.network.endpointServices.values()]
        .filter(isUsedElsewhere)
        .flatMap(({ id }) => edge(handsOnTo(plane, id), { kind: 'opaque', id }, context, [id]));

/** Out of a node to one of its targets, as a connection of the node's own; anything, where what stands behind the service was not read. */
export function comeByService(plane: Plane, id: string, context: Context): readonly Edge[] {
  const { network } = plane;
  const balancers = balancersBehind(network, network.endpointServices.get(id)!);
  return families.flatMap((family) => {
    const after = emitted(plane, id, family, context);
    const formed = wellFormed(family);
    if (balancers === undefined)
      return [...network.vpcs.keys()].flatMap((vpc) => edge(at(after.header, formed), { kind: 'local', vpc }, after));
    return balancers.flatMap((balancer) =>
      balancer.interfaces.flatMap((nic) => {
        const of = plane.classOf.get(nic);
        return of === undefined ? [] : bySending(plane, { id, balancer, of, family }, context.header, after);
      }),
    );
  });
}

interface Node {
  readonly id: string;
  readonly balancer: LoadBalancer;
  readonly of: InterfaceClass;
  readonly family: Family;
}

/** By the listeners that take what was asked. */
function bySending(plane: Plane, { id, balancer, of, family }: Node, asked: Header, after: Context): readonly Edge[] {
  const { stranger: _, ...known } = after;
  const own: Context = { ...known, balancer: of.interfaces[0]!.id, vpc: of.vpc, clean: true, middlebox: false };
  const anew = and(
    wellFormed(family),
    isIn('src', of.addresses[family]),
    between('srcPort', 1024, 65535),
    equals('fragment', 0),
  );
  return (isUnread(balancer.listeners) ? [] : balancer.listeners).flatMap((listener) => {
    const speaks = anyOf(transportOf(listener).map((number) => equals('protocol', number)));
    const taken = at(asked, and(speaks, between('dstPort', listener.from, listener.to)));
    return (isUnread(listener.forwards) ? [] : listener.forwards).flatMap(({ group }) =>
      aimsOf(plane, balancer, of, plane.network.targetGroups.get(group)!).flatMap(
        ({ guard, port, addresses, ...aim }) => {
          if (aim.family !== family) return [];
          const there = and(anyOf(addresses.map((address) => equals('dst', address))), equals('dstPort', port));
          const sends = and(
            taken,
            same(asked.protocol, after.header.protocol),
            guard,
            at(after.header, and(anew, there)),
          );
          return edge(sends, { kind: 'leaving', of }, own, [id, ...idsOf(plane.network, of), group]);
        },
      ),
    );
  });
}
