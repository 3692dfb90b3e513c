/** The public IPv4 addresses of the network and the private ones behind them (semantics 1.5 to 1.7, 5.12). */
import type { Address } from '../net/address.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Network } from '../network/network.ts';
import { type Holder, nameOf } from './holder.ts';

/** What a public address stands for. */
export interface Mapping {
  readonly vpc: string;
  readonly holder: Holder;
  /** Absent on regional NAT gateways without a private address. */
  readonly inside: Address | undefined;
}

export interface PublicAddresses {
  /** The public address that the VPC's internet gateway maps a private one to. */
  readonly publicOf: (vpc: string, address: Address) => Address | undefined;
  readonly mapping: (address: Address) => Mapping | undefined;
  /** A public address of the network, in use or not. */
  readonly isPublicAddress: (address: Address) => boolean;
}

export function publicAddressesOf(network: Network): PublicAddresses {
  const all = new Set<string>();
  const outward = new Map<string, Address>();
  const inward = new Map<string, Mapping>();
  const map = (mapping: Mapping, outside: Address): void => {
    inward.set(nameOf(outside), mapping);
    if (mapping.inside !== undefined) outward.set(`${mapping.vpc} ${nameOf(mapping.inside)}`, outside);
  };

  for (const each of network.interfaces.values()) {
    const own: Holder = { kind: 'interface', interface: each };
    for (const { address: inside, publicIp } of each.addresses) {
      if (publicIp === undefined) continue;
      all.add(nameOf(publicIp));
      // What is attached to nothing is mapped by no gateway.
      if (each.attached) map({ vpc: each.vpc, holder: own, inside }, publicIp);
    }
    // The public address that stands for whichever one AWS would assign stands on one private address.
    const standIn = each.imaginary?.publicIp;
    if (standIn !== undefined) map({ vpc: each.vpc, holder: own, inside: poolHead(each) }, standIn);
  }
  for (const nat of network.natGateways.values())
    for (const { privateIp: inside, publicIp } of nat.addresses)
      if (publicIp !== undefined) map({ vpc: nat.vpc, holder: { kind: 'nat', nat }, inside }, publicIp);

  return {
    publicOf: (vpc, address) => outward.get(`${vpc} ${nameOf(address)}`),
    mapping: (address) => inward.get(nameOf(address)),
    isPublicAddress: (address) => all.has(nameOf(address)) || inward.has(nameOf(address)),
  };
}

/** The address that stands for an imaginary host where nothing else tells: its first IPv4 one. */
function poolHead(each: NetworkInterface): Address | undefined {
  const head = each.imaginary?.pool.ipv4?.[0];
  return head && { family: 'ipv4', value: head.lo };
}
