/** What a packet asks of a network by address, indexed once: who holds it, what it maps to, who owns what. */
import type { Address } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import { type Prefix, prefixContains } from '../net/prefix.ts';
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { InternetGateway, NatGateway } from '../network/gateway.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Network } from '../network/network.ts';

/** Who a packet so addressed is for, inside a VPC. */
export type Holder =
  | { readonly kind: 'interface'; readonly interface: NetworkInterface }
  | { readonly kind: 'nat'; readonly nat: NatGateway };

/** What a public IPv4 address of the network stands for. */
export interface Mapping {
  readonly vpc: string;
  readonly holder: Holder;
  /** Absent on regional NAT gateways without a private address. */
  readonly inside: Address | undefined;
}

export interface Atlas {
  readonly holder: (vpc: string, address: Address) => Holder | undefined;
  /** The public address that the internet gateway maps a private one to. */
  readonly publicOf: (vpc: string, address: Address) => Address | undefined;
  readonly mapping: (address: Address) => Mapping | undefined;
  /** The address is a private, IPv6 or delegated one of an interface in the group (semantics 2.15). */
  readonly isMemberAddress: (group: string, address: Address) => boolean;
  readonly gatewayOf: (vpc: string) => InternetGateway | undefined;
  /** The firewall whose endpoint this is, else the endpoint itself. */
  readonly firewallOf: (endpoint: string) => string;
  readonly balancerOf: (interfaceId: string) => string;
  readonly endpointOf: (interfaceId: string) => VpcEndpoint | undefined;
  /** The VPC in whose blocks the address lies; the first, where several overlap. */
  readonly vpcAround: (address: Address) => string | undefined;
}

const known = new WeakMap<Network, Atlas>();

export function atlasOf(network: Network): Atlas {
  const before = known.get(network);
  if (before !== undefined) return before;
  const atlas = draw(network);
  known.set(network, atlas);
  return atlas;
}

const name = (address: Address): string => `${address.family} ${address.value}`;

function draw(network: Network): Atlas {
  const held = new Map<string, Holder>();
  const delegated = new Map<string, Delegation>();
  const outward = new Map<string, Address>();
  const inward = new Map<string, Mapping>();
  const imaginary: NetworkInterface[] = [];
  const groups = new Map<string, NetworkInterface[]>();

  const map = (vpc: string, holder: Holder, inside: Address | undefined, outside: Address | undefined): void => {
    if (outside === undefined) return;
    inward.set(name(outside), { vpc, holder, inside });
    if (inside !== undefined) outward.set(`${vpc} ${name(inside)}`, outside);
  };

  for (const each of network.interfaces.values()) {
    const holder: Holder = { kind: 'interface', interface: each };
    if (each.imaginary !== undefined) imaginary.push(each);
    for (const { address, publicIp } of each.addresses) {
      held.set(`${each.vpc} ${name(address)}`, holder);
      if (each.attached) map(each.vpc, holder, address, publicIp);
    }
    for (const prefix of each.prefixes) delegate(delegated, each, prefix);
    for (const group of each.groups) {
      const members = groups.get(group);
      if (members === undefined) groups.set(group, [each]);
      else members.push(each);
    }
  }
  for (const nat of network.natGateways.values()) {
    for (const { privateIp, publicIp } of nat.addresses) {
      const holder: Holder = { kind: 'nat', nat };
      if (privateIp !== undefined) held.set(`${nat.vpc} ${name(privateIp)}`, holder);
      map(nat.vpc, holder, privateIp, publicIp);
    }
  }
  for (const each of imaginary) {
    const outside = each.imaginary?.publicIp;
    if (outside !== undefined && !inward.has(name(outside)))
      inward.set(name(outside), {
        vpc: each.vpc,
        holder: { kind: 'interface', interface: each },
        inside: poolHead(each),
      });
  }

  const dreamer = (vpc: string, address: Address): NetworkInterface | undefined =>
    imaginary.find((each) => each.vpc === vpc && contains(each.imaginary?.pool[address.family] ?? [], address.value));
  const holder = (vpc: string, address: Address): Holder | undefined => {
    const direct = held.get(`${vpc} ${name(address)}`) ?? delegation(delegated, vpc, address);
    if (direct !== undefined) return direct;
    const dreamt = dreamer(vpc, address);
    return dreamt && { kind: 'interface', interface: dreamt };
  };

  const gateways = new Map<string, InternetGateway>();
  for (const each of network.internetGateways.values())
    if (each.vpc !== undefined && !gateways.has(each.vpc)) gateways.set(each.vpc, each);
  const firewalls = owners(network.firewalls.values(), (each) => each.endpoints);
  const balancers = owners(network.loadBalancers.values(), (each) => each.interfaces);
  const endpoints = owners(network.endpoints.values(), (each) => each.interfaces);
  const memberships = new Map<string, Membership>();

  return {
    holder,
    publicOf: (vpc, address) => {
      const mapped = outward.get(`${vpc} ${name(address)}`);
      if (mapped !== undefined || address.family === 'ipv6') return mapped;
      const found = holder(vpc, address);
      if (found?.kind !== 'interface' || !found.interface.attached) return undefined;
      return found.interface.imaginary?.publicIp;
    },
    mapping: (address) => inward.get(name(address)),
    isMemberAddress: (group, address) => {
      let membership = memberships.get(group);
      if (membership === undefined) {
        membership = membershipOf(groups.get(group) ?? []);
        memberships.set(group, membership);
      }
      return (
        membership.addresses.has(name(address)) || membership.prefixes.some((each) => prefixContains(each, address))
      );
    },
    gatewayOf: (vpc) => gateways.get(vpc),
    firewallOf: (endpoint) => firewalls.get(endpoint)?.id ?? endpoint,
    balancerOf: (interfaceId) => balancers.get(interfaceId)?.id ?? interfaceId,
    endpointOf: (interfaceId) => endpoints.get(interfaceId),
    vpcAround: (address) => {
      for (const vpc of network.vpcs.values())
        if (vpc.cidrs.some((cidr) => prefixContains(cidr, address))) return vpc.id;
      return undefined;
    },
  };
}

function owners<T>(all: Iterable<T>, owned: (each: T) => readonly string[]): ReadonlyMap<string, T> {
  const out = new Map<string, T>();
  for (const each of all) for (const id of owned(each)) out.set(id, each);
  return out;
}

interface Membership {
  readonly addresses: ReadonlySet<string>;
  readonly prefixes: readonly Prefix[];
}

const membershipOf = (members: readonly NetworkInterface[]): Membership => ({
  addresses: new Set(members.flatMap((each) => each.addresses.map(({ address }) => name(address)))),
  prefixes: members.flatMap((each) => each.prefixes),
});

/** Delegated prefixes of one VPC, family and length, by base. */
interface Delegation {
  readonly prefix: Prefix;
  readonly holders: Map<bigint, Holder>;
}

const bucket = (vpc: string, prefix: Prefix): string => `${vpc} ${prefix.family} ${prefix.length}`;

function delegate(into: Map<string, Delegation>, owner: NetworkInterface, prefix: Prefix): void {
  const key = bucket(owner.vpc, prefix);
  const found = into.get(key) ?? { prefix, holders: new Map<bigint, Holder>() };
  found.holders.set(prefix.base, { kind: 'interface', interface: owner });
  into.set(key, found);
}

function delegation(from: ReadonlyMap<string, Delegation>, vpc: string, address: Address): Holder | undefined {
  if (from.size === 0) return undefined;
  for (const length of address.family === 'ipv4' ? ipv4Lengths : ipv6Lengths) {
    const found = from.get(bucket(vpc, { family: address.family, base: 0n, length }));
    if (found === undefined) continue;
    const spare = BigInt((address.family === 'ipv4' ? 32 : 128) - length);
    const holder = found.holders.get((address.value >> spare) << spare);
    if (holder !== undefined) return holder;
  }
  return undefined;
}

/** Longest first. */
const ipv4Lengths = Array.from({ length: 33 }, (_, i) => 32 - i);
const ipv6Lengths = Array.from({ length: 129 }, (_, i) => 128 - i);

/** The address that stands for an imaginary host where nothing else tells: its first IPv4 one. */
function poolHead(each: NetworkInterface): Address | undefined {
  const own = each.addresses.find(({ address }) => address.family === 'ipv4');
  const head = each.imaginary?.pool.ipv4?.[0]?.lo;
  return own?.address ?? (head === undefined ? undefined : { family: 'ipv4', value: head });
}

/** The interface's own addresses, delegated prefixes and pool (semantics 1.4, 1.12). */
export const isOwnAddress = (each: NetworkInterface, address: Address): boolean =>
  each.addresses.some((own) => own.address.value === address.value && own.address.family === address.family) ||
  each.prefixes.some((prefix) => prefixContains(prefix, address)) ||
  contains(each.imaginary?.pool[address.family] ?? [], address.value);
