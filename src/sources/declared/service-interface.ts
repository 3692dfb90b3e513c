/** Interfaces that AWS puts into subnets for a service: of endpoints, load balancers, resolver endpoints (semantics 1.20). */
import { present } from '../../base/present.ts';
import type { Address, Family } from '../../net/address.ts';
import type { PendingAddresses } from '../../network/build/findings.ts';
import type { InterfaceAddress } from '../../network/interface.ts';
import { blocksOfSubnet } from './block.ts';
import { derivedResource } from './common.ts';
import { defaultOf } from './default.ts';
import { groupType, interfaceType as interfaceKind, subnetType, vpcType } from './kinds.ts';
import { candidatesOf, idOf, type Listed, references } from './property.ts';
import { type At, derive, note, type Reading, topOf } from './reading.ts';
import { vpcOfSubnet } from './subnet-of.ts';
import type { Unknown } from './value.ts';

/** What AWS says of the interface. */
export interface Service {
  /** As AWS prints it: `vpc_endpoint`, `network_load_balancer`. */
  readonly interfaceType: string;
  readonly description: string;
  readonly groups: readonly string[];
  readonly denyAllIgwTraffic?: boolean;
}

/** Where one stands: which addresses it has, and how many AWS will pick. */
export interface Standing {
  readonly subnet: string;
  readonly addresses?: readonly Address[];
  /** Of the first IPv4 address, where it is known already. */
  readonly publicIp?: Address;
  readonly pending: PendingAddresses;
  /** It is not known whether it stands there. */
  readonly perhaps?: boolean;
  /** What tells it from another of the same maker's in the subnet. */
  readonly beside?: string;
}

/** The interface's id: `ENDPOINT/SUBNET`. Undefined where its subnet is not declared: another input tells of it. */
export function standIn(at: At, service: Service, where: Standing): string | undefined {
  const { subnet, addresses = [], publicIp, pending, perhaps = false, beside = '' } = where;
  const vpc = vpcOfSubnet(at.in, subnet);
  if (vpc === undefined) return undefined;
  const id = derive(at.in, `${at.of.id}/${subnet}${beside}`, interfaceKind);
  const first = addresses.findIndex(({ family }) => family === 'ipv4');
  const { interfaceType, description, groups, denyAllIgwTraffic = false } = service;
  at.in.findings.interfaces.set(id, {
    interface: {
      ...derivedResource(at, id),
      kind: 'network-interface',
      vpc,
      subnet,
      interfaceType,
      description,
      groups,
      addresses: addresses.map((address, i): InterfaceAddress => ({
        address,
        ...present({ publicIp: i === first ? publicIp : undefined }),
      })),
      prefixes: [],
      sourceDestCheck: true,
      denyAllIgwTraffic,
      attached: true,
      ...(perhaps ? { state: 'pending' } : {}),
    },
    requesterManaged: true,
    ...(pending.ipv4 + pending.ipv6 === 0 ? {} : { pending }),
  });
  return id;
}

/** The groups of a property; those of the VPC by default where none is told, unless what it is of can do without. */
export function groupsOf(at: At, key: string, vpc: string | undefined, needed: boolean): readonly string[] {
  const { known, unknown } = references(at, key, groupType);
  if (unknown.length > 0) {
    note(at, key, unknown[0]!, 'what its groups admit counts as unread');
    // With one group of which nothing is told, nothing is told of what all of them admit.
    const id = `${at.of.address} ${key}`;
    at.in.findings.edges.outside.add(id);
    return [...known, id];
  }
  if (known.length > 0 || !needed) return known;
  const around = vpc === undefined ? undefined : at.in.byId.get(vpc);
  if (around !== undefined) return [defaultOf(topOf(at.in, around), 'DefaultSecurityGroup')];
  const id = `${vpc ?? at.of.address}/default-security-group`;
  at.in.findings.edges.outside.add(id);
  return [id];
}

/** The subnets that unknown elements of a list may be: their candidates, or all of the VPC, or all there are. */
export function subnetsLike(at: At, { known, unknown }: Listed<string>, vpc: string | undefined): readonly string[] {
  const all = unknown.flatMap((one) => {
    const candidates = candidatesOf(at, one);
    return candidates.length > 0 ? candidates : subnetsOfVpc(at.in, vpc);
  });
  return [...new Set(all)].filter((id) => !known.includes(id));
}

export const subnetsOfVpc = (reading: Reading, vpc: string | undefined): readonly string[] =>
  (reading.byType.get(subnetType) ?? []).flatMap((one) => {
    const around = idOf(one, 'VpcId', vpcType);
    return vpc === undefined || typeof around !== 'string' || around === vpc ? [one.of.id] : [];
  });

export const sayUnknown = (at: At, key: string, unknown: readonly Unknown[]): void => {
  for (const one of unknown) note(at, key, one, 'it may have an interface in each subnet that it could name');
};

/** Of which families a subnet has addresses. */
export function familiesOfSubnet(reading: Reading, subnet: string): Readonly<Record<Family, boolean>> {
  const declared = reading.byId.get(subnet);
  const blocks = declared === undefined ? [] : blocksOfSubnet(topOf(reading, declared));
  const has = (family: Family): boolean => blocks.some((block) => block.family === family);
  return { ipv4: has('ipv4'), ipv6: has('ipv6') };
}
