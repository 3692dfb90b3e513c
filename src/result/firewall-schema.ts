/** The documents about firewall policies by themselves, as zod. */
import { z } from 'zod';
import type * as documents from './document.ts';
import type * as firewalls from './firewall.ts';
import { count, coverage, network, readings, schemaVersion, sent, source, texts, timeMs, tool } from './schema-part.ts';

const firewallRule = z
  .strictObject({
    group: z.string(),
    sid: count.exactOptional(),
    line: count.exactOptional().describe('its number in the group, from 1'),
    text: z.string().exactOptional(),
    source,
  })
  .meta({ id: 'firewallRule' });
const firewallVerdict = z
  .strictObject({ verdict: z.enum(['passes', 'dropped']), why: z.string(), rule: firewallRule.exactOptional() })
  .meta({ id: 'firewallVerdict' });
const firewallMode = z
  .enum(['packet', 'connection', 'client-data', 'data'])
  .describe('how much of the flow has to pass')
  .meta({ id: 'firewallMode' });
export const firewallDoubt = z
  .strictObject({
    code: z.string(),
    rule: firewallRule.exactOptional(),
    reason: z.string(),
    unknowns: texts.describe('what is not known and decides it'),
  })
  .meta({ id: 'firewallDoubt' });
const firewallResult: z.ZodType<firewalls.FirewallResult> = z.strictObject({
  policy: z.string(),
  firewall: z.string().exactOptional(),
  rules: count,
  findings: z.array(
    z.strictObject({
      code: z.string(),
      rule: firewallRule.exactOptional(),
      other: firewallRule.exactOptional().describe('the rule that has to do with it'),
      says: z.string(),
      examples: z.array(firewallVerdict.extend({ packet: sent, mode: firewallMode })),
    }),
  ),
  undecided: z.array(firewallDoubt),
  notExamined: count.describe('rules of which nobody asked whether they change anything'),
  timeMs,
});
const firewallQuestion = {
  policy: z.string().exactOptional(),
  order: z.enum(['strict', 'action']).exactOptional(),
  defaults: texts.exactOptional(),
  statelessDefault: z.enum(['forward', 'pass', 'drop']).exactOptional(),
  homeNet: texts.exactOptional(),
};

export const firewallCheck: z.ZodType<documents.FirewallCheckDocument> = z.strictObject({
  schemaVersion,
  tool,
  command: z.literal('firewall check'),
  question: z.strictObject({ ...firewallQuestion, files: texts }),
  network,
  ...readings,
  coverage,
  results: z.array(firewallResult),
  summary: z.strictObject({ findings: count, undecided: count, notExamined: count }),
});

export const difference: z.ZodType<firewalls.FirewallDifference> = z
  .strictObject({
    family: z.enum(['ipv4', 'ipv6']),
    kind: z.enum(['tcp', 'udp', 'icmp', 'other']),
    mode: firewallMode,
    says: z.string(),
    packet: sent,
    before: firewallVerdict,
    after: firewallVerdict,
  })
  .meta({ id: 'firewallDifference' });

export const firewallDiff: z.ZodType<documents.FirewallDiffDocument> = z.strictObject({
  schemaVersion,
  tool,
  command: z.literal('diff'),
  question: z.strictObject({ ...firewallQuestion, before: z.string(), after: z.string() }),
  ...readings,
  before: network,
  after: network,
  verdict: z.enum(['same', 'different', 'undecided']),
  opened: z.array(difference),
  closed: z.array(difference),
  undecided: z.array(firewallDoubt),
  timeMs,
});
