/** Classic Load Balancers: network ACLs filter between a node and an instance in its own subnet too (semantics 3.18). */
import type { Subnet } from '../network/subnet.ts';
import { sendingAnswered } from './balanced-reply.ts';
import { passAcl } from './network-acl.ts';
import { sameHeader } from './reply-header.ts';
import type { Trip } from './trip.ts';

/** Whether a packet that stays within the subnet goes on: out of the subnet's ACL on the way to the instance, and in again. */
export function passWithin(trip: Trip, subnet: Subnet): boolean {
  const { sending } = trip.flow;
  if (sending?.balancer.balancerType !== 'classic' || sending.node.subnet !== subnet.id) return true;
  if (trip.direction === 'return')
    return sendingAnswered(trip) === undefined || passAcl(trip, subnet, 'inbound', 'ELB_ACL_RESTRICTION');
  return !sameHeader(sending.sent, trip.packet) || passAcl(trip, subnet, 'outbound', 'ELB_ACL_RESTRICTION');
}
