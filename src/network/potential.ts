/**
 * The network as it could become: one imaginary host in each of some subnets (`interfaces.md`, `--potential`). Its
 * groups allow everything, so that a proof about it rests on routing, network ACLs and gateways alone.
 */
import { invariant } from '../base/invariant.ts';
import { type Address, families } from '../net/address.ts';
import { freeIn, heldAddresses, type Pool, standInAddresses } from './free-address.ts';
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
  const publics = standInAddresses(held);
  for (const id of subnets) {
    const subnet = network.subnets.get(id);
    invariant(subnet !== undefined, `subnet ${id} is in the network`);
    const pool = freeIn(subnet, held);
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
