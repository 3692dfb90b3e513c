/** Replies to what VPC Lattice or a resource gateway sent: they come back to it, and leave it as replies to what it took. */
import { invariant } from '../base/invariant.ts';
import { formatAddress } from '../net/address.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Subnet } from '../network/subnet.ts';
import { settleFirewalls } from './owed.ts';
import { isOwnAddress } from './holder.ts';
import { enterSubnet, passAcl } from './network-acl.ts';
import type { Place } from './place.ts';
import { replyTo, sameHeader } from './reply-header.ts';
import { passGroups } from './security-group.ts';
import { type Client, type Proxied, type Trip, note, sendAnew, subnetOf } from './trip.ts';

const end: Place = { kind: 'ended' };

/** The sending that the packet replies to, header by header. */
function proxiedAnswered({ direction, flow: { proxied }, packet }: Trip): Proxied | undefined {
  const awaited = direction === 'forward' || proxied === undefined ? undefined : replyTo(proxied.sent);
  return awaited !== undefined && sameHeader(awaited, packet) ? proxied : undefined;
}

/** It goes to VPC Lattice, to which no route has to lead. */
export const isForLattice = (trip: Trip): boolean => proxiedAnswered(trip)?.vpc !== undefined;

/** Out of the subnet of the target, or of its node that sent the request on: its network ACL alone is asked (semantics 14.1). */
export function returnToLattice(trip: Trip, subnet: Subnet): Place | undefined {
  const proxied = proxiedAnswered(trip);
  if (proxied?.vpc !== subnet.vpc || trip.sender?.subnet !== subnet.id) return undefined;
  return passAcl(trip, subnet, 'outbound') ? giveBack(trip, proxied) : end;
}

/** At the resource gateway's interface, to which the reply is addressed. */
export function returnAtGateway(trip: Trip, at: NetworkInterface): Place | undefined {
  const proxied = proxiedAnswered(trip);
  return proxied?.sender === undefined || proxied.sender.id !== at.id ? undefined : giveBack(trip, proxied);
}

function giveBack(trip: Trip, { by, client, taken, flow }: Proxied): Place {
  const reply = replyTo(taken);
  invariant(reply !== undefined, `what ${by.resource} takes can be answered`);
  // The firewalls on the way to the target saw a flow that ends here.
  if (!settleFirewalls(trip)) return end;
  trip.owed.splice(0, trip.owed.length, ...flow.firewalls);
  trip.flow = flow;
  sendAnew(trip, client.kind === 'endpoint' ? client.interface : undefined, reply);
  trip.byLattice = client.kind !== 'endpoint';
  note(trip, {
    ...by,
    action: 'translate',
    detail: `\`${by.resource}\` gives the reply back to ${formatAddress(reply.dst)}, as from ${formatAddress(reply.src)}`,
  });
  return backTo(trip, client);
}

function backTo(trip: Trip, client: Client): Place {
  switch (client.kind) {
    case 'associated':
      return backToInterface(trip, client.interface);
    case 'endpoint':
      return { kind: 'subnet', subnet: subnetOf(trip, client.interface.subnet) };
    case 'elsewhere':
      return { kind: 'on-premises', line: client.network };
  }
}

/** Past no route: a network ACL lies between, and the groups know the flow. What is not the interface's own its guest had handed on. */
function backToInterface(trip: Trip, at: NetworkInterface): Place {
  const { id, vpc } = at;
  if (!isOwnAddress(at, trip.packet.dst)) {
    const from = { vpc, subnet: undefined, regionalNat: false };
    return { kind: 'routed', target: { kind: 'network-interface', id }, from };
  }
  const enters = enterSubnet(trip, subnetOf(trip, at.subnet), undefined) && passGroups(trip, at, 'ingress');
  return enters ? { kind: 'arrived', interface: at } : end;
}
