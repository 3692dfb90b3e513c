/** Endpoints of service networks and of shared resources that are modelled: what they take a member sends on (semantics 9.27, 9.30). */
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Network } from '../network/network.ts';
import { passes } from '../network/unknown.ts';
import {
  type Denial,
  type Member,
  type Membership,
  membershipsOf,
  resourcesOf,
  sendersAmong,
  stepAtNetwork,
  whyNotInNetwork,
} from './lattice-member.ts';
import { likeliest, sendByMember, whyNotByMember } from './lattice-sending.ts';
import type { Place } from './place.ts';
import { type Trip, drop, note } from './trip.ts';

/** What the endpoint leads to: a member of its service network, or a resource of its configuration. */
type Led = Membership | { readonly member: Member };

/** Undefined where it is not modelled: what the endpoint takes may then come out anywhere (`passes:ID`). */
export function behindEndpoint(network: Network, endpoint: VpcEndpoint): readonly Led[] | undefined {
  const { endpointType, serviceNetwork = '', resourceConfiguration = '' } = endpoint;
  if (endpointType === 'ServiceNetwork') {
    const found = network.serviceNetworks.get(serviceNetwork);
    return found && membershipsOf(network, found);
  }
  const found = endpointType === 'Resource' ? network.resourceConfigurations.get(resourceConfiguration) : undefined;
  return found && resourcesOf(found).map((member) => ({ member }));
}

/** At an interface of such an endpoint: if the flow's choices say so, a member sends another packet for this one. */
export function intoEndpoint(
  trip: Trip,
  at: NetworkInterface,
  endpoint: VpcEndpoint,
  behind: readonly Led[],
): Place | undefined {
  const client = { kind: 'endpoint', interface: at } as const;
  const [first, ...more] = sendersAmong(trip, behind);
  if (first === undefined) return undefined;
  const step = { resource: endpoint.id, kind: 'interface-endpoint', source: endpoint.source } as const;
  if (trip.request.sides.get(passes(endpoint.id)) === false)
    return drop(trip, { ...step, detail: `\`${endpoint.id}\` is taken to drop the packet` });
  const entry = likeliest(
    [first, ...more],
    (one) => (whyNotLed(trip, one) ?? whyNotByMember(trip, one, client)) !== undefined,
  );
  note(trip, {
    ...step,
    action: 'forward',
    detail: `\`${endpoint.id}\` hands the packet to \`${entry.member.id}\``,
  });
  const denial = whyNotLed(trip, entry);
  if (denial !== undefined) return drop(trip, denial);
  if ('network' in entry)
    note(trip, {
      ...stepAtNetwork(entry.network),
      action: 'forward',
      detail: `\`${entry.network.id}\` takes the packet to \`${entry.member.id}\``,
    });
  return sendByMember(trip, entry, client);
}

const whyNotLed = (trip: Trip, led: Led): Denial | undefined =>
  'network' in led ? whyNotInNetwork(trip, led) : undefined;
