/**
 * Public addresses of hosts that are not in the input: one stands for whichever AWS would assign, before any private
 * address that the host may hold (semantics 1.9; `interfaces.md`, `--potential`).
 */
import { type Intervals, unionAll } from '../net/interval.ts';
import type { Context } from './context.ts';
import type { Header } from './header.ts';
import { type Plane, once } from './plane.ts';
import { type Predicate, equals, isIn } from './predicate.ts';

interface StandIn {
  readonly publicIp: bigint;
  /** The private addresses behind it. */
  readonly pool: Intervals;
  /** The interfaces that may have it: those that one call left unread share theirs. */
  readonly of: readonly string[];
}

interface Mapped {
  readonly guard: Predicate;
  readonly header: Header;
}

const standInsOf = (plane: Plane, vpc: string): readonly StandIn[] =>
  once(plane, 'stand-ins', () => standIns(plane)).get(vpc) ?? [];

function standIns({ network }: Plane): ReadonlyMap<string, readonly StandIn[]> {
  const found = new Map<string, Map<bigint, StandIn>>();
  for (const { id, vpc, attached, imaginary } of network.interfaces.values()) {
    const { publicIp, pool } = imaginary ?? {};
    if (!attached || publicIp === undefined || pool?.ipv4 === undefined) continue;
    const own = found.get(vpc) ?? new Map<bigint, StandIn>();
    const before = own.get(publicIp.value);
    own.set(publicIp.value, {
      publicIp: publicIp.value,
      pool: before === undefined ? pool.ipv4 : unionAll([before.pool, pool.ipv4]),
      of: [...(before?.of ?? []), id],
    });
    found.set(vpc, own);
  }
  return new Map([...found].map(([vpc, own]) => [vpc, [...own.values()]]));
}

/** Outward: any address of the pool becomes the public one. */
export const standOutside = (plane: Plane, vpc: string, { header }: Context): readonly Mapped[] =>
  standInsOf(plane, vpc).map(({ publicIp, pool }) => ({
    guard: isIn('src', pool),
    header: { ...header, src: plane.symbols.constant(publicIp, 32) },
  }));

/** Inward: the public one becomes whichever address of the pool the host has; the reply finds the one it left. */
export const standInside = (plane: Plane, vpc: string, { header, phase }: Context): readonly Mapped[] =>
  standInsOf(plane, vpc).map(({ publicIp, pool, of }) => ({
    guard: equals('dst', publicIp),
    header: { ...header, dst: plane.symbols.variable(`${insideOf}${[...of, phase].join('\n')}`, 32, pool) },
  }));

const insideOf = 'inside ';

/** The interfaces whose address behind a public one the variable of that name is. */
export const standingBehind = (name: string): readonly string[] =>
  name.startsWith(insideOf) ? name.slice(insideOf.length).split('\n').slice(0, -1) : [];
