/** On premises: where lines end, and whence packets come by them (semantics 8.12). */
import { contains } from '../net/interval.ts';
import { linkLocal } from '../net/special.ts';
import type { Network } from '../network/network.ts';
import { returns, transitOnPremises } from '../network/unknown.ts';
import { deliver, isHome } from './delivery.ts';
import { turnsRound } from './direct-connect-gateway.ts';
import type { Ended, Place } from './place.ts';
import { type Trip, drop, note, side } from './trip.ts';

const step = { resource: 'on-premises', kind: 'on-premises' } as const;

/** A virtual private gateway that is modelled, or an attachment behind which is a VPN connection or the like. */
export const isLine = ({ vpnGateways, transitGatewayAttachments }: Network, id: string): boolean =>
  vpnGateways.has(id) || transitGatewayAttachments.get(id)?.behind.kind === 'on-premises';

/** A line, or what is not modelled and may be one. */
const mayCarry = (network: Network, id: string): boolean =>
  isLine(network, id) ||
  network.opaqueGateways.has(id) ||
  network.serviceNetworks.has(id) ||
  network.transitGatewayAttachments.get(id)?.behind.kind === 'unknown';

/** The reply goes by the interface behind which are the clients that sent its flow on (semantics 14.3). */
export const isClients = ({ direction, network, flow: { lines } }: Trip, line: string): boolean =>
  direction === 'return' && lines.includes(line) && network.interfaces.has(line);

/** A flow starts on premises, by a line. */
export function startOnPremises(trip: Trip, line: string): Place {
  note(trip, { ...step, action: 'forward', detail: `the packet comes from on premises by \`${line}\`` });
  return { kind: 'from-on-premises', line };
}

/** A packet has come by a line: it is there, or it is sent on, by that line or another, where that is taken to happen there or on the way. */
export function arriveOnPremises(trip: Trip, line: string): Place {
  if (trip.direction === 'forward') trip.flow.lines.push(line);
  if (isHome(trip, { kind: 'onprem' })) return deliverOnPremises(trip);
  const onward = lineOnward(trip);
  if (onward === undefined || trip.request.origin.kind === 'onprem') return deliverOnPremises(trip);
  if (!mayCarry(trip.network, onward) && !isClients(trip, onward)) return deliverOnPremises(trip);
  // A reply goes on because the packet did.
  const sends = trip.direction === 'return' || side(trip, transitOnPremises);
  const turn = sends ? undefined : turnsRound(trip, line, onward);
  if (!sends && turn === undefined) return deliverOnPremises(trip);
  trip.identified = false;
  if (trip.direction === 'forward') trip.flow.sentOn.push(onward);
  if (turn === undefined || turn === 'unread') {
    const who = turn === undefined ? 'on premises' : 'a Direct Connect location of which nothing was read';
    note(trip, { ...step, action: 'forward', detail: `${who} sends the packet on by \`${onward}\`` });
  } else
    note(trip, {
      resource: turn.id,
      kind: 'direct-connect-gateway',
      source: turn.source,
      action: 'forward',
      detail: `the packet turns round at a location of \`${turn.id}\`, and goes on by \`${onward}\``,
    });
  return { kind: 'from-on-premises', line: onward };
}

/** A packet is sent on once, as the choices say; its reply by the line that it had come by, or by another that is taken. */
function lineOnward({ direction, flow, request: { choices, sides } }: Trip): string | undefined {
  const [first] = flow.lines;
  if (direction === 'forward') return flow.lines.length === 1 ? choices.transits : undefined;
  const { returnsBy } = choices;
  if (flow.sentOn.length === 0) return undefined;
  return returnsBy !== undefined && sides.get(returns(returnsBy)) === true ? returnsBy : first;
}

/** The answer to what was delivered here: by the line that it came by, or by another that is taken. */
export function answerFromOnPremises(trip: Trip): Place {
  const came = trip.flow.lines.at(-1);
  const { returnsBy } = trip.request.choices;
  const other = returnsBy !== undefined && side(trip, returns(returnsBy)) && isLine(trip.network, returnsBy);
  const line = other && !(came !== undefined && isClients(trip, came)) ? returnsBy : came;
  if (line === undefined) return drop(trip, { ...step, detail: 'the reply has no line to come back by' });
  note(trip, { ...step, action: 'forward', detail: `the reply comes from on premises by \`${line}\`` });
  return { kind: 'from-on-premises', line };
}

export function deliverOnPremises(trip: Trip): Ended {
  const { dst } = trip.packet;
  if (contains(linkLocal[dst.family], dst.value))
    return drop(trip, { ...step, detail: 'a link-local address is not on premises' });
  return deliver(trip, { kind: 'onprem' }, { ...step, detail: 'the packet arrives on premises' });
}
