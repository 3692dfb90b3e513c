/** What answers tell of VPCs and subnets, and of the settings that hold for all of an account’s. */
import type { InternetGatewayBlockMode, Vpc } from '../vpc.ts';
import type { Provenance } from '../resource.ts';
import type { Subnet } from '../subnet.ts';

export interface VpcFinding extends Omit<Vpc, 'enableDnsSupport' | 'enableDnsHostnames' | 'internetGatewayBlockMode'> {
  readonly isDefault: boolean;
  readonly internetGatewayBlockMode?: InternetGatewayBlockMode;
}

export interface DnsAttributeFinding {
  readonly vpc: string;
  readonly attribute: 'EnableDnsSupport' | 'EnableDnsHostnames';
  readonly value: boolean;
  readonly source: Provenance;
}

/** The account's setting of Block Public Access in a Region. */
export interface BlockPublicAccessFinding {
  readonly account?: string;
  readonly region?: string;
  readonly mode: InternetGatewayBlockMode;
  readonly source: Provenance;
}

export interface BlockPublicAccessExclusionFinding {
  readonly id: string;
  /** A VPC's or subnet's id. */
  readonly resource: string;
  readonly mode: 'allow-bidirectional' | 'allow-egress';
  readonly source: Provenance;
}

export interface SubnetFinding extends Omit<Subnet, 'routeTable' | 'networkAcl' | 'internetGatewayBlockMode'> {
  /** Of its zone, in its account, where the zone's id is told as well. */
  readonly zoneName?: string;
  readonly internetGatewayBlockMode?: InternetGatewayBlockMode;
}
