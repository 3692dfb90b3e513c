/** What a member of a service network does with a packet that has got there: a service, or a shared resource (semantics 14.1, 9.30). */
import type { Sending } from './lattice-member.ts';
import type { Denial } from './lattice-member.ts';
import { sendByService, whyNotByService } from './lattice-service.ts';
import type { Place } from './place.ts';
import { sendByGateway, whyNotByGateway } from './resource-configuration.ts';
import { type Client, type Trip, drop } from './trip.ts';

/** Why the member does not take the packet, or does not send that for it. */
export const whyNotByMember = (trip: Trip, { member, emission }: Sending, client: Client): Denial | undefined =>
  member.kind === 'service'
    ? whyNotByService(trip, member.service, emission)
    : whyNotByGateway(trip, member, emission, client);

export function sendByMember(trip: Trip, sending: Sending, client: Client): Place {
  const { member, emission } = sending;
  const denial = whyNotByMember(trip, sending, client);
  if (denial !== undefined) return drop(trip, denial);
  return member.kind === 'service'
    ? sendByService(trip, member.service, emission, client)
    : sendByGateway(trip, member, emission, client);
}

/** The first that nothing is against, else the first. */
export const likeliest = <T extends Sending>(all: readonly [T, ...T[]], against: (one: T) => boolean): T =>
  all.find((one) => !against(one)) ?? all[0];
