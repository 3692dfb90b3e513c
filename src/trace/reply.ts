/** The reply to a delivered packet: its header, and where it starts (semantics 2.30, 3.5; modes connection and data). */
import { invariant } from '../base/invariant.ts';
import { formatAddress } from '../net/address.ts';
import { type Packet, echoRequest } from '../net/packet.ts';
import { protocols } from '../net/protocol.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Delivery } from '../network/replay.ts';
import { isOwnAddress } from './holder.ts';
import { answerFromOnPremises } from './on-premises.ts';
import type { Place } from './place.ts';
import { type Trip, drop, isFact } from './trip.ts';

/** ICMP over IPv4, ICMPv6 over IPv6; the other way round either is a protocol like any other (semantics 2.13). */
const isIcmpOfFamily = ({ src, protocol }: Packet): boolean =>
  protocol === (src.family === 'ipv4' ? protocols.icmp : protocols.icmpv6);

/** Source and destination, and their ports, change places; an echo request is answered, no other ICMP message is. */
export function replyTo(packet: Packet): Packet | undefined {
  const icmp = isIcmpOfFamily(packet);
  if (icmp && packet.icmpType !== echoRequest(packet.protocol)) return undefined;
  return {
    ...packet,
    src: packet.dst,
    dst: packet.src,
    srcPort: packet.dstPort,
    dstPort: packet.srcPort,
    icmpType: icmp ? (packet.protocol === protocols.icmp ? 0 : 129) : 0,
    icmpCode: icmp ? packet.icmpCode : 0,
    fragment: false,
  };
}

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
