/** Firewall and Gateway Load Balancer endpoints: bumps in the wire, one subnet each (semantics 3.17, 4.24, 9.24, 10A). */
import { enterInspection } from './gateway-load-balancer.ts';
import { enterAsReply } from './inspected-reply.ts';
import { type Inspector, inspect, inspectReply } from './inspection.ts';
import { passAcl } from './network-acl.ts';
import { comeOut, isNetworkFirewalls, placeOf } from './owed.ts';
import type { Place } from './place.ts';
import { loseReference } from './security-group.ts';
import { type Trip, drop, note, works } from './trip.ts';

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
  const { direction } = trip;
  if (!isNetworkFirewalls(trip, id))
    return direction === 'forward' ? enterInspection(trip, endpoint, subnet) : enterAsReply(trip, endpoint);
  const by = inspectorAt(trip, id);
  const inspected = direction === 'forward' ? inspect(trip, by) : inspectReply(trip, by);
  if (inspected === undefined) return end;
  if (!loseReference(trip, id)) return end;
  note(trip, { ...step, action: 'inspect', ...inspected });
  return comeOut(trip, endpoint);
}

function inspectorAt(trip: Trip, id: string): Inspector {
  const firewall = trip.atlas.firewallOf(id);
  const itself = `\`${id}\``;
  const owner = `\`${firewall}\``;
  const called = firewall === id ? itself : `${itself} of firewall ${owner}`;
  return { at: id, step: { resource: id, kind: 'firewall-endpoint' }, stops: 'drop', firewall, called, itself, owner };
}
