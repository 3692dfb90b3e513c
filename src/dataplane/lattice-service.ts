/** Services of VPC Lattice: what one has taken goes to a target as a flow of its own, from an address of Lattice (semantics 14.1). */
import { latticeAddresses, latticeServices } from '../net/special.ts';
import { isUnread } from '../network/resource.ts';
import type { LatticeService } from '../network/service-network.ts';
import type { TargetGroup } from '../network/target-group.ts';
import { passes } from '../network/unknown.ts';
import { crossedAs } from './anew.ts';
import type { Turn } from './choice.ts';
import type { Context, Crossing } from './context.ts';
import { type Edge, edge } from './edge.ts';
import { type Header, bitsOf, reversed } from './header.ts';
import { anyAddress, forwardTo, proxied, unmade } from './load-balancer.ts';
import { acl, aclId } from './network-acl.ts';
import { goesRound, owing } from './owing.ts';
import type { Place } from './place.ts';
import { type Plane, once, open } from './plane.ts';
import { type Predicate, and, at, yes } from './predicate.ts';
import { listed } from './service-network.ts';
import { type Aim, aimsOfSpots, healthTerm, spotsOf } from './target.ts';

type AtService = Extract<Place, { readonly kind: 'lattice' }>;

/** To the targets, each in the VPC of its group, whatever its routes. */
export const leaveService = (
  plane: Plane,
  service: LatticeService,
  place: AtService,
  context: Context,
): readonly Edge[] =>
  forwardTo(plane, service, context, {
    name: service.id,
    aims: (group) => aimsAt(plane, service, group),
    sent: (group, aim, turn) => sendTo(plane, service, place, context, group, aim, turn),
  });

/** Lattice knows no zones; of targets that are not healthy it chooses none while others are. */
const aimsAt = (plane: Plane, { id }: LatticeService, group: TargetGroup): readonly Aim[] =>
  once(plane, `aims ${id} ${group.id}`, () =>
    aimsOfSpots(
      (isUnread(group.targets) ? [] : group.targets)
        .flatMap((target) => spotsOf(plane, group, target))
        .map((spot) => {
          const [name, guard] = healthTerm(plane, group, spot.health) ?? ['', yes];
          return { spot, name, guard };
        }),
    ),
  );

function sendTo(
  plane: Plane,
  service: LatticeService,
  { back }: AtService,
  context: Context,
  group: TargetGroup,
  aim: Aim,
  turn: Turn,
): readonly Edge[] {
  const { family, port } = aim;
  const { symbols } = plane;
  const { id } = service;
  const vpc = group.vpc!;
  return sources(plane, service, family).flatMap(({ name, addresses, guard }) => {
    // It is in nobody's group (semantics 2.16), whoever asked.
    const {
      forger: _,
      stranger: __,
      inspected: ___,
      transit: ____,
      vpc: _____,
      balancer: ______,
      ...kept
    } = turn.after;
    const own = { ...kept, imaginary: false, clean: false, owes: false, middlebox: false, natted: false };
    const way = `${group.id} ${family} ${port} ${aim.name} ${name}`;
    const stays = unmade(plane, family, context.header);
    const { mark: crossed, depth } = crossedAs(plane, id, { way, header: stays, context: own });
    const mark = `${turn.mark}${crossed}`;
    const after: Header = {
      ...stays,
      ...proxied(plane, `${id}${mark}`, depth),
      src: symbols.variable(`lb.${id}${mark}.${name}.${family}`, bitsOf('src', family), addresses, depth),
      dst: anyAddress(plane, `lb.${id}${mark}.${group.id}.${port}.${aim.name}.dst`, family, aim.addresses, depth),
      dstPort: symbols.constant(BigInt(port), 16),
    };
    const crossing = { kind: 'lattice', id, back, mark, before: context.header, after } as const;
    if (goesRound(context, crossing)) return [];
    const sent: Context = { ...own, header: after, crossings: owing(plane, context, crossing) };
    return edge(guard, { kind: 'local', vpc }, sent, [group.id]);
  });
}

/**
 * From which Lattice sends, as its prefix list tells. Where nobody read that, from those that AWS's pages name; it may
 * be from others, so that no requirement stands on them.
 */
function sources(plane: Plane, { id, region }: LatticeService, family: Header['family']) {
  const read = listed(plane, family, region);
  if (read !== undefined) return [{ name: 'src', addresses: read, guard: yes }];
  const perhaps = open(plane, passes(id));
  const named = { name: 'src', addresses: latticeServices[family], guard: plane.exacting ? perhaps : yes };
  return plane.exacting ? [named] : [named, { name: 'other', addresses: latticeAddresses[family], guard: perhaps }];
}

/** A target's answer goes back to Lattice by no route, past the ACL of its subnet, and on to where the client's came from. */
export function throughService(
  plane: Plane,
  from: string,
  { id, back, before }: Extract<Crossing, { kind: 'lattice' }>,
  reply: Context,
  guard: Predicate,
): readonly Edge[] {
  const { family } = reply.header;
  const leaves = at(reply.header, acl(plane, from, 'outbound', family));
  const given = { ...reply, header: reversed(plane.symbols, before, false), crossings: reply.crossings.slice(0, -1) };
  return edge(and(guard, leaves), back, given, [id, from, ...aclId(plane, from)]);
}
