/** What the schemas of several documents have in common, as zod. */
import { z } from 'zod';

export const texts = z.array(z.string());
export const count = z.number().int().min(0);
export const source = z
  .strictObject({
    file: z.string(),
    place: z.string(),
    line: count.min(1).exactOptional().describe('where it was looked for and found'),
  })
  .meta({ id: 'source' });
export const timeMs = z.number().min(0);

export const carried = {
  tcpFlags: texts.exactOptional().describe('exactly these are set'),
  app: z.string().exactOptional().describe('what the payload is: tls, http, ssh, dns, quic, none, …'),
  sni: z.string().exactOptional(),
  httpHost: z.string().exactOptional(),
  httpMethod: z.string().exactOptional(),
  httpUri: z.string().exactOptional(),
  dnsName: z.string().exactOptional(),
  dnsType: z.string().exactOptional().describe('of a DNS query: `A`, `TXT`, `TYPE65280`'),
};

export const packet = z
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
export const sent = packet.extend(carried).meta({ id: 'sent' });

export const resource = z
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

export const schemaVersion = z.literal(1);
export const tool = z.strictObject({ name: z.literal('vpcproof'), version: z.string() });

export const network = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), sources: texts });
export const readings = {
  warnings: texts,
  defaults: z.array(z.strictObject({ setting: z.string(), value: z.string(), call: z.string() })),
  unmodelled: z.array(resource),
};

export const coverage = z.strictObject({ modelled: count, assumed: count, notModelled: count });
