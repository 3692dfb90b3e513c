/** The reply to a delivered packet: whether it is asked, and where it starts (semantics 2.30, 3.5; modes connection and data). */
import { invariant } from '../base/invariant.ts';
import { formatAddress } from '../net/address.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Delivery } from '../network/replay.ts';
import { isOwnAddress } from './holder.ts';
import { answerFromOnPremises } from './on-premises.ts';
import type { Place } from './place.ts';
import { type Trip, drop, isFact } from './trip.ts';

/** The way back is not asked: the answer is the platform's own, or beyond what is modelled. */
export const answersItself = (trip: Trip, delivery: Delivery): boolean =>
  trip.flow.opaque.size > 0 || delivery.kind === 'dns' || delivery.kind === 'link-local';

/** Another interface of the instance, by which its guest is taken to answer (semantics 1.17). */
function otherInterface(trip: Trip, at: NetworkInterface): NetworkInterface | undefined {
  const named = trip.network.interfaces.get(trip.request.choices.repliesBy ?? '');
  const shared = named?.instance !== undefined && named.instance === at.instance && named.attached;
  return shared && isFact(trip, '1.17') ? named : undefined;
}

/** Where the reply starts; the sender's groups are those of the interface that answers. */
export function startReply(trip: Trip, delivery: Delivery): Place {
  if (delivery.kind === 'interface') {
    const at = trip.network.interfaces.get(delivery.id);
    invariant(at !== undefined, `${delivery.id} received the packet`);
    const out = otherInterface(trip, at) ?? at;
    trip.sender = out;
    if (out !== at && out.sourceDestCheck && !isOwnAddress(out, trip.packet.src))
      return drop(trip, {
        resource: out.id,
        kind: 'source-dest-check',
        code: 'ENI_SOURCE_DEST_CHECK_RESTRICTION',
        detail: `the source/destination check of \`${out.id}\` drops packets from ${formatAddress(trip.packet.src)}`,
      });
    return { kind: 'leaving', interface: out };
  }
  if (delivery.kind === 'service') {
    const endpoint = trip.network.endpoints.get(delivery.endpoint);
    invariant(endpoint !== undefined, `${delivery.endpoint} received the packet`);
    return { kind: 'local', vpc: endpoint.vpc, subnet: undefined };
  }
  if (delivery.kind === 'onprem') return answerFromOnPremises(trip);
  return { kind: 'internet' };
}
