/** The shapes of transit gateways and VPN lines in a snapshot. */
import { z } from 'zod';
import type {
  TransitGateway,
  TransitGatewayAttachment,
  TransitGatewayRouteTable,
} from '../../network/transit-gateway.ts';
import type { VpnConnection, VpnGateway } from '../../network/vpn-gateway.ts';
import { destination, ids, maybe, prefix, resource, routeState, source, unread } from './fields.ts';

export const transitGateway = z.strictObject({
  ...resource,
  kind: z.enum(['transit-gateway', 'core-network']),
  vpcs: ids,
  securityGroupReferencing: maybe(z.boolean()),
}) satisfies z.ZodType<TransitGateway>;

export const transitGatewayAttachment = z.strictObject({
  ...resource,
  kind: z.enum(['transit-gateway-attachment', 'core-network-attachment']),
  gateway: z.string(),
  behind: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('vpc'),
      vpc: z.string(),
      subnets: ids,
      applianceMode: z.boolean(),
      ipv6: z.boolean(),
      securityGroupReferencing: maybe(z.boolean()),
    }),
    z.strictObject({ kind: z.enum(['on-premises', 'transit-gateway']), id: z.string() }),
    z.strictObject({ kind: z.literal('network-function'), firewall: maybe(z.string()), zones: maybe(ids) }),
    z.strictObject({ kind: z.literal('unknown'), type: z.string(), vpcs: ids, elsewhere: maybe(z.boolean()) }),
  ]),
  state: maybe(z.string()),
  routeTable: maybe(z.string()),
}) satisfies z.ZodType<TransitGatewayAttachment>;

export const transitGatewayRouteTable = z.strictObject({
  ...resource,
  kind: z.enum(['transit-gateway-route-table', 'core-network-route-table']),
  gateway: z.string(),
  routes: z.union([
    z.array(
      z.strictObject({
        destination,
        origin: z.enum(['static', 'propagated']),
        state: routeState,
        attachments: ids,
        list: maybe(z.string()),
        source,
      }),
    ),
    unread,
  ]),
  learns: maybe(unread.extend({ from: ids })),
}) satisfies z.ZodType<TransitGatewayRouteTable>;

export const vpnGateway = z.strictObject({
  ...resource,
  kind: z.literal('vpn-gateway'),
  vpc: maybe(z.string()),
  state: maybe(z.string()),
  routeTable: maybe(z.string()),
  unread: maybe(unread),
  unreadAssociation: maybe(unread),
}) satisfies z.ZodType<VpnGateway>;

export const vpnConnection = z.strictObject({
  ...resource,
  kind: z.literal('vpn-connection'),
  gateway: z.string(),
  staticRoutes: z.array(prefix),
  dynamic: z.boolean(),
  up: maybe(z.boolean()),
  state: maybe(z.string()),
  selectors: maybe(z.strictObject({ onPremises: z.array(prefix), aws: z.array(prefix) })),
}) satisfies z.ZodType<VpnConnection>;
