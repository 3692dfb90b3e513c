/**
 * Gateway Load Balancer endpoints: in, to one of the appliances behind, and the same packet out again, if its appliance
 * lets it (semantics 9.24, 9.25, 11.1 to 11.8); or on by what other interfaces the appliance has (semantics 1.18, 11.10).
 */
import { groupBy } from '../base/group.ts';
import type { Appliance, Inspection } from '../network/gateway-load-balancer.ts';
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { LoadBalancer } from '../network/load-balancer.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import { forwards, handsOver, up } from '../network/unknown.ts';
import { areComparable } from '../network/zone.ts';
import { working } from './condition.ts';
import type { Context } from './context.ts';
import { type Edge, edge } from './edge.ts';
import { giveBack } from './gateway-load-balancer-reply.ts';
import { opensGeneve } from './geneve.ts';
import { type Entering, inspectionAt, passesBy } from './inspection.ts';
import { type InterfaceClass, idsOf } from './interface-class.ts';
import { picked } from './load-balancer.ts';
import { anything } from './opaque-gateway.ts';
import { hasMet, metAs, owingTo } from './owing.ts';
import { type Plane, fact, once, open } from './plane.ts';
import { type Predicate, and, constant, no, not, or, yes } from './predicate.ts';

export function inspect(plane: Plane, endpoint: VpcEndpoint, entering: Entering, context: Context): readonly Edge[] {
  const { id } = endpoint;
  const inspection = inspectionAt(plane, id);
  const inspected: Context = { ...context, clean: false, middlebox: true, inspected: 'appliance' };
  if (context.phase === 'reply') return giveBack(plane, id, inspection, entering, inspected);
  if (hasMet(context, 'inspection', id)) return [];
  const connected: Entering =
    inspection === undefined
      ? entering
      : {
          guard: and(entering.guard, serves(plane, id, inspection)),
          crosses: [...entering.crosses, inspection.service.id],
        };
  if (inspection === undefined)
    return [
      ...through(plane, id, undefined, connected, inspected),
      ...sentOnElsewhere(plane, id, connected, inspected),
    ];
  const known = byAppliances(plane, endpoint, inspection, connected, inspected);
  return [...known, ...byNone(plane, endpoint, inspection, connected, inspected)];
}

const serves = (plane: Plane, id: string, { service, connection }: Inspection): Predicate =>
  and(working(plane, service.id, service.state), working(plane, id, connection.state));

/** To each appliance that takes the packet: it comes back out of the endpoint, or is sent on. */
function byAppliances(
  plane: Plane,
  endpoint: VpcEndpoint,
  inspection: Inspection,
  { guard, crosses }: Entering,
  context: Context,
): readonly Edge[] {
  const { id } = endpoint;
  const ways = waysFrom(plane, endpoint, inspection);
  const takes = picked(plane, context, ways, `${id} appliances`, id);
  const edges = (alike: (way: Way) => string, make: (way: Way, entering: Entering) => readonly Edge[]): Edge[] =>
    [...groupBy(takes, ({ one }) => alike(one)).values()].flatMap(([first]) => {
      const { one: way, guard: chosen } = first!;
      const { balancer, group } = way.appliance;
      const handled = takesFamily(plane, endpoint, inspection, balancer, context);
      const own = [balancer.id, group.id, ...idsOf(plane.network, way.of)];
      return make(way, { guard: and(guard, chosen, handled, way.opens), crosses: [...crosses, ...own] });
    });
  const given = edges(
    (way) => (plane.exacting || !plane.grouping ? way.of.id : way.alike),
    ({ appliance }, entering) => through(plane, id, appliance, entering, context),
  );
  const sentOn = edges(
    ({ of }) => of.id,
    ({ of, appliance }, entering) =>
      passesBy(plane, id, appliance.balancer.id).kind === 'false'
        ? []
        : edge(entering.guard, { kind: 'appliance', of, endpoint: id }, context, entering.crosses),
  );
  return [...given, ...sentOn];
}

interface Way {
  readonly appliance: Appliance;
  readonly of: InterfaceClass;
  /** Its zone and its health let the endpoint send there. */
  readonly guard: Predicate;
  readonly ill: boolean;
  /** GENEVE gets there and back. */
  readonly opens: Predicate;
  /** Equal for those that a question does not tell apart. */
  readonly alike: string;
}

const waysFrom = (plane: Plane, endpoint: VpcEndpoint, { appliances }: Inspection): readonly Way[] =>
  once(plane, `appliances from ${endpoint.id}`, () =>
    appliances.flatMap((appliance): readonly Way[] => {
      const of = plane.classOf.get(appliance.interface);
      if (of === undefined) return [];
      const { health = 'healthy', balancer, group, zone = '' } = appliance;
      const ill = health !== 'healthy';
      const works = and(
        ill ? open(plane, up(appliance.interface)) : yes,
        of.health === undefined ? yes : open(plane, of.health),
      );
      const guard = and(zoned(plane, endpoint, appliance), works);
      if (guard.kind === 'false') return [];
      const opens = or(opensGeneve(plane, endpoint, appliance, of), not(fact(plane, '11.1')));
      const [nic] = of.interfaces;
      const alike = [plane.label(nic!), health, of.health, zone, of.subnet, balancer.id, group.id, opens];
      return [{ appliance, of, guard, ill, opens, alike: JSON.stringify(alike) }];
    }),
  );

/** Whether what comes in by the endpoint's zone goes to the appliance's (semantics 11.6, 12.9). */
function zoned(plane: Plane, endpoint: VpcEndpoint, appliance: Appliance): Predicate {
  const { network } = plane;
  const here = network.subnets.get(endpoint.subnets[0]!)!;
  const there = network.subnets.get(network.interfaces.get(appliance.interface)!.subnet)!;
  const zone = appliance.zone ?? there.zone;
  if (zone === 'all' || zone === here.zone || !areComparable(here, there)) return yes;
  const crosses = appliance.group.crossZone ?? appliance.balancer.crossZone;
  return isUnread(crosses) ? open(plane, unreadKey(crosses)) : constant(crosses);
}

/** IPv6 is taken where endpoint, service and balancer all do (semantics 11.8). */
function takesFamily(
  plane: Plane,
  { ipAddressType }: VpcEndpoint,
  { service }: Inspection,
  balancer: LoadBalancer | undefined,
  { header }: Context,
): Predicate {
  if (header.family === 'ipv4') return yes;
  const dual = balancer === undefined || balancer.ipAddressType?.startsWith('dualstack') === true;
  const takes = ipAddressType !== 'ipv4' && service.families.includes('ipv6') && dual;
  return takes ? yes : not(fact(plane, '11.8'));
}

/** To no appliance that is known: others may be there, or none is in the zone, and the packet is lost (semantics 11.6). */
function byNone(
  plane: Plane,
  endpoint: VpcEndpoint,
  inspection: Inspection,
  { guard, crosses }: Entering,
  context: Context,
): readonly Edge[] {
  const { id } = endpoint;
  const { balancers, unread, appliances } = inspection;
  const only = balancers.length === 1 ? balancers[0] : undefined;
  const entering: Entering = {
    guard: and(guard, takesFamily(plane, endpoint, inspection, only, context)),
    crosses: only === undefined ? crosses : [...crosses, only.id],
  };
  if (unread === undefined) {
    const lost = appliances.some((one) => zoned(plane, endpoint, one).kind === 'true') ? no : not(fact(plane, '11.6'));
    return through(plane, id, undefined, { ...entering, guard: and(entering.guard, lost) }, context, only?.id);
  }
  const perhaps: Entering = {
    guard: and(entering.guard, open(plane, unreadKey(unread))),
    crosses: [...entering.crosses, anything],
  };
  return [
    ...through(plane, id, undefined, entering, context, only?.id),
    // Whatever is asked for as a waypoint may be among the appliances that were not read.
    ...through(plane, id, undefined, perhaps, context, only?.id),
    ...sentOnElsewhere(plane, id, entering, context, only?.id),
  ];
}

/** Out of the endpoint as it came in; the reply owes it, unless one that goes round it comes back (semantics 11.4). */
function through(
  plane: Plane,
  id: string,
  appliance: Appliance | undefined,
  { guard, crosses }: Entering,
  context: Context,
  balancer = appliance?.balancer.id,
): readonly Edge[] {
  const by = appliance === undefined ? {} : { by: appliance.interface };
  const passed = and(guard, passesBy(plane, id, balancer));
  return owingTo(plane, { kind: 'inspection', id, ...metAs(context), ...by }, context).flatMap((one) =>
    edge(and(passed, one.guard), { kind: 'firewall-endpoint', id, ...by }, one.context, crosses),
  );
}

/**
 * By appliances that are not in the input: anything, anywhere. Declared to pass packets, they give them back, and send none
 * on unless that is declared as well.
 */
function sentOnElsewhere(
  plane: Plane,
  id: string,
  { guard, crosses }: Entering,
  context: Context,
  balancer?: string,
): readonly Edge[] {
  const passed = passesBy(plane, id, balancer);
  if (passed.kind === 'true' && !plane.sides.has(forwards(id))) return [];
  const needed = plane.exacting ? open(plane, handsOver(id)) : yes;
  return edge(and(guard, passed, open(plane, forwards(id)), needed), { kind: 'opaque', id }, context, crosses);
}
