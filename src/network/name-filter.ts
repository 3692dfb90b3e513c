/** What decides on the names that are asked of a VPC's Amazon resolver, found by the VPC (semantics 13.6, 13.15). */
import type { DnsFirewallAssociation } from './dns-firewall.ts';
import type { Network } from './network.ts';
import { leadsOut, type ResolverRule } from './resolver-endpoint.ts';
import { isUnread } from './resource.ts';

type Holding = Pick<Network, 'vpcs' | 'dnsFirewallAssociations' | 'resolverRules'>;

/** The associations of its rule groups, in the order in which they filter. */
export const associationsOf = (
  { dnsFirewallAssociations }: Pick<Holding, 'dnsFirewallAssociations'>,
  vpc: string,
): readonly DnsFirewallAssociation[] =>
  [...dnsFirewallAssociations.values()]
    .filter((one) => one.vpc === vpc)
    .sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1));

/** The resolver rules that are the VPC's, or may be. */
export const resolverRulesOf = (
  { resolverRules }: Pick<Holding, 'resolverRules'>,
  vpc: string,
): readonly ResolverRule[] =>
  [...resolverRules.values()].filter(
    ({ associations }) => isUnread(associations) || associations.some((one) => one.vpc === vpc),
  );

/** Whether some rule group looks at its names, or may. */
export const hasDnsFirewall = (network: Holding, vpc: string): boolean =>
  network.vpcs.get(vpc)?.dnsFirewall !== undefined || associationsOf(network, vpc).length > 0;

/** Whether some rule leads names of it to other servers, or may. */
export const forwardsNames = (network: Holding, vpc: string): boolean =>
  resolverRulesOf(network, vpc).some((rule) => leadsOut(rule) || isUnread(rule.domain));

/** Whether it depends on the name what becomes of a query in that VPC. */
export const filtersNames = (network: Holding, vpc: string): boolean =>
  hasDnsFirewall(network, vpc) || forwardsNames(network, vpc);
