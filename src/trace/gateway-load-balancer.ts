/** Gateway Load Balancer endpoints: what comes in goes to an appliance, and comes out again if that passes it (semantics 9.24, 9.25, 11.1 to 11.8). */
import type { VpcEndpoint } from '../network/endpoint.ts';
import { type Appliance, type Inspection, inspectionBehind } from '../network/gateway-load-balancer.ts';
import { nextTurnKey } from '../network/replay.ts';
import type { Subnet } from '../network/subnet.ts';
import { forwards, passes } from '../network/unknown.ts';
import { isServed, whyNotTaken } from './appliance.ts';
import { emissionOf } from './emission.ts';
import { sendOnAsGuest } from './guest.ts';
import { nameOf } from './listener.ts';
import { emit } from './opaque-gateway.ts';
import { comeOut } from './owed.ts';
import type { Place } from './place.ts';
import { sameHeader } from './reply-header.ts';
import { loseReference } from './security-group.ts';
import { type Crossing, type Trip, drop, isLostBy, note, refused, side, works } from './trip.ts';

const end: Place = { kind: 'ended' };

export const stepAtEndpoint = ({ id, source }: VpcEndpoint) =>
  ({ resource: id, kind: 'firewall-endpoint', source }) as const;

/** What becomes of the packet this time. */
interface Chosen {
  readonly by?: Appliance;
  readonly onward?: true;
  /** The choices name what is no appliance of this endpoint. */
  readonly stranger?: string;
}

/** A packet has come into the endpoint, which stands in `subnet` and works. */
export function enterInspection(trip: Trip, endpoint: VpcEndpoint, subnet: Subnet): Place {
  const step = stepAtEndpoint(endpoint);
  const behind = inspectionBehind(trip.network, endpoint.id);
  const barred = whyNotConnected(trip, endpoint, behind) ?? whyAgain(trip, endpoint);
  if (barred !== undefined) return drop(trip, { ...step, detail: barred });
  const chosen = choose(trip, endpoint, subnet, behind);
  if (chosen.onward === true && chosen.by === undefined) return fromUnknown(trip, endpoint, behind);

  const lost =
    whyNotCarried(trip, endpoint, behind, chosen.by) ??
    (chosen.by === undefined ? whyNobody(trip, subnet, behind, chosen) : whyNotTaken(trip, chosen.by, subnet));
  if (lost !== undefined && !refused(trip, { ...step, detail: `\`${endpoint.id}\`: ${lost}` }, 'drop')) return end;
  const crossing: Crossing = {
    endpoint: endpoint.id,
    packet: trip.packet,
    ...(chosen.by === undefined ? {} : { appliance: chosen.by }),
  };
  const at = chosen.by && trip.network.interfaces.get(chosen.by.interface);
  if (chosen.onward === true && at !== undefined) {
    if (!loseReference(trip, endpoint.id)) return end;
    noteCrossing(trip, endpoint, chosen.by, behind);
    return sendOnAsGuest(trip, at, { ...crossing, onward: true });
  }
  trip.flow.firewalls.push(crossing);
  if (!passAppliance(trip, endpoint, chosen.by, behind) || !loseReference(trip, endpoint.id)) return end;
  noteCrossing(trip, endpoint, chosen.by, behind);
  return comeOut(trip, endpoint);
}

/** The service and the endpoint's connection to it work. */
function whyNotConnected(trip: Trip, endpoint: VpcEndpoint, behind: Inspection | undefined): string | undefined {
  if (behind === undefined) return undefined;
  const { service, connection } = behind;
  if (!works(trip, endpoint.id, connection.state))
    return `the connection of \`${endpoint.id}\` to \`${service.id}\` is ${connection.state}`;
  return works(trip, service.id, service.state) ? undefined : `the service \`${service.id}\` is ${service.state}`;
}

/** What an appliance had sent on, and comes by again alike: nobody knows which time a reply answers. */
function whyAgain({ request, flow, packet }: Trip, { id }: VpcEndpoint): string | undefined {
  const isSame = (one: Crossing): boolean =>
    one.onward === true && one.endpoint === id && sameHeader(one.packet, packet);
  return request.mode !== 'packet' && flow.firewalls.some(isSame)
    ? `the packet comes to \`${id}\` again, and goes round in a loop`
    : undefined;
}

/** As the flow's choices say; for a packet about which nothing was chosen, the first appliance that can take it. */
function choose(trip: Trip, { id }: VpcEndpoint, subnet: Subnet, behind: Inspection | undefined): Chosen {
  const key = nextTurnKey(trip.flow.entries, id);
  trip.flow.entries.add(key);
  const chosen = trip.request.choices.appliances?.get(key);
  const onward = chosen?.onward === true ? ({ onward: true } as const) : {};
  if (chosen !== undefined && chosen.by === undefined) return onward;
  const all = (behind?.appliances ?? []).filter((one) => chosen === undefined || one.interface === chosen.by);
  const able = all.filter((one) => whyNotTaken(trip, one, subnet) === undefined);
  const by =
    able.find((one) => isPassed(trip, id, one, behind)) ?? able[0] ?? (chosen === undefined ? undefined : all[0]);
  if (by !== undefined) return { by, ...onward };
  return chosen?.by === undefined ? {} : { stranger: chosen.by };
}

/** Why the endpoint, its service or its balancer does not carry the packet's family (semantics 11.8). */
function whyNotCarried(
  trip: Trip,
  { ipAddressType }: VpcEndpoint,
  behind: Inspection | undefined,
  by: Appliance | undefined,
): string | undefined {
  if (behind === undefined || trip.packet.dst.family === 'ipv4' || !isLostBy(trip, '11.8')) return undefined;
  if (ipAddressType === 'ipv4') return 'it carries IPv4 alone, and IPv6 is lost there';
  if (!behind.service.families.includes('ipv6'))
    return `\`${behind.service.id}\` takes IPv4 alone, and IPv6 is lost there`;
  const balancers = by === undefined ? behind.balancers : [by.balancer];
  const [first] = balancers;
  return first === undefined || balancers.some((one) => one.ipAddressType?.startsWith('dualstack') === true)
    ? undefined
    : `\`${nameOf(first)}\` is not dualstack, and IPv6 is lost there`;
}

/** Why the packet does not come back from an appliance that is not known. */
function whyNobody(
  trip: Trip,
  subnet: Subnet,
  behind: Inspection | undefined,
  { stranger }: Chosen,
): string | undefined {
  if (stranger !== undefined) return `\`${stranger}\` is no appliance behind it`;
  if (behind === undefined || behind.unread !== undefined) return undefined;
  const of = `\`${behind.service.id}\``;
  if (isServed(trip, behind, subnet)) return `no appliance of ${of} in ${subnet.zone} can take the packet`;
  return isLostBy(trip, '11.6')
    ? `no appliance of ${of} is registered in ${subnet.zone}, and what comes there is lost`
    : undefined;
}

/** One declaration for a Gateway Load Balancer holds for all endpoints that lead to it. */
export function isPassed(trip: Trip, id: string, by: Appliance | undefined, behind: Inspection | undefined): boolean {
  const own = trip.request.sides.get(passes(id));
  if (own !== undefined) return own;
  const balancer = by?.balancer ?? (behind?.balancers.length === 1 ? behind.balancers[0] : undefined);
  return balancer !== undefined && side(trip, passes(balancer.id));
}

/** Whether the appliance gives the packet back, by its declared side. */
export function passAppliance(
  trip: Trip,
  endpoint: VpcEndpoint,
  appliance: Appliance | undefined,
  behind: Inspection | undefined,
): boolean {
  const { id } = endpoint;
  if (isPassed(trip, id, appliance, behind)) return true;
  const detail =
    trip.request.sides.get(passes(id)) === false
      ? `\`${id}\` is taken to drop the packet`
      : `what \`${appliance?.interface ?? id}\` does with the packet is not known, and it is not taken to pass it`;
  return refused(trip, { ...stepAtEndpoint(endpoint), code: 'FIREWALL_RULES_RESTRICTION', detail }, 'drop');
}

/** The endpoint, the balancer behind it, and the appliance, where these are known. */
function noteCrossing(
  trip: Trip,
  endpoint: VpcEndpoint,
  by: Appliance | undefined,
  behind: Inspection | undefined,
): void {
  const { id } = endpoint;
  if (by === undefined || behind === undefined) {
    note(trip, { ...stepAtEndpoint(endpoint), action: 'inspect', detail: `\`${id}\` passes the packet` });
    return;
  }
  const at = trip.network.interfaces.get(by.interface);
  const instance = at?.instance === undefined ? undefined : trip.network.instances.get(at.instance);
  note(trip, {
    ...stepAtEndpoint(endpoint),
    action: 'inspect',
    detail: `\`${id}\` hands the packet to \`${nameOf(by.balancer)}\`, by the service \`${behind.service.id}\``,
  });
  note(trip, {
    resource: by.balancer.id,
    kind: 'gateway-load-balancer',
    action: 'forward',
    detail: `\`${nameOf(by.balancer)}\` sends the packet by GENEVE to \`${by.interface}\`, of \`${nameOf(by.group)}\``,
    source: by.balancer.source,
  });
  if (at !== undefined)
    note(trip, {
      resource: at.id,
      kind: 'network-interface',
      action: 'inspect',
      detail: `the appliance of \`${at.id}\` looks at the packet`,
      source: at.source,
    });
  if (instance !== undefined)
    note(trip, {
      resource: instance.id,
      kind: 'instance',
      action: 'inspect',
      detail: `\`${instance.id}\` inspects the packet`,
      source: instance.source,
    });
}

/** Appliances that are not in the input send on whatever they like. */
function fromUnknown(trip: Trip, endpoint: VpcEndpoint, behind: Inspection | undefined): Place {
  const step = stepAtEndpoint(endpoint);
  const lost =
    behind !== undefined && behind.unread === undefined
      ? 'all appliances behind it are known'
      : whyNotCarried(trip, endpoint, behind, undefined);
  if (lost !== undefined) return drop(trip, { ...step, detail: `\`${endpoint.id}\`: ${lost}` });
  const emission = emissionOf(trip, endpoint.id);
  const taken = isPassed(trip, endpoint.id, undefined, behind) && side(trip, forwards(endpoint.id));
  if (emission === undefined || !taken)
    return drop(trip, { ...step, detail: `the appliances behind \`${endpoint.id}\` are not taken to send packets on` });
  return loseReference(trip, endpoint.id) ? emit(trip, step, endpoint.id, emission) : end;
}
