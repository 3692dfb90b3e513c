/**
 * Network Firewall and Gateway Load Balancer endpoints: in by a route, out again into their own subnet (semantics
 * 9.24, 9.25, 10.2 to 10.9), as far as the firewall's policy lets them, or the appliances (`gateway-load-balancer.ts`).
 */
import { firewallAt } from '../network/firewall.ts';
import { policyOf } from '../network/firewall-policy.ts';
import { passes, returns } from '../network/unknown.ts';
import type { Context, Crossing } from './context.ts';
import type { Departure } from './departure.ts';
import { type Edge, edge } from './edge.ts';
import { inspect } from './gateway-load-balancer.ts';
import { firewallPasses } from './firewall/index.ts';
import { working } from './condition.ts';
import { acl, aclId } from './network-acl.ts';
import { hasMet, metAs, owedAt } from './owing.ts';
import { closedBy } from './opening.ts';
import { type Plane, once, open } from './plane.ts';
import { type Predicate, and, anyOf, equals, not, yes } from './predicate.ts';

/** The subnet's ACL is asked even within the subnet (semantics 3.17). */
export function enterFirewallEndpoint(plane: Plane, id: string, from: Departure, context: Context): readonly Edge[] {
  const endpoint = plane.network.endpoints.get(id);
  const subnet = endpoint?.subnets[0];
  if (endpoint === undefined || subnet === undefined) return [];
  if (context.owes) return [];
  const guard = and(
    // The outbound ACL applies whether or not the endpoint stands in the same subnet.
    from.leaves(undefined),
    working(plane, id, endpoint.state),
    acl(plane, subnet, 'inbound', context.header.family),
  );
  const firewall = firewallOf(plane, id);
  const crosses = [...from.crosses, id, firewall, ...endpoint.interfaces, subnet, ...aclId(plane, subnet)];
  if (firewall === id) return inspect(plane, endpoint, { guard, crosses }, context);
  const judgement = and(guard, judgedBy(plane, firewall, context));
  return crossFirewall(plane, id, context).flatMap(({ guard: keeps, context: crossed }) =>
    edge(and(judgement, keeps), { kind: 'firewall-endpoint', id }, { ...crossed, inspected: 'firewall' }, crosses),
  );
}

/**
 * What the firewall's policy lets through; everything was judged on the way out, and so a reply needs nothing more than
 * state. Without a policy that was read it is an assumption, under the id that is given.
 */
export const judgedBy = (plane: Plane, id: string, context: Context): Predicate =>
  closedBy(plane, { kind: 'network-firewall', id }, judged(plane, id, context));

function judged(plane: Plane, id: string, context: Context): Predicate {
  const { header, first, phase } = context;
  const firewall = plane.network.firewalls.get(id);
  const policy = firewall && policyOf(plane.network, firewall);
  if (firewall === undefined || policy === undefined) return and(unfragmented, open(plane, passes(id)));
  if (phase === 'reply') return yes;
  // Whatever was sent anew on the way may be of any protocol.
  const carrier = header.protocol === first.protocol ? plane.carrier : undefined;
  return firewallPasses(plane, firewall, policy, header.family, plane.mode, carrier);
}

/** A network firewall drops fragments of anything but UDP (semantics 1.27). */
const unfragmented = anyOf([equals('fragment', 0), equals('protocol', 17)]);

/** What it takes for the firewall's state to be no bar, and the packet as it goes on. */
interface Crossed {
  readonly guard: Predicate;
  readonly context: Context;
}

/**
 * State: the reply has to cross the same endpoints, and attachments that are firewalls, whichever first (semantics 10.6);
 * or another of the firewall's, as far as that is not told to drop it.
 */
export function crossFirewall(plane: Plane, id: string, context: Context): readonly Crossed[] {
  const inspected: Context = { ...context, clean: false, middlebox: true };
  if (!plane.replies) return [{ guard: yes, context: inspected }];
  const { crossings } = context;
  if (context.phase === 'forward') {
    if (hasMet(context, 'firewall', id)) return [];
    const crossing: Crossing = { kind: 'firewall', id, ...metAs(context) };
    return [{ guard: yes, context: { ...inspected, crossings: [...crossings, crossing] } }];
  }
  const without = (at: number): Context => ({ ...inspected, crossings: crossings.toSpliced(at, 1) });
  const own = owedAt(crossings, (one) => one.kind === 'firewall' && one.id === id);
  if (own >= 0) return [{ guard: yes, context: without(own) }];
  const owner = firewallAcross(plane, id);
  const guard = and(strays(plane, owner), open(plane, returns(id)));
  const beside = owedAt(crossings, (one) => one.kind === 'firewall' && firewallAcross(plane, one.id) === owner);
  // It may come to the one that it owes as well.
  return [{ guard, context: inspected }, ...(beside < 0 ? [] : [{ guard, context: without(beside) }])];
}

/**
 * What may pass without state: anything but TCP, which the rules judge as a flow of its own; TCP where rules look at it
 * packet by packet (semantics 10.17, 10.18), or the stream exception policy says so (10.37).
 */
function strays(plane: Plane, id: string): Predicate {
  const firewall = plane.network.firewalls.get(id);
  const policy = firewall && policyOf(plane.network, firewall);
  if (policy === undefined || policy.stateful.streamException === 'CONTINUE') return yes;
  const { groups, default: otherwise } = policy.stateless;
  const unseen = groups.some(({ group: arn }) => {
    const group = plane.network.ruleGroups.get(arn);
    return group?.kind !== 'stateless-rule-group' || group.rules.some(({ action }) => action === 'aws:pass');
  });
  return unseen || otherwise === 'aws:pass' ? yes : not(equals('protocol', 6));
}

/** The firewall of an endpoint, or of an attachment to a transit gateway; the attachment itself where nobody tells which. */
function firewallAcross(plane: Plane, id: string): string {
  const behind = plane.network.transitGatewayAttachments.get(id)?.behind;
  return behind?.kind === 'network-function' ? (behind.firewall ?? id) : firewallOf(plane, id);
}

/** A network firewall stands in the subnet. */
export const holdsFirewall = (plane: Plane, subnet: string): boolean =>
  [...plane.network.firewalls.values()].some(({ endpoints }) =>
    endpoints.some((id) => plane.network.endpoints.get(id)?.subnets.includes(subnet)),
  );

/** The id that assumptions name: the firewall's, else the endpoint's own. */
export const firewallOf = (plane: Plane, endpoint: string): string =>
  once(plane, `firewall of ${endpoint}`, () => firewallAt(plane.network, endpoint)?.id ?? endpoint);

/** Out into the endpoint's own subnet. */
export const leaveFirewallEndpoint = (plane: Plane, id: string, context: Context): readonly Edge[] =>
  edge({ kind: 'true' }, { kind: 'subnet', id: plane.network.endpoints.get(id)!.subnets[0]! }, context);
