/** Interface endpoints whose service is modelled: what they take comes out of a node in the provider's VPC (semantics 9.17, 9.19). */
import { invariant } from '../base/invariant.ts';
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { EndpointService } from '../network/endpoint-service.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { LoadBalancer } from '../network/load-balancer.ts';
import type { Emission } from '../network/replay.ts';
import { serviceBehind } from '../network/private-link.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import { passes } from '../network/unknown.ts';
import { areComparable } from '../network/zone.ts';
import { emissionOf } from './emission.ts';
import { type Refusal, nameOf, stepAtBalancer, whyNotTaken } from './listener.ts';
import { sendOn } from './load-balancer.ts';
import type { Place } from './place.ts';
import { passGroupsByPrivateLink } from './security-group.ts';
import { type Trip, drop, note, side, subnetOf, works } from './trip.ts';

/** At an endpoint's interface: if the flow's choices say so, a node of the service's balancers sends another packet for it. */
export function handOver(trip: Trip, at: NetworkInterface): Place | undefined {
  const endpoint = at.role === 'interface-endpoint' ? trip.atlas.endpointOf(at.id) : undefined;
  const emission = endpoint && emissionOf(trip, endpoint.id);
  const service = endpoint && emission && serviceBehind(trip.network, endpoint.id);
  return service && intoService(trip, at, endpoint, service, emission);
}

function intoService(
  trip: Trip,
  at: NetworkInterface,
  endpoint: VpcEndpoint,
  service: EndpointService,
  emission: Emission,
): Place {
  const step = { resource: endpoint.id, kind: 'interface-endpoint', source: endpoint.source } as const;
  const refusal = whyNotConnected(trip, endpoint, service);
  if (refusal !== undefined) return drop(trip, { ...step, ...refusal });
  const found = findNode(trip, service, emission);
  if ('detail' in found) return drop(trip, { ...step, ...found });
  const { node, balancer } = found;
  const apart = whyNotHere(trip, at, endpoint, node, balancer);
  if (apart !== undefined) return drop(trip, { ...step, ...apart });

  note(trip, {
    ...step,
    action: 'forward',
    detail: `\`${endpoint.id}\` hands the packet to \`${nameOf(balancer)}\` in the service \`${service.id}\``,
  });
  const untaken = whyNotTaken(balancer, trip.packet);
  if (untaken !== undefined) return drop(trip, { ...stepAtBalancer(balancer), ...untaken });
  if (balancer.enforcesOnPrivateLink && !passGroupsByPrivateLink(trip, node)) return { kind: 'ended' };
  return sendOn(trip, node, balancer, emission, { id: endpoint.id, interface: at });
}

function whyNotConnected(trip: Trip, { id }: VpcEndpoint, service: EndpointService): Refusal | undefined {
  if (trip.request.sides.get(passes(id)) === false) return { detail: `\`${id}\` is taken to drop the packet` };
  const connection = service.connections.find(({ endpoint }) => endpoint === id);
  invariant(connection !== undefined, `${id} is connected to ${service.id}`);
  if (!works(trip, id, connection.state))
    return { code: 'BAD_STATE', detail: `the connection of \`${id}\` to \`${service.id}\` is ${connection.state}` };
  return works(trip, service.id, service.state)
    ? undefined
    : { code: 'BAD_STATE', detail: `the service \`${service.id}\` is ${service.state}` };
}

/** The node that sends, and its balancer. */
function findNode(
  { network }: Trip,
  { id, loadBalancers }: EndpointService,
  { at }: Emission,
): { readonly node: NetworkInterface; readonly balancer: LoadBalancer } | Refusal {
  invariant(!isUnread(loadBalancers), `the balancers of ${id} were read`);
  const balancer = loadBalancers
    .map((one) => network.loadBalancers.get(one))
    .find((one) => at.kind === 'interface' && one?.interfaces.includes(at.id) === true);
  const node = at.kind === 'interface' ? network.interfaces.get(at.id) : undefined;
  if (balancer !== undefined && node !== undefined) return { node, balancer };
  const where = at.kind === 'interface' ? `\`${at.id}\` is none of them` : `not at ${at.kind}`;
  return { detail: `the service \`${id}\` sends on by the nodes of its load balancers: ${where}` };
}

/** An endpoint's interface hands to the nodes of its own zone, unless the balancer crosses zones (semantics 9.19), or is in another Region. */
function whyNotHere(
  trip: Trip,
  at: NetworkInterface,
  endpoint: VpcEndpoint,
  node: NetworkInterface,
  balancer: LoadBalancer,
): Refusal | undefined {
  const { region = endpoint.region } = at;
  // Between Regions zones mean nothing, whichever node it is that takes the packet; and UDP comes in one piece (semantics 9.22).
  if (region !== undefined && node.region !== undefined && region !== node.region)
    return !trip.packet.fragment || side(trip, passes(endpoint.id))
      ? undefined
      : {
          detail: `\`${endpoint.id}\` is in ${region} and \`${node.id}\` in ${node.region}: no fragment is known to be carried there`,
        };
  const [own, far] = [subnetOf(trip, at.subnet), subnetOf(trip, node.subnet)];
  const [here, there] = [own.zone, far.zone];
  const { crossZone } = balancer;
  if (crossZone !== true && !areComparable(own, far))
    return side(trip, passes(endpoint.id))
      ? undefined
      : { detail: `whether \`${here}\` of the one account is \`${there}\` of the other is not told` };
  if (here === there || (isUnread(crossZone) ? side(trip, unreadKey(crossZone)) : crossZone)) return undefined;
  return {
    code: 'ELB_NOT_CROSSZONE',
    detail: isUnread(crossZone)
      ? `whether \`${nameOf(balancer)}\` takes in \`${there}\` what comes to \`${endpoint.id}\` in \`${here}\` was not read`
      : `\`${endpoint.id}\` hands over to nodes of \`${nameOf(balancer)}\` in its own zone alone, \`${here}\`, and \`${node.id}\` is in \`${there}\``,
  };
}
