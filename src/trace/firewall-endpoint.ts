/** Firewall and Gateway Load Balancer endpoints: bumps in the wire, one subnet each (semantics 3.17, 4.24, 9.24, 10A). */
import { protocols } from '../net/protocol.ts';
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { Firewall } from '../network/firewall.ts';
import { policyOf } from '../network/firewall-policy.ts';
import type { Judgement } from '../network/judge.ts';
import { passes } from '../network/unknown.ts';
import { judge } from './firewall/judge.ts';
import { enterInspection, passReply } from './gateway-load-balancer.ts';
import { passAcl } from './network-acl.ts';
import { comeOut, isNetworkFirewalls, meet, placeOf } from './owed.ts';
import type { Place } from './place.ts';
import { loseReference } from './security-group.ts';
import { type Step, type Trip, drop, note, refused, side, works } from './trip.ts';

const end: Place = { kind: 'ended' };

/** A route leads into the endpoint; the inspected packet leaves it again into the endpoint's own subnet. */
export function routeToFirewall(trip: Trip, id: string): Place {
  const endpoint = trip.network.endpoints.get(id);
  const step = {
    resource: id,
    kind: 'firewall-endpoint',
    ...(endpoint === undefined ? {} : { source: endpoint.source }),
  } as const;
  const subnet = endpoint === undefined ? undefined : placeOf(trip, endpoint);
  if (endpoint === undefined || subnet === undefined || !works(trip, id, endpoint.state))
    return drop(trip, { ...step, code: 'BAD_STATE', detail: `\`${id}\` is ${endpoint?.state ?? 'not there'}` });
  if (!passAcl(trip, subnet, 'inbound')) return end;
  if (trip.direction === 'forward' && !isNetworkFirewalls(trip, id)) return enterInspection(trip, endpoint, subnet);
  const inspected = trip.direction === 'forward' ? inspect(trip, id) : seeReply(trip, endpoint);
  if (inspected === undefined) return end;
  if (!loseReference(trip, id)) return end;
  note(trip, { ...step, action: 'inspect', ...inspected });
  return comeOut(trip, endpoint);
}

/** A reply passes by state, at the endpoints of its flow, in reverse; an appliance is asked again. */
function seeReply(trip: Trip, endpoint: VpcEndpoint): Inspection | undefined {
  const { id } = endpoint;
  const crossing = meet(trip, (each) => each.endpoint === id);
  if (crossing === undefined) {
    const at = trip.owed.findLastIndex((each) => each.endpoint === id);
    if (at >= 0) trip.owed.splice(at, 1);
    const detail = `\`${id}\` has not seen the flow in that order, and drops its reply`;
    return goesPast(trip, { resource: id, kind: 'firewall-endpoint', code: 'FIREWALL_RULES_RESTRICTION', detail });
  }
  return isNetworkFirewalls(trip, id) || passReply(trip, endpoint, crossing)
    ? { detail: `${nameOf(trip, id)} passes the reply of a flow that it saw` }
    : undefined;
}

/** What the firewall does is what its policy says, else a declared side. */
function inspect(trip: Trip, id: string): Inspection | undefined {
  trip.flow.firewalls.push({ endpoint: id, packet: trip.packet });
  const firewall = trip.network.firewalls.get(trip.atlas.firewallOf(id));
  if (firewall !== undefined && policyOf(trip.network, firewall) !== undefined) return judgeFlow(trip, id, firewall);
  return takeSide(trip, id);
}

/** What the hop says of a crossing; undefined where the packet is stopped. */
export type Inspection = Pick<Step, 'detail' | 'rule' | 'source'>;

/** As the policy says; the mode's later packets are judged along with the first (semantics 10B to 10F). */
export function judgeAt(
  trip: Trip,
  firewall: Firewall,
  called: string,
): { readonly admits: boolean; readonly code?: string; readonly said: Inspection } {
  const { mode, sides } = trip.request;
  const { network, packet, payload } = trip;
  const { passes: admits, why, code, rule } = judge({ network, firewall, packet, payload, mode, sides });
  const said: Inspection = {
    detail: `${called}: ${why}`,
    ...(rule === undefined ? {} : { source: rule.source }),
    ...(rule === undefined ? {} : { rule: ruleName(rule) }),
  };
  return { admits, said, ...(code === undefined ? {} : { code }) };
}

function judgeFlow(trip: Trip, id: string, firewall: Firewall): Inspection | undefined {
  const { admits, said, code } = judgeAt(trip, firewall, nameOf(trip, id));
  if (admits) return said;
  const step = { resource: id, kind: 'firewall-endpoint', ...said } as const;
  return goesPast(trip, code === undefined ? step : { ...step, code });
}

const ruleName = ({ group, sid, line }: NonNullable<Judgement['rule']>): string =>
  sid === undefined ? (line === undefined ? group : `line ${line} of ${group}`) : `sid ${sid}`;

/** A declared side. */
function takeSide(trip: Trip, id: string): Inspection | undefined {
  const step = { resource: id, kind: 'firewall-endpoint' } as const;
  const firewall = trip.atlas.firewallOf(id);
  const { fragment, protocol } = trip.packet;
  const fragments = fragment && protocol !== protocols.udp;
  if (fragments && goesPast(trip, { ...step, detail: `\`${id}\` drops fragments of anything but UDP` }) === undefined)
    return undefined;
  const key = passes(firewall);
  if (side(trip, key)) return { detail: `${nameOf(trip, id)} passes the packet` };
  const detail =
    trip.request.sides.get(key) === false
      ? `\`${firewall}\` is taken to drop the packet`
      : `what \`${firewall}\` does with the packet is not known, and it is not taken to pass it`;
  return goesPast(trip, { ...step, code: 'FIREWALL_RULES_RESTRICTION', detail });
}

/** Dropped; what lies behind is looked at all the same where the question is what else denies. */
const goesPast = (trip: Trip, step: Omit<Step, 'action'>): Inspection | undefined =>
  refused(trip, step, 'drop') ? { detail: `${nameOf(trip, step.resource)} passes the packet` } : undefined;

function nameOf(trip: Trip, id: string): string {
  const firewall = trip.atlas.firewallOf(id);
  return firewall === id ? `\`${id}\`` : `\`${id}\` of firewall \`${firewall}\``;
}
