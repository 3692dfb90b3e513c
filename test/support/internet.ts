/** What of the address space is the internet to a network. */
import type { Address } from '../../src/net/address.ts';
import { contains } from '../../src/net/interval.ts';
import { prefixContains } from '../../src/net/prefix.ts';
import { publicUnicast } from '../../src/net/special.ts';
import type { Network } from '../../src/network/network.ts';

/** A unicast address that the network does not hold. */
export function isInternet(network: Network, address: Address): boolean {
  if (!contains(publicUnicast[address.family], address.value)) return false;
  for (const { cidrs } of network.vpcs.values()) if (cidrs.some((cidr) => prefixContains(cidr, address))) return false;
  const same = (other: Address | undefined): boolean =>
    other?.family === address.family && other.value === address.value;
  for (const { addresses } of network.interfaces.values())
    if (addresses.some(({ publicIp }) => same(publicIp))) return false;
  for (const { addresses } of network.natGateways.values())
    if (addresses.some(({ publicIp }) => same(publicIp))) return false;
  return true;
}
