/** The shape of a policy file (`interfaces.md`, Policy files); `models/policy.schema.json` is made from it. */
import { z } from 'zod';
import { featureForms } from '../network/feature.ts';

const text = z.union([z.string(), z.number()], { error: 'must be a text' });

const listOf = <T extends z.ZodType>(item: T, what: string) =>
  z.union([item, z.array(item).min(1)], { error: `must be ${what}, or a list of them` });

const selector = listOf(z.string(), 'a selector').meta({
  id: 'selector',
  description:
    'places or things: `internet`, an id, a CIDR, `tag:KEY=VALUE`, `subnet:name:web-*`, `service:NAME`, a group of this policy',
});

const traffic = listOf(text, 'traffic such as `tcp/443`').meta({
  id: 'headers',
  description: '`tcp/443`, `udp/53`, `tcp/8000-8100`, `icmp`, `icmp/8`, a protocol number, `all`',
});

const via = z
  .union([selector, z.strictObject({ both: selector })], {
    error: 'must be a selector, a list of them, or `{ both: SELECTOR }`',
  })
  .meta({ id: 'via', description: 'only paths through any of these; `both`: flow and reply cross the same one' });

const oneOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.enum(words, { error: `must be ${words.map((word) => `\`${word}\``).join(' or ')}` });

/** The keys that narrow a property's flows, inside `forbid` or `require` or beside it. */
const flow = {
  traffic: traffic.optional(),
  proto: text.optional().describe('tcp, udp, icmp, icmpv6, all, or a number'),
  port: text.optional().describe('`443` or `8000-8100`'),
  'icmp-type': text.optional(),
  'icmp-code': text.optional(),
  'src-port': text.optional(),
  'src-ip': z.string().optional().describe('an address or CIDR block'),
  'dst-ip': z.string().optional().describe('an address or CIDR block'),
  fragment: z.boolean().optional(),
  'tcp-flags': listOf(z.string(), 'TCP flags such as `SYN`')
    .optional()
    .describe('exactly these are set: FIN, SYN, RST, PSH, ACK, URG, ECE, CWR, as a list or with commas between them'),
  app: z.string().optional().describe('what the payload is: tls, http, ssh, dns, quic, none, …'),
  sni: z.string().optional().describe('the name that a TLS client asks for; `.example.com` is it and all below it'),
  'http-host': z.string().optional().describe('the Host of an HTTP request; `.example.com` is it and all below it'),
  'dns-name': z.string().optional().describe('the name asked for, of flows to `dns`'),
  'dns-type': z.string().optional().describe('the type of query, of flows to `dns`: `A`, `TXT`, `TYPE65280`'),
  mode: oneOf(['packet', 'connection', 'data']).optional(),
  family: oneOf(['ipv4', 'ipv6']).optional().describe('both are examined unless one is named'),
  via: via.optional(),
  avoid: selector.optional().describe('only paths around these'),
};

const exception = z
  .strictObject({
    via: selector.optional(),
    traffic: traffic.optional(),
    from: selector.optional(),
    to: selector.optional(),
    sni: listOf(z.string(), 'a name').optional().describe('TLS whose client asks for one of these names'),
    'http-host': listOf(z.string(), 'a name').optional().describe('HTTP requests to one of these hosts'),
    'dns-name': listOf(z.string(), 'a name').optional().describe('queries for one of these names, of flows to `dns`'),
    'dns-type': listOf(z.string(), 'a type of queries').optional().describe('queries of one of these types'),
  })
  .describe('all keys must hold to excuse a flow');

const shorthand = z.string().describe('traffic such as `tcp/443`; anything else is a selector, and means via it');

const except = z
  .union([shorthand, exception, z.array(z.union([shorthand, exception])).min(1)], {
    error:
      'must be a mapping of `via`, `traffic`, `from`, `to`, `sni`, `http-host`, `dns-name`, `dns-type`, or a list of them',
  })
  .meta({ id: 'except', description: 'flows that are excused; of a list, any excuses' });

const every = oneOf(['pair']).describe('from each member to each, instead of to some');

const assume = listOf(z.string(), 'an assumption such as `passes:vpce-…`');
const potential = z
  .union([z.boolean(), z.literal('public')], { error: 'must be `true`, `false` or `public`' })
  .describe('each named subnet holds one imaginary host besides');

const propertyKinds = ['forbid', 'require', 'isolate', 'assert'] as const;
const listed = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

const settings = {
  assume: assume.optional(),
  potential: potential.optional(),
  names: oneOf(['honest', 'adversarial'])
    .optional()
    .describe('names in TLS and HTTP are those of the server that is meant, or whatever a client likes to write'),
  'allow-empty': z.boolean().optional().describe('a property over nothing holds, instead of being undecided'),
};

const property = z
  .strictObject({
    id: z.string().min(1, { error: 'must not be empty' }),
    title: z.string().optional(),
    severity: oneOf(['low', 'medium', 'high', 'critical']).optional(),
    waive: z
      .strictObject({
        until: z.iso.date({ error: 'must be a date such as 2026-12-31' }),
        reason: z.string().min(1, { error: 'must not be empty' }),
      })
      .optional()
      .describe('a violation is shown and does not fail the run, until that day has passed'),
    forbid: z.strictObject({ from: selector, to: selector, ...flow, except: except.optional() }).optional(),
    require: z.strictObject({ from: selector, to: selector, ...flow, every: every.optional() }).optional(),
    isolate: z
      .array(selector, { error: 'must be a list of selectors' })
      .min(2, { error: 'must name two places' })
      .optional()
      .describe('none of these reaches another'),
    assert: z
      .strictObject({
        on: selector,
        has: listOf(z.string(), 'what each of them must have').describe(
          `all of these: ${featureForms.map((form) => `\`${form}\``).join(', ')}`,
        ),
      })
      .optional()
      .describe('a fact of configuration, whatever reaches what'),
    ...flow,
    except: except.optional(),
    every: every.optional(),
    ...settings,
  })
  .superRefine((written, context) => {
    const kinds = propertyKinds.filter((kind) => written[kind] !== undefined);
    if (kinds.length !== 1)
      context.addIssue(
        kinds.length === 0
          ? `demands nothing: it has none of ${listed(propertyKinds)}`
          : `demands two things: ${listed(kinds)}`,
      );
    if (written.assert !== undefined)
      for (const key of [...(Object.keys(flow) as (keyof typeof flow)[]), 'potential', 'assume', 'names'] as const)
        if (written[key] !== undefined)
          context.addIssue({ code: 'custom', path: [key], message: 'narrows flows, and `assert` speaks of none' });
    if (written.except !== undefined && written.require !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['except'],
        message: 'excuses flows that are forbidden, and `require` forbids none',
      });
    if (written.except !== undefined && written.assert !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['except'],
        message: 'excuses flows that are forbidden, and `assert` speaks of none',
      });
    if (written.every !== undefined && written.require === undefined)
      context.addIssue({ code: 'custom', path: ['every'], message: 'belongs to `require`' });
  })
  .meta({ oneOf: propertyKinds.map((key) => ({ required: [key] })) });

export const policySchema = z
  .strictObject({
    version: z.literal(1, { error: 'must be 1' }),
    groups: z.record(z.string(), selector).optional().describe('names for selectors; groups may name groups'),
    properties: z.array(property, { error: 'must be a list of properties' }).min(1, { error: 'must not be empty' }),
    ...settings,
  })
  .meta({ title: 'vpcproof policy' });

export type PolicyDocument = z.infer<typeof policySchema>;
export type PropertyDocument = PolicyDocument['properties'][number];
export type FlowKeys = Pick<PropertyDocument, keyof typeof flow>;
export type ExceptDocument = NonNullable<PropertyDocument['except']>;
export type ExceptionDocument = z.infer<typeof exception>;
export type SelectorDocument = z.infer<typeof selector>;

/** The keys that each mapping of a policy may have, for suggestions. */
export const policyKeys = {
  top: Object.keys(policySchema.shape),
  property: Object.keys(property.shape),
  forbid: ['from', 'to', ...Object.keys(flow), 'except'],
  require: ['from', 'to', ...Object.keys(flow), 'every'],
  assert: ['on', 'has'],
  except: Object.keys(exception.shape),
  waive: ['until', 'reason'],
  via: ['both'],
};
