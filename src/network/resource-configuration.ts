/** Resources that a VPC shares through a resource gateway, and the gateways (semantics 9.27 to 9.29). */
import type { Address } from '../net/address.ts';
import type { Resource } from './resource.ts';

/** Takes what comes for the resources behind it, and sends it on as from its own interfaces. */
export interface ResourceGateway extends Resource {
  readonly kind: 'resource-gateway';
  readonly vpc: string;
  /** `active` works; `pending` may (`state.ts`). */
  readonly state: string;
  /** Interfaces of the network; AWS may add more in the same subnets. */
  readonly interfaces: readonly string[];
}

/** A resource, or a group of them, of which all was read. */
export interface ResourceConfiguration extends Resource {
  readonly kind: 'resource-configuration';
  readonly state: string;
  /** What is asked for by it: one resource of a single configuration, those of its members of a group. */
  readonly resources: readonly SharedResource[];
}

export interface SharedResource {
  /** The configuration that defines it: the one itself, or the member of the group. */
  readonly id: string;
  readonly state: string;
  /** A resource gateway of the network. */
  readonly gateway: string;
  /** TCP ports, both ends included, in order. */
  readonly ports: readonly { readonly from: number; readonly to: number }[];
  /** Where it is: absent where a name or an ARN tells, which may be any address that the gateway reaches. */
  readonly address?: Address;
}
