/**
 * Elements whose forwarding is not modelled: on the may side what goes in comes out as any packet, anywhere the element
 * is attached, at the internet or on premises; on the must side it does not come out.
 */
import { families } from '../net/address.ts';
import { publicUnicast } from '../net/special.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import { passes } from '../network/unknown.ts';
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import { type Edge, edge } from './edge.ts';
import { freeHeader } from './header.ts';
import type { InterfaceClass } from './interface-class.ts';
import { type Plane, open } from './plane.ts';
import { and, at, isIn } from './predicate.ts';
import { wellFormed } from './well-formed.ts';

/** Into a gateway by a route. */
export function enterOpaqueGateway(plane: Plane, id: string, from: Departure, context: Context): readonly Edge[] {
  const guard = and(from.leaves(undefined), open(plane, passes(id)));
  return edge(guard, { kind: 'opaque', id }, context, [...from.crosses, id]);
}

/** A balancer's node has the packet, and may hand on another (a proxy's own flow). */
export function enterBalancer(plane: Plane, of: InterfaceClass, context: Context): readonly Edge[] {
  if (context.phase === 'reply') return [];
  const id = balancerOf(plane, of);
  return edge(open(plane, passes(id)), { kind: 'opaque', id }, context, [id]);
}

/** The balancer that holds the interface, else the interface itself. */
export function balancerOf(plane: Plane, of: InterfaceClass): string {
  const [nic] = of.interfaces;
  for (const balancer of plane.network.loadBalancers.values())
    if (balancer.interfaces.includes(nic!.id)) return balancer.id;
  return nic!.id;
}

/** Out of the element: any header, at each place that it may reach. */
export function leaveOpaque(plane: Plane, id: string, context: Context): readonly Edge[] {
  const nodes = nodesOf(plane, id);
  return families.flatMap((family) => {
    const header = freeHeader(plane.symbols, `emitted.${id}`, family);
    const formed = wellFormed(family);
    const after: Context = {
      header,
      first: context.first,
      root: context.root,
      origin: 'opaque',
      imaginary: false,
      clean: false,
      owes: false,
      middlebox: true,
      natted: false,
      phase: context.phase,
      crossings: [],
      guests: [],
    };
    if (nodes.length > 0)
      return nodes.flatMap((of) => {
        // A balancer's own flow starts anew at its node: its groups count (semantics 12.6, 2.40).
        const own = { ...after, vpc: of.vpc, clean: true, middlebox: false };
        return edge(at(header, and(formed, isIn('src', of.addresses[family]))), { kind: 'leaving', of }, own);
      });
    const anywhere = attachedTo(plane, id).flatMap((vpc) => edge(at(header, formed), { kind: 'local', vpc }, after));
    // A peer VPC leads no further: not to its gateways, not on premises (semantics 6.6, 6.7).
    if (plane.network.opaqueGateways.get(id)?.kind === 'vpc-peering') return anywhere;
    const outside = edge(at(header, and(formed, isIn('dst', publicUnicast[family]))), { kind: 'internet' }, after);
    return [...anywhere, ...outside, ...edge(at(header, formed), { kind: 'onprem' }, after)];
  });
}

/** The interfaces of a balancer; none for a gateway. */
const nodesOf = (plane: Plane, id: string): readonly InterfaceClass[] => {
  const ids = plane.network.loadBalancers.get(id)?.interfaces ?? (plane.classOf.has(id) ? [id] : []);
  return ids.flatMap((one) => plane.classOf.get(one) ?? []);
};

/** The VPCs where it may come out; for a route table that no call read, the subnet's own. */
function attachedTo(plane: Plane, id: string): readonly string[] {
  const gateway = plane.network.opaqueGateways.get(id);
  if (gateway !== undefined) return gateway.vpcs;
  for (const subnet of plane.network.subnets.values())
    if (isUnread(subnet.routeTable) && unreadKey(subnet.routeTable) === id) return [subnet.vpc];
  return [...plane.network.vpcs.keys()];
}

/** From outside into every opaque gateway: what is on premises, or the internet behind somebody else's network. */
export const enterFromOutside = (plane: Plane, context: Context): readonly Edge[] =>
  [...plane.network.opaqueGateways.values()].flatMap(({ id, kind, vpcs }) =>
    vpcs.length === 0 || kind === 'vpc-peering'
      ? []
      : edge(open(plane, passes(id)), { kind: 'opaque', id }, context, [id]),
  );
