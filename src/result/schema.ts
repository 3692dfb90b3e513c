/** The JSON Schema of every document, as zod; `models/result.schema.json` is made from it. */
import { z } from 'zod';
import type * as documents from './document.ts';
import type * as firewalls from './firewall.ts';

const texts = z.array(z.string());
const source = z.strictObject({ file: z.string(), place: z.string() }).meta({ id: 'source' });
const count = z.number().int().min(0);
const timeMs = z.number().min(0);
const decidedBy = z.enum(['z3', 'pruning']);

const carried = {
  tcpFlags: texts.exactOptional().describe('exactly these are set'),
  app: z.string().exactOptional().describe('what the payload is: tls, http, ssh, dns, quic, none, …'),
  sni: z.string().exactOptional(),
  httpHost: z.string().exactOptional(),
  httpMethod: z.string().exactOptional(),
  httpUri: z.string().exactOptional(),
  dnsName: z.string().exactOptional(),
};

const packet = z
  .strictObject({
    src: z.string(),
    dst: z.string(),
    protocol: z.string().describe('a name, or the number as text'),
    srcPort: count.max(65535).exactOptional(),
    dstPort: count.max(65535).exactOptional(),
    icmpType: count.max(255).exactOptional(),
    icmpCode: count.max(255).exactOptional(),
    fragment: z.literal(true).exactOptional(),
  })
  .meta({ id: 'packet' });
const sent = packet.extend(carried).meta({ id: 'sent' });

const hop = z
  .strictObject({
    resource: z.string(),
    kind: z.string(),
    action: z.string().describe('allow, deny, forward, translate, inspect, deliver, drop'),
    rule: z.string().exactOptional().describe('which rule or route decided'),
    code: z.string().exactOptional().describe("the explanation code of AWS's Reachability Analyzer, where it has one"),
    detail: z.string().describe('one line for people'),
    packet: packet.describe('the header after this hop'),
    source: source.exactOptional(),
  })
  .meta({ id: 'hop' });

const flow = z
  .strictObject({
    from: z.string(),
    to: z.string(),
    packet: sent.describe('as it leaves the source, with what was asked of its payload'),
    family: z
      .strictObject({
        src: texts,
        dst: texts,
        protocols: texts,
        srcPorts: texts,
        dstPorts: texts,
        icmpTypes: texts,
        icmpCodes: texts,
      })
      .describe('the whole set of headers this stands for: each field any of its values, in every combination'),
    hops: z.array(hop),
    return: z.array(hop).exactOptional(),
  })
  .meta({ id: 'flow' });

const block = z
  .strictObject({
    resource: z.string(),
    kind: z.string(),
    code: z.string().exactOptional(),
    detail: z.string(),
    rule: z.string().exactOptional(),
    source: source.exactOptional(),
    direction: z.enum(['forward', 'return']),
  })
  .meta({ id: 'block' });

const fact = z.strictObject({ fact: z.string(), value: z.enum(['yes', 'no']), says: z.string() }).meta({ id: 'fact' });

const places = z
  .strictObject({
    text: z.string(),
    members: texts,
    silent: z.array(z.strictObject({ id: z.string(), why: z.string() })),
  })
  .meta({ id: 'places' });
const waypoint = z.strictObject({ text: z.string(), ids: texts }).meta({ id: 'waypoint' });
const traffic = z
  .strictObject({
    protocol: z.string().exactOptional(),
    port: z.string().exactOptional(),
    srcPort: z.string().exactOptional(),
    icmpType: count.max(255).exactOptional(),
    icmpCode: count.max(255).exactOptional(),
    src: z.string().exactOptional(),
    dst: z.string().exactOptional(),
    fragment: z.boolean().exactOptional(),
    ...carried,
  })
  .meta({ id: 'traffic', description: 'a name that begins with a dot stands for it and all below it' });
const exception = z
  .strictObject({
    via: waypoint.exactOptional(),
    traffic: z.array(traffic).exactOptional(),
    from: places.exactOptional(),
    to: places.exactOptional(),
  })
  .meta({ id: 'exception' });

const question = z
  .strictObject({
    kind: z.enum(['ask', 'forbid', 'require']),
    from: places,
    to: places,
    traffic: z.array(traffic),
    families: z.array(z.enum(['ipv4', 'ipv6'])),
    mode: z.enum(['packet', 'connection', 'data', 'payload']),
    names: z.literal('honest').exactOptional(),
    via: z.array(waypoint),
    viaBoth: z.array(waypoint),
    avoid: z.array(waypoint),
    except: z.array(exception),
    every: z.enum(['one', 'pair']),
    assume: texts,
  })
  .meta({ id: 'question' });

const topology = z
  .strictObject({
    places: z.array(
      z.strictObject({
        id: z.string(),
        kind: z.string(),
        name: z.string().exactOptional(),
        parent: z.string().exactOptional(),
        zone: z.string().exactOptional(),
      }),
    ),
    edges: z.array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        kind: z.enum(['route', 'attachment']),
        destinations: texts.exactOptional(),
      }),
    ),
  })
  .meta({ id: 'topology' });

const resource = z
  .strictObject({
    kind: z.string(),
    id: z.string(),
    status: z.enum(['modelled', 'assumed', 'not-modelled']),
    assumption: z.string().exactOptional(),
    why: z.string().exactOptional(),
    affects: z.string().exactOptional(),
    source,
  })
  .meta({ id: 'resource' });

const schemaVersion = z.literal(1);
const tool = z.strictObject({ name: z.literal('vpcproof'), version: z.string() });

const network = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), sources: texts });
const readings = {
  warnings: texts,
  defaults: z.array(z.strictObject({ setting: z.string(), value: z.string(), call: z.string() })),
  unmodelled: z.array(resource),
};
const leanings = { assumptions: texts, facts: z.array(fact), topology };
const coverage = z.strictObject({ modelled: count, assumed: count, notModelled: count });

const asked = {
  verdict: z.enum(['reachable', 'unreachable', 'undecided']),
  vacuous: z.boolean(),
  reason: z.string().exactOptional(),
  flow: flow.exactOptional(),
  blockedBy: z.array(block).exactOptional(),
  notes: texts,
  decidedBy,
  timeMs,
};

const ask: z.ZodType<documents.AskDocument> = z.strictObject({
  schemaVersion,
  tool,
  command: z.literal('ask'),
  question,
  network,
  ...readings,
  ...leanings,
  coverage,
  ...asked,
  imaginary: z.strictObject({ ...asked, assumptions: texts, subnets: texts }).exactOptional(),
});

const result: z.ZodType<documents.PropertyResult> = z.strictObject({
  id: z.string(),
  title: z.string().nullable(),
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  verdict: z.enum(['holds', 'violated', 'undecided']),
  vacuous: z.boolean(),
  counterexamples: z.array(flow),
  blockedBy: z.array(block),
  reason: z.string().nullable(),
  notes: texts,
  decidedBy,
  assumptions: texts,
  facts: z.array(fact),
  imaginary: texts,
  waived: z.strictObject({ until: z.string(), reason: z.string(), expired: z.boolean() }).nullable(),
  timeMs,
  question: z.array(question),
  source,
});

const check: z.ZodType<documents.CheckDocument> = z.strictObject({
  schemaVersion,
  tool,
  command: z.literal('check'),
  question: z.strictObject({ policies: texts, properties: texts }),
  network,
  ...readings,
  ...leanings,
  coverage,
  results: z.array(result),
  summary: z.strictObject({ total: count, holds: count, violated: count, undecided: count, waived: count }),
});

const trace: z.ZodType<documents.TraceDocument> = z.strictObject({
  schemaVersion,
  tool,
  command: z.literal('trace'),
  question: z.strictObject({ from: z.string(), packet: sent, assume: texts }),
  network,
  ...readings,
  ...leanings,
  coverage,
  verdict: z.enum(['reachable', 'unreachable']),
  deliveredTo: z.string().exactOptional(),
  replied: z.boolean(),
  hops: z.array(hop),
  return: z.array(hop).exactOptional(),
  blockedBy: z.array(block),
});

const covered: z.ZodType<documents.CoverageDocument> = z.strictObject({
  schemaVersion,
  tool,
  command: z.literal('coverage'),
  question: z.strictObject({}),
  network,
  ...readings,
  coverage,
  resources: z.array(resource),
});

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
const firewallDoubt = z
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

const firewallCheck: z.ZodType<documents.FirewallCheckDocument> = z.strictObject({
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

const difference: z.ZodType<firewalls.FirewallDifference> = z
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

const diff: z.ZodType<documents.FirewallDiffDocument> = z.strictObject({
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

const imported: z.ZodType<documents.ImportDocument> = z.strictObject({
  schemaVersion,
  tool,
  command: z.literal('import'),
  question: z.strictObject({ paths: texts }),
  network,
  ...readings,
  coverage,
  output: z.string(),
});

const command = z.string().nullable();

const problems = z.strictObject({
  schemaVersion,
  tool,
  command,
  problems: z.array(
    z.strictObject({
      code: z.string(),
      file: z.string().exactOptional(),
      place: z.string().exactOptional(),
      message: z.string(),
      hint: z.string().exactOptional(),
    }),
  ),
}) satisfies z.ZodType<documents.ProblemsDocument>;

const failure = z.strictObject({
  schemaVersion,
  tool,
  command,
  failure: z.strictObject({ message: z.string(), arguments: texts, node: z.string() }),
}) satisfies z.ZodType<documents.FailureDocument>;

export const resultSchema = z
  .union([ask, check, trace, firewallCheck, diff, covered, imported, problems, failure])
  .meta({ title: 'vpcproof result' });
