/** Route 53 Resolver: endpoints, rules, DNS Firewall and what associates them with VPCs. */
import { dnsFirewallRule } from '../declared/types.ts';
import {
  each,
  filled,
  hanging,
  label,
  link,
  links,
  onceKnown,
  same,
  tags,
  told,
  type Translation,
  value,
} from './translation.ts';

export const resolverEndpoint: Translation = (at) => [
  told(at, 'AWS::Route53Resolver::ResolverEndpoint', {
    Name: label(at, 'name'),
    Direction: value(at, 'direction'),
    IpAddresses: each(at, 'ip_address', (one) => ({
      SubnetId: link(one, 'subnet_id', 'subnet'),
      Ip: onceKnown(value(one, 'ip')),
      Ipv6: onceKnown(value(one, 'ipv6')),
    })),
    SecurityGroupIds: filled(links(at, 'security_group_ids', ['security-group'])),
    Protocols: filled(onceKnown(value(at, 'protocols'))),
    ResolverEndpointType: value(at, 'resolver_endpoint_type'),
    Tags: tags(at),
  }),
];

export const resolverRule: Translation = (at) => [
  told(at, 'AWS::Route53Resolver::ResolverRule', {
    Name: label(at, 'name'),
    ...same(at, 'rule_type', 'domain_name'),
    ResolverEndpointId: link(at, 'resolver_endpoint_id', 'resolver-endpoint'),
    TargetIps: each(at, 'target_ip', (one) => ({
      Ip: value(one, 'ip'),
      Ipv6: value(one, 'ipv6'),
      Port: value(one, 'port'),
      Protocol: value(one, 'protocol'),
    })),
    Tags: tags(at),
  }),
];

export const resolverRuleAssociation: Translation = (at) => [
  told(at, 'AWS::Route53Resolver::ResolverRuleAssociation', {
    ResolverRuleId: link(at, 'resolver_rule_id', 'resolver-rule'),
    VPCId: link(at, 'vpc_id', 'vpc'),
  }),
];

/** Its rules stand beside it. */
export const firewallRuleGroup: Translation = (at) => [
  told(at, 'AWS::Route53Resolver::FirewallRuleGroup', { Name: label(at, 'name'), Tags: tags(at) }),
];

export const firewallRule: Translation = (at) => [
  hanging(dnsFirewallRule, {
    FirewallRuleGroupId: link(at, 'firewall_rule_group_id', 'dns-firewall-rule-group'),
    FirewallDomainListId: link(at, 'firewall_domain_list_id', 'dns-firewall-domain-list'),
    Name: label(at, 'name'),
    Qtype: value(at, 'q_type'),
    ...same(
      at,
      'action',
      'priority',
      'block_response',
      'firewall_domain_redirection_action',
      'dns_threat_protection',
      'confidence_threshold',
    ),
  }),
];

export const firewallDomainList: Translation = (at) => [
  told(at, 'AWS::Route53Resolver::FirewallDomainList', {
    Name: label(at, 'name'),
    Domains: value(at, 'domains'),
    Tags: tags(at),
  }),
];

export const firewallAssociation: Translation = (at) => [
  told(at, 'AWS::Route53Resolver::FirewallRuleGroupAssociation', {
    Name: label(at, 'name'),
    FirewallRuleGroupId: link(at, 'firewall_rule_group_id', 'dns-firewall-rule-group'),
    VpcId: link(at, 'vpc_id', 'vpc'),
    Priority: value(at, 'priority'),
    Tags: tags(at),
  }),
];

export const firewallConfig: Translation = (at) => [
  told(at, 'AWS::Route53Resolver::FirewallConfig', {
    ResourceId: link(at, 'resource_id', 'vpc'),
    FirewallFailOpen: value(at, 'firewall_fail_open'),
  }),
];

export const profileAssociation: Translation = (at) => [
  told(at, 'AWS::Route53Profiles::ProfileAssociation', {
    ProfileId: link(at, 'profile_id', 'dns-profile'),
    ResourceId: link(at, 'resource_id', 'vpc'),
  }),
];
