/** Services of VPC Lattice: what one has taken goes to a target as a flow of its own, from an address of Lattice (semantics 14.1). */
import { latticeAddresses, latticeServices } from '../net/special.ts';
import { isUnread } from '../network/resource.ts';
import type { LatticeService } from '../network/service-network.ts';
import type { TargetGroup } from '../network/target-group.ts';
import { passes } from '../network/unknown.ts';
import type { Context, Crossing } from './context.ts';
import { type Edge, edge } from './edge.ts';
import { type Header, reversed } from './header.ts';
import type { InterfaceClass } from './interface-class.ts';
import { anyAddress, forwardTo, isRepeated, proxied } from './load-balancer.ts';
import { acl, aclId } from './network-acl.ts';
import { owing } from './owing.ts';
import type { Place } from './place.ts';
import { type Plane, once, open } from './plane.ts';
import { type Predicate, and, at, isIn, yes } from './predicate.ts';
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
    sent: (group, aim) => sendTo(plane, service, place, context, group, aim),
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
): readonly Edge[] {
  const { family, port } = aim;
  const vpc = group.vpc!;
  return sources(plane, service, family).flatMap(({ name, addresses, guard }) => {
    const after: Header = {
      ...proxied(plane, service.id, family, context.header),
      src: plane.symbols.variable(`lb.${service.id}.${name}.${family}`, family === 'ipv4' ? 32 : 128, addresses),
      dst: anyAddress(plane, `lb.${service.id}.${group.id}.${port}.${aim.name}.dst`, family, aim.addresses),
      dstPort: plane.symbols.constant(BigInt(port), 16),
    };
    const crossing: Crossing = { kind: 'lattice', id: service.id, back, before: context.header, after };
    if (isRepeated(context, crossing)) return [];
    const { forger: _, inspected: __, transit: ___, vpc: ____, balancer: _____, ...kept } = context;
    const own: Context = {
      ...kept,
      header: after,
      imaginary: false,
      clean: false,
      owes: false,
      middlebox: false,
      natted: false,
      crossings: owing(plane, context, crossing),
    };
    return edge(guard, { kind: 'local', vpc }, own, [group.id]);
  });
}

/**
 * From which Lattice sends, as its prefix list tells. Where nobody read that, from those that AWS's pages name; it may
 * be from others, so that no requirement stands on them.
 */
function sources(plane: Plane, { id }: LatticeService, family: Header['family']) {
  const read = listed(plane, family);
  if (read !== undefined) return [{ name: 'src', addresses: read, guard: yes }];
  const perhaps = open(plane, passes(id));
  const named = { name: 'src', addresses: latticeServices[family], guard: plane.exacting ? perhaps : yes };
  return plane.exacting ? [named] : [named, { name: 'other', addresses: latticeAddresses[family], guard: perhaps }];
}

/** A target's answer goes back to Lattice by no route, past the ACL of its subnet, and on to where the client's came from. */
export function throughService(
  plane: Plane,
  of: InterfaceClass,
  { id, back, before, after }: Extract<Crossing, { kind: 'lattice' }>,
  reply: Context,
  guard: Predicate,
): readonly Edge[] {
  const { family } = reply.header;
  const addressed = at(after, isIn('dst', of.addresses[after.family]));
  const leaves = at(reply.header, acl(plane, of.subnet, 'outbound', family));
  const given = { ...reply, header: reversed(plane.symbols, before, false), crossings: reply.crossings.slice(0, -1) };
  return edge(and(guard, addressed, leaves), back, given, [id, of.subnet, ...aclId(plane, of.subnet)]);
}
