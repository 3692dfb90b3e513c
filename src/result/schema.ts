/** The JSON Schema of every document, as zod; `models/result.schema.json` is made from it. */
import { z } from 'zod';
import type * as documents from './document.ts';
import { certificateResult } from './certificate-schema.ts';
import type { Because } from './because.ts';
import type * as changes from './change.ts';
import { remediesOf } from './repair-schema.ts';
import { difference, firewallCheck, firewallDiff, firewallDoubt } from './firewall-schema.ts';
import {
  count,
  coverage,
  network,
  packet,
  readings,
  resource,
  schemaVersion,
  sent,
  source,
  texts,
  timeMs,
  tool,
  carried,
} from './schema-part.ts';

const decidedBy = z.enum(['z3', 'pruning']);

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
        fragments: z.boolean().exactOptional().describe('fragments alone, or whole packets alone; both where absent'),
        tcpFlags: texts.exactOptional().describe('as numbers or ranges, where not any'),
        carried: texts.exactOptional().describe('some of what they carry, where that is told apart'),
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

const edit = z
  .strictObject({
    edit: z.string().describe('in one line, as `--set` takes it'),
    source,
    changes: z.array(
      z.strictObject({
        resource: z.string(),
        name: z.string().exactOptional(),
        kind: z.string(),
        what: z.string(),
        before: z.string().exactOptional().describe('absent where it is new'),
        after: z.string().exactOptional().describe('absent where it is gone'),
      }),
    ),
    notes: texts,
  })
  .meta({ id: 'edit' });

const leanings = {
  assumptions: texts,
  facts: z.array(fact),
  topology,
  edits: z
    .array(edit)
    .exactOptional()
    .describe('of `whatif`: what was changed before anything was asked; `network` is the changed one'),
};

const remedies = remediesOf(edit, flow.shape.family, sent);

const asked = {
  verdict: z.enum(['reachable', 'unreachable', 'undecided']),
  vacuous: z.boolean(),
  reason: z.string().exactOptional(),
  flow: flow.exactOptional(),
  blockedBy: z.array(block).exactOptional(),
  alternatives: remedies.exactOptional().describe('of `--unblock`: edits by which it is reachable'),
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

const because: z.ZodType<Because> = z
  .strictObject({
    resource: z.string().describe('an id, the text of an exception, or what was declared'),
    kind: z.string().describe("a hop's kind, `exception` or `assumption`"),
    direction: z.enum(['in', 'out']).exactOptional(),
    says: z.string().describe('one sentence'),
    rules: texts.describe('its rules or routes, at most a dozen, then how many more'),
    ways: z
      .array(z.strictObject({ route: z.string(), closedBy: texts }))
      .exactOptional()
      .describe('of a route table: what closes the ways by each route; none where it leads to no end'),
    alone: z.boolean().describe('were it alone to let everything through, the property would not hold'),
    source: source.exactOptional(),
  })
  .meta({ id: 'because' });

const result: z.ZodType<documents.PropertyResult> = z.strictObject({
  id: z.string(),
  title: z.string().nullable(),
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  verdict: z.enum(['holds', 'violated', 'undecided']),
  vacuous: z.boolean(),
  counterexamples: z.array(flow),
  blockedBy: z.array(block),
  repairs: remedies
    .exactOptional()
    .describe('of `--repair`: edits by which it holds, and no other property is worse off'),
  reason: z.string().nullable(),
  notes: texts,
  decidedBy,
  assumptions: texts,
  facts: z.array(fact),
  because: z
    .array(because)
    .exactOptional()
    .describe('of a `forbid` or `isolate` that holds, with `--why`: a smallest set on which the proof rests'),
  vacuousBecause: z.string().exactOptional().describe('no such flow is possible at all, whatever rules and routes say'),
  imaginary: texts,
  waived: z.strictObject({ until: z.string(), reason: z.string(), expired: z.boolean() }).nullable(),
  timeMs,
  question: z.array(question).describe('none of an `assert`'),
  assertion: z
    .strictObject({ on: z.string(), members: texts, has: texts })
    .exactOptional()
    .describe('of an `assert` alone'),
  findings: z
    .array(
      z.strictObject({
        resource: z.string(),
        feature: z.string(),
        has: z.enum(['yes', 'no', 'unknown']),
        says: z.string().describe('one line for people'),
        source,
      }),
    )
    .exactOptional()
    .describe('of an `assert`: what each resource has or lacks'),
  certificate: z
    .strictObject({ file: z.string(), sha256: z.string().describe('of the file') })
    .nullable()
    .describe('where one was asked for and could be made'),
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

const changedPlaces: z.ZodType<changes.ChangedPlaces> = z
  .strictObject({
    from: texts.describe('ids, `internet`, `on-premises`; each sends under addresses of its own'),
    to: texts,
    flows: z.array(
      z.strictObject({
        flow: flow.describe('an example on the side that delivers it, and all headers that it stands for'),
        otherwise: z
          .strictObject({
            blockedBy: z.array(block),
            deliveredTo: z.string().exactOptional(),
            reason: z.string().exactOptional(),
          })
          .describe('what becomes of it on the other side'),
        assumptions: texts.describe('what is not known and taken for it to be delivered'),
      }),
    ),
  })
  .meta({ id: 'changedPlaces' });

const changeDoubt: z.ZodType<changes.ChangeDoubt> = z.strictObject({
  code: z.enum(['opened', 'closed']),
  from: texts,
  to: texts,
  reason: z.string(),
  unknowns: texts.describe('on these sides they changed'),
});

const propertyVerdict = z.enum(['holds', 'violated', 'undecided']);

const propertyChange: z.ZodType<changes.PropertyChange> = z.strictObject({
  id: z.string(),
  title: z.string().nullable(),
  before: propertyVerdict,
  after: propertyVerdict,
  change: z.enum(['none', 'broken', 'fixed']),
  counterexamples: z.array(flow),
  blockedBy: z.array(block),
  reason: z.string().nullable(),
});

const networkDiff: z.ZodType<documents.NetworkDiffDocument> = z.strictObject({
  schemaVersion,
  tool,
  command: z.literal('diff'),
  question: z.strictObject({
    before: z.string(),
    after: z.string(),
    from: z.string().exactOptional(),
    to: z.string().exactOptional(),
    traffic: z.array(traffic),
    families: z.array(z.enum(['ipv4', 'ipv6'])),
    mode: z.enum(['packet', 'connection']),
    assume: texts,
    policies: texts,
  }),
  ...readings,
  before: network,
  after: network,
  topology,
  verdict: z.enum(['same', 'different', 'undecided']),
  opened: z.array(changedPlaces),
  closed: z.array(changedPlaces),
  omitted: z.strictObject({ opened: count, closed: count }).describe('families found and not shown'),
  undecided: z.array(changeDoubt),
  firewalls: z.strictObject({
    opened: z.array(difference),
    closed: z.array(difference),
    undecided: z.array(firewallDoubt),
  }),
  properties: z.array(propertyChange),
  decidedBy,
  timeMs,
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
  verdict: z.enum(['reachable', 'unreachable', 'undecided']),
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

const verified: z.ZodType<documents.VerifyCertificateDocument> = z.strictObject({
  schemaVersion,
  tool,
  command: z.literal('verify-certificate'),
  question: z.strictObject({
    files: texts,
    network: z.string().exactOptional().describe('that they were held against: their clauses and flows are its own'),
  }),
  results: z.array(certificateResult),
  summary: z.strictObject({ total: count, accepted: count, refused: count, unreadable: count }),
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

/** By what a document is of; a `diff` is of networks, or of rules alone. */
export const schemas = {
  ask,
  check,
  trace,
  'firewall check': firewallCheck,
  'firewall diff': firewallDiff,
  'network diff': networkDiff,
  coverage: covered,
  import: imported,
  'verify-certificate': verified,
  problems,
  failure,
};

export const resultSchema = z.union(Object.values(schemas)).meta({ title: 'vpcproof result' });
