/** Firewall and Gateway Load Balancer endpoints: bumps in the wire, one subnet each (semantics 3.17, 4.24, 9.24, 10A). */
import { protocols } from '../net/protocol.ts';
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { Firewall } from '../network/firewall.ts';
import { policyOf } from '../network/firewall-policy.ts';
import type { Judgement } from '../network/judge.ts';
import type { Subnet } from '../network/subnet.ts';
import { passes } from '../network/unknown.ts';
import { judge } from './firewall/judge.ts';
import { passAcl } from './network-acl.ts';
import type { Place } from './place.ts';
import { loseReference } from './security-group.ts';
import { type Step, type Trip, drop, isFact, note, refused, side, subnetOf, works } from './trip.ts';

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
  const inspected = inspect(trip, id);
  if (inspected === undefined) return end;
  if (!loseReference(trip, id)) return end;
  trip.identified = false;
  trip.middlebox = true;
  trip.inspected = true;
  trip.passedBy = endpoint;
  note(trip, { ...step, action: 'inspect', ...inspected });
  return { kind: 'subnet', subnet };
}

function placeOf(trip: Trip, endpoint: VpcEndpoint): Subnet | undefined {
  const [own] = endpoint.interfaces;
  const id = endpoint.subnets[0] ?? (own === undefined ? undefined : trip.network.interfaces.get(own)?.subnet);
  return id === undefined ? undefined : subnetOf(trip, id);
}

/** What the firewall does is what its policy says, else a declared side; a reply passes by state, at the endpoints of its flow, in reverse. */
function inspect(trip: Trip, id: string): Inspection | undefined {
  const step = { resource: id, kind: 'firewall-endpoint' } as const;
  if (trip.direction === 'return') {
    if (trip.owed.at(-1) === id) {
      trip.owed.pop();
      return { detail: `${nameOf(trip, id)} passes the reply of a flow that it saw` };
    }
    const at = trip.owed.lastIndexOf(id);
    if (at >= 0) trip.owed.splice(at, 1);
    const detail = `\`${id}\` has not seen the flow in that order, and drops its reply`;
    return goesPast(trip, { ...step, code: 'FIREWALL_RULES_RESTRICTION', detail });
  }
  trip.flow.firewalls.push(id);
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
  // What an appliance behind a Gateway Load Balancer does with fragments is not known, and so under `passes:`.
  const fragments = fragment && protocol !== protocols.udp && firewall !== id;
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

/** Whether the reply came back through every endpoint of its flow; one that went round is lost (fact 4.24). */
export function settleFirewalls(trip: Trip): boolean {
  if (!isFact(trip, '4.24')) return true;
  let settled = true;
  for (const id of trip.owed.toReversed())
    settled =
      refused(
        trip,
        {
          resource: id,
          kind: trip.network.transitGatewayAttachments.has(id) ? 'network-firewall' : 'firewall-endpoint',
          code: 'INGRESS_RTB_TRAFFIC_REDIRECTION',
          detail: `the reply goes round \`${id}\`, through which its flow came, and is lost`,
        },
        'drop',
      ) && settled;
  return settled;
}
