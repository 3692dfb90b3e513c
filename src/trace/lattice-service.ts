/** A service of VPC Lattice: a proxy, which sends what it takes to a target from an address of Lattice (semantics 14.1). */
import { invariant } from '../base/invariant.ts';
import { formatAddress, sameAddress } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import type { Packet } from '../net/packet.ts';
import { protocolName, protocols } from '../net/protocol.ts';
import { latticeAddresses } from '../net/special.ts';
import type { Emission } from '../network/replay.ts';
import type { LatticeService } from '../network/service-network.ts';
import type { TargetGroup } from '../network/target-group.ts';
import { passes } from '../network/unknown.ts';
import { takeTurn } from './emission.ts';
import { listedAddresses, serviceAddresses } from './lattice-address.ts';
import type { Denial } from './lattice-member.ts';
import { type Refusal, forwardsOf, nameOf } from './listener.ts';
import type { Place } from './place.ts';
import { type Destination, destinationsOf, whyNotHealthy } from './target.ts';
import { type Client, type Trip, flowProxied, note, sendAnew, side, works } from './trip.ts';

const stepAt = ({ id, source }: LatticeService) => ({ resource: id, kind: 'lattice-service', source }) as const;

/** Why the service does not take the packet, or does not send that for it. */
export function whyNotByService(trip: Trip, service: LatticeService, emission: Emission): Denial | undefined {
  const refusal = whyNotServed(trip, service) ?? whyNotSent(trip, service, emission);
  return refusal && { ...stepAt(service), ...refusal };
}

function whyNotServed(trip: Trip, service: LatticeService): Refusal | undefined {
  const { packet, request } = trip;
  const name = `\`${nameOf(service)}\``;
  if (request.sides.get(passes(service.id)) === false) return { detail: `${name} is taken to drop the packet` };
  if (!works(trip, service.id, service.state))
    return { code: 'BAD_STATE', detail: `the service ${name} is ${service.state}` };
  if (packet.protocol !== protocols.tcp)
    return {
      code: 'PROTOCOL_RESTRICTION',
      detail: `the service ${name} takes TCP alone, not ${protocolName(packet.protocol).toUpperCase()}`,
    };
  if (listenersFor(service, packet).length === 0)
    return {
      code: 'ELBV2_LISTENER_PORT_RESTRICTION',
      detail: `no listener of ${name} listens on port ${packet.dstPort}`,
    };
  if (service.authorizes === false || side(trip, passes(service.id))) return undefined;
  return {
    detail:
      service.authorizes === true
        ? `whom the auth policy of ${name} lets pass is not told`
        : `whether an auth policy of ${name} asks who comes was not read`,
  };
}

const listenersFor = ({ listeners }: LatticeService, { dstPort }: Packet) =>
  listeners.filter(({ from, to }) => from <= dstPort && dstPort <= to);

interface Way {
  readonly group: TargetGroup;
  readonly destination: Destination;
}

/** Why no listener sends such a packet, there. */
function whyNotSent(trip: Trip, service: LatticeService, { packet: sent, at }: Emission): Refusal | undefined {
  const { network, packet: taken } = trip;
  const name = `\`${nameOf(service)}\``;
  const forwards = listenersFor(service, taken).flatMap(forwardsOf);
  if (forwards.length === 0)
    return { code: 'ELBV2_LISTENER_HAS_NO_TG', detail: `${name} answers itself on port ${taken.dstPort}` };
  const sure = forwards.filter(({ unsure }) => unsure === undefined || side(trip, passes(service.id)));
  if (sure.length === 0) return { detail: `whether any request gets past the other rules of ${name} is not told` };
  const ways = sure.flatMap(({ group: id }): readonly Way[] => {
    const group = network.targetGroups.get(id);
    return group === undefined ? [] : destinationsOf(network, group).map((destination) => ({ group, destination }));
  });
  const addressed = ways.filter(
    ({ group, destination }) => at.kind === 'vpc' && at.id === group.vpc && sameAddress(destination.address, sent.dst),
  );
  if (addressed.length === 0)
    return {
      code: 'TARGET_ADDRESS_RESTRICTION',
      detail: `${name} forwards what it takes on port ${taken.dstPort} to no target with the address ${formatAddress(sent.dst)} there`,
    };
  const registered = addressed.filter(({ destination }) => destination.port === sent.dstPort);
  if (registered.length === 0)
    return {
      code: 'TARGET_PORT_RESTRICTION',
      detail: `${name} sends to ${formatAddress(sent.dst)} on no port ${sent.dstPort}`,
    };
  const refusals = registered.map(({ group, destination }) => whyNotHealthy(trip, group, destination));
  return refusals.includes(undefined) ? whyNotFrom(trip, service, sent) : refusals[0];
}

/** Its source is one of Lattice's: one of those that are told, or where none is any, if the service is taken to use it. */
function whyNotFrom(trip: Trip, service: LatticeService, sent: Packet): Refusal | undefined {
  const { network } = trip;
  const { family, value } = sent.src;
  const name = `\`${nameOf(service)}\``;
  if (sent.protocol !== protocols.tcp || family !== sent.dst.family || sent.fragment)
    return { code: 'PROTOCOL_RESTRICTION', detail: `${name} sends whole packets of TCP alone` };
  if (sent.srcPort < 1024)
    return { code: 'REMAP_EPHEMERAL_PORT', detail: `${name} sends from ports 1024 to 65535, not from ${sent.srcPort}` };
  if (contains(serviceAddresses(network, service, family), value)) return undefined;
  const unlisted = listedAddresses(network, service, family) === undefined && contains(latticeAddresses[family], value);
  return unlisted && side(trip, passes(service.id))
    ? undefined
    : {
        detail: `${name} is not known to send from ${formatAddress(sent.src)}, as VPC Lattice sends from addresses of its own`,
      };
}

/** The service sends, where nothing is against it: to a target, which it reaches in the target's VPC by no route. */
export function sendByService(trip: Trip, service: LatticeService, { packet, at }: Emission, client: Client): Place {
  invariant(at.kind === 'vpc', `${service.id} sends into the VPC of its targets`);
  const by = stepAt(service);
  takeTurn(trip, service.id);
  trip.flow = flowProxied({ by, vpc: at.id, client, taken: trip.packet, flow: trip.flow, sent: packet });
  sendAnew(trip, undefined, packet);
  trip.byLattice = true;
  note(trip, {
    ...by,
    action: 'translate',
    detail: `\`${nameOf(service)}\` sends to its target ${formatAddress(packet.dst)} on port ${packet.dstPort}, as from ${formatAddress(packet.src)}`,
  });
  return { kind: 'local', vpc: at.id, subnet: undefined };
}
