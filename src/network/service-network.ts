/** Service networks of VPC Lattice that were read wholly: who may ask, and what for (semantics 14.1). */
import type { Listener } from './load-balancer.ts';
import type { Provenance, Resource, Unread } from './resource.ts';

/**
 * One of which every service and resource, and all that stands behind each, was read. Any other is an `OpaqueGateway`
 * of the same kind, and hands on to anywhere (`passes:sn-…`).
 */
export interface ServiceNetwork extends Resource {
  readonly kind: 'service-network';
  /** An auth policy says which principals may ask for its services; for resources it says nothing. */
  readonly authorizes: boolean | Unread;
  readonly associations: readonly VpcAssociation[];
  /** Services of the network, each once. */
  readonly services: readonly NetworkMember[];
  /** Resource configurations of the network, single or groups, each once. */
  readonly resources: readonly NetworkMember[];
}

/** What lets the interfaces of a VPC ask, by no route. */
export interface VpcAssociation {
  readonly id: string;
  /** A VPC of the network. */
  readonly vpc: string;
  /** `active` works; `pending` may (`state.ts`). */
  readonly state: string;
  /** Those that filter what clients send; none where it has none. */
  readonly groups: readonly string[] | Unread;
  readonly source: Provenance;
}

/** What stands in a service network, by an association with a state of its own. */
export interface NetworkMember {
  /** Of the service or resource configuration. */
  readonly id: string;
  /** Of the association. */
  readonly association: string;
  readonly state: string;
}

/** A service: it takes TCP for a listener, and sends to the targets as a flow of its own, from an address of Lattice. */
export interface LatticeService extends Resource {
  readonly kind: 'lattice-service';
  /** An auth policy of its own says which principals may ask. */
  readonly authorizes: boolean | Unread;
  /** `active` works; `pending` may. */
  readonly state: string;
  /**
   * All that it listens on, each at one port, all of it read; order carries no meaning. The target groups that they
   * forward to are `targetGroups` of the network, by ARN. `TLS` is passed through unopened.
   */
  readonly listeners: readonly Listener[];
}
