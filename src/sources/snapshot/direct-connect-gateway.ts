/** The shapes of Direct Connect gateways and virtual interfaces in a snapshot, and what one tells that has none. */
import { z } from 'zod';
import {
  associationsCall,
  type DirectConnectGateway,
  type VirtualInterface,
} from '../../network/direct-connect-gateway.ts';
import type { Network } from '../../network/network.ts';
import { maybe, prefix, resource, unread } from './fields.ts';

export const directConnectGateway = z.strictObject({
  ...resource,
  kind: z.literal('direct-connect-gateway'),
  associations: z.array(z.strictObject({ id: z.string(), gateway: z.string(), allowed: z.array(prefix) })),
  unread: maybe(unread),
}) satisfies z.ZodType<DirectConnectGateway>;

export const virtualInterface = z.strictObject({
  ...resource,
  kind: z.literal('virtual-interface'),
  gateway: z.string(),
  up: maybe(z.array(z.enum(['ipv4', 'ipv6']))),
}) satisfies z.ZodType<VirtualInterface>;

/** Snapshots that were written before Direct Connect was read: nobody asked for associations. */
export function beforeDirectConnect(network: Network): Network {
  const unreadOf = (subject: string) => ({ unread: associationsCall, subject });
  const gateways = [...network.transitGatewayAttachments.values()].flatMap(
    ({ behind, source }): DirectConnectGateway[] =>
      behind.kind === 'on-premises' && !behind.id.startsWith('vpn-')
        ? [
            {
              id: behind.id,
              kind: 'direct-connect-gateway',
              tags: {},
              source,
              associations: [],
              unread: unreadOf(behind.id),
            },
          ]
        : [],
  );
  return {
    ...network,
    directConnectGateways: new Map(gateways.map((one) => [one.id, one])),
    vpnGateways: new Map(
      [...network.vpnGateways].map(([id, one]) => [id, { ...one, unreadAssociation: unreadOf(id) }]),
    ),
  };
}
