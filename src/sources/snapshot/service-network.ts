/** The shapes of service networks, their services, and shared resources in a snapshot. */
import { z } from 'zod';
import type { ResourceConfiguration, ResourceGateway } from '../../network/resource-configuration.ts';
import type { LatticeService, ServiceNetwork } from '../../network/service-network.ts';
import { address, ids, maybe, port, resource, source, unread } from './fields.ts';
import { listener } from './load-balancer.ts';

const member = z.strictObject({ id: z.string(), association: z.string(), state: z.string() });

export const serviceNetwork = z.strictObject({
  ...resource,
  kind: z.literal('service-network'),
  authorizes: z.union([z.boolean(), unread]),
  associations: z.array(
    z.strictObject({
      id: z.string(),
      vpc: z.string(),
      state: z.string(),
      groups: z.union([ids, unread]),
      source,
    }),
  ),
  services: z.array(member),
  resources: z.array(member),
}) satisfies z.ZodType<ServiceNetwork>;

export const latticeService = z.strictObject({
  ...resource,
  kind: z.literal('lattice-service'),
  authorizes: z.union([z.boolean(), unread]),
  state: z.string(),
  listeners: z.array(listener),
}) satisfies z.ZodType<LatticeService>;

export const resourceGateway = z.strictObject({
  ...resource,
  kind: z.literal('resource-gateway'),
  vpc: z.string(),
  state: z.string(),
  interfaces: ids,
}) satisfies z.ZodType<ResourceGateway>;

export const resourceConfiguration = z.strictObject({
  ...resource,
  kind: z.literal('resource-configuration'),
  state: z.string(),
  resources: z.array(
    z.strictObject({
      id: z.string(),
      state: z.string(),
      gateway: z.string(),
      ports: z.array(
        z.strictObject({ from: port, to: port }).refine(({ from, to }) => from <= to, 'is in descending order'),
      ),
      address: maybe(address),
    }),
  ),
}) satisfies z.ZodType<ResourceConfiguration>;
