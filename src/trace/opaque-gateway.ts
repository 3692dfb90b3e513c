/** Elements whose forwarding is not modelled: what they emit, and where, is a choice handed in with the packet. */
import { invariant } from '../base/invariant.ts';
import { type Address, formatAddress } from '../net/address.ts';
import type { Hop } from '../network/hop.ts';
import type { Payload } from '../net/payload.ts';
import { type NetworkInterface, isInboundResolver } from '../network/interface.ts';
import type { Network } from '../network/network.ts';
import type { OpaqueGateway } from '../network/opaque-gateway.ts';
import type { Emission } from '../network/replay.ts';
import type { RouteTarget } from '../network/route-table.ts';
import { passes } from '../network/unknown.ts';
import { askResolver } from './amazon-resolver.ts';
import { whyNotClients } from './client-vpn.ts';
import { deliver, homeOf } from './delivery.ts';
import { isOwnAddress } from './holder.ts';
import type { Refusal } from './listener.ts';
import { atInternet } from './internet.ts';
import { deliverOnPremises } from './on-premises.ts';
import type { Place } from './place.ts';
import { emissionOf, takeTurn } from './emission.ts';
import { decide } from './route-table.ts';
import { type Trip, drop, note, sendAnew, side, subnetOf } from './trip.ts';

type Element = Pick<Hop, 'resource' | 'kind'> & Partial<Pick<Hop, 'source'>>;

/** A route's target that is an opaque gateway, or that this program does not know. */
export function routeToOpaque(trip: Trip, target: Extract<RouteTarget, { id: string }>): Place {
  const gateway = trip.network.opaqueGateways.get(target.id);
  return handToOpaque(trip, elementOf(target.id, gateway), target.id, gateway?.vpcs);
}

/** Into what is not modelled beyond; `vpcs` are those that it stands at, where that is known. */
export function handToOpaque(trip: Trip, element: Element, id: string, vpcs?: readonly string[]): Place {
  const emission = emissionOf(trip, id);
  // A reply that goes in may come back, by whatever way.
  if (trip.direction === 'return' && trip.home !== undefined && side(trip, passes(id)))
    return { kind: 'ended', delivery: homeOf(trip.home) };
  if (!side(trip, passes(id)) || emission === undefined)
    return drop(trip, {
      ...element,
      code: 'UNKNOWN_DESTINATION',
      detail: `what \`${id}\` does with the packet is not modelled, and it is not taken to hand it on`,
    });
  return emit(trip, element, id, emission, vpcs);
}

const elementOf = (id: string, gateway: OpaqueGateway | undefined): Element =>
  gateway === undefined
    ? { resource: id, kind: 'route-table' }
    : { resource: id, kind: gateway.kind, source: gateway.source };

/** A gateway that is modelled counts as that alone. */
const opaqueOf = ({ opaqueGateways, transitGateways, vpnGateways }: Network, id: string): OpaqueGateway | undefined =>
  transitGateways.has(id) || vpnGateways.has(id) ? undefined : opaqueGateways.get(id);

/** A packet from outside that comes in by an opaque gateway: the one that the choices name, if it stands at a VPC. */
export function enterFromOutside(trip: Trip, id: string | undefined): Place {
  const gateway = opaqueOf(trip.network, id ?? '');
  const emission = emissionOf(trip, id ?? '');
  if (gateway !== undefined && letsIn(trip, gateway) && emission !== undefined && side(trip, passes(gateway.id)))
    return emit(trip, elementOf(gateway.id, gateway), gateway.id, emission, gateway.vpcs);
  const at = trip.network.interfaces.get(id ?? '');
  if (at?.role === 'other-service' && emission !== undefined && side(trip, passes(at.id))) return takeIn(trip, at);
  return drop(trip, {
    resource: 'on-premises',
    kind: 'on-premises',
    code: 'UNKNOWN_DESTINATION',
    detail: 'no gateway is taken to bring the packet from on premises into a VPC',
  });
}

/** Nobody comes in by SageMaker's way out; by a service network, only who may stand in a VPC that nobody read. */
function letsIn(trip: Trip, { kind }: OpaqueGateway): boolean {
  if (kind === 'direct-internet-access') return false;
  return kind !== 'service-network' || trip.request.origin.kind === 'onprem' || trip.flow.sentOn.length > 0;
}

/** Services of AWS's bring in what is outside by interfaces of theirs (semantics 1.21, 1.22). */
export function takeIn(trip: Trip, at: NetworkInterface): Place {
  const emission = emissionOf(trip, at.id);
  invariant(emission !== undefined, `${at.id} sends something`);
  const step = { resource: at.id, kind: 'network-interface', source: at.source } as const;
  const { src, dst } = emission.packet;
  const refusal =
    whyNotClients(trip, at, src, dst) ?? (emission.at.kind === 'interface' ? whyNotFrom(at, src) : undefined);
  return refusal === undefined ? emit(trip, step, at.id, emission) : drop(trip, { ...step, ...refusal });
}

/**
 * Flows of these services come from addresses of their interfaces; of the others not all do, as those of Global Accelerator,
 * an Instance Connect Endpoint and CloudFront may not (semantics 1.14, 1.21, 1.22, 12.24, 14.7).
 */
const ofItself = [
  /^Verified ?Access/i,
  /^Route 53 Resolver/i,
  /^Resource Gateway/i,
  /^(?:api_?gateway|iot_?rules|aws_?codestar_?connections)_?managed$/i,
  /^quicksight$/i,
];

function whyNotFrom(at: NetworkInterface, src: Address): Refusal | undefined {
  const { id, interfaceType, description, sourceDestCheck } = at;
  const known = ofItself.some((pattern) => pattern.test(description) || pattern.test(interfaceType));
  if (!sourceDestCheck || !known || isOwnAddress(at, src)) return undefined;
  return { detail: `what comes in by \`${id}\` comes as from an address of its own, not from ${formatAddress(src)}` };
}

/** Goes on as the emission says. `vpcs` are those that the element stands at, where that is known. */
export function emit(
  trip: Trip,
  element: Element,
  key: string,
  { packet, payload, at }: Emission,
  vpcs?: readonly string[],
): Place {
  if (at.kind !== 'vpc' && element.kind === 'vpc-peering' && !(at.kind === 'onprem' && isElsewhere(trip, key)))
    return drop(trip, { ...element, detail: `\`${element.resource}\` leads no further than its VPCs` });
  if (at.kind === 'vpc' && vpcs !== undefined && !vpcs.includes(at.id))
    return drop(trip, { ...element, detail: `\`${element.resource}\` is not attached to \`${at.id}\`` });
  const resolver = at.kind === 'dns' ? resolverAsked(trip, key) : undefined;
  if (at.kind === 'dns' && resolver === undefined && !isTunnel(trip, key))
    return drop(trip, { ...element, detail: `\`${element.resource}\` asks no resolver` });
  if (resolver !== undefined && !asksTheSame(trip, payload))
    return drop(trip, {
      ...element,
      detail: `\`${element.resource}\` asks for what it was asked for, and nothing else`,
    });
  const source = at.kind === 'interface' ? trip.network.interfaces.get(at.id) : undefined;
  if (at.kind === 'interface' && source === undefined)
    return drop(trip, { ...element, detail: `\`${element.resource}\` has no interface \`${at.id}\`` });

  takeTurn(trip, key);
  trip.flow.opaque.add(key);
  // It is no packet of those that translated what went in.
  trip.flow.translations.splice(0);
  // What a balancer's node sends is its own flow, in its own groups (semantics 2.40, 12.6).
  sendAnew(trip, source, packet);
  const where = at.kind === 'vpc' || at.kind === 'interface' ? `at \`${at.id}\`` : `at ${at.kind}`;
  note(trip, {
    ...element,
    action: 'forward',
    detail: `\`${element.resource}\` is taken to hand the packet on ${where}`,
  });
  if (source !== undefined) return { kind: 'leaving', interface: source };
  switch (at.kind) {
    case 'vpc':
      return { kind: 'local', vpc: at.id, subnet: undefined };
    case 'subnet':
      return { kind: 'subnet', subnet: subnetOf(trip, at.id) };
    case 'table': {
      const by = trip.network.transitGatewayAttachments.get(key);
      if (by?.routeTable === at.id) return { kind: 'in-transit-gateway', by, zone: undefined };
      const table = trip.network.routeTables.get(at.id);
      if (table === undefined) return drop(trip, { ...element, detail: `\`${at.id}\` is not there` });
      const target = decide(trip, table);
      return target.kind === 'ended'
        ? target
        : { kind: 'routed', target, from: { vpc: at.vpc, subnet: undefined, regionalNat: false } };
    }
    case 'endpoint': {
      const name = trip.network.endpoints.get(at.id)?.serviceName ?? '';
      const step = { resource: at.id, kind: 'gateway-endpoint', detail: `\`${at.id}\` takes the packet` } as const;
      return deliver(trip, { kind: 'service', name, endpoint: at.id }, step);
    }
    case 'dns':
      if (resolver !== undefined)
        return askResolver(trip, resolver, `\`${element.resource}\` asks the Amazon resolver`);
      return deliver(
        trip,
        { kind: 'dns' },
        { resource: 'dns', kind: 'dns-resolver', detail: `\`${element.resource}\` leads to a name server of its own` },
      );
    case 'internet':
      return atInternet(trip);
    case 'interface':
    case 'onprem':
      return deliverOnPremises(trip);
  }
}

/** The VPC whose resolver an inbound endpoint's interface asks: what comes to it goes nowhere else (semantics 13.14, 13.16). */
function resolverAsked(trip: Trip, id: string): string | undefined {
  const nic = trip.network.interfaces.get(id);
  return nic !== undefined && isInboundResolver(nic) ? nic.vpc : undefined;
}

/** A tunnel has a name server within, of a VPC that nobody tells (semantics 9.31). */
const isTunnel = ({ network }: Trip, id: string): boolean => network.endpoints.get(id)?.endpointType === 'Tunnel';

/** By port 53 the name that came is asked for; over HTTPS it was hidden, and is whatever the emission tells. */
function asksTheSame({ packet, payload: came }: Trip, sent: Payload | undefined): boolean {
  if (sent === undefined || packet.dstPort !== 53) return true;
  const nameIn = (payload: Payload | undefined): string => payload?.dnsName?.toLowerCase() ?? '';
  return nameIn(sent) === nameIn(came) && (sent.dnsType ?? 'A') === (came?.dnsType ?? 'A');
}

/** A peering connection whose other VPC nobody read leads to what is there, which is no place of this network. */
const isElsewhere = (trip: Trip, id: string): boolean => trip.network.opaqueGateways.get(id)?.elsewhere === true;
