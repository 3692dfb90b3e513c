/** Network interfaces: where packets start, leave and finally arrive (semantics 1.3, 1.14, 1.21, 2.36). */
import { formatAddress } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import { protocols } from '../net/protocol.ts';
import { hypervisorServices, latticeAddresses, linkLocal, resolverAddresses } from '../net/special.ts';
import { type NetworkInterface, abilities, isInboundResolver } from '../network/interface.ts';
import type { Instance } from '../network/instance.ts';
import { unreadKey } from '../network/resource.ts';
import { forwards, forwardsNat, passes, up } from '../network/unknown.ts';
import { askResolver } from './amazon-resolver.ts';
import { returnAtNode, sendingAnswered } from './balanced-reply.ts';
import { isOwnAddress } from './holder.ts';
import { returnToClient } from './client-vpn.ts';
import { deliver, isHome } from './delivery.ts';
import { emissionOf } from './emission.ts';
import { behindEndpoint, intoEndpoint } from './lattice-endpoint.ts';
import { type Refusal, whyNotTaken } from './listener.ts';
import { sendOn } from './load-balancer.ts';
import { emit, takeIn } from './opaque-gateway.ts';
import { handOut } from './owed.ts';
import type { Place } from './place.ts';
import { handOver } from './private-link.ts';
import { isForLattice, returnAtGateway } from './proxied-reply.ts';
import { passGroups } from './security-group.ts';
import { intoServiceNetwork } from './service-network.ts';
import { translationAt, undo } from './translation.ts';
import { type Trip, drop, note, refused, side, subnetOf, works } from './trip.ts';

const stepAt = (at: NetworkInterface) => ({ resource: at.id, kind: 'network-interface', source: at.source }) as const;

/** Attached, and its instance running or taken to be. */
export function whyDown(trip: Trip, at: NetworkInterface): string | undefined {
  if (!at.attached) return `\`${at.id}\` is ${at.down === true ? 'down' : 'attached to nothing'}`;
  if (at.unread !== undefined && !side(trip, unreadKey(at.unread)))
    return `whether an interface such as \`${at.id}\` is there was not read`;
  const instance = at.instance === undefined ? undefined : trip.network.instances.get(at.instance);
  if (instance !== undefined && instance.state !== 'running')
    return side(trip, up(instance.id)) ? undefined : notRunning(instance, at);
  return at.state === undefined || side(trip, up(at.id)) ? undefined : `\`${at.id}\` is ${at.state}`;
}

/** Its state word, which AWS has; or that nobody read one, as where `describe-instances` is not in the input. */
const notRunning = ({ id, state }: Instance, at: NetworkInterface): string =>
  state === 'unknown'
    ? `whether instance \`${id}\` of \`${at.id}\` runs was not read; \`aws ec2 describe-instances\` tells`
    : `instance \`${id}\` of \`${at.id}\` is ${state}`;

/** It does not work, and the packet ends here; a question that goes past denials goes past this as well, and tells it once. */
function endsDown(trip: Trip, at: NetworkInterface): boolean {
  const { toldDown } = trip.flow;
  const down = toldDown.has(at.id) ? undefined : whyDown(trip, at);
  if (down === undefined) return false;
  if (!refused(trip, { ...stepAt(at), code: 'BAD_STATE', detail: down }, 'drop')) return true;
  toldDown.add(at.id);
  return false;
}

/** A flow starts here. */
export function startAt(trip: Trip, at: NetworkInterface): Place {
  const { packet } = trip;
  if (endsDown(trip, at)) return { kind: 'ended' };
  if (!abilities[at.role].starts)
    return drop(trip, {
      ...stepAt(at),
      ...(at.role === 'interface-endpoint' ? { code: 'VPCE_INTRA_VPC_TRAFFIC' } : {}),
      detail: `\`${at.id}\` (${at.role}) starts no flows`,
    });
  if (at.sourceDestCheck && !isOwnAddress(at, packet.src))
    return drop(trip, {
      ...stepAt(at),
      kind: 'source-dest-check',
      code: 'ENI_SOURCE_DEST_CHECK_RESTRICTION',
      detail: `the source/destination check of \`${at.id}\` drops packets from ${formatAddress(packet.src)}, no address of its own`,
    });
  trip.sender = at;
  note(trip, {
    ...stepAt(at),
    action: 'forward',
    detail: `\`${at.id}\` sends to ${formatAddress(packet.dst)}`,
  });
  return { kind: 'leaving', interface: at };
}

/** The exempt destinations, which no filter sees, then the security groups. */
export function leaveInterface(trip: Trip, at: NetworkInterface): Place {
  const { dst } = trip.packet;
  if (endsDown(trip, at)) return { kind: 'ended' };
  const beside = besideVpc(trip, at);
  if (beside !== undefined) return beside;
  if (isResolverQuery(trip, at)) return queryResolver(trip, at);
  if (contains(hypervisorServices[dst.family], dst.value))
    return deliver(
      trip,
      { kind: 'link-local' },
      {
        resource: formatAddress(dst),
        kind: 'link-local-service',
        detail: `the hypervisor of \`${at.id}\` answers at ${formatAddress(dst)}; no rule filters it`,
      },
    );
  const lattice = intoServiceNetwork(trip, at) ?? intoOpaqueNetwork(trip, at);
  if (lattice !== undefined) return lattice;
  if (contains(linkLocal[dst.family], dst.value) && !isForLattice(trip) && sendingAnswered(trip)?.kept !== true)
    return drop(trip, {
      ...stepAt(at),
      code: 'NO_ROUTE_TO_DESTINATION',
      detail: `${formatAddress(dst)} is link-local, and no router forwards to it`,
    });
  if (!passGroups(trip, at, 'egress')) return { kind: 'ended' };
  return { kind: 'subnet', subnet: subnetOf(trip, at.subnet) };
}

/** By direct internet access, which AWS gives the interface's owner past the VPC and its filters (semantics 14.10). */
function besideVpc(trip: Trip, at: NetworkInterface): Place | undefined {
  for (const each of trip.network.opaqueGateways.values()) {
    const emission = each.beside?.includes(at.id) === true ? emissionOf(trip, each.id) : undefined;
    if (emission?.at.kind !== 'internet' || !side(trip, passes(each.id))) continue;
    return emit(trip, { resource: each.id, kind: 'direct-internet-access', source: each.source }, each.id, emission);
  }
  return undefined;
}

/** To an address of VPC Lattice, in a VPC associated with a service network that is not modelled and is taken to serve it (semantics 14.1). */
function intoOpaqueNetwork(trip: Trip, at: NetworkInterface): Place | undefined {
  const { dst } = trip.packet;
  if (!contains(latticeAddresses[dst.family], dst.value)) return undefined;
  for (const each of trip.network.opaqueGateways.values()) {
    const emission = each.clients?.includes(at.vpc) === true ? emissionOf(trip, each.id) : undefined;
    if (emission === undefined || !side(trip, passes(each.id))) continue;
    if (!passGroups(trip, at, 'egress')) return { kind: 'ended' };
    return emit(trip, { resource: each.id, kind: 'service-network', source: each.source }, each.id, emission);
  }
  return undefined;
}

/** UDP or TCP to port 53 of the VPC's base + 2 or of the fixed addresses (semantics 13.1). */
function isResolverQuery(trip: Trip, at: NetworkInterface): boolean {
  const { dst, protocol, dstPort } = trip.packet;
  if ((protocol !== protocols.udp && protocol !== protocols.tcp) || dstPort !== 53) return false;
  if (contains(resolverAddresses[dst.family], dst.value)) return true;
  const primary = trip.network.vpcs.get(at.vpc)?.cidrs.find(({ family }) => family === 'ipv4');
  return dst.family === 'ipv4' && primary !== undefined && dst.value === primary.base + 2n;
}

function queryResolver(trip: Trip, at: NetworkInterface): Place {
  const vpc = trip.network.vpcs.get(at.vpc);
  if (vpc?.enableDnsSupport === true)
    return askResolver(trip, vpc.id, `the Amazon resolver of \`${vpc.id}\` takes the query`);
  return drop(trip, {
    resource: 'dns',
    kind: 'dns-resolver',
    detail: `the Amazon resolver of \`${at.vpc}\` is off (enableDnsSupport)`,
  });
}

/** At the interface that holds the destination, past its filters. */
export function arriveAt(trip: Trip, at: NetworkInterface): Place {
  if (endsDown(trip, at)) return { kind: 'ended' };
  const arrival = { kind: 'interface', id: at.id } as const;
  if (trip.home !== undefined) {
    const client = returnToClient(trip, at);
    if (client !== undefined) return client;
    const translation = isHome(trip, arrival) ? undefined : translationAt(trip, at.id);
    if (translation !== undefined) {
      undo(trip, translation);
      note(trip, {
        ...stepAt(at),
        action: 'translate',
        detail: `the guest of \`${at.id}\` gives the reply its client's address back`,
      });
      return translation.crossing === undefined
        ? { kind: 'leaving', interface: translation.enteredBy ?? at }
        : handOut(trip, at, translation.crossing);
    }
    const returned = returnAtNode(trip, at) ?? returnAtGateway(trip, at);
    if (returned !== undefined) return returned;
    return deliver(trip, arrival, { ...stepAt(at), detail: `the reply is back at \`${at.id}\`` });
  }
  const refusal = whyRefused(trip, at);
  if (refusal !== undefined) return drop(trip, { ...stepAt(at), ...refusal });
  const balancer = trip.atlas.balancerOf(at.id);
  const emission = emissionOf(trip, balancer);
  const balancing = trip.atlas.balancingAt(at.id);
  if (balancing !== undefined && emission !== undefined) return sendOn(trip, at, balancing, emission);
  if (balancing === undefined && at.role === 'load-balancer' && emission !== undefined && side(trip, passes(balancer)))
    return emit(trip, { resource: balancer, kind: 'load-balancer', source: at.source }, balancer, emission);
  if (isInboundResolver(at) && isQuery(trip) && emissionOf(trip, at.id) !== undefined && side(trip, passes(at.id)))
    return takeIn(trip, at);
  const rewritten = rewriteAt(trip, at);
  if (rewritten !== undefined) return rewritten;
  const handed = handOver(trip, at);
  if (handed !== undefined) return handed;
  const endpoint = at.role === 'interface-endpoint' ? trip.atlas.endpointOf(at.id) : undefined;
  const modelled = endpoint && behindEndpoint(trip.network, endpoint);
  const led = modelled && intoEndpoint(trip, at, endpoint, modelled);
  if (led !== undefined) return led;
  const behind = endpoint?.id ?? at.id;
  const opaque = at.role === 'interface-endpoint' && modelled === undefined;
  const service = opaque ? emissionOf(trip, behind) : undefined;
  // What lies behind an endpoint of somebody's own service is not the endpoint's to tell (semantics 9.17, 9.27).
  if (service !== undefined && side(trip, passes(behind)))
    return emit(trip, { resource: behind, kind: 'interface-endpoint', source: at.source }, behind, service);
  return deliver(trip, arrival, { ...stepAt(at), detail: `\`${at.id}\` receives the packet` });
}

/** Over UDP or TCP to the port of DNS, or of DNS over HTTPS (semantics 13.16). */
const isQuery = ({ packet: { protocol, dstPort } }: Trip): boolean =>
  (protocol === protocols.udp || protocol === protocols.tcp) && (dstPort === 53 || dstPort === 443);

/**
 * A guest that the check keeps nothing from may send on anything, where it is taken to and a choice says what: but for the
 * one where the flow began, which only has back what it sent, and what it sends then is another flow.
 */
export function rewriteAt(trip: Trip, at: NetworkInterface, checked = at.sourceDestCheck): Place | undefined {
  const { origin } = trip.request;
  if (origin.kind === 'interface' && origin.id === at.id && !at.sourceDestCheck) return undefined;
  const emission = emissionOf(trip, at.id);
  const taken = side(trip, passes(at.id)) && !side(trip, forwards(at.id)) && !side(trip, forwardsNat(at.id));
  if (checked || emission === undefined || !taken || trip.direction === 'return') return undefined;
  return emit(trip, stepAt(at), at.id, emission);
}

/** Why what owns the interface takes no such packet (semantics 1.21, 5.18, 9.1, 9.13, 12.11). */
function whyRefused(trip: Trip, at: NetworkInterface): Refusal | undefined {
  if (!abilities[at.role].receives) return { detail: `\`${at.id}\` (${at.role}) receives no new flows` };
  const balancing = trip.atlas.balancingAt(at.id);
  if (balancing !== undefined) return whyNotTaken(balancing, trip.packet);
  if (at.role !== 'interface-endpoint') return undefined;
  const endpoint = trip.atlas.endpointOf(at.id);
  if (endpoint !== undefined && !works(trip, endpoint.id, endpoint.state))
    return { code: 'BAD_STATE', detail: `\`${endpoint.id}\` is ${endpoint.state}` };
  const { protocol } = trip.packet;
  return protocol === protocols.tcp || protocol === protocols.udp
    ? undefined
    : { code: 'PROTOCOL_RESTRICTION', detail: `an interface endpoint such as \`${at.id}\` answers TCP and UDP alone` };
}
