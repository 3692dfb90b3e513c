/** The JSON Schemas of certificates and of what was found of them, as zod; `models/certificate.schema.json` is made from the first. */
import { z } from 'zod';
import type { CertificateResult } from './certificate.ts';
import { certifiedFlow, certifiedReplay } from './certified-flow-schema.ts';
import { count, texts, timeMs } from './schema-part.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const tool = z.strictObject({ name: z.string(), version: z.string() });
const kind = z.enum(['forbid', 'require', 'isolate', 'assert']);
const verdict = z.enum(['holds', 'violated']);
const family = z.enum(['ipv4', 'ipv6']);
const anything = z.array(z.unknown());
const obligation = count.describe('index into the obligations; its own place in the list');
const base64 = z.string().regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);

const refutation = z
  .strictObject({
    kind: z.literal('refutation'),
    obligation,
    variables: count.describe('they are numbered from 1 to this'),
    meanings: z
      .array(z.strictObject({ from: count.min(1), to: count.min(1), means: z.string() }))
      .describe('of all variables, each covered once, ascending'),
    clauses: count,
    groups: z
      .array(z.strictObject({ clauses: count.min(1), means: z.string() }))
      .describe('runs of clauses in their order, covering all: the place, rule or route that they come from'),
    cnf: base64.describe(
      'a raw deflate stream of zigzag LEB128 varints: the literals of each clause, ended by 0; a negative number is a negated variable',
    ),
    proof: base64.describe('DRAT, likewise; before each clause one byte, 0 to add it and 1 to delete it'),
    loops: z.array(z.array(count)).describe('sets of states whose support from outside the clauses demand'),
  })
  .meta({ id: 'refutation', description: 'clauses that cannot all be true, and the proof of it' });

const witness = z
  .strictObject({ kind: z.literal('witness'), obligation, flow: certifiedFlow, replay: certifiedReplay })
  .meta({ id: 'witness', description: 'a flow, and what the tracer needs to replay it' });

const facts = z
  .strictObject({ kind: z.literal('facts'), obligation, cited: anything.min(1) })
  .meta({ id: 'facts', description: 'the facts of configuration that decide an `assert`' });

export const certificateSchema = z
  .strictObject({
    format: z.literal('vpcproof-certificate'),
    version: z.literal(1),
    digest: digest.describe('over all bytes of the file, these 64 digits taken as zeros'),
    tool: tool.describe('what made it'),
    property: z
      .strictObject({
        id: z.string(),
        title: z.string().nullable(),
        kind,
        written: z.unknown().describe('all that is needed to ask it again of a network'),
        questions: anything.describe('the same as questions, with the members of their places'),
      })
      .describe('as read, its groups resolved'),
    verdict,
    network: z.strictObject({ sha256 }).describe('the hash of the canonical snapshot'),
    policy: z
      .strictObject({ sha256 })
      .describe('the hash of `property.written` as JSON without spaces, the keys of each object sorted'),
    assumptions: texts,
    facts: z
      .array(z.strictObject({ fact: z.string(), value: z.enum(['yes', 'no']), says: z.string() }))
      .describe('disputed facts that the verdict leans on'),
    defaults: anything,
    unmodelled: anything,
    trusted: texts.describe('what is still taken on trust, in sentences'),
    obligations: z
      .array(
        z.strictObject({
          question: count.describe('index into the questions'),
          family,
          variant: z.string().describe('tells apart the obligations of one question and family'),
          kind: z.enum(['refutation', 'witness', 'facts']),
          says: z.string(),
        }),
      )
      .min(1)
      .describe('what has to be shown for the verdict'),
    evidence: z
      .array(z.discriminatedUnion('kind', [refutation, witness, facts]))
      .min(1)
      .describe('one for each obligation, of its kind, in the same order'),
  })
  .meta({ title: 'vpcproof certificate' });

const proof = z.strictObject({
  variables: count,
  clauses: count,
  empty: z
    .string()
    .nullable()
    .describe('what the empty clause means, if it is among them: then what they say cannot be from the outset'),
  steps: count,
  needed: count.describe('the steps after which unit propagation found the contradiction'),
  kept: count.describe('deletions that were not carried out, of clauses by which a literal is known'),
});

export const certificateResult: z.ZodType<CertificateResult> = z
  .strictObject({
    file: z.string(),
    status: z.enum(['accepted', 'refused', 'unreadable']),
    reasons: texts.describe('of a file that is not accepted'),
    certificate: z
      .strictObject({
        digest,
        tool,
        property: z.strictObject({ id: z.string(), title: z.string().nullable(), kind }),
        verdict,
        network: z.strictObject({ sha256 }),
        policy: z.strictObject({ sha256 }),
        assumptions: texts,
        facts: anything,
        defaults: anything,
        unmodelled: anything,
        trusted: texts,
        shown: z.array(
          z.strictObject({
            says: z.string(),
            family,
            kind: z.enum(['refutation', 'witness', 'facts']),
            proof: proof.exactOptional(),
          }),
        ),
        exported: texts.describe('files written for other checkers'),
      })
      .exactOptional(),
    timeMs,
  })
  .meta({ id: 'certificateResult' });
