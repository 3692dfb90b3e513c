/** What a source found of Route 53 Resolver: DNS Firewall, endpoints and rules, before references are resolved. */
import type { DnsFirewallAssociation, DnsFirewallDomainList, DnsFirewallRule } from '../dns-firewall.ts';
import type { ResolverEndpoint, ResolverRule } from '../resolver-endpoint.ts';
import type { Provenance, Resource } from '../resource.ts';

/** A rule group as lists of groups name it. */
export interface DnsFirewallGroupFinding extends Resource {
  /** Where the answer counts them. */
  readonly rules?: number;
}

/** The rules of one group, as far as one answer holds them. */
export interface DnsFirewallRulesFinding {
  readonly group: string;
  readonly rules: readonly DnsFirewallRule[];
  /** The request asked for some of them alone. */
  readonly partial: boolean;
  readonly source: Provenance;
}

export interface DnsFirewallListFinding extends Resource {
  readonly managed: boolean;
  /** Where the answer counts them. */
  readonly domains?: number;
}

/** The entries of one list, as far as one answer holds them. */
export interface DnsFirewallDomainsFinding {
  readonly list: string;
  readonly domains: DnsFirewallDomainList['domains'];
  readonly notUnderstood: boolean;
  readonly source: Provenance;
}

export interface DnsFirewallConfigFinding {
  readonly vpc: string;
  readonly failOpen: boolean;
  readonly source: Provenance;
}

export interface DnsProfileFinding {
  readonly vpc: string;
  readonly profile: string;
}

export interface ResolverAddressFinding {
  readonly endpoint: string;
  readonly subnet: string;
  /** As they are written. */
  readonly addresses: readonly string[];
}

export interface ResolverRuleAssociationFinding {
  readonly rule: string;
  readonly vpc: string;
  readonly state?: string;
  readonly source: Provenance;
  readonly account?: string;
  readonly region?: string;
}

export interface DnsFindings {
  readonly groups: DnsFirewallGroupFinding[];
  readonly rules: DnsFirewallRulesFinding[];
  readonly lists: DnsFirewallListFinding[];
  readonly domains: DnsFirewallDomainsFinding[];
  readonly associations: DnsFirewallAssociation[];
  readonly configs: DnsFirewallConfigFinding[];
  readonly profiles: DnsProfileFinding[];
  /** Interfaces that nothing else would tell to be its own. */
  readonly endpoints: (Omit<ResolverEndpoint, 'interfaces'> & Partial<Pick<ResolverEndpoint, 'interfaces'>>)[];
  readonly endpointAddresses: ResolverAddressFinding[];
  readonly resolverRules: Omit<ResolverRule, 'associations'>[];
  readonly resolverRuleAssociations: ResolverRuleAssociationFinding[];
}

export const noDnsFindings = (): DnsFindings => ({
  groups: [],
  rules: [],
  lists: [],
  domains: [],
  associations: [],
  configs: [],
  profiles: [],
  endpoints: [],
  endpointAddresses: [],
  resolverRules: [],
  resolverRuleAssociations: [],
});
