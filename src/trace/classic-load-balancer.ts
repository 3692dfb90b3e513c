/** Classic Load Balancers: what a node sends passes its subnet's network ACL even to an instance beside it (semantics 3.18). */
import type { Subnet } from '../network/subnet.ts';
import { passAcl } from './network-acl.ts';
import { sameHeader } from './reply-header.ts';
import type { Trip } from './trip.ts';

/** Whether a packet that stays within the subnet goes on. */
export function passWithin(trip: Trip, subnet: Subnet): boolean {
  const { sending } = trip.flow;
  if (trip.direction === 'return' || sending?.balancer.balancerType !== 'classic') return true;
  if (sending.node.subnet !== subnet.id || !sameHeader(sending.sent, trip.packet)) return true;
  return passAcl(trip, subnet, 'outbound', 'ELB_ACL_RESTRICTION');
}
