/**
 * Where addresses that AWS will pick can lie. While no rule, route or question tells the addresses of a pool apart, one
 * stands for all of them: swapping two of them swaps flows and nothing else. Where something does, every part is tried.
 */
import type { Address, Family } from '../net/address.ts';
import { formatAddress } from '../net/address.ts';
import { contains, type Interval, type Intervals, single } from '../net/interval.ts';
import type { InterfaceAddress } from './interface.ts';
import { blocksNamed, type Blocks, partsOf } from './named-block.ts';
import type { Network } from './network.ts';

/** An address of an interface that AWS will pick. */
interface Slot {
  readonly interface: string;
  readonly vpc: string;
  /** Among the interface's addresses. */
  readonly index: number;
  readonly family: Family;
  readonly now: bigint;
  readonly parts: readonly Intervals[];
}

export interface Placement {
  readonly network: Network;
  /** In the words of `--assume`: the addresses that set this placement apart from the others. */
  readonly says: readonly string[];
}

/** More are not tried: what depends on them is undecided. */
const most = 64;

/**
 * Every network that differs by what is told apart; one where nothing is. `more` are blocks that a question names, and
 * `declared` values that somebody has told. Undefined where there are too many.
 */
export function placements(
  network: Network,
  more: Blocks = { ipv4: [], ipv6: [] },
  declared: ReadonlyMap<string, Address> = new Map(),
): readonly Placement[] | undefined {
  const slots = slotsOf(network, more, declared).filter(
    ({ parts, now }) => parts.length > 1 || !contains(parts[0] ?? [], now),
  );
  if (slots.length === 0) return [{ network, says: [] }];
  const found: Placement[] = [];
  for (const values of assignments(slots, new Set(takenIn(network, slots)))) {
    if (found.length === most) return undefined;
    found.push(placed(network, slots, values));
  }
  return found;
}

/** The key of an address to come, before `=`: `value:eni-1.PrivateIpAddress`. */
export const valueOf = (id: string, family: Family): string =>
  `value:${id}.${family === 'ipv4' ? 'PrivateIpAddress' : 'Ipv6Address'}`;

const known = new WeakMap<Network, Blocks>();

/** Blocks that tell packets apart, wherever in the network. */
function blocksOf(network: Network): Blocks {
  const before = known.get(network);
  if (before !== undefined) return before;
  const blocks = blocksNamed(network);
  known.set(network, blocks);
  return blocks;
}

const hasPending = ({ addresses }: { readonly addresses: readonly InterfaceAddress[] }): boolean =>
  addresses.some(({ pending }) => pending !== undefined);

function slotsOf(network: Network, more: Blocks, declared: ReadonlyMap<string, Address>): readonly Slot[] {
  const waiting = [...network.interfaces.values()].filter((nic) => hasPending(nic));
  if (waiting.length === 0) return [];
  const own = blocksOf(network);
  const parted = new Map<Intervals, readonly Intervals[]>();
  const partsIn = (pool: Intervals, family: Family): readonly Intervals[] => {
    const before = parted.get(pool);
    if (before !== undefined) return before;
    const parts = partsOf(pool, [...own[family], ...more[family]] satisfies readonly Interval[]);
    parted.set(pool, parts);
    return parts;
  };
  return waiting.flatMap(({ id, vpc, addresses }) =>
    addresses.flatMap(({ address: { family, value: now }, pending }, index): readonly Slot[] => {
      if (pending === undefined) return [];
      const isFirst =
        addresses.findIndex((one) => one.pending !== undefined && one.address.family === family) === index;
      const told = isFirst ? declared.get(valueOf(id, family)) : undefined;
      const parts = told === undefined ? partsIn(pending, family) : [single(told.value)];
      return [{ interface: id, vpc, index, family, now, parts }];
    }),
  );
}

/** Addresses that stay where they are. */
function* takenIn(network: Network, moving: readonly Slot[]): Iterable<string> {
  const moved = new Set(moving.map(({ interface: id, index }) => `${id} ${index}`));
  for (const { id, vpc, addresses } of network.interfaces.values())
    for (const [index, { address }] of addresses.entries())
      if (!moved.has(`${id} ${index}`)) yield keyOf(vpc, address.family, address.value);
}

const keyOf = (vpc: string, family: Family, value: bigint): string => `${vpc} ${family} ${value}`;

/** An address for each slot: one way for each choice of parts that has enough addresses for all that are in them. */
function* assignments(
  slots: readonly Slot[],
  used: ReadonlySet<string>,
  before: readonly bigint[] = [],
): Iterable<readonly bigint[]> {
  const slot = slots[before.length];
  if (slot === undefined) {
    yield before;
    return;
  }
  for (const part of slot.parts) {
    const value = lowestFree(part, (one) => used.has(keyOf(slot.vpc, slot.family, one)));
    if (value === undefined) continue;
    yield* assignments(slots, new Set(used).add(keyOf(slot.vpc, slot.family, value)), [...before, value]);
  }
}

function lowestFree(part: Intervals, isUsed: (value: bigint) => boolean): bigint | undefined {
  for (const { lo, hi } of part) for (let value = lo; value <= hi; value++) if (!isUsed(value)) return value;
  return undefined;
}

function placed(network: Network, slots: readonly Slot[], values: readonly bigint[]): Placement {
  const at = new Map<string, Map<number, Address>>();
  const says = slots.map(({ interface: id, index, family }, i) => {
    const address = { family, value: values[i]! };
    at.set(id, new Map(at.get(id)).set(index, address));
    return `${valueOf(id, family)}=${formatAddress(address)}`;
  });
  return { network: withAddresses(network, at), says };
}

/** The network with these addresses, by interface and index, in place of those that stood there. */
function withAddresses(network: Network, at: ReadonlyMap<string, ReadonlyMap<number, Address>>): Network {
  const interfaces = new Map(network.interfaces);
  const moved = new Map<string, Address>();
  for (const [id, own] of at) {
    const nic = interfaces.get(id)!;
    for (const [index, address] of own)
      moved.set(`${id} ${keyOf('', address.family, nic.addresses[index]!.address.value)}`, address);
    const addresses = nic.addresses.map((one, index) => ({ ...one, address: own.get(index) ?? one.address }));
    interfaces.set(id, { ...nic, addresses });
  }
  const movedFrom = (id: string | undefined, before: Address | undefined): Address | undefined =>
    id === undefined || before === undefined
      ? before
      : (moved.get(`${id} ${keyOf('', before.family, before.value)}`) ?? before);
  return {
    ...network,
    interfaces,
    natGateways: new Map(
      [...network.natGateways].map(([id, nat]) => [
        id,
        {
          ...nat,
          addresses: nat.addresses.map((one) => {
            const privateIp = movedFrom(one.interface, one.privateIp);
            return privateIp === undefined ? one : { ...one, privateIp };
          }),
        },
      ]),
    ),
    targetGroups: new Map(
      [...network.targetGroups].map(([id, group]) => [
        id,
        Array.isArray(group.targets)
          ? {
              ...group,
              targets: group.targets.map((target) =>
                target.kind === 'interface' ? { ...target, address: movedFrom(target.id, target.address)! } : target,
              ),
            }
          : group,
      ]),
    ),
  };
}
