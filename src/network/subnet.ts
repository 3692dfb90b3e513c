/** Subnets: their blocks, zone, and the route table and network ACL in force (semantics 3.1, 4.1). */
import type { Prefix } from '../net/prefix.ts';
import type { Resource, Unread } from './resource.ts';
import type { InternetGatewayBlockMode } from './vpc.ts';

export interface Subnet extends Resource {
  readonly kind: 'subnet';
  readonly vpc: string;
  readonly cidrs: readonly Prefix[];
  /** The zone's id (`use1-az1`), or its name where the id is not given. */
  readonly zone: string;
  /** The explicit association, else the VPC's main table. */
  readonly routeTable: string | Unread;
  /** The association, else the VPC's default network ACL. */
  readonly networkAcl: string | Unread;
  readonly mapPublicIpOnLaunch: boolean;
  readonly assignIpv6AddressOnCreation: boolean;
  readonly enableDns64: boolean;
  readonly ipv6Native: boolean;
  readonly internetGatewayBlockMode: InternetGatewayBlockMode;
  /** Block Public Access is on, and an exclusion lets the subnet out: not what a network firewall in it sends (4.38). */
  readonly excludedFromBlock?: true;
}
