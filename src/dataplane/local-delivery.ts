/** Delivery inside a VPC: the holder of the destination address gets the packet, if its subnet's ACL and its groups allow. */
import type { Family } from '../net/address.ts';
import { intersect, isEmpty } from '../net/interval.ts';
import { abilities } from '../network/interface.ts';
import { takenByClients, toClients } from './clients.ts';
import type { Context } from './context.ts';
import { type Edge, edge } from './edge.ts';
import { type InterfaceClass, idsOf } from './interface-class.ts';
import { working } from './condition.ts';
import { acl, aclId } from './network-acl.ts';
import { endpointOf } from './owner.ts';
import { type Plane, once, open } from './plane.ts';
import { type Predicate, and, anyOf, hasPorts, isIn, not, yes } from './predicate.ts';
import { handsOn } from './balancer.ts';
import { modelled, taken } from './load-balancer.ts';
import { arriveReply, returnToNat } from './reply.ts';
import { ingressOf } from './security-group.ts';

/** From a VPC's local delivery: into the subnet of the holder, through its ACL (semantics 3.6, 4.6). */
export function deliverLocally(plane: Plane, vpc: string, context: Context): readonly Edge[] {
  const mapped = mappedIn(plane, vpc, context);
  if (mapped !== undefined) return mapped.map((one) => ({ ...one, context }));
  const into = intoSubnets(plane, vpc, context.header.family);
  const toNat = returnToNat(plane, vpc, context).map((one) => {
    const { guard, crosses } = into((one.to as { id: string }).id);
    return { ...one, guard: and(one.guard, guard), crosses: [...one.crosses, ...crosses] };
  });
  return [...toNat, ...deliver(plane, candidates(plane, vpc, context), context, ({ subnet }) => into(subnet))];
}

/** What it takes for somebody in the VPC to be given the packet; undefined where that is as much work as to give it. */
export const deliverable = (plane: Plane, vpc: string, context: Context): Predicate | undefined => {
  const mapped = mappedIn(plane, vpc, context);
  return (
    mapped && once(plane, `deliverable ${mappingKey(vpc, context)}`, () => anyOf(mapped.map(({ guard }) => guard)))
  );
};

/**
 * To those that a gateway maps to, where one has translated the packet: no reference to a group counts for it any more
 * (semantics 2.16), and so all such packets are delivered alike, whatever lies behind them.
 */
function mappedIn(plane: Plane, vpc: string, context: Context): readonly Omit<Edge, 'context'>[] | undefined {
  const { header, phase, clean } = context;
  const { dst, family } = header;
  if (dst.kind !== 'translated' || phase === 'reply' || clean) return undefined;
  return once(plane, `mapped ${mappingKey(vpc, context)}`, () => {
    const into = intoSubnets(plane, vpc, family);
    return deliver(plane, candidates(plane, vpc, context), context, ({ subnet }) => into(subnet));
  });
}

const mappingKey = (vpc: string, { header: { dst }, stranger }: Context): string =>
  `${vpc} ${dst.kind === 'translated' ? dst.by.name : ''} ${stranger === true ? 'stranger' : ''}`;

/** The classes of a VPC that may hold the destination: of one that a gateway has translated, those that it maps to. */
function candidates(plane: Plane, vpc: string, { header: { dst } }: Context): readonly InterfaceClass[] {
  const all = plane.classesOfVpc.get(vpc) ?? [];
  if (dst.kind !== 'translated') return all;
  const { by } = dst;
  return once(plane, `candidates ${vpc} ${by.name}`, () =>
    all.filter(({ addresses }) => !isEmpty(intersect(addresses.ipv4, by.inverse.domain))),
  );
}

/** Across the boundary of the subnet, from the VPC. */
const intoSubnets = (plane: Plane, vpc: string, family: Family) => (subnet: string) =>
  once(plane, `into ${subnet} ${family}`, () => ({
    guard: acl(plane, subnet, 'inbound', family),
    crosses: [subnet, vpc, ...aclId(plane, subnet)],
  }));

/** What lies between the packet and an interface that it is delivered to. */
type Boundary = (of: InterfaceClass) => { readonly guard: Predicate; readonly crosses: readonly string[] };

/** To the classes that hold the destination, across a boundary. */
export function deliver(
  plane: Plane,
  to: readonly InterfaceClass[],
  context: Context,
  boundary: Boundary,
): readonly Edge[] {
  const across = (of: InterfaceClass, edges: readonly Edge[]): readonly Edge[] => {
    if (edges.length === 0) return edges;
    const { guard, crosses } = boundary(of);
    return edges.map((one) => ({ ...one, guard: and(one.guard, guard), crosses: [...one.crosses, ...crosses] }));
  };
  if (context.phase === 'reply') return to.flatMap((of) => across(of, arriveReply(plane, of, context)));
  const { family } = context.header;
  return to.flatMap((of) => {
    const onward = across(of, toClients(plane, of, context));
    const landing = landingAt(plane, of, family);
    if (landing === undefined) return onward;
    const guard = and(landing.guard, not(takenByClients(plane, of, context)), ingressOf(plane, of, context));
    return [...onward, ...across(of, edge(guard, { kind: 'arrived', of }, context, landing.crosses))];
  });
}

/** What it takes to be taken at the class, its groups aside; undefined where nobody asks what comes there. */
const landingAt = (plane: Plane, of: InterfaceClass, family: Family) =>
  once(plane, `landing ${of.id} ${family}`, () => {
    const asked = plane.wanted(of) || handsOn(plane, of) !== undefined || !of.sourceDestCheck;
    return abilities[of.role].receives && asked
      ? {
          guard: and(holds(of, family), answers(plane, of, family), healthy(plane, of)),
          crosses: idsOf(plane.network, of),
        }
      : undefined;
  });

const healthy = (plane: Plane, of: InterfaceClass): Predicate =>
  of.health === undefined ? yes : open(plane, of.health);

/**
 * An interface endpoint answers TCP and UDP, nothing else, and only while it is available (semantics 9.1, 9.13); a load
 * balancer what it listens to.
 */
function answers(plane: Plane, of: InterfaceClass, family: Family): Predicate {
  const { role, interfaces } = of;
  const balancer = modelled(plane, of);
  if (balancer !== undefined) return taken(plane, balancer, family);
  if (role !== 'interface-endpoint') return yes;
  const endpoint = endpointOf(plane.network, interfaces[0]!.id);
  const works = endpoint === undefined ? yes : working(plane, endpoint.id, endpoint.state);
  return and(works, hasPorts);
}

/** The destination is an address of the class. */
export const holds = (of: InterfaceClass, family: Family): Predicate => isIn('dst', of.addresses[family]);
