/**
 * What a declaration leans on and does not hold: things that exist already and are named by their ids, and what is added
 * to them. Another network tells of them (`--base`); without it they are unread.
 */
import type { NetworkAclFinding, RouteFinding } from '../../network/build/findings.ts';
import type { NetworkAclEntry } from '../../network/network-acl.ts';
import type { Prefix } from '../../net/prefix.ts';
import type { Provenance } from '../../network/resource.ts';

export interface Outside {
  /** By id: what it is, as a type of CloudFormation, and who names it first. */
  readonly named: Map<string, { readonly type: string; readonly by: string; readonly source: Provenance }>;
  /** Routes added to tables that exist, by the table's id. */
  readonly routes: Map<string, RouteFinding[]>;
  /** Tables that exist to which something is added that is not known: what they hold is not known then. */
  readonly blurredTables: Set<string>;
  /** Entries added to network ACLs that exist, by the ACL's id. */
  readonly entries: Map<string, { readonly egress: boolean; readonly entry: NetworkAclEntry }[]>;
  readonly blurredAcls: Set<string>;
  /** Subnets and gateways associated with tables that exist, by the subnet's or the gateway's id. */
  readonly tableOf: Map<string, string>;
  /** Subnets, gateways and VPCs that exist, of which it is not known which table they get. */
  readonly changing: Set<string>;
  readonly aclOf: Map<string, NetworkAclFinding['id']>;
  /** By VPC: its main table from now on. */
  readonly mainOf: Map<string, string>;
  /** By gateway that exists: the VPC that it is attached to. */
  readonly attached: Map<string, string>;
  /** Of these gateways, those of which it is not certain that they are attached. */
  readonly mayAttach: Set<string>;
  /** Interfaces and instances that exist, and get a public address. */
  readonly published: Set<string>;
  /** By VPC or subnet: blocks added. */
  readonly blocks: Map<string, Prefix[]>;
  /** Attachments of transit gateways that exist, to tables of which it is not known whether they propagate. */
  readonly mayPropagate: Set<string>;
  /** Load balancers, listeners, target groups, Client VPN endpoints and groups of DNS Firewall that exist, to which something is added that is not known. */
  readonly blurred: Set<string>;
  /** Things that are declared and exist, of which a part that decides is not known: they are no longer as they run. */
  readonly unread: Set<string>;
  /** By VPC endpoint that exists: its interfaces in subnets that are added. */
  readonly endpointInterfaces: Map<string, string[]>;
  /** Interfaces that exist, with the security groups that are added to them; undefined: one that is not known. */
  readonly joined: Map<string, (string | undefined)[]>;
  /** Interfaces that exist, with the instance that they are attached to; undefined: it is not known which, or whether to any. */
  readonly plugged: Map<string, string | undefined>;
  /** By VPN connection that exists: static routes added; undefined: one that is not known. */
  readonly lineRoutes: Map<string, (Prefix | undefined)[]>;
  /** Interfaces and instances that exist, and may get a public address. */
  readonly mayBePublished: Set<string>;
  /** By prefix list that exists: entries added; undefined: one that is not known. */
  readonly entered: Map<string, (Prefix | undefined)[]>;
}

export const nothingOutside = (): Outside => ({
  named: new Map(),
  routes: new Map(),
  blurredTables: new Set(),
  entries: new Map(),
  blurredAcls: new Set(),
  tableOf: new Map(),
  changing: new Set(),
  aclOf: new Map(),
  mainOf: new Map(),
  attached: new Map(),
  mayAttach: new Set(),
  published: new Set(),
  blocks: new Map(),
  mayPropagate: new Set(),
  blurred: new Set(),
  unread: new Set(),
  endpointInterfaces: new Map(),
  joined: new Map(),
  plugged: new Map(),
  lineRoutes: new Map(),
  mayBePublished: new Set(),
  entered: new Map(),
});

/** Adds to a list by key. */
export function append<T>(map: Map<string, T[]>, key: string, one: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [one]);
  else list.push(one);
}
