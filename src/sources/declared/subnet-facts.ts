/** What is known of a subnet that something stands in. */
import type { SubnetFacts } from './around.ts';
import { blocksOfSubnet } from './block.ts';
import { vpcOf } from './default.ts';
import { subnetType } from './kinds.ts';
import { flag } from './property.ts';
import { type Reading, topOf } from './reading.ts';
import { Unknown } from './value.ts';

/** Of a subnet that is declared, or that exists; undefined where nothing tells of it. */
export function subnetFacts(reading: Reading, id: string): SubnetFacts | undefined {
  const declared = reading.byId.get(id);
  if (declared?.type !== subnetType) return reading.around.subnets.get(id);
  const at = topOf(reading, declared);
  const told = (key: string): boolean | undefined => {
    const value = flag(at, key);
    return value instanceof Unknown ? undefined : (value ?? false);
  };
  return {
    vpc: vpcOf(at),
    cidrs: blocksOfSubnet(at),
    mapPublicIpOnLaunch: told('MapPublicIpOnLaunch'),
    assignIpv6AddressOnCreation: told('AssignIpv6AddressOnCreation'),
    ipv6Native: told('Ipv6Native') === true,
  };
}
