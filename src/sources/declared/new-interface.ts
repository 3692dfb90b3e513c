/** Interfaces that AWS will make, for whatever is declared: addresses to come, groups, and the subnets that they may be in. */
import { parseAddress } from '../../net/address.ts';
import { present } from '../../base/present.ts';
import type { InterfaceAddress } from '../../network/interface.ts';
import type { Resource } from '../../network/resource.ts';
import { subnetFacts } from './subnet-facts.ts';
import { derivedResource } from './common.ts';
import { defaultOf } from './default.ts';
import { interfaceType, subnetType } from './kinds.ts';
import type { Listed } from './property.ts';
import { mayBe } from './every.ts';
import { type At, derive, notModelled, topOf } from './reading.ts';
import type { Unknown } from './value.ts';

export interface NewInterface {
  readonly id: string;
  readonly subnet: string;
  /** Those of the resource; undefined where it names none, so that it has its VPC's default group (semantics 2.5); some kinds have no group. */
  readonly groups: Listed<string> | 'none' | undefined;
  /** As AWS prints them: they tell who owns it (`network/build/interface-role.ts`). */
  readonly interfaceType: string;
  readonly description: string;
  readonly requesterManaged: boolean;
  /** Those that are known. */
  readonly addresses?: readonly InterfaceAddress[];
  /** How many AWS picks; by default one of IPv4, and one of IPv6 where the subnet assigns them. */
  readonly ipv4?: number;
  readonly ipv6?: number;
  /** Whether the first IPv4 address gets a public one; undefined where that is not known. */
  readonly public: boolean | undefined;
  /** It need not be there. */
  readonly uncertain?: boolean;
  readonly instance?: string;
  readonly primary?: boolean;
  readonly sourceDestCheck?: boolean;
  readonly denyAllIgwTraffic?: boolean;
  readonly attached?: boolean;
  readonly name?: string;
  /** Its own, where it is a resource that is declared, or stands for one that has no other part in the network. */
  readonly own?: Resource;
}

/** Adds it; false where nothing tells of its subnet, which is said. */
export function addInterface(at: At, made: NewInterface): boolean {
  const { findings } = at.in;
  const facts = subnetFacts(at.in, made.subnet);
  if (facts === undefined) {
    // What it could do in a subnet that nobody has read, nothing can tell.
    notModelled(
      at,
      'network-interface',
      `it stands in \`${made.subnet}\`, which the input does not hold: add the network that holds it by --base`,
      `every question about \`${at.of.address}\``,
    );
    return false;
  }
  const { vpc } = facts;
  const groups = groupsOf(at, made, vpc);
  const hasIpv6 = facts.cidrs.some(({ family }) => family === 'ipv6');
  const addresses = made.addresses ?? [];
  const told = (family: 'ipv4' | 'ipv6'): boolean => addresses.some(({ address }) => address.family === family);
  const mayAssignIpv6 = hasIpv6 && (facts.ipv6Native || facts.assignIpv6AddressOnCreation !== false);
  const ipv4 = made.ipv4 ?? (told('ipv4') || facts.ipv6Native ? 0 : 1);
  const ipv6 = made.ipv6 ?? (told('ipv6') || !mayAssignIpv6 ? 0 : 1);
  const exposed = made.public ?? true;
  // On the may side it is there, with all that it may have; on the must side it is not.
  const uncertain =
    made.uncertain === true ||
    at.of.uncertain !== undefined ||
    made.public === undefined ||
    groups === undefined ||
    (made.ipv6 === undefined && hasIpv6 && facts.assignIpv6AddressOnCreation === undefined);
  if (groups === undefined) findings.edges.hiding.add(vpc);
  derive(at.in, made.id, interfaceType);
  findings.interfaces.set(made.id, {
    interface: {
      ...(made.own ?? derivedResource(at, made.id, { name: made.name })),
      id: made.id,
      kind: 'network-interface',
      vpc,
      subnet: made.subnet,
      interfaceType: made.interfaceType,
      description: made.description,
      groups: groups ?? [],
      addresses,
      prefixes: [],
      sourceDestCheck: made.sourceDestCheck ?? true,
      denyAllIgwTraffic: made.denyAllIgwTraffic ?? false,
      attached: made.attached ?? true,
      ...present({ instance: made.instance, state: uncertain ? 'unknown' : undefined }),
    },
    ...(ipv4 + ipv6 === 0 && !exposed ? {} : { pending: { ipv4, ipv6, public: exposed } }),
    requesterManaged: made.requesterManaged,
    ...present({ primary: made.primary }),
  });
  return true;
}

/** Undefined where they are not known, which no filter stands for. */
function groupsOf(at: At, { groups }: NewInterface, vpc: string): readonly string[] | undefined {
  if (groups === 'none') return [];
  if (groups !== undefined && groups.unknown.length > 0) {
    at.in.findings.warnings.push(
      `\`${at.of.address}\`: its security groups are not known (${groups.unknown[0]!.why}): nothing is taken to filter it.`,
    );
    return undefined;
  }
  if (groups !== undefined && groups.known.length > 0) return groups.known;
  const declared = at.in.byId.get(vpc);
  const group =
    declared === undefined
      ? at.in.around.defaultGroups.get(vpc)
      : defaultOf(topOf(at.in, declared), 'DefaultSecurityGroup');
  return group === undefined ? undefined : [group];
}

/** The subnets that a list names, and those that it may name: any at all where an unknown narrows nothing. */
export interface Places {
  readonly certain: readonly string[];
  readonly possible: readonly string[];
}

export function placesOf(at: At, { known, unknown }: Listed<string>): Places {
  const all = unknown.flatMap((one: Unknown) => mayBe(at, one, subnetType));
  if (unknown.length > 0)
    at.in.findings.warnings.push(
      `\`${at.of.address}\`: its subnets are not known (${unknown[0]!.why}): it may be in ${all.length === 0 ? 'none that is declared' : all.map((id) => `\`${id}\``).join(', ')}.`,
    );
  return { certain: [...new Set(known)], possible: [...new Set(all)].filter((id) => !known.includes(id)) };
}

/** A known private address, with its public one. */
export function knownAddress(own: string, publicIp?: string): InterfaceAddress | undefined {
  const address = parseAddress(own);
  return address && { address, ...present({ publicIp: publicIp === undefined ? undefined : parseAddress(publicIp) }) };
}
