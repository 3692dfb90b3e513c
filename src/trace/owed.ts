/** What a reply owes: to come back through the endpoints that its flow came through (semantics 4.24, 10.6, 11.3, 11.4). */
import { invariant } from '../base/invariant.ts';
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { NetworkInterface } from '../network/interface.ts';
import { forwards } from '../network/unknown.ts';
import type { Place } from './place.ts';
import { replyTo, sameHeader } from './reply-header.ts';
import { type Crossing, type Trip, drop, isFact, note, refused, side, subnetOf } from './trip.ts';

/** The endpoint is of a network firewall, not of a Gateway Load Balancer; or it is a firewall's attachment to a transit gateway. */
export const isNetworkFirewalls = (trip: Trip, endpoint: string): boolean =>
  trip.network.firewalls.has(trip.atlas.firewallOf(endpoint)) || isAttachment(trip, endpoint);

const isAttachment = ({ network }: Trip, id: string): boolean => network.transitGatewayAttachments.has(id);

/** A reply that goes round a Gateway Load Balancer is lost unless fact 11.4 is taken, one round a firewall if fact 4.24 is. */
const isExcused = (trip: Trip, { endpoint }: Crossing): boolean =>
  isNetworkFirewalls(trip, endpoint) ? !isFact(trip, '4.24') : isFact(trip, '11.4');

/** The request came by there under the addresses and ports that the packet answers: no translation lies between. */
function isAnswered({ packet }: Trip, { packet: entered }: Crossing): boolean {
  const awaited = replyTo(entered);
  return awaited !== undefined && sameHeader(awaited, packet);
}

/**
 * The last of these crossings that the packet answers: what keeps state has seen its flow, in whatever order it comes by.
 * Unless `counts` is false the reply owes it no more, if it did.
 */
export function meet(trip: Trip, isMet: (crossing: Crossing) => boolean, counts = true): Crossing | undefined {
  const isMine = (crossing: Crossing): boolean => isMet(crossing) && isAnswered(trip, crossing);
  const at = trip.owed.findLastIndex(isMine);
  const owed = trip.owed[at];
  if (counts && at >= 0) trip.owed.splice(at, 1);
  return owed ?? trip.flow.firewalls.findLast(isMine);
}

/** Whether the reply came back through every endpoint of its flow, but for those that it may go round. */
export function settleFirewalls(trip: Trip): boolean {
  const told = new Set<string>();
  for (const crossing of trip.owed.toReversed()) {
    if (isExcused(trip, crossing)) continue;
    const id = crossing.endpoint;
    // Gone round twice it is lost once.
    if (told.has(id)) continue;
    told.add(id);
    const past = refused(
      trip,
      {
        resource: id,
        kind: isAttachment(trip, id) ? 'network-firewall' : 'firewall-endpoint',
        code: 'INGRESS_RTB_TRAFFIC_REDIRECTION',
        detail: `the reply goes round \`${id}\`, through which its flow came, and is lost`,
      },
      'drop',
    );
    if (!past) return false;
  }
  return true;
}

/** Out of the endpoint into its own subnet: what a middlebox has looked at. */
export function comeOut(trip: Trip, endpoint: VpcEndpoint): Place {
  const subnet = placeOf(trip, endpoint);
  invariant(subnet !== undefined, `${endpoint.id} stands in a subnet`);
  trip.identified = false;
  trip.inspected = true;
  trip.passedBy = endpoint;
  return { kind: 'subnet', subnet };
}

/** The one subnet in which the endpoint stands. */
export function placeOf(trip: Trip, endpoint: VpcEndpoint) {
  const [own] = endpoint.interfaces;
  const id = endpoint.subnets[0] ?? (own === undefined ? undefined : trip.network.interfaces.get(own)?.subnet);
  return id === undefined ? undefined : subnetOf(trip, id);
}

/**
 * A reply at an interface of an appliance that had sent its flow on by itself: it is handed back out of the endpoint by
 * which the appliance had got the flow, never out of an interface (semantics 9.24, 9.25). Undefined at any other.
 */
export function handBack(trip: Trip, at: NetworkInterface): Place | undefined {
  const isMine = ({ onward, appliance }: Crossing): boolean =>
    onward === true && appliance !== undefined && isSameInstance(trip, appliance.interface, at);
  if (trip.direction === 'forward' || !trip.flow.firewalls.some(isMine)) return undefined;
  const step = { resource: at.id, kind: 'network-interface', source: at.source } as const;
  const crossing = meet(trip, isMine);
  if (crossing === undefined)
    return drop(trip, { ...step, detail: `\`${at.id}\` has not seen the flow so, and drops its reply` });
  const by = crossing.appliance?.interface ?? at.id;
  if (!side(trip, forwards(by)))
    return drop(trip, { ...step, detail: `the appliance \`${by}\` is not taken to hand the reply on` });
  return handOut(trip, at, crossing);
}

/** The appliance gives the reply to its Gateway Load Balancer, which puts it out of the endpoint. */
export function handOut(trip: Trip, at: NetworkInterface, { endpoint: id }: Crossing): Place {
  const endpoint = trip.network.endpoints.get(id);
  invariant(endpoint !== undefined, `${id} is an endpoint of the network`);
  note(trip, {
    resource: at.id,
    kind: 'network-interface',
    action: 'forward',
    detail: `the appliance of \`${at.id}\` hands the reply back by GENEVE, out of \`${id}\``,
    source: at.source,
  });
  note(trip, {
    resource: id,
    kind: 'firewall-endpoint',
    action: 'forward',
    detail: `the reply comes out of \`${id}\``,
    source: endpoint.source,
  });
  return comeOut(trip, endpoint);
}

const isSameInstance = (trip: Trip, id: string, at: NetworkInterface): boolean =>
  id === at.id || (at.instance !== undefined && trip.network.interfaces.get(id)?.instance === at.instance);
