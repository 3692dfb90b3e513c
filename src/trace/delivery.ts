/** The end of a way: the forward packet's delivery, or its reply's coming home. */
import { formatAddress } from '../net/address.ts';
import type { Delivery } from '../network/replay.ts';
import { settleFirewalls } from './owed.ts';
import type { Ended } from './place.ts';
import { sameHeader } from './reply-header.ts';
import { type Home, type Step, type Trip, drop, note } from './trip.ts';

/** Delivers the forward packet; a reply only where its flow began, with the first header reversed. */
export function deliver(trip: Trip, delivery: Delivery, step: Omit<Step, 'action'>): Ended {
  if (trip.home !== undefined && !isHome(trip, delivery))
    return drop(trip, {
      ...step,
      detail: `the reply ends at \`${step.resource}\`, addressed to ${formatAddress(trip.packet.dst)}: not where its flow began`,
    });
  if (trip.home !== undefined && !settleFirewalls(trip)) return { kind: 'ended' };
  note(trip, { ...step, action: 'deliver' });
  return { kind: 'ended', delivery };
}

/** The reply is where its flow began, with the header that the sender awaits. */
export function isHome(trip: Trip, delivery: Delivery): boolean {
  const { home, packet } = trip;
  if (home === undefined || home.origin.kind !== delivery.kind || !sameHeader(home.packet, packet)) return false;
  return home.origin.kind !== 'interface' || delivery.kind !== 'interface' || home.origin.id === delivery.id;
}

/** Where a reply counts as come back to. */
export const homeOf = ({ origin }: Home): Delivery =>
  origin.kind === 'interface' ? { kind: 'interface', id: origin.id } : { kind: origin.kind };
