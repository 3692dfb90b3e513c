/** The zone by which a transit gateway hands a packet to what stands in several (semantics 7.13, 7.19, 7.20). */
import { groupBy } from '../base/group.ts';
import { type Intervals, subtract, union, unionAll } from '../net/interval.ts';
import { publicUnicast } from '../net/special.ts';
import { up } from '../network/unknown.ts';
import { areTold, zoneAmongAll } from '../network/zone.ts';
import { chosenAnew } from './choice.ts';
import type { Context } from './context.ts';
import { flowOf } from './header.ts';
import { type Plane, blocksOf, once, open } from './plane.ts';
import { type Predicate, and, isIn, not, or, yes } from './predicate.ts';

/** An attachment to a VPC, by its subnets; or one that is a firewall, by the zones themselves. */
export interface InZones {
  readonly id: string;
  readonly ways: readonly { readonly by: string; readonly zone: string }[];
  readonly applianceMode: boolean;
}

/** By one of the ways, and the packet as it goes on. */
export interface Landing {
  readonly by: string;
  readonly guard: Predicate;
  readonly after: Context;
}

/** By whichever zone AWS chooses, another each time (semantics 7.13). */
export const anyOf = (
  plane: Plane,
  { id, ways }: Pick<InZones, 'id' | 'ways'>,
  where: Predicate,
  context: Context,
): readonly Landing[] =>
  ways.map(({ by }, i) => {
    const { guard, after } = chosenAnew(plane, context, { what: 'zone', id, count: ways.length }, i);
    return { by, guard: and(where, guard), after };
  });

/** Come from that zone, if from one. */
export function landings(
  plane: Plane,
  attachment: InZones,
  zone: string | undefined,
  context: Context,
): readonly Landing[] {
  const { id, ways, applianceMode } = attachment;
  const any = (where: Predicate): readonly Landing[] => anyOf(plane, attachment, where, context);
  const to = (by: string, guard: Predicate): Landing => ({ by, guard, after: context });
  const same = zone === undefined ? undefined : ways.find((way) => way.zone === zone)?.by;
  const before = applianceMode && context.phase === 'reply' ? keptBy(context, id) : undefined;
  if (before !== undefined) return [to(before, yes)];
  // The names that two accounts give to zones tell nothing of each other: it may be one of them that it comes from.
  const told = zone === undefined || ways.length < 2 || ways.every((way) => areTold(way.zone, zone));
  const untold = open(plane, up(id));
  if (same === undefined) return any(told ? yes : untold);
  if (!applianceMode) return [to(same, yes)];
  // Between zones it is a hash of the flow that decides; what stays in its zone or goes to the internet stays in it.
  const stays = isIn('dst', stayingIn(plane, zone!, context));
  const sure = not(isIn('dst', untoldFrom(plane, zone!, context)));
  return [to(same, stays), ...any(and(not(stays), or(sure, untold)))];
}

/**
 * The flow's zone, which appliance mode keeps for the reply: it may be another behind a translation, where it is another
 * flow (semantics 7.19).
 */
export function keeping(plane: Plane, { header, kept, phase }: Context, { id, applianceMode }: InZones, by: string) {
  if (!applianceMode || !plane.replies || phase !== 'forward') return {};
  const flow = flowOf(header, false);
  return {
    kept: [...kept.filter(([attachment, of]) => attachment !== id || of !== flow), [id, flow, by]],
  } satisfies Partial<Context>;
}

/** The way by which what this answers entered the attachment. */
function keptBy({ header, kept }: Context, id: string): string | undefined {
  const flow = flowOf(header, true);
  return kept.find(([by, of]) => by === id && of === flow)?.[2];
}

/**
 * Addresses of the zone's subnets and of the internet, but for those that a subnet of another zone, or of one that
 * another account names, has as well: whose zone is not known, of a VPC that is not in the input or on premises, are told
 * to stay nowhere.
 */
const stayingIn = (plane: Plane, zone: string, { header: { family } }: Context): Intervals =>
  once(plane, `staying in ${zone} ${family}`, () => {
    const byZone = groupBy([...plane.network.subnets.values()], (subnet) =>
      zoneAmongAll(subnet) === zone ? 'same' : 'other',
    );
    const of = (which: 'same' | 'other') =>
      unionAll((byZone.get(which) ?? []).map(({ id }) => blocksOf(plane, id, family)));
    return subtract(union(of('same'), publicUnicast[family]), of('other'));
  });

/** Addresses of subnets of which it is not told whether they stand in the zone. */
const untoldFrom = (plane: Plane, zone: string, { header: { family } }: Context): Intervals =>
  once(plane, `untold from ${zone} ${family}`, () =>
    unionAll(
      [...plane.network.subnets.values()]
        .filter((subnet) => !areTold(zoneAmongAll(subnet), zone))
        .map(({ id }) => blocksOf(plane, id, family)),
    ),
  );
