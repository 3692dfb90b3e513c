/** What may be asked for in a service network or by a resource endpoint, and whether it is there for whoever asks (semantics 14.1, 9.30). */
import { invariant } from '../base/invariant.ts';
import type { Network } from '../network/network.ts';
import type { Emission } from '../network/replay.ts';
import type { ResourceConfiguration, SharedResource } from '../network/resource-configuration.ts';
import type { LatticeService, NetworkMember, ServiceNetwork } from '../network/service-network.ts';
import { passes } from '../network/unknown.ts';
import { emissionOf } from './emission.ts';
import { type Step, type Trip, side, works } from './trip.ts';

/** Why a packet does not get on, and at what. */
export type Denial = Omit<Step, 'action'>;

export type Member =
  | { readonly kind: 'service'; readonly id: string; readonly service: LatticeService }
  | {
      readonly kind: 'resource';
      readonly id: string;
      readonly resource: SharedResource;
      /** That by which it was asked for: its own, or a group's. */
      readonly configuration: ResourceConfiguration;
    };

/** A member as one of a service network. */
export interface Membership {
  readonly network: ServiceNetwork;
  readonly association: NetworkMember;
  readonly member: Member;
}

/** Services in order, then resources. */
export const membershipsOf = (network: Network, from: ServiceNetwork): readonly Membership[] => [
  ...from.services.map((association): Membership => {
    const service = network.latticeServices.get(association.id);
    invariant(service !== undefined, `${association.id} of ${from.id} was read`);
    return { network: from, association, member: { kind: 'service', id: service.id, service } };
  }),
  ...from.resources.flatMap((association): readonly Membership[] => {
    const configuration = network.resourceConfigurations.get(association.id);
    invariant(configuration !== undefined, `${association.id} of ${from.id} was read`);
    return resourcesOf(configuration).map((member) => ({ network: from, association, member }));
  }),
];

export const resourcesOf = (configuration: ResourceConfiguration): readonly Member[] =>
  configuration.resources.map((resource) => ({ kind: 'resource', id: resource.id, resource, configuration }));

/** One that the flow's choices let send something. */
export interface Sending {
  readonly member: Member;
  readonly emission: Emission;
}

/** Those of which the flow's choices say what they send now. */
export const sendersAmong = <T extends { readonly member: Member }>(
  trip: Trip,
  all: readonly T[],
): readonly (T & Sending)[] =>
  all.flatMap((each) => {
    const emission = emissionOf(trip, each.member.id);
    return emission === undefined ? [] : [{ ...each, emission }];
  });

export const stepAtNetwork = ({ id, source }: ServiceNetwork) =>
  ({ resource: id, kind: 'service-network', source }) as const;

/** Why the network does not have the member for anybody: by their association, or by an auth policy, which asks for services alone. */
export function whyNotInNetwork(trip: Trip, { network, association, member }: Membership): Denial | undefined {
  const step = stepAtNetwork(network);
  if (!works(trip, association.association, association.state))
    return {
      ...step,
      code: 'BAD_STATE',
      detail: `the association of \`${association.id}\` with \`${network.id}\` is ${association.state}`,
    };
  if (member.kind === 'resource' || network.authorizes === false || side(trip, passes(network.id))) return undefined;
  return {
    ...step,
    detail:
      network.authorizes === true
        ? `whom the auth policy of \`${network.id}\` lets ask for \`${member.id}\` is not told`
        : `whether an auth policy of \`${network.id}\` asks who wants \`${member.id}\` was not read`,
  };
}
