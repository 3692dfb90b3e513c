/** Shared resources: an interface of their resource gateway sends what they take, as from itself (semantics 9.27 to 9.29, 2.44). */
import { invariant } from '../base/invariant.ts';
import { formatAddress, sameAddress } from '../net/address.ts';
import type { Packet } from '../net/packet.ts';
import { protocolName, protocols } from '../net/protocol.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Emission } from '../network/replay.ts';
import type { ResourceGateway, SharedResource } from '../network/resource-configuration.ts';
import { passes } from '../network/unknown.ts';
import { areComparable } from '../network/zone.ts';
import { takeTurn } from './emission.ts';
import { isOwnAddress } from './holder.ts';
import type { Denial, Member } from './lattice-member.ts';
import type { Refusal } from './listener.ts';
import type { Place } from './place.ts';
import { type Client, type Trip, drop, flowProxied, note, sendAnew, side, subnetOf, works } from './trip.ts';

type Shared = Extract<Member, { kind: 'resource' }>;

const stepAt = ({ network }: Trip, { id, configuration }: Shared) =>
  ({
    resource: id,
    kind: 'resource-configuration',
    source: (network.resourceConfigurations.get(id) ?? configuration).source,
  }) as const;

const stepAtGateway = ({ id, source }: ResourceGateway) =>
  ({ resource: id, kind: 'resource-gateway', source }) as const;

function gatewayOf({ network }: Trip, { id, gateway }: SharedResource): ResourceGateway {
  const found = network.resourceGateways.get(gateway);
  invariant(found !== undefined, `${gateway} of ${id} is in the network`);
  return found;
}

/** Why the resource does not take the packet, or its gateway does not send that for it. */
export function whyNotByGateway(trip: Trip, shared: Shared, emission: Emission, client: Client): Denial | undefined {
  const { resource, configuration } = shared;
  // A group that does not work leads to none of its members.
  const refusal = whyNotWorking(trip, configuration) ?? whyNotShared(trip, resource);
  if (refusal !== undefined) return { ...stepAt(trip, shared), ...refusal };
  const gateway = gatewayOf(trip, resource);
  const step = stepAtGateway(gateway);
  if (!works(trip, gateway.id, gateway.state))
    return { ...step, code: 'BAD_STATE', detail: `the resource gateway \`${gateway.id}\` is ${gateway.state}` };
  const { at, packet } = emission;
  const sender =
    at.kind === 'interface' && gateway.interfaces.includes(at.id) ? trip.network.interfaces.get(at.id) : undefined;
  if (sender === undefined)
    return {
      ...stepAt(trip, shared),
      detail: `\`${resource.id}\` is reached from the interfaces of \`${gateway.id}\` alone`,
    };
  const apart = client.kind === 'endpoint' ? whyNotHere(trip, client.interface, sender) : undefined;
  if (apart !== undefined) return { ...step, ...apart };
  const amiss = whyNotSo(trip, resource, sender, packet);
  return amiss && { ...stepAt(trip, shared), ...amiss };
}

const whyNotWorking = (trip: Trip, { id, state }: Pick<SharedResource, 'id' | 'state'>): Refusal | undefined =>
  works(trip, id, state)
    ? undefined
    : { code: 'BAD_STATE', detail: `the resource configuration \`${id}\` is ${state}` };

function whyNotShared(trip: Trip, { id, state, ports }: SharedResource): Refusal | undefined {
  const { packet, request } = trip;
  if (request.sides.get(passes(id)) === false) return { detail: `\`${id}\` is taken to drop the packet` };
  const idle = whyNotWorking(trip, { id, state });
  if (idle !== undefined) return idle;
  if (packet.protocol !== protocols.tcp)
    return {
      code: 'PROTOCOL_RESTRICTION',
      detail: `the resource of \`${id}\` is shared over TCP alone, not ${protocolName(packet.protocol).toUpperCase()}`,
    };
  return ports.some(({ from, to }) => from <= packet.dstPort && packet.dstPort <= to)
    ? undefined
    : { detail: `\`${id}\` shares no port ${packet.dstPort}` };
}

/** An endpoint's interface hands to those of its own zone for certain; to others where it is taken to (semantics 9.29). */
function whyNotHere(trip: Trip, at: NetworkInterface, sender: NetworkInterface): Refusal | undefined {
  const endpoint = trip.atlas.endpointOf(at.id)?.id ?? at.id;
  const [own, far] = [subnetOf(trip, at.subnet), subnetOf(trip, sender.subnet)];
  if ((areComparable(own, far) && own.zone === far.zone) || side(trip, passes(endpoint))) return undefined;
  return {
    detail: areComparable(own, far)
      ? `whether \`${endpoint}\` hands on in \`${own.zone}\` to \`${sender.id}\` in \`${far.zone}\` is not told`
      : `whether \`${own.zone}\` of the one account is \`${far.zone}\` of the other is not told`,
  };
}

/** To the resource, at the port that was asked for, from an address of the interface. */
function whyNotSo(trip: Trip, resource: SharedResource, sender: NetworkInterface, sent: Packet): Refusal | undefined {
  const { id, address } = resource;
  if (sent.protocol !== protocols.tcp || sent.src.family !== sent.dst.family || sent.fragment)
    return { code: 'PROTOCOL_RESTRICTION', detail: `\`${sender.id}\` sends whole packets of TCP alone` };
  if (sent.dstPort !== trip.packet.dstPort)
    return {
      detail: `\`${id}\` is reached at the port that was asked for, ${trip.packet.dstPort}, not ${sent.dstPort}`,
    };
  if (address === undefined && !side(trip, passes(id)))
    return { detail: `where the name of \`${id}\` leads is not told` };
  if (address !== undefined && !sameAddress(address, sent.dst))
    return { detail: `\`${id}\` is at ${formatAddress(address)}, not at ${formatAddress(sent.dst)}` };
  if (!isOwnAddress(sender, sent.src))
    return {
      code: 'ENI_ADDRESS_RESTRICTION',
      detail: `\`${sender.id}\` sends as from itself, and ${formatAddress(sent.src)} is no address of it`,
    };
  return sent.srcPort < 1024
    ? {
        code: 'REMAP_EPHEMERAL_PORT',
        detail: `\`${sender.id}\` sends from ports 1024 to 65535, not from ${sent.srcPort}`,
      }
    : undefined;
}

/** The gateway sends, where nothing is against it; from there on its interface is a sender like any other. */
export function sendByGateway(trip: Trip, shared: Shared, { packet, at }: Emission, client: Client): Place {
  const gateway = gatewayOf(trip, shared.resource);
  const by = stepAtGateway(gateway);
  const sender = at.kind === 'interface' ? trip.network.interfaces.get(at.id) : undefined;
  if (sender === undefined) return drop(trip, { ...by, detail: `\`${gateway.id}\` sends from its interfaces alone` });
  note(trip, {
    ...stepAt(trip, shared),
    action: 'forward',
    detail: `\`${shared.id}\` leads to its resource by \`${gateway.id}\``,
  });
  takeTurn(trip, shared.id);
  trip.flow = flowProxied({ by, sender, client, taken: trip.packet, flow: trip.flow, sent: packet });
  sendAnew(trip, sender, packet);
  note(trip, {
    ...by,
    action: 'translate',
    detail: `\`${gateway.id}\` sends to ${formatAddress(packet.dst)} on port ${packet.dstPort}, as from ${formatAddress(packet.src)} of \`${sender.id}\``,
  });
  return { kind: 'leaving', interface: sender };
}
