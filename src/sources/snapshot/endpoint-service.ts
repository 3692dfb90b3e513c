/** The shape of endpoint services in a snapshot. */
import { z } from 'zod';
import type { EndpointConnection, EndpointService } from '../../network/endpoint-service.ts';
import { ids, maybe, resource, source, unread } from './fields.ts';

const connection = z.strictObject({
  endpoint: z.string(),
  known: z.boolean(),
  state: z.string(),
  account: maybe(z.string()),
  region: maybe(z.string()),
  source,
}) satisfies z.ZodType<EndpointConnection>;

export const endpointService = z.strictObject({
  ...resource,
  kind: z.literal('endpoint-service'),
  serviceName: z.string(),
  endpointType: z.enum(['Interface', 'GatewayLoadBalancer']),
  privateDnsName: maybe(z.string()),
  state: z.string(),
  loadBalancers: z.union([ids, unread]),
  zones: z.union([ids, unread]),
  families: z.array(z.enum(['ipv4', 'ipv6'])),
  regions: z.array(z.strictObject({ region: z.string(), state: z.string() })),
  acceptanceRequired: z.boolean(),
  managesEndpoints: z.boolean(),
  connections: z.array(connection),
  unread: maybe(unread),
}) satisfies z.ZodType<EndpointService>;
