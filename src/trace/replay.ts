/**
 * The tracer: one packet from place to place until it is delivered or dropped, then its reply. It promises nothing but
 * what the numbered facts say of this packet, and trusts the network model alone.
 */
import { invariant } from '../base/invariant.ts';
import type { Replay, ReplayRequest, ReplayResult } from '../network/replay.ts';
import { answersItself, startReply } from './reply.ts';
import { replyTo } from './reply-header.ts';
import { leaveByCarrier } from './carrier-gateway.ts';
import { enterByClientVpn } from './client-vpn.ts';
import { answerByClient } from './client-vpn-client.ts';
import { enterByService } from './consumer.ts';
import { leaveByEgressOnly } from './egress-only-internet-gateway.ts';
import { routeToGatewayEndpoint } from './endpoint.ts';
import { routeToFirewall } from './firewall-endpoint.ts';
import { routeToInterface } from './guest.ts';
import { arriveAt, leaveInterface, startAt } from './interface.ts';
import { atInternet, startOutside } from './internet.ts';
import { leaveByGateway, passEdge } from './internet-gateway.ts';
import { deliverLocally } from './local-delivery.ts';
import { arriveAtNat, routeToNat } from './nat-gateway.ts';
import { enterFromOutside, routeToOpaque, takeIn } from './opaque-gateway.ts';
import { arriveOnPremises, isClients, isLine, startOnPremises } from './on-premises.ts';
import type { Ended, Place } from './place.ts';
import { targetName } from './route-table.ts';
import { enterFromElsewhere } from './service-network.ts';
import { leaveSubnet } from './subnet.ts';
import { crossGateway } from './transit-gateway.ts';
import { enterByLine } from './transit-gateway-line.ts';
import { routeToTransitGateway } from './transit-gateway-vpc.ts';
import { enterByUnknown } from './unknown-attachment.ts';
import { refuseTransited, routeToPeering } from './vpc-peering.ts';
import { enterByVpnGateway, leaveByVpnGateway } from './vpn-gateway.ts';
import { type Trip, drop, firstVisit, newFlow, newTrip } from './trip.ts';

/** How many times a packet may be routed; the longest sensible way needs a dozen. */
const budget = 64;

export const replay: Replay = (request) => {
  const out = newTrip(request, newFlow(), request.packet);
  const { delivery } = travel(out, start(out, request));
  const forward = { hops: out.hops, blocks: out.blocks.map((hop) => ({ direction: 'forward', hop }) as const) };
  if (request.mode === 'packet') return { ...forward, replied: true, ...(delivery === undefined ? {} : { delivery }) };
  if (delivery === undefined) return { ...forward, replied: false };
  const back = sendBack(request, out, delivery);
  return {
    ...forward,
    delivery,
    replied: back.replied,
    ...(back.hops === undefined ? {} : { returnHops: back.hops }),
    blocks: [...forward.blocks, ...back.blocks.map((hop) => ({ direction: 'return', hop }) as const)],
  };
};

function start(trip: Trip, { origin, network, choices: { enters } }: ReplayRequest): Place {
  switch (origin.kind) {
    case 'internet':
      return enters === undefined ? startOutside(trip) : enterBy(trip, enters);
    case 'onprem':
      return enterBy(trip, enters);
    case 'interface': {
      const at = network.interfaces.get(origin.id);
      invariant(at !== undefined, `${origin.id} is an interface of the network`);
      return startAt(trip, at);
    }
  }
}

/** From outside: by a line from on premises, or by what is not modelled. */
function enterBy(trip: Trip, id: string | undefined): Place {
  const vpn = trip.network.clientVpnEndpoints.get(id ?? '');
  if (vpn !== undefined) return enterByClientVpn(trip, vpn);
  const attachment = trip.network.transitGatewayAttachments.get(id ?? '');
  if (attachment?.behind.kind === 'unknown') return enterByUnknown(trip, attachment, attachment.behind);
  const lattice = trip.network.serviceNetworks.get(id ?? '');
  const entered = lattice && enterFromElsewhere(trip, lattice);
  if (entered !== undefined) return entered;
  const service = trip.network.endpointServices.get(id ?? '');
  if (service !== undefined) return enterByService(trip, service);
  const line = id !== undefined && trip.request.origin.kind === 'onprem' && isLine(trip.network, id);
  return line ? startOnPremises(trip, id) : enterFromOutside(trip, id);
}

interface Back {
  readonly replied: boolean;
  readonly hops?: Trip['hops'];
  readonly blocks: Trip['blocks'];
}

function sendBack(request: ReplayRequest, out: Trip, delivery: NonNullable<ReplayResult['delivery']>): Back {
  if (answersItself(out, delivery)) return { replied: true, blocks: [] };
  const awaited = replyTo(request.packet);
  const packet = replyTo(out.packet);
  if (awaited !== undefined && answersItself(out, delivery)) return { replied: true, blocks: [] };
  if (awaited === undefined || packet === undefined) {
    const last = out.hops.at(-1);
    const hop = {
      resource: last?.resource ?? 'reply',
      kind: last?.kind ?? 'network-interface',
      action: 'drop',
      detail: 'no reply exists to an ICMP message that is not an echo request',
      packet: out.packet,
    } as const;
    return { replied: false, blocks: [hop] };
  }
  const back = newTrip(request, out.flow, packet, { origin: request.origin, packet: awaited });
  const replied = travel(back, startReply(back, delivery)).delivery !== undefined;
  return { replied, hops: back.hops, blocks: back.blocks };
}

/** Step by step until the packet ends; a place met again with the same header is a loop. */
function travel(trip: Trip, from: Place): Ended {
  let at = from;
  let routed = 0;
  while (at.kind !== 'ended') {
    if (at.kind === 'routed') routed++;
    if (routed > budget || !firstVisit(trip, nameOf(at))) {
      const { resource, kind } = trip.hops.at(-1) ?? { resource: nameOf(at), kind: 'route-table' };
      return drop(trip, { resource, kind, detail: `the packet goes round in a loop, and is at \`${resource}\` again` });
    }
    at = step(trip, at);
  }
  return at;
}

function step(trip: Trip, at: Exclude<Place, Ended>): Place {
  switch (at.kind) {
    case 'leaving':
      return leaveInterface(trip, at.interface);
    case 'subnet':
      return leaveSubnet(trip, at.subnet);
    case 'local':
      return deliverLocally(trip, at.vpc, at.subnet);
    case 'arrived':
      return arriveAt(trip, at.interface);
    case 'at-nat':
      return arriveAtNat(trip, at.nat);
    case 'internet':
      return atInternet(trip);
    case 'taken-in':
      return takeIn(trip, at.interface);
    case 'edge':
      return passEdge(trip, at.gateway, at.vpc);
    case 'in-transit-gateway':
      return crossGateway(trip, at);
    case 'on-premises':
      return arriveOnPremises(trip, at.line);
    case 'from-on-premises':
      return comeFromOnPremises(trip, at.line);
    case 'routed':
      return follow(trip, at);
  }
}

function comeFromOnPremises(trip: Trip, line: string): Place {
  const client = isClients(trip, line) ? trip.network.interfaces.get(line) : undefined;
  if (client !== undefined) return answerByClient(trip, client);
  if (!isLine(trip.network, line)) return enterBy(trip, line);
  const gateway = trip.network.vpnGateways.get(line);
  if (gateway !== undefined) return enterByVpnGateway(trip, gateway);
  const attachment = trip.network.transitGatewayAttachments.get(line);
  invariant(attachment?.behind.kind === 'on-premises', `${line} leads on premises`);
  return enterByLine(trip, attachment, attachment.behind.id);
}

function follow(trip: Trip, { target, from }: Extract<Place, { kind: 'routed' }>): Place {
  switch (target.kind) {
    case 'local':
      return { kind: 'local', vpc: from.vpc, subnet: from.subnet };
    case 'internet-gateway':
      return leaveByGateway(trip, target.id, from);
    case 'egress-only-internet-gateway':
      return leaveByEgressOnly(trip, target.id, from);
    case 'nat-gateway':
      return routeToNat(trip, target.id, from);
    case 'gateway-endpoint':
      return routeToGatewayEndpoint(trip, target.id, from);
    case 'firewall-endpoint':
      return routeToFirewall(trip, target.id);
    case 'network-interface':
      return routeToInterface(trip, target.id, from);
    case 'vpc-peering': {
      const refused = refuseTransited(trip, target.id);
      if (refused !== undefined) return refused;
      const peering = trip.network.vpcPeerings.get(target.id);
      return peering === undefined ? routeToOpaque(trip, target) : routeToPeering(trip, peering, from);
    }
    case 'transit-gateway':
    case 'core-network': {
      const gateway = trip.network.transitGateways.get(target.id);
      return gateway === undefined ? routeToOpaque(trip, target) : routeToTransitGateway(trip, gateway, from);
    }
    case 'vpn-gateway': {
      const gateway = trip.network.vpnGateways.get(target.id);
      return gateway === undefined ? routeToOpaque(trip, target) : leaveByVpnGateway(trip, gateway, from);
    }
    case 'carrier-gateway': {
      const gateway = trip.network.carrierGateways.get(target.id);
      return gateway === undefined ? routeToOpaque(trip, target) : leaveByCarrier(trip, gateway, from);
    }
    case 'local-gateway':
    case 'odb-network':
    case 'unknown':
      return routeToOpaque(trip, target);
  }
}

function nameOf(at: Exclude<Place, Ended>): string {
  switch (at.kind) {
    case 'leaving':
    case 'arrived':
    case 'taken-in':
      return `${at.kind} ${at.interface.id}`;
    case 'subnet':
      return at.subnet.id;
    case 'local':
      return `local ${at.vpc} ${at.subnet?.id ?? ''}`;
    case 'at-nat':
      return at.nat.id;
    case 'internet':
      return 'internet';
    case 'edge':
      return at.gateway.id;
    case 'in-transit-gateway':
      return `${at.by.gateway} by ${at.by.id} ${at.zone ?? ''}`;
    case 'on-premises':
    case 'from-on-premises':
      return `${at.kind} ${at.line}`;
    case 'routed':
      return `${targetName(at.target)} from ${at.from.subnet?.id ?? at.from.vpc}`;
  }
}
