/** VPCs, and what VPC Block Public Access does to them (semantics 4.34 to 4.40). */
import type { Prefix } from '../net/prefix.ts';
import type { VpcDnsFirewall } from './dns-firewall.ts';
import type { Resource } from './resource.ts';

/**
 * The effective mode of VPC Block Public Access at a subnet or VPC, exclusions applied (semantics 4.35 to 4.37):
 * an `allow-bidirectional` exclusion is `off`, an `allow-egress` exclusion is `block-ingress`.
 */
export type InternetGatewayBlockMode = 'off' | 'block-bidirectional' | 'block-ingress';

export interface Vpc extends Resource {
  readonly kind: 'vpc';
  /** Associated blocks of both families, the primary IPv4 block first. */
  readonly cidrs: readonly Prefix[];
  /** Whether the Amazon resolver answers (semantics 13.3). */
  readonly enableDnsSupport: boolean;
  readonly enableDnsHostnames: boolean;
  /** Absent where nothing but the rule groups associated with it filters names. */
  readonly dnsFirewall?: VpcDnsFirewall;
  /** For gateways that stand in no subnet. */
  readonly internetGatewayBlockMode: InternetGatewayBlockMode;
  /** All flow logs of the VPC and of what stands in it were read; absent where no call told of them. */
  readonly flowLogsRead?: true;
  /** There may be subnets in it besides those read: a participant is shown only the ones that are shared with it (semantics 1.25). */
  readonly subnetsUnread?: true;
}
