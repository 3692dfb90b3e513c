/** Carrier gateways: the way of a VPC's Wavelength Zones to a carrier's network, and through it to the internet (semantics 4.32). */
import type { Resource } from './resource.ts';

/** One that describe-carrier-gateways shows; those that only routes name are opaque gateways. */
export interface CarrierGateway extends Resource {
  readonly kind: 'carrier-gateway';
  readonly vpc: string;
  /** `available` works; `pending` and `deleting` may (`state.ts`). */
  readonly state: string;
}
