/** What of the input is modelled, assumed or not understood: every resource is accounted for. */
import type { Provenance } from './resource.ts';

export interface CoverageEntry {
  /** In the style of hop kinds (`security-group`), or AWS's own list key where the kind is unknown (`Volumes`). */
  readonly kind: string;
  readonly id: string;
  readonly status: 'modelled' | 'assumed' | 'not-modelled';
  /** For `assumed`: the assumption that stands for it. */
  readonly assumption?: string;
  /** For `not-modelled`: why, and which verdicts it could change. */
  readonly why?: string;
  readonly affects?: string;
  readonly source: Provenance;
}

export const notModelled = (coverage: readonly CoverageEntry[]): readonly CoverageEntry[] =>
  coverage.filter(({ status }) => status === 'not-modelled');

/** A setting that was not read and is taken at AWS's default. */
export interface DefaultTaken {
  /** `vpc-1.EnableDnsSupport`, `InternetGatewayBlockMode`. */
  readonly setting: string;
  readonly value: string;
  /** The CLI command that would read it, without `aws`: `ec2 describe-vpc-attribute`. */
  readonly call: string;
}
