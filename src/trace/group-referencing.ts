/** Whether references to security groups count beyond a transit gateway (semantics 2.19, 2.20). */
import type { TransitGatewayAttachment } from '../network/transit-gateway.ts';
import { type Trip, isFact } from './trip.ts';

/** The zone in which no transit gateway supports it. */
const without = 'use1-az3';

export const isWithoutReferencing = (trip: Trip, subnet: string): boolean =>
  trip.network.subnets.get(subnet)?.zone === without;

/**
 * The sender's membership stays with a packet that crosses one gateway between two VPCs, where it and both attachments
 * support referencing; support that no answer shows is a fact with sides. A packet that lost it has it nowhere again.
 */
export function carryGroups(trip: Trip, from: TransitGatewayAttachment, to: TransitGatewayAttachment): void {
  const gateway = trip.network.transitGateways.get(to.gateway);
  const one = trip.crossed === undefined || trip.crossed.gateway === to.gateway;
  const support = [gateway?.securityGroupReferencing, ofAttachment(from), ofAttachment(to)];
  const known = trip.sender !== undefined && !isWithoutReferencing(trip, trip.sender.subnet);
  const referencing = one && known && support.every((each) => each ?? isFact(trip, '2.19-unread'));
  trip.crossed = { gateway: to.gateway, referencing };
  if (!referencing) trip.identified = false;
}

/** False where no VPC lies behind it: a peer's, and what comes from on premises. */
const ofAttachment = ({ behind }: TransitGatewayAttachment): boolean | undefined =>
  behind.kind === 'vpc' ? behind.securityGroupReferencing : false;
