/** Service networks of VPC Lattice: who may ask for what stands in them, by an association or an endpoint (semantics 9.27, 9.30, 14.1). */
import type { Family } from '../net/address.ts';
import { type Intervals, unionAll } from '../net/interval.ts';
import { intervalsOf } from '../net/prefix.ts';
import { latticeAddresses, latticeResources, latticeServices } from '../net/special.ts';
import type { VpcEndpoint } from '../network/endpoint.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import type { SharedResource } from '../network/resource-configuration.ts';
import type { ServiceNetwork, VpcAssociation } from '../network/service-network.ts';
import { passes } from '../network/unknown.ts';
import { working } from './condition.ts';
import type { Context } from './context.ts';
import { type Edge, edge } from './edge.ts';
import { reversed } from './header.ts';
import type { InterfaceClass } from './interface-class.ts';
import { acl, aclId } from './network-acl.ts';
import { endpointOf } from './owner.ts';
import type { Place } from './place.ts';
import { type Plane, handsOnTo, once, open } from './plane.ts';
import { type Predicate, and, anyOf, at, between, equals, isIn, no, not, or, yes } from './predicate.ts';
import { egressOf, ingressByAddress, ingressOf } from './security-group.ts';

/** A service, or a resource: what a client can ask for, and what it takes to be taken there. */
interface Member {
  readonly id: string;
  readonly kind: 'service' | 'resource';
  readonly takes: Predicate;
  /** The resource configuration by which a group's member is asked for, besides its own. */
  readonly crosses: readonly string[];
}

/** From an interface in a VPC that is associated with service networks, by no route (semantics 14.1). */
export function askByAssociation(plane: Plane, of: InterfaceClass, context: Context): readonly Edge[] {
  const associated = associatedWith(plane, of.vpc);
  if (associated.length === 0) return [];
  const { family } = context.header;
  const back: Place = { kind: 'local', vpc: of.vpc };
  const leaves = and(egressOf(plane, of, family).byAddress, acl(plane, of.subnet, 'outbound', family));
  const crossed = [...of.groups, of.subnet, of.vpc, ...aclId(plane, of.subnet)];
  return associated.flatMap(({ network, association }) => {
    const admitted = and(
      leaves,
      working(plane, association.id, association.state),
      admits(plane, of, network, association, context),
    );
    const groups = isUnread(association.groups) ? [] : association.groups;
    return membersOf(plane, network).flatMap(({ id, kind, takes, crosses }) => {
      const certain = isIn('dst', kind === 'service' ? servicesAt(plane, family, network) : latticeResources[family]);
      const perhaps = and(isIn('dst', latticeAddresses[family]), open(plane, passes(network.id)));
      const guard = and(admitted, takes, or(certain, perhaps));
      const by = [...crossed, network.id, ...groups, ...crosses];
      const to = { kind: 'lattice', id, network: network.id } as const;
      return [
        ...edge(guard, { ...to, back }, context, by),
        ...edge(and(guard, handedBack(plane, of, network, context)), { ...to, back: { kind: 'replied' } }, context, by),
      ];
    });
  });
}

/** The service networks of a VPC that are not declared to drop everything, each by its association. */
const associatedWith = (plane: Plane, vpc: string) =>
  once(plane, `service networks of ${vpc}`, () =>
    [...plane.network.serviceNetworks.values()].flatMap((network) =>
      plane.sides.get(passes(network.id)) === false
        ? []
        : network.associations
            .filter((association) => association.vpc === vpc)
            .map((association) => ({ network, association })),
    ),
  );

/**
 * It asks under a source that is not its own: whether the answer goes to whoever has that address, or to the interface
 * that asked, as what is routed to it does (semantics 1.15), is not told.
 */
function handedBack(plane: Plane, of: InterfaceClass, { id }: ServiceNetwork, context: Context): Predicate {
  const { header, self, crossings } = context;
  if (!plane.replies || crossings.length > 0 || !of.interfaces.some((nic) => nic.id === self)) return no;
  const returned = at(reversed(plane.symbols, header, false), acl(plane, of.subnet, 'inbound', header.family));
  return and(open(plane, passes(id)), not(isIn('src', of.addresses[header.family])), returned);
}

/** The groups of the association admit the client; whether a reference to its groups counts there is not told. */
function admits(
  plane: Plane,
  of: InterfaceClass,
  { id }: ServiceNetwork,
  { groups }: VpcAssociation,
  context: Context,
): Predicate {
  if (isUnread(groups)) return open(plane, unreadKey(groups));
  const stood = { ...of, groups };
  const byAddress = ingressByAddress(plane, stood, context.header.family);
  return groups.length === 0 ? yes : or(byAddress, and(open(plane, passes(id)), ingressOf(plane, stood, context)));
}

/**
 * What arrived at an endpoint of a service network or a resource that was wholly read; undefined at any other, whose
 * service hands on to anywhere.
 */
export function askByEndpoint(plane: Plane, of: InterfaceClass, context: Context): readonly Edge[] | undefined {
  const endpoint = of.role === 'interface-endpoint' ? endpointOf(plane.network, of.interfaces[0]!.id) : undefined;
  const members = endpoint && once(plane, `asked by ${endpoint.id}`, () => membersBy(plane, endpoint));
  if (endpoint === undefined || members === undefined) return undefined;
  if (context.phase === 'reply' || plane.sides.get(passes(endpoint.id)) === false) return [];
  const back: Place = { kind: 'subnet', id: of.subnet };
  return members.flatMap(({ id, takes, crosses }) =>
    edge(takes, { kind: 'lattice', id, back, endpoint: endpoint.id }, context, crosses),
  );
}

function membersBy(plane: Plane, endpoint: VpcEndpoint): readonly Member[] | undefined {
  const { endpointType, serviceNetwork = '', resourceConfiguration = '' } = endpoint;
  const network = endpointType === 'ServiceNetwork' ? plane.network.serviceNetworks.get(serviceNetwork) : undefined;
  if (network !== undefined)
    return membersOf(plane, network).map((one) => ({ ...one, crosses: [network.id, ...one.crosses] }));
  return endpointType === 'Resource' && plane.network.resourceConfigurations.has(resourceConfiguration)
    ? resourcesOf(plane, resourceConfiguration)
    : undefined;
}

/**
 * From a VPC that is not in the input: an association or an endpoint of another account's may lead to the network, which no
 * call that is read tells for all of them. On premises stands for it.
 */
export const askFromOutside = (plane: Plane, context: Context): readonly Edge[] =>
  [...plane.network.serviceNetworks.values()].flatMap((network) =>
    context.phase === 'reply'
      ? []
      : membersOf(plane, network).flatMap(({ id, takes, crosses }) =>
          edge(
            and(handsOnTo(plane, network.id), takes),
            { kind: 'lattice', id, back: { kind: 'onprem' }, network: network.id },
            context,
            [network.id, ...crosses],
          ),
        ),
  );

/** What stands in the network: its services, whom auth policies guard, and its resources, whom none does. */
const membersOf = (plane: Plane, network: ServiceNetwork): readonly Member[] =>
  once(plane, `members of ${network.id}`, () => [
    ...network.services.map(({ id, association, state }): Member => {
      const service = plane.network.latticeServices.get(id)!;
      const takes = and(
        authorizes(plane, network),
        authorizes(plane, service),
        working(plane, association, state),
        working(plane, id, service.state),
        anyOf(service.listeners.map(({ from, to }) => between('dstPort', from, to))),
        equals('protocol', 6),
      );
      return { id, kind: 'service', takes: unlessDropped(plane, id, takes), crosses: [id] };
    }),
    ...network.resources.flatMap(({ id, association, state }) => {
      const joined = working(plane, association, state);
      return resourcesOf(plane, id).map((one) => ({ ...one, takes: and(joined, one.takes) }));
    }),
  ]);

/** Whom an auth policy lets pass is not known, nor whether there is one where no call told. */
const authorizes = (plane: Plane, { id, authorizes: asks }: Pick<ServiceNetwork, 'id' | 'authorizes'>): Predicate =>
  asks === false ? yes : open(plane, passes(id));

const unlessDropped = (plane: Plane, id: string, takes: Predicate): Predicate =>
  plane.sides.get(passes(id)) === false ? no : takes;

/** The resources of a configuration, each by TCP at its own ports alone (semantics 9.27). */
function resourcesOf(plane: Plane, configuration: string): readonly Member[] {
  const { state, resources } = plane.network.resourceConfigurations.get(configuration)!;
  const asked = working(plane, configuration, state);
  return resources.map((resource): Member => {
    const crosses = [...new Set([configuration, resource.id])];
    const takes = and(asked, resourceTakes(plane, resource));
    return { id: resource.id, kind: 'resource', takes: unlessDropped(plane, resource.id, takes), crosses };
  });
}

const resourceTakes = (plane: Plane, { id, state, ports }: SharedResource): Predicate =>
  and(
    working(plane, id, state),
    equals('protocol', 6),
    anyOf(ports.map(({ from, to }) => between('dstPort', from, to))),
  );

/**
 * What the prefix lists of VPC Lattice in that Region hold, where some of the family were read: its addresses for services
 * there (semantics 9.39). Nothing is told of a Region that nobody knows.
 */
export const listed = (plane: Plane, family: Family, region: string | undefined): Intervals | undefined =>
  once(plane, `lists of VPC Lattice ${region ?? ''} ${family}`, () => {
    const name = `com.amazonaws.${region}.${family === 'ipv4' ? '' : 'ipv6.'}vpc-lattice`;
    const read = [...plane.network.prefixLists.values()].flatMap((list) =>
      list.name === name && !isUnread(list.entries) ? [intervalsOf(list.entries, family)] : [],
    );
    return region === undefined || read.length === 0 ? undefined : unionAll(read);
  });

const servicesAt = (plane: Plane, family: Family, { region }: ServiceNetwork): Intervals =>
  listed(plane, family, region) ?? latticeServices[family];
