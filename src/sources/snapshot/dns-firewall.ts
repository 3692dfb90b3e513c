/** The shapes of DNS Firewall in a snapshot. */
import { z } from 'zod';
import { parseQueryType } from '../../net/query-type.ts';
import type {
  DnsFirewallAssociation,
  DnsFirewallDomainList,
  DnsFirewallRuleGroup,
  VpcDnsFirewall,
} from '../../network/dns-firewall.ts';
import { ids, maybe, resource, source, unread } from './fields.ts';

export const vpcDnsFirewall = z.strictObject({
  unread: maybe(unread),
  failOpen: maybe(z.literal(true)),
  profiles: maybe(ids),
}) satisfies z.ZodType<VpcDnsFirewall>;

const name = z
  .string()
  .regex(/^(?:\*|(?:\*\.)?[^*A-Z]*[^*A-Z.])$/, 'is neither a name in lower case nor `*.` and one, nor `*`');

export const dnsFirewallDomainList = z.strictObject({
  ...resource,
  kind: z.literal('dns-firewall-domain-list'),
  domains: z.array(name),
  open: maybe(z.enum(['managed', 'unread', 'not-understood'])),
}) satisfies z.ZodType<DnsFirewallDomainList>;

const rules = z
  .array(
    z.strictObject({
      priority: z.int(),
      name: maybe(z.string()),
      action: z.enum(['ALLOW', 'BLOCK', 'ALERT']),
      response: maybe(z.string()),
      domainList: maybe(z.string()),
      queryType: maybe(z.string().refine((text) => parseQueryType(text) === text, 'is no type of DNS queries')),
      advanced: maybe(z.string()),
      trustsRedirection: z.boolean(),
      source,
    }),
  )
  .transform((list) => list.sort((a, b) => a.priority - b.priority));

export const dnsFirewallRuleGroup = z.strictObject({
  ...resource,
  kind: z.literal('dns-firewall-rule-group'),
  rules: z.union([rules, unread]),
}) satisfies z.ZodType<DnsFirewallRuleGroup>;

export const dnsFirewallAssociation = z.strictObject({
  ...resource,
  kind: z.literal('dns-firewall-association'),
  vpc: z.string(),
  group: z.string(),
  priority: z.int(),
  state: maybe(z.string()),
}) satisfies z.ZodType<DnsFirewallAssociation>;
