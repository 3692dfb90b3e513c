/** What a question means, told once more for tests: whether a traced packet is a flow that the question speaks of. */
import type { Packet } from '../../src/net/packet.ts';
import { prefixContains } from '../../src/net/prefix.ts';
import type { Payload } from '../../src/net/payload.ts';
import { hasPorts, isIcmp, protocols } from '../../src/net/protocol.ts';
import { bitsOfFlags, syn } from '../../src/net/tcp-flags.ts';
import { serviceShortName } from '../../src/network/endpoint.ts';
import { isBalancing } from '../../src/network/balancing.ts';
import type { Network } from '../../src/network/network.ts';
import type { Mode } from '../../src/network/replay.ts';
import { passes } from '../../src/network/unknown.ts';
import type { Place, Question, Traffic, Waypoint } from '../../src/policy/question.ts';
import { isInternet } from './internet.ts';
import { balancerOf } from './choices.ts';
import { carries } from './random-payload.ts';
import { addressesOf, inMode, type Sample } from './samples.ts';

/** The sample is a flow of the question, and its sides are among those that the question leaves open. */
export function speaksOf(question: Question, drawn: Sample): boolean {
  const { request } = drawn;
  const { packet, payload } = request;
  for (const [key, side] of question.sides) if (request.sides.get(key) !== side) return false;
  if (!question.families.includes(packet.src.family)) return false;
  if (question.kind === 'ask' && !isFirst(packet, question.traffic)) return false;
  if (question.traffic.length > 0 && !question.traffic.some((traffic) => isTraffic(traffic, packet, payload)))
    return false;
  if (question.names === 'honest' && payload !== undefined && isNameless(payload)) return false;
  if (!question.from.members.some((from) => isFrom(request.network, from, drawn))) return false;
  const mode = modeOf(question, packet);
  const sample = inMode(drawn, mode);
  const { result } = sample;
  if (result.delivery === undefined || (mode !== 'packet' && !result.replied)) return false;
  const { network, origin } = request;
  if (origin.kind === 'interface' && result.delivery.kind === 'interface' && origin.id === result.delivery.id)
    return false;
  if (question.kind !== 'forbid' && !isTaken(sample)) return false;
  const pairs = question.from.members.some((from) =>
    question.to.members.some(
      (to) => !samePlace(from, to) && isFrom(network, from, sample) && isTo(network, to, sample),
    ),
  );
  if (!pairs) return false;
  const crossed = new Set(result.hops.map(({ resource }) => resource));
  const crosses = ({ ids }: Waypoint): boolean => [...ids].some((id) => crossed.has(id));
  if (!question.via.every(crosses) || question.avoid.some(crosses)) return false;
  return !question.except.some(
    (except) =>
      (except.via === undefined || crosses(except.via)) &&
      (except.traffic === undefined || except.traffic.some((traffic) => isTraffic(traffic, packet, payload))) &&
      (except.from === undefined || except.from.members.some((from) => isFrom(network, from, sample))) &&
      (except.to === undefined || except.to.members.some((to) => isTo(network, to, sample))),
  );
}

/** Where the question is decided on payload, TCP counts by what a client can send, anything else by single packets. */
const modeOf = ({ mode, onPayload }: Question, { protocol }: Packet): Mode =>
  onPayload === undefined ? mode : protocol === protocols.tcp ? 'client-data' : 'packet';

const isNameless = ({ app, sni, httpHost }: Payload): boolean =>
  (app === 'tls' && sni === undefined) || (app === 'http' && httpHost === undefined);

/**
 * A balancer's listeners are not modelled, and endpoints are known to listen on 443 alone: whether they take a packet is
 * an assumption, which a `forbid` does not wait for.
 */
function isTaken({ request: { network, packet, sides }, result: { delivery } }: Sample): boolean {
  const at = delivery?.kind === 'interface' ? network.interfaces.get(delivery.id) : undefined;
  if (at?.role === 'load-balancer') {
    const balancer = network.loadBalancers.get(balancerOf(network, at.id));
    const side = sides.get(passes(balancer?.id ?? at.id));
    return balancer !== undefined && isBalancing(network, balancer) ? side !== false : side === true;
  }
  if (at?.role !== 'interface-endpoint' || packet.dstPort === 443) return true;
  const endpoint = [...network.endpoints.values()].find(({ interfaces }) => interfaces.includes(at.id));
  return sides.get(passes(endpoint?.id ?? at.id)) === true;
}

const samePlace = (a: Place, b: Place): boolean =>
  a.kind === b.kind && (a.kind !== 'interface' || (b.kind === 'interface' && a.id === b.id)) && a.kind !== 'cidr';

/** `ask` means a first, unfragmented packet from a client port unless it says otherwise. */
const isFirst = (packet: Packet, traffic: readonly Traffic[]): boolean =>
  (packet.tcpFlags === undefined || traffic.some(({ tcpFlags }) => tcpFlags !== undefined)) &&
  (!packet.fragment || traffic.some(({ fragment }) => fragment === true)) &&
  (!hasPorts(packet.protocol) || packet.srcPort >= 1024 || traffic.some(({ srcPorts }) => srcPorts !== undefined)) &&
  (!isIcmp(packet.protocol) ||
    packet.icmpType === 8 ||
    packet.icmpType === 128 ||
    traffic.some(({ icmpType }) => icmpType !== undefined));

const inRange = (range: { readonly from: number; readonly to: number } | undefined, value: number): boolean =>
  range === undefined || (value >= range.from && value <= range.to);

export const isTraffic = (traffic: Traffic, packet: Packet, payload?: Payload): boolean =>
  (traffic.app === undefined || (payload !== undefined && carries(traffic, payload))) &&
  (traffic.tcpFlags === undefined ||
    (packet.protocol === protocols.tcp && bitsOfFlags(traffic.tcpFlags) === (packet.tcpFlags ?? syn))) &&
  (traffic.protocol === undefined || traffic.protocol === packet.protocol) &&
  (traffic.ports === undefined || hasPorts(packet.protocol)) &&
  inRange(traffic.ports, packet.dstPort) &&
  (traffic.srcPorts === undefined || hasPorts(packet.protocol)) &&
  inRange(traffic.srcPorts, packet.srcPort) &&
  (traffic.icmpType === undefined || (isIcmp(packet.protocol) && traffic.icmpType === packet.icmpType)) &&
  (traffic.icmpCode === undefined || (isIcmp(packet.protocol) && traffic.icmpCode === packet.icmpCode)) &&
  (traffic.src === undefined || prefixContains(traffic.src, packet.src)) &&
  (traffic.dst === undefined || prefixContains(traffic.dst, packet.dst)) &&
  (traffic.fragment === undefined || traffic.fragment === packet.fragment);

function isFrom(network: Network, place: Place, { request: { origin, packet } }: Sample): boolean {
  switch (place.kind) {
    case 'interface':
      return origin.kind === 'interface' && origin.id === place.id;
    case 'internet':
      return origin.kind === 'internet' && isInternet(network, packet.src);
    case 'onprem':
      return origin.kind === 'onprem';
    case 'cidr': {
      if (!prefixContains(place.prefix, packet.src)) return false;
      if (origin.kind !== 'interface') return origin.kind === 'onprem' || isInternet(network, packet.src);
      const owned = addressesOf(network.interfaces.get(origin.id)!);
      return owned.some(({ family, value }) => family === packet.src.family && value === packet.src.value);
    }
    case 'dns':
    case 'service':
    case 'gateway-endpoint':
      return false;
  }
}

function isTo(network: Network, place: Place, { request: { packet }, result: { delivery } }: Sample): boolean {
  if (delivery === undefined) return false;
  switch (place.kind) {
    case 'interface':
      return delivery.kind === 'interface' && delivery.id === place.id;
    case 'internet':
    case 'onprem':
    case 'dns':
      return delivery.kind === place.kind;
    case 'cidr':
      return delivery.kind !== 'link-local' && prefixContains(place.prefix, packet.dst);
    case 'gateway-endpoint':
      return delivery.kind === 'service' && delivery.endpoint === place.id;
    case 'service':
      if (delivery.kind === 'service') return serviceShortName(delivery.name) === place.name;
      return (
        delivery.kind === 'interface' &&
        [...network.endpoints.values()].some(
          ({ interfaces, serviceName }) =>
            interfaces.includes(delivery.id) && serviceShortName(serviceName) === place.name,
        )
      );
  }
}
