/** What another network tells of what a declaration leans on (`--base`). */
import type { Prefix } from '../../net/prefix.ts';

export interface SubnetFacts {
  readonly vpc: string;
  readonly cidrs: readonly Prefix[];
  /** Undefined where it is not known. */
  readonly mapPublicIpOnLaunch: boolean | undefined;
  readonly assignIpv6AddressOnCreation: boolean | undefined;
  readonly ipv6Native: boolean;
}

/** What exists already, by id. */
export interface Around {
  readonly subnets: ReadonlyMap<string, SubnetFacts>;
  /** By VPC. */
  readonly defaultGroups: ReadonlyMap<string, string>;
  /** By instance: its first interface. */
  readonly firstInterfaces: ReadonlyMap<string, string>;
}

export const nothingAround: Around = { subnets: new Map(), defaultGroups: new Map(), firstInterfaces: new Map() };
