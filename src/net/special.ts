/** Address ranges with a meaning of their own (RFC 1918, 6598, 6890, 6052; semantics 1.23, 5.5, 5.25, 13.1). */
import { type Family, formatAddress } from './address.ts';
import { type Interval, type Intervals, subtract, unionAll } from './interval.ts';
import { parsePrefix, rangeOf } from './prefix.ts';
import { invariant } from '../base/invariant.ts';

const block = (text: string): Interval => {
  const prefix = parsePrefix(text);
  invariant(prefix !== undefined, `${text} is a CIDR block`);
  return rangeOf(prefix);
};

const blocks = (...texts: string[]): Intervals => unionAll(texts.map((text) => [block(text)]));

/** RFC 1918 and RFC 6598: an internet gateway passes neither as destination outward nor as source inward. */
export const privateIpv4: Intervals = blocks('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10');

/** Every unicast address of the public internet, before a network's own public addresses are taken out. */
export const publicUnicast: Readonly<Record<Family, Intervals>> = {
  ipv4: subtract(
    blocks('0.0.0.0/0'),
    unionAll([privateIpv4, blocks('0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3')]),
  ),
  ipv6: blocks('2000::/3'),
};

/** 64:ff9b::/96, whose low 32 bits are an IPv4 address (RFC 6052). */
export const nat64: Interval = block('64:ff9b::/96');

/** The Amazon resolver's fixed addresses; each VPC adds its base + 2. */
export const resolverAddresses: Readonly<Record<Family, Intervals>> = {
  ipv4: blocks('169.254.169.253/32'),
  ipv6: blocks('fd00:ec2::253/128'),
};

/** Services of the hypervisor that no rule filters: metadata, time, task metadata, activation (semantics 1.23, 2.36). */
export const hypervisorServices: Readonly<Record<Family, Intervals>> = {
  ipv4: blocks('169.254.169.254/32', '169.254.169.123/32', '169.254.170.2/32', '169.254.169.250/31'),
  ipv6: blocks('fd00:ec2::254/128', 'fd00:ec2::123/128'),
};

/** Addresses to which no route leads, whatever it says; other link-local ones may be routed (semantics 1.23, 1.24). */
export const linkLocal: Readonly<Record<Family, Intervals>> = {
  ipv4: unionAll([blocks('169.254.168.0/22'), resolverAddresses.ipv4, hypervisorServices.ipv4]),
  ipv6: blocks('fe80::/10', 'fd00:ec2::/32'),
};

/** At which VPCs reach the services of VPC Lattice, and from which these reach their targets, where no prefix list tells (semantics 14.1). */
export const latticeServices: Readonly<Record<Family, Intervals>> = {
  ipv4: blocks('169.254.171.0/24'),
  ipv6: blocks('fd00:ec2:80::/64'),
};

/** At which VPCs that are associated with a service network reach its resources (semantics 14.1); IPv6 is not told. */
export const latticeResources: Readonly<Record<Family, Intervals>> = { ipv4: blocks('129.224.0.0/17'), ipv6: [] };

/** All at which VPCs may reach the services and resources of VPC Lattice, whatever their routes say (semantics 14.1). */
export const latticeAddresses: Readonly<Record<Family, Intervals>> = {
  ipv4: subtract(
    unionAll([blocks('169.254.168.0/22', '129.224.0.0/17')]),
    unionAll([resolverAddresses.ipv4, hypervisorServices.ipv4]),
  ),
  ipv6: subtract(blocks('fd00:ec2::/32'), unionAll([resolverAddresses.ipv6, hypervisorServices.ipv6])),
};

/** `lo` alone, or `lo-hi`. */
export const formatInterval = (family: Family, { lo, hi }: Interval): string =>
  lo === hi
    ? formatAddress({ family, value: lo })
    : `${formatAddress({ family, value: lo })}-${formatAddress({ family, value: hi })}`;
