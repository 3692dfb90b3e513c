/** Replies at a Gateway Load Balancer endpoint: it asks whether its balancer has seen the request (semantics 11.3, 11.4). */
import { protocols } from '../net/protocol.ts';
import type { VpcEndpoint } from '../network/endpoint.ts';
import { type Inspection, inspectionBehind, mayShareBalancer } from '../network/gateway-load-balancer.ts';
import { forwards, handsOver, returns } from '../network/unknown.ts';
import { homeOf } from './delivery.ts';
import { isPassed, passAppliance, stepAtEndpoint } from './gateway-load-balancer.ts';
import { comeOut, isNetworkFirewalls, meet } from './owed.ts';
import type { Place } from './place.ts';
import { loseReference } from './security-group.ts';
import { type Crossing, type Step, type Trip, note, refused, side } from './trip.ts';

const end: Place = { kind: 'ended' };

/** The reply has come into the endpoint, which works: it comes out again, if an appliance passes it. */
export function enterAsReply(trip: Trip, endpoint: VpcEndpoint): Place {
  const { id } = endpoint;
  const behind = inspectionBehind(trip.network, id);
  if (trip.home !== undefined && isSentOn(trip, id, behind)) return { kind: 'ended', delivery: homeOf(trip.home) };
  const own = meet(trip, ({ endpoint: by }) => by === id);
  const detail =
    own === undefined ? takeOver(trip, endpoint, behind) : `\`${id}\` passes the reply of a flow that it saw`;
  if (detail === undefined || !passAppliance(trip, endpoint, own?.appliance, behind)) return end;
  if (!loseReference(trip, id)) return end;
  note(trip, { ...stepAtEndpoint(endpoint), action: 'inspect', detail });
  return comeOut(trip, endpoint);
}

/** The request came by another endpoint, or by none; undefined where the reply is dropped for it. */
function takeOver(trip: Trip, endpoint: VpcEndpoint, behind: Inspection | undefined): string | undefined {
  const { id } = endpoint;
  const isBeside = ({ endpoint: other }: Crossing): boolean =>
    !isNetworkFirewalls(trip, other) && mayShareBalancer(trip.network, id, other);
  const taken = side(trip, returns(id)) && isPassed(trip, id, undefined, behind);
  const beside = meet(trip, isBeside, taken);
  if (beside === undefined && trip.packet.protocol === protocols.tcp)
    return stopped(
      trip,
      endpoint,
      `no endpoint of the balancer behind \`${id}\` has seen the flow, and it drops its reply`,
    );
  if (taken)
    return beside === undefined
      ? `\`${id}\` passes the reply as a flow of its own`
      : `\`${id}\` passes the reply of a flow that came by \`${beside.endpoint}\``;
  return stopped(
    trip,
    endpoint,
    beside === undefined
      ? `\`${id}\` has not seen the flow, and is not taken to pass its reply as a flow of its own`
      : `the flow came by \`${beside.endpoint}\`, and \`${id}\` is not taken to pass its reply`,
  );
}

function stopped(trip: Trip, endpoint: VpcEndpoint, detail: string): string | undefined {
  const why: Omit<Step, 'action'> = { ...stepAtEndpoint(endpoint), code: 'FIREWALL_RULES_RESTRICTION', detail };
  return refused(trip, why, 'drop') ? detail : undefined;
}

/** An appliance sends it on by itself, as one whose request it need not have seen: what becomes of it is not asked. */
function isSentOn(trip: Trip, id: string, behind: Inspection | undefined): boolean {
  if (trip.packet.protocol === protocols.tcp || !side(trip, returns(id))) return false;
  const sends = (by: string): boolean => side(trip, forwards(by)) && side(trip, handsOver(by));
  const unknown = behind === undefined || behind.unread !== undefined;
  if (unknown && isPassed(trip, id, undefined, behind) && sends(id)) return true;
  return (behind?.appliances ?? []).some((one) => isPassed(trip, id, one, behind) && sends(one.interface));
}
