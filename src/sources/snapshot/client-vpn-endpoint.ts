/** The shape of Client VPN endpoints in a snapshot. */
import { z } from 'zod';
import type { ClientVpnEndpoint } from '../../network/client-vpn-endpoint.ts';
import { ids, maybe, prefix, resource, source, unread } from './fields.ts';

const state = maybe(z.string());

export const clientVpnEndpoint = z.strictObject({
  ...resource,
  kind: z.literal('client-vpn-endpoint'),
  state,
  families: z.array(z.enum(['ipv4', 'ipv6'])),
  associations: z.union([
    z.array(z.strictObject({ id: z.string(), subnet: z.string(), interfaces: ids, state, source })),
    unread,
  ]),
  routes: z.union([z.array(z.strictObject({ destination: prefix, subnet: z.string(), state, source })), unread]),
  authorizationRules: z.union([
    z.array(z.strictObject({ destination: prefix, everyone: z.boolean(), state, source })),
    unread,
  ]),
}) satisfies z.ZodType<ClientVpnEndpoint>;
