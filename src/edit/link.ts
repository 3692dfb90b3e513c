/** Which VPCs are joined, for what AWS lets the one name of the other. */
import type { Network } from '../network/network.ts';

/** By an active peering connection in one Region; or, where that counts, by a transit gateway at which both are. */
export function linksOf(network: Network, one: string, other: string, transit: boolean): boolean {
  const { vpcPeerings, opaqueGateways, transitGateways } = network;
  const both = ({ vpcs }: { readonly vpcs: readonly string[] }): boolean => vpcs.includes(one) && vpcs.includes(other);
  for (const peering of vpcPeerings.values()) if (peering.sameRegion && both(peering)) return true;
  if (!transit) return false;
  for (const gateway of transitGateways.values()) if (both(gateway)) return true;
  for (const gateway of opaqueGateways.values())
    if (gateway.unread !== true && gateway.kind === 'transit-gateway' && both(gateway)) return true;
  return false;
}
