/** Route 53 Resolver DNS Firewall: which names asked of a VPC's Amazon resolver are resolved (semantics 13.5 to 13.14). */
import type { Provenance, Resource, Unread } from './resource.ts';

/** A list of names that rules refer to. */
export interface DnsFirewallDomainList extends Resource {
  readonly kind: 'dns-firewall-domain-list';
  /**
   * In lower case, without the final dot, each of one of three forms (semantics 13.9): `example.com`, that name alone;
   * `*.example.com`, every name below it; `*`, every name.
   */
  readonly domains: readonly string[];
  /**
   * Present where it may hold more: AWS's own list, one that no call read, entries that were not understood. Whether a
   * rule with it matches a name that is not in `domains` is not known.
   */
  readonly open?: 'managed' | 'unread' | 'not-understood';
}

export interface DnsFirewallRuleGroup extends Resource {
  readonly kind: 'dns-firewall-rule-group';
  /** In ascending order of priority. */
  readonly rules: readonly DnsFirewallRule[] | Unread;
}

/** ALLOW and ALERT resolve, BLOCK does not (semantics 13.7). */
export type DnsFirewallAction = 'ALLOW' | 'BLOCK' | 'ALERT';

/** It matches queries of its type for the names of its list (semantics 13.6, 13.9, 13.10). */
export interface DnsFirewallRule {
  /** One rule of a group has it; the lowest is asked first. */
  readonly priority: number;
  readonly name?: string;
  readonly action: DnsFirewallAction;
  /** What BLOCK answers, in AWS's words: `NODATA`, `NXDOMAIN`, `OVERRIDE`. */
  readonly response?: string;
  /** The id of the list; absent on a rule that has none. */
  readonly domainList?: string;
  /** `TXT`, `TYPE4660` (`net/query-type.ts`); absent: any. */
  readonly queryType?: string;
  /**
   * What else it asks of a query, in AWS's words (`DnsThreatProtection DGA`): of queries of its type it may match any or
   * none, whatever its list says.
   */
  readonly advanced?: string;
  /** Of a chain of CNAMEs the first name alone is asked about (semantics 13.11), else every name. */
  readonly trustsRedirection: boolean;
  readonly source: Provenance;
}

/** A rule group filters what is asked of a VPC's resolver, behind the groups of lower priority (semantics 13.6). */
export interface DnsFirewallAssociation extends Resource {
  readonly kind: 'dns-firewall-association';
  readonly vpc: string;
  /** The rule group's id. */
  readonly group: string;
  readonly priority: number;
  /** `UPDATING`, `DELETING`: whether it filters is not known (`up:ID`); absent where it does. */
  readonly state?: string;
}

/** What is to be known of a VPC's DNS Firewall beside its rule groups. */
export interface VpcDnsFirewall {
  /** Which rule groups are associated with it no call told, where others were read. */
  readonly unread?: Unread;
  /** Names get through where DNS Firewall fails to answer (semantics 13.12). */
  readonly failOpen?: true;
  /** Route 53 Profiles associated with it, each of which may bring rule groups and resolver rules of its own. */
  readonly profiles?: readonly string[];
}
