/** The shapes of firewall policies, rule groups and TLS inspection configurations in a snapshot. */
import { z } from 'zod';
import type {
  FirewallPolicy,
  StatefulRuleGroup,
  StatelessRuleGroup,
  TlsInspection,
} from '../../network/firewall-policy.ts';
import { maybe, port, prefix, resource, source, unread } from './fields.ts';

const order = z.enum(['DEFAULT_ACTION_ORDER', 'STRICT_ORDER']);
const action = z.enum(['aws:pass', 'aws:drop', 'aws:forward_to_sfe']);
const byte = z.int().min(0).max(255);
const ports = z.array(z.strictObject({ from: port, to: port }));
const ends = {
  sources: z.array(prefix),
  destinations: z.array(prefix),
  sourcePorts: ports,
  destinationPorts: ports,
};

export const firewallPolicy = z.strictObject({
  ...resource,
  kind: z.literal('firewall-policy'),
  stateless: z.strictObject({
    groups: z.array(z.strictObject({ priority: z.int(), group: z.string() })),
    default: action,
    fragmentDefault: action,
  }),
  stateful: z.strictObject({
    order,
    defaults: maybe(z.array(z.string())),
    streamException: z.enum(['DROP', 'CONTINUE', 'REJECT']),
    groups: z.array(z.strictObject({ group: z.string(), priority: maybe(z.int()), dropToAlert: z.boolean() })),
  }),
  homeNet: maybe(z.array(prefix)),
  sessionHolding: z.boolean(),
  tlsInspection: maybe(z.string()),
}) satisfies z.ZodType<FirewallPolicy>;

const statelessGroup = z.strictObject({
  ...resource,
  kind: z.literal('stateless-rule-group'),
  rules: z.array(
    z.strictObject({
      ...ends,
      priority: z.int(),
      action,
      protocols: z.array(byte),
      tcpFlags: z.array(z.strictObject({ flags: byte, masks: byte })),
      source,
    }),
  ),
}) satisfies z.ZodType<StatelessRuleGroup>;

const definitions = z.record(z.string(), z.array(z.string()));

const statefulGroup = z.strictObject({
  ...resource,
  kind: z.literal('stateful-rule-group'),
  order,
  rules: z.union([z.array(z.strictObject({ text: z.string(), source })), unread]),
  managed: z.boolean(),
  ipSets: definitions,
  portSets: definitions,
  references: z.record(z.string(), z.string()),
}) satisfies z.ZodType<StatefulRuleGroup>;

export const ruleGroup = z.discriminatedUnion('kind', [statelessGroup, statefulGroup]);

export const tlsInspection = z.strictObject({
  ...resource,
  kind: z.literal('tls-inspection-configuration'),
  scopes: z.array(z.strictObject(ends)),
  outbound: z.boolean(),
}) satisfies z.ZodType<TlsInspection>;
