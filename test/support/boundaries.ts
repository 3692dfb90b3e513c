/** The values at which a network's verdicts can turn: addresses it holds and their neighbours, ends of blocks and ranges. */
import { type Address, type Family, families, formatAddress, highest, parseAddress } from '../../src/net/address.ts';
import { lastOf, type Prefix } from '../../src/net/prefix.ts';
import { nat64, publicUnicast } from '../../src/net/special.ts';
import type { Network } from '../../src/network/network.ts';
import { isUnread } from '../../src/network/resource.ts';
import type { TrafficMatch } from '../../src/network/traffic-match.ts';
import { firewallBlocks, firewallPorts } from './firewall-boundaries.ts';
import { isInternet } from './internet.ts';

export interface Boundaries {
  /** Addresses that something in the network holds, private and public. */
  readonly held: readonly Address[];
  /** Public addresses that map to something inside. */
  readonly mapped: readonly Address[];
  /** Neighbours of what is held, ends of blocks inside, and fixed addresses: held by nobody, or by chance. */
  readonly others: readonly Address[];
  /** Addresses of the internet, the ends of the blocks that rules and routes name among them. */
  readonly outside: readonly Address[];
  /** Ports at the ends of ranges, and beside them. */
  readonly ports: readonly number[];
  readonly protocols: readonly number[];
  readonly icmp: readonly (readonly [type: number, code: number])[];
}

const fixed: readonly Address[] = [
  '203.0.113.5',
  '203.0.113.200',
  '192.0.2.7',
  '8.8.8.8',
  '192.168.1.1',
  '169.254.169.253',
  '169.254.169.254',
  '169.254.171.7',
  '129.224.1.1',
  '2a00::1',
  '2a00:1::1',
  'fd00:ec2::253',
  'fd00:ec2:80::7',
  '64:ff9b::cb00:7105',
  '64:ff9b::808:808',
].map((text) => parseAddress(text)!);

const throughNat64 = ({ value }: Address): Address => ({ family: 'ipv6', value: nat64.lo + value });

const isNat64 = ({ family, value }: Address): boolean => family === 'ipv6' && value >= nat64.lo && value <= nat64.hi;

export function boundariesOf(network: Network): Boundaries {
  const interfaces = [...network.interfaces.values()];
  const held = [
    ...interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address)),
    ...interfaces.flatMap(({ prefixes }) => prefixes.flatMap(ends)),
  ];
  const mapped = [
    ...[...network.interfaces.values()].flatMap(({ addresses }) =>
      addresses.flatMap(({ publicIp, carrierIp }) => [publicIp, carrierIp]),
    ),
    ...[...network.natGateways.values()].flatMap(({ addresses }) => addresses.map(({ publicIp }) => publicIp)),
  ].filter((address) => address !== undefined);
  const blocks = blocksOf(network);
  const translated = [...held, ...mapped].filter(({ family }) => family === 'ipv4').map(throughNat64);
  const edges = [
    ...blocks.flatMap(ends),
    ...blocks.flatMap(outsideOf),
    ...[...network.vpcs.values()].flatMap(({ cidrs }) =>
      cidrs.map(({ family, base }) => ({ family, value: base + 2n })),
    ),
    ...held.map(({ family, value }) => ({ family, value: value + 1n })),
  ];
  const starts = families.flatMap((family) => publicUnicast[family].map(({ lo }) => ({ family, value: lo })));
  const matches = matchesOf(network);
  return {
    held: distinct(held),
    mapped: distinct(mapped),
    others: distinct([...edges, ...fixed].filter((address) => !isInternet(network, address))),
    outside: distinct(
      [...edges, ...fixed, ...translated, ...starts].filter(
        (address) => isInternet(network, address) || isNat64(address),
      ),
    ),
    ports: [
      ...new Set([
        443,
        53,
        1024,
        65535,
        ...firewallPorts(network).flatMap(({ from, to }) => around(from, to)),
        ...matches.flatMap(({ ports }) => (ports === undefined ? [] : around(ports.from, ports.to))),
      ]),
    ],
    protocols: [
      ...new Set([6, 17, 1, 58, 50, ...matches.flatMap(({ protocol }) => (protocol === 'all' ? [] : [protocol]))]),
    ],
    icmp: [
      [8, 0],
      [0, 0],
      [13, 0],
      [3, 4],
      [128, 0],
      [129, 0],
    ],
  };
}

const ends = (block: Prefix): readonly Address[] => [
  { family: block.family, value: block.base },
  { family: block.family, value: lastOf(block) },
];

const outsideOf = (block: Prefix): readonly Address[] =>
  [block.base - 1n, lastOf(block) + 1n]
    .filter((value) => value >= 0n && value <= highest(block.family))
    .map((value) => ({ family: block.family, value }));

const around = (from: number, to: number): readonly number[] =>
  [from - 1, from, to, to + 1].filter((port) => port >= 0 && port <= 65535);

const distinct = (addresses: readonly Address[]): readonly Address[] => [
  ...new Map(addresses.map((address) => [`${address.family}${address.value}`, address])).values(),
];

/** Every block that a rule, a route or a list speaks of, but for the whole world. */
function blocksOf(network: Network): readonly Prefix[] {
  const blocks = [
    ...firewallBlocks(network),
    ...[...network.subnets.values()].flatMap(({ cidrs }) => cidrs),
    ...[...network.prefixLists.values()].flatMap(({ entries }) => (isUnread(entries) ? [] : entries)),
    ...[...network.routeTables.values()].flatMap(({ routes }) =>
      routes.flatMap(({ destination }) => (destination.kind === 'prefix' ? [destination.prefix] : [])),
    ),
    ...[...network.clientVpnEndpoints.values()].flatMap(({ routes, authorizationRules }) =>
      [routes, authorizationRules].flatMap((told) => (isUnread(told) ? [] : told.map((one) => one.destination))),
    ),
    ...[...network.networkAcls.values()].flatMap(({ inbound, outbound }) =>
      [...inbound, ...outbound].map(({ prefix }) => prefix),
    ),
    ...[...network.securityGroups.values()].flatMap(({ ingress, egress }) =>
      [ingress, egress].flatMap((rules) =>
        isUnread(rules) ? [] : rules.flatMap(({ peer }) => (peer.kind === 'prefix' ? [peer.prefix] : [])),
      ),
    ),
  ];
  return [
    ...new Map(
      blocks.map((block) => [`${formatAddress({ family: block.family, value: block.base })}/${block.length}`, block]),
    ).values(),
  ].filter(({ length }) => length > 0);
}

function matchesOf(network: Network): readonly TrafficMatch[] {
  return [
    ...[...network.networkAcls.values()].flatMap(({ inbound, outbound }) =>
      [...inbound, ...outbound].map(({ match }) => match),
    ),
    ...[...network.securityGroups.values()].flatMap(({ ingress, egress }) =>
      [ingress, egress].flatMap((rules) => (isUnread(rules) ? [] : rules.map(({ match }) => match))),
    ),
  ];
}

export const ofFamily = (family: Family, addresses: readonly Address[]): readonly Address[] =>
  addresses.filter((address) => address.family === family);

/** The families in which the network holds anything. */
export const familiesOf = ({ held }: Boundaries): readonly Family[] =>
  families.filter((family) => held.some((address) => address.family === family));
