/** Replies to what a load balancer's node sent: they come back through it, and leave it as replies to what it took. */
import { invariant } from '../base/invariant.ts';
import { formatAddress } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import { linkLocal } from '../net/special.ts';
import type { NetworkInterface } from '../network/interface.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import type { Subnet } from '../network/subnet.ts';
import { isOwnAddress } from './holder.ts';
import { nameOf, stepAtBalancer } from './listener.ts';
import { passAcl } from './network-acl.ts';
import { settleFirewalls } from './owed.ts';
import type { Place } from './place.ts';
import { replyTo, sameHeader } from './reply-header.ts';
import { lookUp } from './route-table.ts';
import { type Flow, type Sending, type Trip, drop, isFact, note, sendAnew, side, subnetOf } from './trip.ts';

const end: Place = { kind: 'ended' };

/** The sending that the packet replies to, header by header. */
export function sendingAnswered({ direction, flow: { sending }, packet }: Trip): Sending | undefined {
  const awaited = direction === 'forward' || sending === undefined ? undefined : replyTo(sending.sent);
  return awaited !== undefined && sameHeader(awaited, packet) ? sending : undefined;
}

/** At the node, to which the reply is addressed (semantics 12.1). */
export function returnAtNode(trip: Trip, at: NetworkInterface): Place | undefined {
  const sending = sendingAnswered(trip);
  return sending === undefined || sending.kept || sending.node.id !== at.id ? undefined : giveBack(trip, sending);
}

/**
 * Where the target answers the client's own address: the platform takes the reply to the node, whatever route the
 * target's subnet has for it. Only network ACLs lie between (semantics 12.16).
 */
export function returnByPlatform(trip: Trip, subnet: Subnet): Place | undefined {
  const { flow, sender, packet } = trip;
  const sending = sendingAnswered(trip);
  if (sending?.kept !== true || !isDirect(flow)) return undefined;
  if (sender?.subnet !== subnet.id || !isOwnAddress(sender, packet.src)) return undefined;
  const { balancer, node } = sending;
  // No route leads to what VPC Lattice asks from.
  const routed = !contains(linkLocal[packet.dst.family], packet.dst.value) && hasRoute(trip, subnet);
  const known = sender.vpc === balancer.vpc && routed;
  if (!known && !isFact(trip, '12.16'))
    return drop(trip, {
      ...stepAtBalancer(balancer),
      detail: `\`${nameOf(balancer)}\` kept the client's address, and whether a reply from \`${subnet.id}\` comes back through it is not known: ${
        sender.vpc === balancer.vpc
          ? `the subnet has no route to ${formatAddress(packet.dst)}`
          : `it stands outside \`${balancer.vpc}\``
      }`,
    });
  const at = subnetOf(trip, node.subnet);
  if (at.id !== subnet.id && !(passAcl(trip, subnet, 'outbound') && passAcl(trip, at, 'inbound'))) return end;
  return giveBack(trip, sending);
}

/** Nothing between node and target looked at the flow or changed it. */
const isDirect = ({ firewalls, guests, translations, exits }: Flow): boolean =>
  firewalls.length + guests.size + translations.length + exits.length === 0;

/** The target's subnet has a route for the packet, wherever to; one that nobody read is there where it is taken to be. */
function hasRoute(trip: Trip, { id, routeTable }: Subnet): boolean {
  if (isUnread(routeTable)) return side(trip, unreadKey(routeTable));
  const table = trip.network.routeTables.get(routeTable);
  invariant(table !== undefined, `route table ${routeTable} of ${id} is in the network`);
  const found = lookUp(trip, table, trip.packet.dst);
  return found !== undefined && found.route.state !== 'blackhole';
}

/**
 * Out of the node, or of the endpoint's interface that had handed to it, as the reply to what it had taken. Their groups
 * admit that by the state of the flow.
 */
function giveBack(trip: Trip, { balancer, node, handedBy = node, taken, flow }: Sending): Place {
  const reply = replyTo(taken);
  invariant(reply !== undefined, `what ${node.id} sends on can be answered`);
  // The firewalls between node and target saw a flow that ends here.
  if (!settleFirewalls(trip)) return end;
  trip.owed.splice(0, trip.owed.length, ...flow.firewalls);
  trip.flow = flow;
  sendAnew(trip, handedBy, reply);
  note(trip, {
    ...stepAtBalancer(balancer),
    action: 'translate',
    detail: `\`${nameOf(balancer)}\` gives the reply back to ${formatAddress(reply.dst)}, as from ${formatAddress(reply.src)}`,
  });
  return { kind: 'subnet', subnet: subnetOf(trip, handedBy.subnet) };
}
