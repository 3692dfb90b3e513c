/** Where the appliances of a Connect attachment stand, by the attachment that carries it (semantics 7.22). */
import { prefixContains } from '../../net/prefix.ts';
import type { Vpc } from '../vpc.ts';
import { type Building, wasRead } from './building.ts';
import type { TransitGatewayAttachmentFinding } from './transit-gateway-finding.ts';

const peersCall = 'describe-transit-gateway-connect-peers';

/**
 * The VPCs in which they stand: that of the transport attachment, where every peer's address is one of its own; none
 * over Direct Connect. Undefined where that is not told.
 */
export function transportOf(
  building: Building,
  id: string,
  behind: string,
  sides: readonly TransitGatewayAttachmentFinding[],
  vpcs: ReadonlyMap<string, Vpc>,
): readonly string[] | undefined {
  const { transitGatewayConnects, transitGatewayConnectPeers } = building.findings;
  const told = transitGatewayConnects.find((one) => one.id === id)?.transport ?? behind;
  const transport = sides.find((one) => one.id === told);
  if (transport?.type === 'direct-connect-gateway') return [];
  const vpc = transport?.type === 'vpc' ? vpcs.get(transport.behind ?? '') : undefined;
  const connect = sides.find((one) => one.id === id);
  if (vpc === undefined || connect === undefined || !wasRead(building, peersCall, connect)) return undefined;
  const peers = transitGatewayConnectPeers.filter(({ attachment }) => attachment === id);
  const within = peers.every(
    ({ address }) => address !== undefined && vpc.cidrs.some((cidr) => prefixContains(cidr, address)),
  );
  return within ? [vpc.id] : undefined;
}
