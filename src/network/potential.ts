/**
 * The network as it could become: one imaginary host in each of some subnets (`interfaces.md`, `--potential`). Its
 * groups allow everything, so that a proof about it rests on routing, network ACLs and gateways alone.
 */
import { type Address, type Family, families } from '../net/address.ts';
import { type Intervals, contains, isEmpty, single, subtract, unionAll } from '../net/interval.ts';
import { lastOf, parsePrefix, rangeOf } from '../net/prefix.ts';
import { invariant } from '../base/invariant.ts';
import type { NetworkInterface } from './interface.ts';
import type { Network } from './network.ts';
import type { SecurityGroup, SecurityGroupRule } from './security-group.ts';
import type { Subnet } from './subnet.ts';

/** The imaginary host's interface id in a subnet. */
export const potentialId = (subnet: string): string => `potential:${subnet}`;

/**
 * The network with an imaginary host in each of the subnets that has a free address. `publicAddress` gives each a public
 * IPv4 address; otherwise it has one exactly if its subnet assigns one at launch.
 */
export function withPotential(network: Network, subnets: readonly string[], publicAddress: boolean): Network {
  const interfaces = new Map(network.interfaces);
  const securityGroups = new Map(network.securityGroups);
  const held = heldAddresses(network);
  const publics = unheldPublic(held.ipv4);
  for (const id of subnets) {
    const subnet = network.subnets.get(id);
    invariant(subnet !== undefined, `subnet ${id} is in the network`);
    const pool = poolOf(subnet, held);
    if (pool.ipv4 === undefined && pool.ipv6 === undefined) continue;
    const withPublic = pool.ipv4 !== undefined && (publicAddress || subnet.mapPublicIpOnLaunch);
    const publicIp = withPublic ? publics.next().value : undefined;
    const group = allowEverything(subnet);
    securityGroups.set(group.id, group);
    const host = imaginaryHost(subnet, group.id, pool, publicIp ?? undefined);
    interfaces.set(host.id, host);
  }
  return { ...network, interfaces, securityGroups };
}

type Pool = Partial<Record<Family, Intervals>>;

function imaginaryHost(subnet: Subnet, group: string, pool: Pool, publicIp: Address | undefined): NetworkInterface {
  return {
    kind: 'network-interface',
    id: potentialId(subnet.id),
    name: `a host that ${subnet.name ?? subnet.id} could hold`,
    tags: {},
    ...(subnet.account === undefined ? {} : { account: subnet.account }),
    ...(subnet.region === undefined ? {} : { region: subnet.region }),
    source: subnet.source,
    vpc: subnet.vpc,
    subnet: subnet.id,
    interfaceType: 'interface',
    role: 'host',
    description: 'imaginary',
    groups: [group],
    addresses: [],
    prefixes: [],
    sourceDestCheck: true,
    denyAllIgwTraffic: false,
    attached: true,
    imaginary: publicIp === undefined ? { pool } : { pool, publicIp },
  };
}

/** The subnet's addresses that nobody holds and AWS assigns: not the first four of a block, nor its last (semantics 1.13). */
function poolOf(subnet: Subnet, held: Readonly<Record<Family, Intervals>>): Pool {
  const pool: Pool = {};
  for (const family of families) {
    const blocks = subnet.cidrs.filter((cidr) => cidr.family === family);
    const assignable = blocks.map((cidr) =>
      [{ lo: cidr.base + 4n, hi: lastOf(cidr) - 1n }].filter(({ lo, hi }) => lo <= hi),
    );
    const free = subtract(unionAll(assignable), held[family]);
    if (!isEmpty(free)) pool[family] = free;
  }
  return pool;
}

/** Every address, private or public, that some interface or NAT gateway of the network has. */
function heldAddresses(network: Network): Readonly<Record<Family, Intervals>> {
  const held: Record<Family, Intervals[]> = { ipv4: [], ipv6: [] };
  const add = (...addresses: readonly (Address | undefined)[]): void => {
    for (const address of addresses) if (address !== undefined) held[address.family].push(single(address.value));
  };
  for (const { addresses, prefixes } of network.interfaces.values()) {
    for (const { address, publicIp } of addresses) add(address, publicIp);
    for (const prefix of prefixes) held[prefix.family].push([rangeOf(prefix)]);
  }
  for (const { addresses } of network.natGateways.values())
    for (const { privateIp, publicIp } of addresses) add(privateIp, publicIp);
  return { ipv4: unionAll(held.ipv4), ipv6: unionAll(held.ipv6) };
}

/** Addresses for documentation and benchmarks (RFC 5737, RFC 2544), which AWS assigns to nobody, one after the other. */
const standIns = ['203.0.113.0/24', '198.51.100.0/24', '192.0.2.0/24', '198.18.0.0/15'];

function* unheldPublic(held: Intervals): Generator<Address, undefined> {
  for (const text of standIns) {
    const prefix = parsePrefix(text);
    invariant(prefix !== undefined, `${text} is a CIDR block`);
    for (let value = prefix.base + 1n; value < lastOf(prefix); value++)
      if (!contains(held, value)) yield { family: 'ipv4', value };
  }
  return undefined;
}

/** One group a VPC, allowing all traffic of both families in both directions. */
function allowEverything(subnet: Subnet): SecurityGroup {
  const id = potentialId(subnet.vpc);
  const rules = (direction: string): readonly SecurityGroupRule[] =>
    families.map((family) => ({
      id: `${id} ${direction} ${family}`,
      match: { protocol: 'all' },
      peer: { kind: 'prefix', prefix: { family, base: 0n, length: 0 } },
      source: subnet.source,
    }));
  return {
    kind: 'security-group',
    id,
    name: 'allows everything',
    tags: {},
    source: subnet.source,
    vpc: subnet.vpc,
    associatedVpcs: [],
    ingress: rules('ingress'),
    egress: rules('egress'),
  };
}
