/** Lines on premises: virtual private gateways, and attachments of transit gateways to VPN and Direct Connect. */
import type { Network } from './network.ts';

/** By their ids, those that are modelled and lead into a VPC or to a transit gateway. */
export const linesOf = ({ vpnGateways, transitGatewayAttachments }: Network): readonly string[] => [
  ...[...vpnGateways.values()].flatMap(({ id, vpc }) => (vpc === undefined ? [] : [id])),
  ...[...transitGatewayAttachments.values()].flatMap(({ id, behind }) => (behind.kind === 'on-premises' ? [id] : [])),
];
