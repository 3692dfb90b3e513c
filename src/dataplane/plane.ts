/** The network prepared for forwarding: indexes, classes, translations and compiled rules, shared by every construct. */
import { groupBy } from '../base/group.ts';
import type { Family } from '../net/address.ts';
import { type Intervals, single, subtract, unionAll } from '../net/interval.ts';
import { intervalsOf } from '../net/prefix.ts';
import { publicUnicast } from '../net/special.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Network } from '../network/network.ts';
import type { Mode } from '../network/replay.ts';
import * as keys from '../network/unknown.ts';
import facts from '../../models/facts.json' with { type: 'json' };
import type { PayloadName, PayloadSpace } from './firewall/payload-space.ts';
import { type InterfaceClass, addressesOf, classify } from './interface-class.ts';
import { type Predicate, and, constant, no, unknown, yes } from './predicate.ts';
import { type Symbols, type Translation, createSymbols, createTranslation } from './symbol.ts';

/** TCP, or every other protocol. */
export type Carrier = 'tcp' | 'other';

export interface PlaneOptions {
  /** Declared sides of unknowns, by key. */
  readonly sides: ReadonlyMap<string, boolean>;
  readonly grouping: boolean;
  /** What a question tells apart among interfaces. */
  readonly label: (nic: NetworkInterface) => string;
  /** Whether delivery to the class matters: it is a target of the question, or may be. */
  readonly wanted: (of: InterfaceClass) => boolean;
  /** What an opaque element sends has to be certain: nothing of it is assumed for a requirement's sake. */
  readonly exacting: boolean;
  /** Whether replies are asked for. */
  readonly replies: boolean;
  /** What carries every flow as it is sent, where only one does. */
  readonly carrier?: Carrier;
  /**
   * What closes ways can be held open, and what is denied be taken back (`opening.ts`): all of it, or rules alone and no
   * tables.
   */
  readonly opening?: 'all' | 'rules';
  /** How much of a flow a firewall has to let through. */
  readonly mode: Mode;
  /** The names in a flow's first message that the question speaks of. */
  readonly names?: readonly PayloadName[];
  /** What flows can carry, where other planes are to tell the same apart; absent: what its own rules and names tell. */
  readonly payloads?: PayloadSpace;
  /** Those of another plane, where what comes of both is compared. */
  readonly symbols?: Symbols;
  /** By service whose public addresses nobody read: the IPv4 addresses that are taken for them. */
  readonly servicesAt?: ReadonlyMap<string, Intervals>;
}

export interface Plane extends PlaneOptions {
  readonly network: Network;
  readonly symbols: Symbols;
  readonly classes: readonly InterfaceClass[];
  readonly classOf: ReadonlyMap<string, InterfaceClass>;
  readonly classesOfVpc: ReadonlyMap<string, readonly InterfaceClass[]>;
  readonly classesOfSubnet: ReadonlyMap<string, readonly InterfaceClass[]>;
  /** By VPC: the one-to-one mapping that its internet gateway applies to sources (semantics 1.7). */
  readonly publicAddresses: (vpc: string) => Translation;
  /** The public addresses that the network itself holds, and the IPv6 addresses behind its internet gateways. */
  readonly own: Readonly<Record<Family, Intervals>>;
  /** What `internet` stands for (`interfaces.md`, selectors). */
  readonly internet: Readonly<Record<Family, Intervals>>;
  /** Where what leaves by a gateway ends: `internet`, and IPv4 blocks of VPCs, which are not theirs out there. */
  readonly outside: Readonly<Record<Family, Intervals>>;
  readonly compiled: Map<string, unknown>;
}

/** Memo of a compiled rule set under a key. */
export function once<T>(plane: Plane, key: string, make: () => T): T {
  if (plane.compiled.has(key)) return plane.compiled.get(key) as T;
  const made = make();
  plane.compiled.set(key, made);
  return made;
}

/** The side of an unknown: declared, or left open. */
export const open = (plane: Plane, key: string): Predicate => {
  // What is declared of a list holds in every table that uses it.
  const side = plane.sides.get(key) ?? plane.sides.get(key.split('@', 1)[0]!);
  return side === undefined ? unknown(key) : sideOf(plane, key, side);
};

/** A declared side: that something does not happen is one more thing that a proof may rest on. */
export const sideOf = (plane: Plane, key: string, side: boolean): Predicate =>
  side || plane.opening === undefined ? constant(side) : unknown(key);

/** Through an element that sends anything: for a requirement that it sends just what is needed is one more unknown. */
export const handsOnTo = (plane: Plane, id: string): Predicate =>
  plane.exacting ? and(open(plane, keys.passes(id)), open(plane, keys.handsOver(id))) : open(plane, keys.passes(id));

/** A numbered fact: declared, or its default. */
export const fact = (plane: Plane, number: keyof typeof facts): Predicate => {
  const side = plane.sides.get(keys.fact(number));
  if (side !== undefined) return constant(side);
  const { default: taken } = facts[number];
  return taken === 'yes' ? yes : taken === 'no' ? no : unknown(keys.fact(number));
};

export function createPlane(network: Network, options: PlaneOptions): Plane {
  const classes = classify(network, options.grouping, options.label);
  const classOf = new Map<string, InterfaceClass>();
  for (const one of classes) for (const nic of one.interfaces) classOf.set(nic.id, one);
  const classesOfVpc = groupBy(classes, ({ vpc }) => vpc);
  const own = ownAddresses(network);
  const mappings = new Map<string, Translation>();
  const publicAddresses = (vpc: string): Translation => {
    let found = mappings.get(vpc);
    if (found === undefined) {
      const attached = (classesOfVpc.get(vpc) ?? []).flatMap(({ interfaces }) => interfaces);
      mappings.set(vpc, (found = createTranslation(`public ${vpc}`, mappingOf(network, vpc, attached))));
    }
    return found;
  };
  return {
    ...options,
    network,
    symbols: options.symbols ?? createSymbols(),
    classes,
    classOf,
    classesOfVpc,
    classesOfSubnet: groupBy(classes, ({ subnet }) => subnet),
    publicAddresses,
    own,
    internet: {
      ipv4: subtract(publicUnicast.ipv4, unionAll([own.ipv4, vpcAddresses(network, 'ipv4')])),
      ipv6: subtract(publicUnicast.ipv6, unionAll([own.ipv6, vpcAddresses(network, 'ipv6')])),
    },
    outside: {
      ipv4: subtract(publicUnicast.ipv4, own.ipv4),
      ipv6: subtract(publicUnicast.ipv6, unionAll([own.ipv6, vpcAddresses(network, 'ipv6')])),
    },
    compiled: new Map(),
  };
}

/** Private to public, for every attached interface and NAT gateway of the VPC (semantics 1.5, 5.2, 5.12). */
function mappingOf(network: Network, vpc: string, attached: readonly NetworkInterface[]): ReadonlyMap<bigint, bigint> {
  const pairs = new Map<bigint, bigint>();
  for (const nic of attached)
    for (const { address, publicIp } of nic.addresses)
      if (publicIp !== undefined) pairs.set(address.value, publicIp.value);
  for (const nat of network.natGateways.values())
    if (nat.vpc === vpc && nat.connectivity === 'public')
      for (const { privateIp, publicIp } of nat.addresses)
        if (publicIp !== undefined) {
          if (privateIp !== undefined) pairs.set(privateIp.value, publicIp.value);
          // A regional gateway hands its internet gateway packets that already carry the public address (5.30).
          if (nat.subnet === undefined) pairs.set(publicIp.value, publicIp.value);
        }
  return pairs;
}

function ownAddresses(network: Network): Record<Family, Intervals> {
  const published: Intervals[] = [];
  for (const nic of network.interfaces.values()) {
    for (const { publicIp, carrierIp } of nic.addresses)
      for (const own of [publicIp, carrierIp]) if (own !== undefined) published.push(single(own.value));
    if (nic.imaginary?.publicIp !== undefined) published.push(single(nic.imaginary.publicIp.value));
  }
  for (const nat of network.natGateways.values())
    for (const { publicIp } of nat.addresses) if (publicIp !== undefined) published.push(single(publicIp.value));
  return { ipv4: unionAll(published), ipv6: [] };
}

const vpcAddresses = (network: Network, family: Family): Intervals =>
  intervalsOf(
    [...network.vpcs.values()].flatMap(({ cidrs }) => cidrs),
    family,
  );

/** The addresses of a VPC's or subnet's blocks, of one family. */
export const blocksOf = (plane: Plane, id: string, family: Family): Intervals =>
  once(plane, `blocks ${id} ${family}`, () => {
    const { cidrs } = plane.network.vpcs.get(id) ?? plane.network.subnets.get(id)!;
    return intervalsOf(cidrs, family);
  });

/** Every address that attached interfaces of the VPC hold: the sources that its gateways accept (semantics 1.16). */
export const heldIn = (plane: Plane, vpc: string, family: Family): Intervals =>
  once(plane, `held ${vpc} ${family}`, () =>
    unionAll((plane.classesOfVpc.get(vpc) ?? []).map((of) => of.addresses[family])),
  );

/** The private and IPv6 addresses of the group's members in one VPC, or in all (semantics 2.15). */
export const memberAddresses = (plane: Plane, group: string, vpc: string | undefined, family: Family): Intervals =>
  once(plane, `members ${group} ${vpc ?? ''} ${family}`, () =>
    unionAll(
      (membersOf(plane).get(group) ?? []).flatMap((nic) =>
        (vpc === undefined || nic.vpc === vpc) && nic.attached ? [addressesOf(nic, family)] : [],
      ),
    ),
  );

const membersOf = (plane: Plane): ReadonlyMap<string, readonly NetworkInterface[]> =>
  once(plane, 'members', () => {
    const byGroup = new Map<string, NetworkInterface[]>();
    for (const nic of plane.network.interfaces.values())
      for (const group of nic.groups) {
        const list = byGroup.get(group);
        if (list === undefined) byGroup.set(group, [nic]);
        else list.push(nic);
      }
    return byGroup;
  });
