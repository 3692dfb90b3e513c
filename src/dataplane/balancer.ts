/** Load balancers' nodes and endpoint services: what they take in they may hand on, as a flow of their own. */
import { families } from '../net/address.ts';
import { isInboundResolver } from '../network/interface.ts';
import { clientVpnOf } from '../network/client-vpn-endpoint.ts';
import { forwards, forwardsNat } from '../network/unknown.ts';
import { admittedBy } from './client-vpn-endpoint.ts';
import type { Context } from './context.ts';
import { type Edge, edge } from './edge.ts';
import type { InterfaceClass } from './interface-class.ts';
import { emitted } from './emission.ts';
import type { Place } from './place.ts';
import { balance, modelled } from './load-balancer.ts';
import { balancerOf, endpointOf } from './owner.ts';
import { type Plane, handsOnTo, once, open } from './plane.ts';
import { type Predicate, and, anyOf, at, equals, hasPorts, isIn, not, or, same, yes } from './predicate.ts';
import { servedBy, throughService } from './private-link.ts';
import { askByEndpoint } from './service-network.ts';
import { wellFormed } from './well-formed.ts';

/**
 * What is addressed or routed to a guest without source/destination check: it may send on anything by any interface of
 * its instance, unless it is declared what it does (semantics 1.15). `drops:` says that it does nothing of the kind.
 */
export function rewrite(plane: Plane, of: InterfaceClass, context: Context): readonly Edge[] {
  return of.sourceDestCheck || of.role !== 'host' ? [] : rewriteAny(plane, of, context);
}

/** The same of an appliance behind a Gateway Load Balancer, whose check GENEVE passes. */
export function rewriteAny(plane: Plane, of: InterfaceClass, context: Context): readonly Edge[] {
  const nic = of.interfaces[0]!;
  if (context.phase === 'reply' || context.self === nic.id) return [];
  if ([forwards(nic.id), forwardsNat(nic.id)].some((key) => plane.sides.get(key) === true)) return [];
  const otherwise = and(not(open(plane, forwards(nic.id))), not(open(plane, forwardsNat(nic.id))));
  return edge(and(handsOnTo(plane, nic.id), otherwise), { kind: 'opaque', id: nic.id }, context, [nic.id]);
}

/**
 * Interfaces by which AWS's services bring in flows from the internet and elsewhere (semantics 1.21, 1.22, 12.24, 14);
 * of those, the ones that are wanted.
 */
export const enterByServices = (
  plane: Plane,
  context: Context,
  wanted: (nic: string) => boolean = () => true,
): readonly Edge[] =>
  ofServices(plane).flatMap((id) =>
    wanted(id) ? edge(handsOnTo(plane, id), { kind: 'opaque', id }, context, [id]) : [],
  );

const ofServices = (plane: Plane): readonly string[] =>
  once(plane, 'interfaces of services', () =>
    plane.classes.flatMap(({ role, interfaces }) => (role === 'other-service' ? [interfaces[0]!.id] : [])),
  );

/** From a balancer's node, an interface endpoint of a service that is not AWS's own, or an inbound resolver (semantics 9.17, 9.27, 12, 13.16). */
export function handOn(plane: Plane, of: InterfaceClass, context: Context): readonly Edge[] {
  const balancer = modelled(plane, of);
  if (balancer !== undefined) return balance(plane, of, balancer, context);
  const served = servedBy(plane, of);
  if (served !== undefined) return throughService(plane, of, served, context);
  const asked = askByEndpoint(plane, of, context);
  if (asked !== undefined) return asked;
  const id = handsOn(plane, of);
  if (id === undefined) return [];
  const taken = isInboundResolver(of.interfaces[0]!) ? query : yes;
  return edge(and(taken, handsOnTo(plane, id)), { kind: 'opaque', id }, context, [id]);
}

/** By DNS, or by DNS over HTTPS. */
const query: Predicate = and(hasPorts, anyOf([equals('dstPort', 53), equals('dstPort', 443)]));

/** The id of the balancer or endpoint that may hand on what arrives at the class; undefined where nothing does. */
export function handsOn(plane: Plane, { role, interfaces }: InterfaceClass): string | undefined {
  const { id } = interfaces[0]!;
  if (role === 'load-balancer') return balancerId(plane, id);
  if (isInboundResolver(interfaces[0]!)) return id;
  return role === 'interface-endpoint' ? serviceOf(plane, id) : undefined;
}

/** The balancer's id, or for one that no call read the interface's own. */
const balancerId = (plane: Plane, nic: string): string => balancerOf(plane.network, nic)?.id ?? nic;

/** An endpoint of somebody's own service or resource, or one that no call read: what lies behind it is not the endpoint's to tell. */
function serviceOf(plane: Plane, nic: string): string | undefined {
  const endpoint = endpointOf(plane.network, nic);
  if (endpoint === undefined) return nic;
  const { endpointType, serviceName } = endpoint;
  const own = endpointType === 'Interface' && serviceName !== '' && !serviceName.includes('.vpce.');
  return own ? undefined : endpoint.id;
}

/** Whether the opaque element is one that hands on from its nodes, or a service behind an endpoint. */
export const isHandedOn = (plane: Plane, id: string): boolean =>
  plane.network.loadBalancers.has(id) || plane.network.endpoints.has(id) || plane.classOf.has(id);

/**
 * A flow anew: from a balancer's nodes, in their groups (semantics 2.40, 12.6); from the service behind an endpoint,
 * anywhere.
 */
export const leaveHandedOn = (plane: Plane, id: string, context: Context): readonly Edge[] =>
  families.flatMap((family) => {
    const after = emitted(plane, id, family, context);
    const formed = wellFormed(family);
    if (plane.network.endpoints.has(id) || plane.network.interfaces.get(id)?.role === 'interface-endpoint')
      return servicePlaces(plane, id).flatMap((to) => edge(at(after.header, formed), to, after));
    return nodesOf(plane, id).flatMap((of) => {
      if (isInboundResolver(of.interfaces[0]!)) {
        // What is asked inside of HTTPS nobody sees.
        const asks = or(equals('dstPort', 443), same(after.header.payload, context.header.payload));
        return edge(and(asks, at(after.header, and(formed, query))), { kind: 'dns', vpc: of.vpc }, after);
      }
      const sender =
        of.role === 'load-balancer' ? { balancer: of.interfaces[0]!.id } : { forger: of.interfaces[0]!.id };
      const { stranger: _, ...known } = after;
      const own: Context = { ...known, ...sender, vpc: of.vpc, clean: true, middlebox: false };
      const sends = and(
        formed,
        sourceAt(plane, id, of, family),
        admittedBy(plane, of.interfaces[0]!.id, family) ?? yes,
      );
      return edge(at(after.header, sends), { kind: 'leaving', of }, own);
    });
  });

const nodesOf = (plane: Plane, id: string): readonly InterfaceClass[] => {
  const instance = plane.network.instances.get(plane.network.interfaces.get(id)?.instance ?? '');
  const ids = plane.network.loadBalancers.get(id)?.interfaces ?? instance?.interfaces ?? [id];
  return ids.flatMap((one) => plane.classOf.get(one) ?? []);
};

/** An Application or Classic Load Balancer is a proxy; the others may keep the client's address (semantics 12.12, 12.16). */
function sourceAt(plane: Plane, id: string, of: InterfaceClass, family: (typeof families)[number]): Predicate {
  const type = plane.network.loadBalancers.get(id)?.balancerType;
  const translates = family === 'ipv4' && clientVpnOf(plane.network, of.interfaces[0]!.id) !== undefined;
  const proxy =
    translates ||
    type === 'application' ||
    type === 'classic' ||
    (type === undefined && of.sourceDestCheck && !keepsClients(of));
  return proxy ? isIn('src', of.addresses[family]) : yes;
}

/**
 * The interface may send under other addresses than its own: Global Accelerator keeps the client's, an Instance Connect
 * Endpoint where it is told to, Client VPN over IPv6, CloudFront has some of its own, and a balancer or a service that
 * nobody knows may (semantics 1.22, 12.24, 14.3, 14.7).
 */
const keepsClients = ({ role, interfaces }: InterfaceClass): boolean => {
  const { interfaceType, description } = interfaces[0]!;
  if (role !== 'other-service') return role === 'load-balancer';
  const type = interfaceType.toLowerCase().replace(/[^a-z]/g, '');
  return !asThemselves.has(type) && !/^(?:Verified ?Access|Route 53 Resolver|Resource Gateway)/i.test(description);
};

/** Types of services whose flows come from the interface's own addresses, without `_` (semantics 1.21). */
const asThemselves: ReadonlySet<string> = new Set([
  'apigatewaymanaged',
  'awscodestarconnectionsmanaged',
  'iotrulesmanaged',
  'quicksight',
]);

/** A tunnel endpoint has a name server within as well (semantics 9.31). */
const servicePlaces = (plane: Plane, id: string): readonly Place[] => [
  ...[...plane.network.vpcs.keys()].map((vpc): Place => ({ kind: 'local', vpc })),
  { kind: 'internet' },
  { kind: 'onprem' },
  ...(plane.network.endpoints.get(id)?.endpointType === 'Tunnel'
    ? [...plane.network.vpcs.keys()].map((vpc): Place => ({ kind: 'dns', vpc }))
    : []),
];
