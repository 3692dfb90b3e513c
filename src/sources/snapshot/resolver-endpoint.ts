/** The shapes of resolver endpoints and rules in a snapshot. */
import { z } from 'zod';
import type { ResolverEndpoint, ResolverRule } from '../../network/resolver-endpoint.ts';
import { address, ids, maybe, port, resource, source, unread } from './fields.ts';

export const resolverEndpoint = z.strictObject({
  ...resource,
  kind: z.literal('resolver-endpoint'),
  direction: z.enum(['inbound', 'outbound']),
  vpc: z.string(),
  interfaces: ids,
  protocols: z.array(z.string()),
  state: maybe(z.string()),
}) satisfies z.ZodType<ResolverEndpoint>;

export const resolverRule = z.strictObject({
  ...resource,
  kind: z.literal('resolver-rule'),
  ruleType: z.enum(['FORWARD', 'SYSTEM', 'RECURSIVE', 'DELEGATE']),
  domain: z.union([z.string(), unread]),
  endpoint: maybe(z.string()),
  targets: z.array(z.strictObject({ address, port, protocol: z.string() })),
  associations: z.union([z.array(z.strictObject({ vpc: z.string(), state: maybe(z.string()), source })), unread]),
}) satisfies z.ZodType<ResolverRule>;
