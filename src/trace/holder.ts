/** Who a packet so addressed is for, inside a VPC (semantics 1.4, 1.12, 1.13). */
import { type Address, sameAddress } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import { type Prefix, prefixContains } from '../net/prefix.ts';
import type { NatGateway } from '../network/gateway.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Network } from '../network/network.ts';
import type { Choices } from '../network/replay.ts';

export type Holder =
  | { readonly kind: 'interface'; readonly interface: NetworkInterface }
  | { readonly kind: 'nat'; readonly nat: NatGateway };

export interface Holders {
  /**
   * A NAT gateway before its interface, an interface before one that is imaginary or unread and might hold the address:
   * of these the one that the flow's choices name, else the first.
   */
  readonly holder: (vpc: string, address: Address, choices?: Choices) => Holder | undefined;
  /** An imaginary host may hold it, in some VPC. */
  readonly isImaginary: (address: Address) => boolean;
}

/** One text for one address. */
export const nameOf = (address: Address): string => `${address.family} ${address.value}`;

export function holdersOf(network: Network): Holders {
  const held = new Map<string, Holder>();
  const delegated = new Map<string, Map<bigint, Holder>>();
  const imaginary: NetworkInterface[] = [];
  for (const each of network.interfaces.values()) {
    const holder: Holder = { kind: 'interface', interface: each };
    if (each.imaginary !== undefined) imaginary.push(each);
    for (const { address } of each.addresses) held.set(`${each.vpc} ${nameOf(address)}`, holder);
    for (const prefix of each.prefixes) {
      const key = bucket(each.vpc, prefix);
      const found = delegated.get(key) ?? new Map<bigint, Holder>();
      delegated.set(key, found.set(prefix.base, holder));
    }
  }
  for (const nat of network.natGateways.values())
    for (const { privateIp } of nat.addresses)
      if (privateIp !== undefined) held.set(`${nat.vpc} ${nameOf(privateIp)}`, { kind: 'nat', nat });

  return {
    holder: (vpc, address, choices) => {
      const found = held.get(`${vpc} ${nameOf(address)}`) ?? delegation(delegated, vpc, address);
      if (found !== undefined) return found;
      const able = imaginary.filter((each) => each.vpc === vpc && isPooled(each, address));
      const host = able.find(({ id }) => isChosen(id, address, choices)) ?? able[0];
      return host && { kind: 'interface', interface: host };
    },
    isImaginary: (address) => imaginary.some((each) => isPooled(each, address)),
  };
}

const bucket = (vpc: string, { family, length }: Omit<Prefix, 'base'>): string => `${vpc} ${family} ${length}`;

/** The holder of the longest delegated prefix around the address; `from` holds them by VPC, family and length. */
function delegation(
  from: ReadonlyMap<string, ReadonlyMap<bigint, Holder>>,
  vpc: string,
  { family, value }: Address,
): Holder | undefined {
  if (from.size === 0) return undefined;
  const bits = family === 'ipv4' ? 32 : 128;
  for (let length = bits; length >= 0; length--) {
    const spare = BigInt(bits - length);
    const found = from.get(bucket(vpc, { family, length }))?.get((value >> spare) << spare);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isChosen = (id: string, address: Address, choices: Choices | undefined): boolean =>
  choices?.holders?.some((one) => one.interface === id && sameAddress(one.address, address)) === true;

const isPooled = (each: NetworkInterface, { family, value }: Address): boolean =>
  contains(each.imaginary?.pool[family] ?? [], value);

/** The interface's own addresses, delegated prefixes and pool. */
export const isOwnAddress = (each: NetworkInterface, address: Address): boolean =>
  each.addresses.some((own) => own.address.value === address.value && own.address.family === address.family) ||
  each.prefixes.some((prefix) => prefixContains(prefix, address)) ||
  isPooled(each, address);
