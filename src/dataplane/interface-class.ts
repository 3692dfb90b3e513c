/**
 * Interfaces grouped: two are one class only if nothing that decides a packet's way tells them apart but their
 * addresses (engine.md, step 3). A class stands for "some interface of it".
 */
import type { Family } from '../net/address.ts';
import { families } from '../net/address.ts';
import { type Interval, type Intervals, unionAll } from '../net/interval.ts';
import { rangeOf } from '../net/prefix.ts';
import type { NetworkInterface } from '../network/interface.ts';
import { inspectionBehind } from '../network/gateway-load-balancer.ts';
import type { Network } from '../network/network.ts';
import { unreadKey } from '../network/resource.ts';
import { ownersOf } from './owner.ts';
import { up } from '../network/unknown.ts';

export interface InterfaceClass {
  readonly id: string;
  readonly interfaces: readonly NetworkInterface[];
  /** Shared by all of them. */
  readonly vpc: string;
  readonly subnet: string;
  readonly groups: readonly string[];
  readonly role: NetworkInterface['role'];
  readonly sourceDestCheck: boolean;
  /** Every address that any of them holds. */
  readonly addresses: Readonly<Record<Family, Intervals>>;
  /** The assumption that it is there and works, where the snapshot does not show that. */
  readonly health?: string;
  /** Present on an imaginary host, which may join any group. */
  readonly imaginary: boolean;
}

/** Every address of the family that the interface holds: assigned, delegated, or of an imaginary host's pool. */
export const addressesOf = (nic: NetworkInterface, family: Family): Intervals => addressesOfAll([nic], family);

function addressesOfAll(interfaces: readonly NetworkInterface[], family: Family): Intervals {
  const parts: Interval[] = [];
  for (const nic of interfaces) {
    for (const { address } of nic.addresses)
      if (address.family === family) parts.push({ lo: address.value, hi: address.value });
    for (const prefix of nic.prefixes) if (prefix.family === family) parts.push(rangeOf(prefix));
    parts.push(...(nic.imaginary?.pool[family] ?? []));
  }
  return parts.length < 2 ? parts : unionAll([parts]);
}

/**
 * Groups the attached interfaces; `label` splits further, by what a question names. With `grouping` off every
 * interface is a class of its own.
 */
export function classify(
  network: Network,
  grouping: boolean,
  label: (nic: NetworkInterface) => string,
): readonly InterfaceClass[] {
  const alone = routedOrRouting(network);
  const members = new Map<string, NetworkInterface[]>();
  for (const nic of network.interfaces.values()) {
    if (!nic.attached) continue;
    const key = grouping && !standsAlone(nic, alone) ? sharedKey(network, nic, label(nic)) : nic.id;
    const group = members.get(key);
    if (group === undefined) members.set(key, [nic]);
    else group.push(nic);
  }
  return [...members.values()].map((interfaces) => describe(network, interfaces));
}

const standsAlone = (nic: NetworkInterface, alone: ReadonlySet<string>): boolean =>
  alone.has(nic.id) ||
  nic.imaginary !== undefined ||
  (nic.role !== 'host' && nic.role !== 'lambda' && nic.role !== 'managed-service');

const sharedKey = (network: Network, nic: NetworkInterface, label: string): string =>
  [nic.subnet, nic.role, healthOf(network, nic) ?? '', [...nic.groups].sort().join(','), label].join('|');

const healthOf = (network: Network, nic: NetworkInterface): string | undefined => {
  if (nic.unread !== undefined) return unreadKey(nic.unread);
  const instance = nic.instance === undefined ? undefined : network.instances.get(nic.instance);
  if (instance !== undefined && instance.state !== 'running') return up(instance.id);
  return nic.state === undefined ? undefined : up(nic.id);
};

function describe(network: Network, interfaces: readonly NetworkInterface[]): InterfaceClass {
  const first = interfaces[0]!;
  const health = healthOf(network, first);
  const pool = Object.fromEntries(families.map((family) => [family, addressesOfAll(interfaces, family)])) as Record<
    Family,
    Intervals
  >;
  return {
    id: interfaces.length === 1 ? first.id : `${first.id}+${interfaces.length - 1}`,
    interfaces,
    vpc: first.vpc,
    subnet: first.subnet,
    groups: first.groups,
    role: first.role,
    sourceDestCheck: first.sourceDestCheck,
    addresses: pool,
    ...(health === undefined ? {} : { health }),
    imaginary: first.imaginary !== undefined,
  };
}

/** Ids by which a question may name the interface as a waypoint: its own, its instance's, its owners'. */
export const namesOf = (network: Network, nic: NetworkInterface): readonly string[] => [
  nic.id,
  ...(nic.instance === undefined ? [] : [nic.instance]),
  ...ownersOf(network, nic.id).map(({ id }) => id),
];

const known = new WeakMap<InterfaceClass, readonly string[]>();

/** Ids that stand for the class as a waypoint: one interface's, since a question tells apart what it names. */
export function idsOf(network: Network, of: InterfaceClass): readonly string[] {
  let ids = known.get(of);
  if (ids === undefined) {
    const nic = of.interfaces[0]!;
    ids = [...namesOf(network, nic), ...nic.groups];
    known.set(of, ids);
  }
  return ids;
}

/**
 * Interfaces that a route names, those without source/destination check, of instances with several, with a way out of
 * their own, and of appliances behind Gateway Load Balancers.
 */
function routedOrRouting(network: Network): ReadonlySet<string> {
  const out = new Set<string>();
  for (const nic of network.interfaces.values()) {
    if (!nic.sourceDestCheck) out.add(nic.id);
  }
  for (const id of network.endpoints.keys())
    for (const appliance of inspectionBehind(network, id)?.appliances ?? []) out.add(appliance.interface);
  for (const { beside = [] } of network.opaqueGateways.values()) for (const id of beside) out.add(id);
  for (const { interfaces } of network.instances.values()) {
    if (interfaces.length > 1) for (const id of interfaces) out.add(id);
  }
  for (const table of network.routeTables.values())
    for (const { target } of table.routes) {
      if (target.kind !== 'network-interface') continue;
      out.add(target.id);
      if (target.instance !== undefined)
        for (const id of network.instances.get(target.instance)?.interfaces ?? []) out.add(id);
    }
  return out;
}
