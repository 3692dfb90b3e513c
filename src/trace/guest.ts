/** Routes to an interface: its own packets arrive, others only pass where a guest forwards (semantics 1.14 to 1.18, 4.27). */
import { formatAddress } from '../net/address.ts';
import type { NetworkInterface } from '../network/interface.ts';
import { nextTurnKey } from '../network/replay.ts';
import { forwards, forwardsNat } from '../network/unknown.ts';
import { routeToClients } from './client-vpn-client.ts';
import { isOwnAddress } from './holder.ts';
import { deliver, isHome } from './delivery.ts';
import { rewriteAt, whyDown } from './interface.ts';
import { deliverLocally } from './local-delivery.ts';
import { enterSubnet } from './network-acl.ts';
import { handBack } from './owed.ts';
import type { From, Place } from './place.ts';
import { loseReference, passGroups } from './security-group.ts';
import { translated } from './translation.ts';
import { type Crossing, type Trip, drop, note, side, subnetOf } from './trip.ts';

const end: Place = { kind: 'ended' };

const stepAt = (at: NetworkInterface) => ({ resource: at.id, kind: 'network-interface', source: at.source }) as const;

export function routeToInterface(trip: Trip, id: string, from: From): Place {
  const at = trip.network.interfaces.get(id);
  if (at === undefined)
    return drop(trip, {
      resource: id,
      kind: 'network-interface',
      code: 'BAD_STATE_ROUTE',
      detail: `\`${id}\` is not there`,
    });
  const client = routeToClients(trip, at, from.subnet);
  if (client !== undefined) return client;
  if (isOwnAddress(at, trip.packet.dst)) return deliverLocally(trip, at.vpc, from.subnet);
  if (!enterSubnet(trip, subnetOf(trip, at.subnet), from.subnet)) return end;
  if (!passGroups(trip, at, 'ingress')) return end;
  const down = whyDown(trip, at);
  if (down !== undefined) return drop(trip, { ...stepAt(at), code: 'BAD_STATE', detail: down });
  if (at.sourceDestCheck)
    return drop(trip, {
      ...stepAt(at),
      kind: 'source-dest-check',
      code: 'ENI_SOURCE_DEST_CHECK_RESTRICTION',
      detail: `the source/destination check of \`${id}\` drops packets to ${formatAddress(trip.packet.dst)}, no address of its own`,
    });
  const arrival = { kind: 'interface', id } as const;
  // A sender whose check is off may have written any source; its reply comes back by a route.
  if (isHome(trip, arrival)) return deliver(trip, arrival, { ...stepAt(at), detail: `the reply is back at \`${id}\`` });
  // Whatever the guest does with it, AWS has handed it over (semantics 1.15).
  if (trip.direction === 'forward' && trip.request.choices.keeps === id)
    return deliver(trip, arrival, { ...stepAt(at), detail: `\`${id}\` is handed the packet, which is not its own` });
  return handBack(trip, at) ?? rewriteAt(trip, at) ?? forward(trip, at);
}

/**
 * An appliance behind a Gateway Load Balancer sends on by itself what came to it by GENEVE, which its own check and groups
 * do not see inside (semantics 9.25). Its reply owes the endpoint, unless the appliance took an address of its own.
 */
export const sendOnAsGuest = (trip: Trip, at: NetworkInterface, crossing: Crossing): Place =>
  rewriteAt(trip, at, false) ?? forward(trip, at, crossing);

/** What the guest does is a declared side: it translates, or hands on as it is, or nothing. */
function forward(trip: Trip, at: NetworkInterface, crossing?: Crossing): Place {
  const translates = side(trip, forwardsNat(at.id));
  if (!translates && !side(trip, forwards(at.id)))
    return drop(trip, { ...stepAt(at), detail: `the guest of \`${at.id}\` is not taken to forward packets` });
  if (translates && trip.direction === 'return')
    return drop(trip, {
      ...stepAt(at),
      detail: `the guest of \`${at.id}\` translates what it did not send, and nobody awaits it`,
    });
  if (!loseReference(trip, at.id)) return end;
  const { turns } = trip.flow;
  const turn = trip.direction === 'forward' ? nextTurnKey(turns, at.id) : at.id;
  const out = exitOf(trip, at, turn);
  if (out.sourceDestCheck && !translates && !isOwnAddress(out, trip.packet.src))
    return drop(trip, {
      ...stepAt(out),
      kind: 'source-dest-check',
      code: 'ENI_SOURCE_DEST_CHECK_RESTRICTION',
      detail: `the source/destination check of \`${out.id}\` drops packets from ${formatAddress(trip.packet.src)}`,
    });
  trip.identified = false;
  // It is sent in this VPC now, as from an interface of it (semantics 4.27, 6.4).
  trip.transited = false;
  trip.passedBy = undefined;
  if (trip.direction === 'forward') {
    if (crossing === undefined) trip.flow.guests.set(at.id, out.id);
    turns.add(turn);
  }
  if (translates) return translate(trip, at, out, turn, crossing);
  if (crossing !== undefined) trip.flow.firewalls.push(crossing);
  return handOn(trip, at, out);
}

function handOn(trip: Trip, at: NetworkInterface, out: NetworkInterface): Place {
  note(trip, {
    ...stepAt(at),
    action: 'forward',
    detail: `the guest of \`${at.id}\` hands the packet on by \`${out.id}\``,
  });
  return { kind: 'leaving', interface: out };
}

function translate(trip: Trip, at: NetworkInterface, out: NetworkInterface, turn: string, crossing?: Crossing): Place {
  const { nat, emits } = trip.request.choices;
  const { packet } = trip;
  const primary = [out, at]
    .map((each) => each.addresses.find(({ address }) => address.family === packet.src.family)?.address)
    .filter((each) => each !== undefined);
  const wanted = emits.get(turn)?.packet.src ?? nat.get(turn)?.address;
  const src = primary.find((each) => each.value === wanted?.value) ?? primary[0];
  if (src === undefined)
    return drop(trip, {
      ...stepAt(at),
      detail: `the guest of \`${at.id}\` has no ${packet.src.family} address to translate to`,
    });
  const after = translated(packet, src, nat.get(turn)?.port ?? 1024);
  const holder = isOwnAddress(out, src) ? out : at;
  const through = crossing === undefined ? {} : { crossing };
  trip.flow.translations.push({ id: holder.id, enteredBy: at, before: packet, after, ...through });
  trip.packet = after;
  // What it sends as from its own address is its own, in its own groups (semantics 2.16).
  trip.identified = true;
  trip.sender = isOwnAddress(out, src) ? out : at;
  trip.sentByNat = false;
  trip.crossed = undefined;
  note(trip, {
    ...stepAt(at),
    action: 'translate',
    detail: `the guest of \`${at.id}\` sends the packet as from ${formatAddress(src)} by \`${out.id}\``,
  });
  return { kind: 'leaving', interface: out };
}

/** The interface of the same instance that the choices name; a reply goes back the way its flow came; else the same. */
function exitOf(trip: Trip, at: NetworkInterface, turn: string): NetworkInterface {
  const emission = trip.request.choices.emits.get(turn);
  if (emission?.at.kind === 'interface' && (trip.direction === 'forward' || emission.at.id !== at.id)) {
    const named = trip.network.interfaces.get(emission.at.id);
    if (named?.instance !== undefined && named.instance === at.instance && named.attached) return named;
  }
  if (trip.direction === 'return')
    for (const [entered, left] of trip.flow.guests)
      if (left === at.id) return trip.network.interfaces.get(entered) ?? at;
  return at;
}
