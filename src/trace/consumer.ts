/** What consumers whose endpoints are not in the input ask of an endpoint service (semantics 9.17). */
import { sameAddress } from '../net/address.ts';
import type { EndpointService } from '../network/endpoint-service.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { LoadBalancer } from '../network/load-balancer.ts';
import { balancersBehind, isUsedElsewhere } from '../network/private-link.ts';
import type { Emission } from '../network/replay.ts';
import { passes } from '../network/unknown.ts';
import { emissionOf } from './emission.ts';
import { isOwnAddress } from './holder.ts';
import { type Refusal, forwardsOf, listenersFor, nameOf, whyNotTaken } from './listener.ts';
import { emit } from './opaque-gateway.ts';
import type { Place } from './place.ts';
import { destinationsOf, whyNotEnabled, whyNotHealthy, whyNotInZone } from './target.ts';
import { type Trip, drop, side } from './trip.ts';

/** From a VPC that nobody read: a node of the service's balancers sends what the flow's choices say. */
export function enterByService(trip: Trip, service: EndpointService): Place {
  const { id, source } = service;
  const step = { resource: id, kind: 'endpoint-service', source } as const;
  const emission = emissionOf(trip, id);
  const refusal = emission === undefined ? nobody : (whyNotUsed(trip, service) ?? whyNotSent(trip, service, emission));
  return refusal === undefined ? emit(trip, step, id, emission!) : drop(trip, { ...step, ...refusal });
}

const nobody: Refusal = { detail: 'no consumer that is not in the input is taken to ask for anything' };

function whyNotUsed(trip: Trip, service: EndpointService): Refusal | undefined {
  const outside = trip.request.origin.kind === 'onprem' || trip.flow.sentOn.length > 0;
  return outside && isUsedElsewhere(service) && side(trip, passes(service.id)) ? undefined : nobody;
}

/** Where all of the service's balancers are modelled, one of their nodes sends to a target; else somebody sends anything. */
function whyNotSent(trip: Trip, service: EndpointService, emission: Emission): Refusal | undefined {
  const { at, packet } = emission;
  const balancers = balancersBehind(trip.network, service);
  if (balancers === undefined)
    return at.kind === 'vpc' ? undefined : { detail: `\`${service.id}\` hands on into VPCs, not at ${at.kind}` };
  const node = at.kind === 'interface' ? trip.network.interfaces.get(at.id) : undefined;
  const balancer = balancers.find(({ interfaces }) => node !== undefined && interfaces.includes(node.id));
  if (node === undefined || balancer === undefined)
    return { detail: `\`${service.id}\` sends on by nodes of its load balancers alone` };
  if (!isOwnAddress(node, packet.src) || packet.srcPort < 1024 || packet.fragment)
    return { detail: `\`${node.id}\` sends whole packets, from its own addresses and a port above 1023` };
  return whyNoTarget(trip, node, balancer, emission);
}

function whyNoTarget(
  trip: Trip,
  node: NetworkInterface,
  balancer: LoadBalancer,
  { packet }: Emission,
): Refusal | undefined {
  const untaken = whyNotTaken(balancer, trip.packet);
  if (untaken !== undefined) return untaken;
  if (packet.protocol !== trip.packet.protocol)
    return { detail: `\`${nameOf(balancer)}\` sends on what it takes, by no other protocol` };
  for (const listener of listenersFor(balancer, trip.packet)) {
    for (const { group: id } of forwardsOf(listener)) {
      const group = trip.network.targetGroups.get(id);
      for (const to of group === undefined ? [] : destinationsOf(trip.network, group)) {
        if (!sameAddress(to.address, packet.dst) || to.port !== packet.dstPort) continue;
        const refusal =
          whyNotInZone(trip, balancer, group!, to, node.subnet) ??
          whyNotEnabled(trip, balancer, to) ??
          whyNotHealthy(trip, group!, to);
        if (refusal === undefined) return undefined;
      }
    }
  }
  return { code: 'TARGET_ADDRESS_RESTRICTION', detail: `\`${nameOf(balancer)}\` sends to its targets alone` };
}
