/** Firewall and Gateway Load Balancer endpoints: bumps in the wire, one subnet each (semantics 3.17, 4.24, 9.24, 10A). */
import { protocols } from '../net/protocol.ts';
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { Subnet } from '../network/subnet.ts';
import { passes } from '../network/unknown.ts';
import { passAcl } from './network-acl.ts';
import type { Place } from './place.ts';
import { loseReference } from './security-group.ts';
import { type Trip, drop, isFact, note, refused, side, subnetOf, works } from './trip.ts';

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
  if (!passFragments(trip, id) || !inspect(trip, id)) return end;
  if (!loseReference(trip, id)) return end;
  trip.identified = false;
  trip.middlebox = true;
  trip.inspected = true;
  trip.passedBy = endpoint;
  note(trip, { ...step, action: 'inspect', detail: inspection(trip, id) });
  return { kind: 'subnet', subnet };
}

function placeOf(trip: Trip, endpoint: VpcEndpoint): Subnet | undefined {
  const [own] = endpoint.interfaces;
  const id = endpoint.subnets[0] ?? (own === undefined ? undefined : trip.network.interfaces.get(own)?.subnet);
  return id === undefined ? undefined : subnetOf(trip, id);
}

function inspection(trip: Trip, id: string): string {
  const firewall = trip.atlas.firewallOf(id);
  const who = firewall === id ? `\`${id}\`` : `\`${id}\` of firewall \`${firewall}\``;
  return trip.direction === 'return' ? `${who} passes the reply of a flow that it saw` : `${who} passes the packet`;
}

/** Fragments of anything but UDP are dropped (semantics 10.13). */
function passFragments(trip: Trip, id: string): boolean {
  // What an appliance behind a Gateway Load Balancer does with fragments is not known, and so under `passes:`.
  if (trip.atlas.firewallOf(id) === id) return true;
  if (!trip.packet.fragment || trip.packet.protocol === protocols.udp) return true;
  return refused(
    trip,
    { resource: id, kind: 'firewall-endpoint', detail: `\`${id}\` drops fragments of anything but UDP` },
    'drop',
  );
}

/** What the firewall does is a declared side; a reply passes by state, at the endpoints of its flow, in reverse. */
function inspect(trip: Trip, id: string): boolean {
  const step = { resource: id, kind: 'firewall-endpoint' } as const;
  if (trip.direction === 'return') {
    if (trip.owed.at(-1) === id) {
      trip.owed.pop();
      return true;
    }
    const at = trip.owed.lastIndexOf(id);
    if (at >= 0) trip.owed.splice(at, 1);
    const detail = `\`${id}\` has not seen the flow in that order, and drops its reply`;
    return refused(trip, { ...step, code: 'FIREWALL_RULES_RESTRICTION', detail }, 'drop');
  }
  trip.flow.firewalls.push(id);
  const firewall = trip.atlas.firewallOf(id);
  const key = passes(firewall);
  if (side(trip, key)) return true;
  const detail =
    trip.request.sides.get(key) === false
      ? `\`${firewall}\` is taken to drop the packet`
      : `what \`${firewall}\` does with the packet is not known, and it is not taken to pass it`;
  return refused(trip, { ...step, code: 'FIREWALL_RULES_RESTRICTION', detail }, 'drop');
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
          kind: 'firewall-endpoint',
          code: 'INGRESS_RTB_TRAFFIC_REDIRECTION',
          detail: `the reply goes round \`${id}\`, through which its flow came, and is lost`,
        },
        'drop',
      ) && settled;
  return settled;
}
