/** What a source found of VPC encryption controls (semantics 14.6). */
import type { Provenance } from '../resource.ts';

/** Of AWS's exclusions, those of what leads out of a VPC. */
export const excludable = [
  'InternetGateway',
  'EgressOnlyInternetGateway',
  'NatGateway',
  'VirtualPrivateGateway',
  'VpcPeering',
] as const;

export type Excludable = (typeof excludable)[number];

/** A VPC in enforce mode, or on its way into it or out of it. */
export interface EncryptionControlFinding {
  readonly vpc: string;
  readonly excluded: readonly Excludable[];
  readonly source: Provenance;
}
