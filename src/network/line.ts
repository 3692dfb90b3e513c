/** Lines on premises: virtual private gateways, and attachments of transit gateways to VPN and Direct Connect; and ways in besides. */
import type { Network } from './network.ts';
import { isUnread } from './resource.ts';

/** By their ids, those that are modelled and lead into a VPC or to a transit gateway. */
export const linesOf = ({ vpnGateways, transitGatewayAttachments }: Network): readonly string[] => [
  ...[...vpnGateways.values()].flatMap(({ id, vpc }) => (vpc === undefined ? [] : [id])),
  ...[...transitGatewayAttachments.values()].flatMap(({ id, behind }) => (behind.kind === 'on-premises' ? [id] : [])),
];

/** Client VPN endpoints by which packets from outside come in, by their ids. */
export const clientVpnsOf = ({ clientVpnEndpoints }: Network): readonly string[] =>
  [...clientVpnEndpoints.values()].flatMap(({ id, associations }) =>
    !isUnread(associations) && associations.some(({ interfaces }) => interfaces.length > 0) ? [id] : [],
  );
