/** The JSON Schema of a flow in a certificate, as zod: as people read it, and as the tracer is given it. */
import { z } from 'zod';
import { count, texts } from './schema-part.ts';

const text = z.string().exactOptional();
const shown = {
  src: z.string(),
  dst: z.string(),
  protocol: z.string(),
  srcPort: count.exactOptional(),
  dstPort: count.exactOptional(),
  icmpType: count.exactOptional(),
  icmpCode: count.exactOptional(),
  fragment: z.literal(true).exactOptional(),
};
const names = { sni: text, httpHost: text, httpMethod: text, httpUri: text, dnsName: text, dnsType: text };

const hop = z.strictObject({
  resource: z.string(),
  kind: z.string(),
  action: z.string(),
  rule: text,
  code: text,
  detail: z.string(),
  packet: z.strictObject(shown).describe('after this hop'),
  source: z.strictObject({ file: z.string(), place: z.string() }).exactOptional(),
});

export const certifiedFlow = z
  .strictObject({
    from: z.string(),
    to: z.string(),
    packet: z.strictObject({ ...shown, tcpFlags: texts.exactOptional(), app: text, ...names }),
    hops: z.array(hop),
    return: z.array(hop).describe('of the reply').exactOptional(),
  })
  .describe('for people');

const mapOf = <T extends z.ZodType>(value: T) => z.strictObject({ map: z.array(z.tuple([z.string(), value])) });
const address = z.strictObject({
  family: z.enum(['ipv4', 'ipv6']),
  value: z.strictObject({ bigint: z.string().regex(/^(?:0|[1-9]\d*)$/) }),
});
const packet = z.strictObject({
  src: address,
  dst: address,
  protocol: count,
  srcPort: count,
  dstPort: count,
  icmpType: count,
  icmpCode: count,
  fragment: z.boolean(),
  tcpFlags: count.exactOptional(),
});
const payload = z.strictObject({ app: z.string(), ...names, bare: z.literal(true).exactOptional() }).exactOptional();
const named = <K extends string>(...kinds: readonly K[]) => z.strictObject({ kind: z.enum(kinds), id: z.string() });
const plainly = <K extends string>(...kinds: readonly K[]) => z.strictObject({ kind: z.enum(kinds) });

const emission = z.strictObject({
  packet,
  payload,
  at: z.union([
    named('vpc', 'subnet', 'endpoint', 'interface'),
    plainly('dns', 'internet', 'onprem'),
    z.strictObject({ kind: z.literal('table'), id: z.string(), vpc: z.string() }),
  ]),
});

export const certifiedReplay = z
  .strictObject({
    variant: count.describe('which of the networks that the question is asked of'),
    origin: z.union([named('interface'), plainly('internet', 'onprem')]),
    packet,
    payload,
    mode: z.enum(['packet', 'connection', 'client-data', 'data']),
    choices: z
      .strictObject({
        nat: mapOf(z.strictObject({ address, port: count })),
        emits: mapOf(emission),
        enters: text,
        transits: text,
        returnsBy: text,
        repliesBy: text,
        keeps: text,
        zones: mapOf(z.string()).exactOptional(),
        equals: mapOf(z.string()).exactOptional(),
        appliances: mapOf(z.strictObject({ by: text, onward: z.literal(true).exactOptional() })).exactOptional(),
        holders: z.array(z.strictObject({ address, interface: z.string() })).exactOptional(),
      })
      .describe('what elements with a choice do to this very flow; none that it goes without'),
    sides: mapOf(z.boolean()).describe('of each thing that is not known'),
    pastDenials: z.literal(false),
  })
  .describe('for the tracer');
