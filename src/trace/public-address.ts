/** The public IPv4 addresses of the network, carriers' among them, and the private ones behind them (semantics 1.5 to 1.7, 4.32, 5.12). */
import type { Address } from '../net/address.ts';
import { contains } from '../net/interval.ts';
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

/** What an address of a carrier's stands for. */
export interface CarrierMapping {
  readonly vpc: string;
  readonly interface: NetworkInterface;
  readonly inside: Address;
}

export interface PublicAddresses {
  /** The public address that the VPC's internet gateway maps a private one to. */
  readonly publicOf: (vpc: string, address: Address) => Address | undefined;
  readonly mapping: (address: Address) => Mapping | undefined;
  /** The address of the carrier's that the VPC's carrier gateway maps a private one to; no internet gateway does. */
  readonly carrierOf: (vpc: string, address: Address) => Address | undefined;
  readonly carrierMapping: (address: Address) => CarrierMapping | undefined;
  /** A public address of the network, or a carrier's that it has, in use or not. */
  readonly isPublicAddress: (address: Address) => boolean;
}

export function publicAddressesOf(network: Network): PublicAddresses {
  const all = new Set<string>();
  const outward = new Map<string, Address>();
  const inward = new Map<string, Mapping>();
  const imagined: NetworkInterface[] = [];
  const carriers = new Map<string, CarrierMapping>();
  const carried = new Map<string, Address>();
  const map = (mapping: Mapping, outside: Address): void => {
    inward.set(nameOf(outside), mapping);
    if (mapping.inside !== undefined) outward.set(`${mapping.vpc} ${nameOf(mapping.inside)}`, outside);
  };

  for (const each of network.interfaces.values()) {
    const own: Holder = { kind: 'interface', interface: each };
    for (const { address: inside, publicIp, carrierIp } of each.addresses) {
      if (carrierIp !== undefined) all.add(nameOf(carrierIp));
      if (carrierIp !== undefined && each.attached) {
        carriers.set(nameOf(carrierIp), { vpc: each.vpc, interface: each, inside });
        carried.set(`${each.vpc} ${nameOf(inside)}`, carrierIp);
      }
      if (publicIp === undefined) continue;
      all.add(nameOf(publicIp));
      // What is attached to nothing is mapped by no gateway.
      if (each.attached) map({ vpc: each.vpc, holder: own, inside }, publicIp);
    }
    // The public address that stands for whichever one AWS would assign stands before any address of the pool.
    const standIn = each.imaginary?.publicIp;
    if (standIn === undefined) continue;
    inward.set(nameOf(standIn), { vpc: each.vpc, holder: own, inside: poolHead(each) });
    imagined.push(each);
  }
  for (const nat of network.natGateways.values())
    for (const { privateIp: inside, publicIp } of nat.addresses)
      if (publicIp !== undefined) map({ vpc: nat.vpc, holder: { kind: 'nat', nat }, inside }, publicIp);

  return {
    publicOf: (vpc, address) =>
      outward.get(`${vpc} ${nameOf(address)}`) ??
      imagined.find((each) => each.vpc === vpc && contains(each.imaginary?.pool[address.family] ?? [], address.value))
        ?.imaginary?.publicIp,
    mapping: (address) => inward.get(nameOf(address)),
    carrierOf: (vpc, address) => carried.get(`${vpc} ${nameOf(address)}`),
    carrierMapping: (address) => carriers.get(nameOf(address)),
    isPublicAddress: (address) => all.has(nameOf(address)) || inward.has(nameOf(address)),
  };
}

/** The address that stands for an imaginary host where nothing else tells: its first IPv4 one. */
function poolHead(each: NetworkInterface): Address | undefined {
  const head = each.imaginary?.pool.ipv4?.[0];
  return head && { family: 'ipv4', value: head.lo };
}
