/** PrivateLink: from an interface endpoint to the provider's load balancer, and on to its targets (semantics 9.17 to 9.19, 9.22, 2.42). */
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { EndpointService } from '../network/endpoint-service.ts';
import type { LoadBalancer } from '../network/load-balancer.ts';
import { serviceBehind } from '../network/private-link.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import type { Subnet } from '../network/subnet.ts';
import { passes } from '../network/unknown.ts';
import { areComparable } from '../network/zone.ts';
import { working } from './condition.ts';
import { turnOf } from './choice.ts';
import type { Context } from './context.ts';
import type { Edge } from './edge.ts';
import { type InterfaceClass, idsOf } from './interface-class.ts';
import { picked, send } from './load-balancer.ts';
import { endpointOf } from './owner.ts';
import { type Plane, once, open } from './plane.ts';
import { type Predicate, and, equals, no, or, yes } from './predicate.ts';
import { ingressByAddress } from './security-group.ts';

/** The endpoint that the class belongs to, with the modelled service behind it; undefined where either is not there. */
export function servedBy(
  plane: Plane,
  { role, interfaces }: InterfaceClass,
): { readonly endpoint: VpcEndpoint; readonly service: EndpointService } | undefined {
  const endpoint = role === 'interface-endpoint' ? endpointOf(plane.network, interfaces[0]!.id) : undefined;
  const service = endpoint && once(plane, `service of ${endpoint.id}`, () => serviceBehind(plane.network, endpoint.id));
  return endpoint && service && { endpoint, service };
}

/** What the endpoint has taken comes to a node of its service, under the client's address and the endpoint's. */
export function throughService(
  plane: Plane,
  of: InterfaceClass,
  { endpoint, service }: NonNullable<ReturnType<typeof servedBy>>,
  context: Context,
): readonly Edge[] {
  if (context.phase === 'reply' || plane.sides.get(passes(endpoint.id)) === false) return [];
  const { state } = service.connections.find((one) => one.endpoint === endpoint.id)!;
  const works = and(working(plane, service.id, service.state), working(plane, endpoint.id, state));
  const nodes = nodesFor(plane, of, endpoint, service).filter(({ guard }) => guard.kind !== 'false');
  const { mark, guard: certain, after: onward } = turnOf(plane, context, 'hands', endpoint.id);
  const name = `${of.id}${mark} ${service.id}`;
  return picked(plane, context, nodes, name, endpoint.id).flatMap(({ one: node, guard: takes }) => {
    const { balancer } = node;
    // Without groups there is nothing to enforce; with them it is the client's own address that they see (semantics 2.42).
    const admitted = balancer.enforcesOnPrivateLink ? ingressByAddress(plane, node.of, context.header.family) : yes;
    const guard = and(works, certain, takes, admitted, node.carries);
    const taken = { of: node.of, balancer, context: onward, returnsBy: of.subnet, hidden: true };
    return send(plane, taken).map((one) => ({
      ...one,
      guard: and(guard, one.guard),
      crosses: [service.id, ...idsOf(plane.network, node.of), ...one.crosses],
    }));
  });
}

interface Node {
  readonly of: InterfaceClass;
  readonly balancer: LoadBalancer;
  /** What it takes for the endpoint's interface to send there. */
  readonly guard: Predicate;
  /** What is carried as far as that. */
  readonly carries: Predicate;
}

/**
 * The nodes in the endpoint's zone, and in others where zones are crossed (semantics 9.19); all of them in another Region,
 * where neither side asks for zones of the other and AWS chooses one, but carries no fragments of UDP (9.22).
 */
const nodesFor = (
  plane: Plane,
  { subnet, interfaces }: InterfaceClass,
  endpoint: VpcEndpoint,
  { loadBalancers }: EndpointService,
): readonly Node[] =>
  (isUnread(loadBalancers) ? [] : loadBalancers).flatMap((id) => {
    const balancer = plane.network.loadBalancers.get(id)!;
    return balancer.interfaces.flatMap((nic): readonly Node[] => {
      const of = plane.classOf.get(nic);
      if (of === undefined) return [];
      const [here, there] = [subnet, of.subnet].map((one) => plane.network.subnets.get(one)!) as [Subnet, Subnet];
      const perhaps = open(plane, passes(endpoint.id));
      if (isAbroad(interfaces[0]!.region ?? endpoint.region, of.interfaces[0]!.region))
        return [{ of, balancer, guard: yes, carries: or(equals('fragment', 0), perhaps) }];
      const near = { of, balancer, carries: yes };
      if (balancer.crossZone !== true && !areComparable(here, there)) return [{ ...near, guard: perhaps }];
      return [{ ...near, guard: here.zone === there.zone ? yes : across(plane, balancer) }];
    });
  });

function across(plane: Plane, { crossZone }: LoadBalancer): Predicate {
  if (isUnread(crossZone)) return open(plane, unreadKey(crossZone));
  return crossZone ? yes : no;
}

const isAbroad = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one !== other;
