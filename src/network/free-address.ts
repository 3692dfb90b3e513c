/** Addresses that nobody has: what hosts that are not in the input could hold. */
import { invariant } from '../base/invariant.ts';
import { type Address, type Family, families } from '../net/address.ts';
import { type Intervals, contains, isEmpty, none, single, subtract, unionAll } from '../net/interval.ts';
import { lastOf, parsePrefix, rangeOf } from '../net/prefix.ts';
import type { Network } from './network.ts';
import type { Subnet } from './subnet.ts';

export type Pool = Readonly<Partial<Record<Family, Intervals>>>;

/** Addresses that interfaces and NAT gateways have. */
export interface Held {
  /** Private ones and IPv6 ones, by VPC: two VPCs may use the same. */
  readonly inside: ReadonlyMap<string, Readonly<Record<Family, Intervals>>>;
  /** Public IPv4 ones. */
  readonly outside: Intervals;
}

export function heldAddresses({ interfaces, natGateways }: Pick<Network, 'interfaces' | 'natGateways'>): Held {
  const inside = new Map<string, Record<Family, Intervals[]>>();
  const outside: Intervals[] = [];
  const of = (vpc: string): Record<Family, Intervals[]> => {
    const known = inside.get(vpc) ?? { ipv4: [], ipv6: [] };
    inside.set(vpc, known);
    return known;
  };
  const publish = (address: Address | undefined): void => {
    if (address !== undefined) outside.push(single(address.value));
  };
  for (const { vpc, addresses, prefixes, imaginary } of interfaces.values()) {
    const held = of(vpc);
    for (const { address, publicIp, carrierIp } of addresses) {
      held[address.family].push(single(address.value));
      publish(publicIp);
      publish(carrierIp);
    }
    for (const prefix of prefixes) held[prefix.family].push([rangeOf(prefix)]);
    publish(imaginary?.publicIp);
  }
  for (const { vpc, addresses } of natGateways.values())
    for (const { privateIp, publicIp } of addresses) {
      if (privateIp !== undefined) of(vpc)[privateIp.family].push(single(privateIp.value));
      publish(publicIp);
    }
  return {
    inside: new Map([...inside].map(([vpc, { ipv4, ipv6 }]) => [vpc, { ipv4: unionAll(ipv4), ipv6: unionAll(ipv6) }])),
    outside: unionAll(outside),
  };
}

/** The subnet's addresses that nobody holds and AWS assigns: not the first four of a block, nor its last (semantics 1.13). */
export function freeIn(subnet: Subnet, held: Held): Pool {
  const pool: Partial<Record<Family, Intervals>> = {};
  for (const family of families) {
    const blocks = subnet.cidrs.filter((cidr) => cidr.family === family);
    const assignable = blocks.map((cidr) =>
      [{ lo: cidr.base + 4n, hi: lastOf(cidr) - 1n }].filter(({ lo, hi }) => lo <= hi),
    );
    const free = subtract(unionAll(assignable), held.inside.get(subnet.vpc)?.[family] ?? none);
    if (!isEmpty(free)) pool[family] = free;
  }
  return pool;
}

/** Addresses for documentation and benchmarks (RFC 5737, RFC 2544), which AWS assigns to nobody, one after the other. */
const standIns = ['203.0.113.0/24', '198.51.100.0/24', '192.0.2.0/24', '198.18.0.0/15'];

/** Public addresses that stand for whichever ones AWS would assign. */
export function* standInAddresses({ outside }: Held): Generator<Address, undefined> {
  for (const text of standIns) {
    const prefix = parsePrefix(text);
    invariant(prefix !== undefined, `${text} is a CIDR block`);
    for (let value = prefix.base + 1n; value < lastOf(prefix); value++)
      if (!contains(outside, value)) yield { family: 'ipv4', value };
  }
  return undefined;
}
