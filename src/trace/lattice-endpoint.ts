/** Endpoints of service networks and of shared resources that are modelled: what they take a member sends on (semantics 9.27, 9.30). */
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Network } from '../network/network.ts';
import type { ResourceConfiguration } from '../network/resource-configuration.ts';
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
import { type Trip, drop, note, works } from './trip.ts';

/** What the endpoint leads to: members of a service network, or the resources of a configuration. */
export type Behind =
  | { readonly kind: 'network'; readonly all: readonly Membership[] }
  | {
      readonly kind: 'configuration';
      readonly configuration: ResourceConfiguration;
      readonly all: readonly { readonly member: Member }[];
    };

/** Undefined where it is not modelled: what the endpoint takes may then come out anywhere (`passes:ID`). */
export function behindEndpoint(network: Network, endpoint: VpcEndpoint): Behind | undefined {
  const { endpointType, serviceNetwork = '', resourceConfiguration = '' } = endpoint;
  if (endpointType === 'ServiceNetwork') {
    const found = network.serviceNetworks.get(serviceNetwork);
    return found && { kind: 'network', all: membershipsOf(network, found) };
  }
  const configuration =
    endpointType === 'Resource' ? network.resourceConfigurations.get(resourceConfiguration) : undefined;
  return (
    configuration && {
      kind: 'configuration',
      configuration,
      all: resourcesOf(configuration).map((member) => ({ member })),
    }
  );
}

/** At an interface of such an endpoint: if the flow's choices say so, a member sends another packet for this one. */
export function intoEndpoint(
  trip: Trip,
  at: NetworkInterface,
  endpoint: VpcEndpoint,
  behind: Behind,
): Place | undefined {
  const client = { kind: 'endpoint', interface: at } as const;
  const [first, ...more] = sendersAmong<{ member: Member } | Membership>(trip, behind.all);
  if (first === undefined) return undefined;
  const step = { resource: endpoint.id, kind: 'interface-endpoint', source: endpoint.source } as const;
  if (trip.request.sides.get(passes(endpoint.id)) === false)
    return drop(trip, { ...step, detail: `\`${endpoint.id}\` is taken to drop the packet` });
  const entry = likeliest(
    [first, ...more],
    (one) => (whyNotLed(trip, behind, one) ?? whyNotByMember(trip, one, client)) !== undefined,
  );
  note(trip, {
    ...step,
    action: 'forward',
    detail: `\`${endpoint.id}\` hands the packet to \`${entry.member.id}\``,
  });
  const denial = whyNotLed(trip, behind, entry);
  if (denial !== undefined) return drop(trip, denial);
  if ('network' in entry)
    note(trip, {
      ...stepAtNetwork(entry.network),
      action: 'forward',
      detail: `\`${entry.network.id}\` takes the packet to \`${entry.member.id}\``,
    });
  return sendByMember(trip, entry, client);
}

function whyNotLed(trip: Trip, behind: Behind, entry: { readonly member: Member } | Membership): Denial | undefined {
  if ('network' in entry) return whyNotInNetwork(trip, entry);
  if (behind.kind === 'network') return undefined;
  const { id, state, source } = behind.configuration;
  return works(trip, id, state)
    ? undefined
    : {
        resource: id,
        kind: 'resource-configuration',
        source,
        code: 'BAD_STATE',
        detail: `the resource configuration \`${id}\` is ${state}`,
      };
}
