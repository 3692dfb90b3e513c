/** A packet leaves an interface: exempt services first, then the source check, then the groups (semantics 1.3, 1.14, 2.36). */
import { type Intervals, single, unionAll } from '../net/interval.ts';
import { hypervisorServices, latticeAddresses, linkLocal, resolverAddresses } from '../net/special.ts';
import type { Family } from '../net/address.ts';
import type { OpaqueGateway } from '../network/opaque-gateway.ts';
import type { Context } from './context.ts';
import { type Edge, edge } from './edge.ts';
import type { InterfaceClass } from './interface-class.ts';
import { type Plane, handsOnTo, once, open } from './plane.ts';
import { type Predicate, and, anyOf, between, equals, isIn, not, yes } from './predicate.ts';
import { egressOf } from './security-group.ts';
import { askByAssociation } from './service-network.ts';

/** From a class's interfaces into their subnet, the Amazon resolver, or a service of the hypervisor. */
export function leave(plane: Plane, of: InterfaceClass, context: Context): readonly Edge[] {
  const { family } = context.header;
  const works = of.health === undefined ? yes : open(plane, of.health);
  const resolver = isIn('dst', resolverOf(plane, of.vpc, family));
  const services = isIn('dst', hypervisorServices[family]);
  const ordinary = and(works, not(isIn('dst', unionAll([linkLocal[family], resolverOf(plane, of.vpc, family)]))));
  const { byAddress, byReference } = egressOf(plane, of, family);
  const toLattice = and(works, isIn('dst', latticeAddresses[family]), byAddress);
  const subnet = { kind: 'subnet', id: of.subnet } as const;
  const crossed = of.groups;
  return [
    ...edge(and(works, resolver, dnsQuery), { kind: 'dns', vpc: of.vpc }, context),
    ...edge(and(works, services), { kind: 'link-local' }, context),
    ...edge(and(ordinary, byAddress), subnet, context, crossed),
    ...askByAssociation(plane, of, context).map((one) => ({ ...one, guard: and(works, one.guard) })),
    ...serviceNetworksOf(plane, of.vpc).flatMap(({ id }) =>
      edge(and(toLattice, handsOnTo(plane, id)), { kind: 'opaque', id }, context, [...crossed, id]),
    ),
    ...directAccessOf(plane, of).flatMap(({ id }) =>
      edge(and(works, handsOnTo(plane, id)), { kind: 'opaque', id }, context, [id]),
    ),
    // What only a reference lets out must stay clean of middleboxes and public addresses (semantics 2.16, 2.17).
    ...(context.clean ? edge(and(ordinary, byReference), subnet, { ...context, owes: true }, crossed) : []),
  ];
}

/** Those of VPC Lattice that the VPC is associated with and that were not wholly read (semantics 14.1). */
const serviceNetworksOf = (plane: Plane, vpc: string): readonly OpaqueGateway[] =>
  once(plane, `service networks ${vpc}`, () =>
    [...plane.network.opaqueGateways.values()].filter(({ clients }) => clients?.includes(vpc) === true),
  );

/** What leads the interface's owner to the internet past the VPC (semantics 14.10). */
const directAccessOf = (plane: Plane, { id, interfaces }: InterfaceClass): readonly OpaqueGateway[] =>
  once(plane, `direct access ${id}`, () =>
    [...plane.network.opaqueGateways.values()].filter(
      ({ beside }) => beside?.some((one) => interfaces.some((nic) => nic.id === one)) === true,
    ),
  );

const dnsQuery: Predicate = and(anyOf([equals('protocol', 17), equals('protocol', 6)]), between('dstPort', 53, 53));

/** The addresses at which the Amazon resolver answers in that VPC (semantics 13.1, 13.3). */
export const resolverOf = (plane: Plane, vpc: string, family: Family): Intervals =>
  once(plane, `resolver ${vpc} ${family}`, () => {
    const { cidrs, enableDnsSupport } = plane.network.vpcs.get(vpc)!;
    if (!enableDnsSupport) return [];
    const primary = cidrs.find((cidr) => cidr.family === 'ipv4');
    return family === 'ipv4' && primary !== undefined
      ? unionAll([resolverAddresses.ipv4, single(primary.base + 2n)])
      : resolverAddresses[family];
  });
