/** Replies at the endpoints of Gateway Load Balancers (semantics 11.3, 11.4). */
import { firewallAt } from '../network/firewall.ts';
import { type Appliance, type Inspection, mayShareBalancer } from '../network/gateway-load-balancer.ts';
import { forwards, handsOver, returns } from '../network/unknown.ts';
import type { Context } from './context.ts';
import { type Edge, edge } from './edge.ts';
import { type Entering, inspectionAt, passesBy } from './inspection.ts';
import { idsOf } from './interface-class.ts';
import { owedAt } from './owing.ts';
import { type Plane, once, open } from './plane.ts';
import { and, equals, not } from './predicate.ts';

/**
 * A reply at the endpoint: back by the appliance that has its flow (semantics 11.3). Of one whose request came by another
 * endpoint of the balancer it is not told whether it is, nor of one without a request, but over TCP, which is dropped (11.4).
 */
export function giveBack(
  plane: Plane,
  id: string,
  inspection: Inspection | undefined,
  entering: Entering,
  context: Context,
): readonly Edge[] {
  const { crossings } = context;
  const at = (isMeant: (other: string) => boolean): number =>
    owedAt(crossings, (one) => one.kind === 'inspection' && isMeant(one.id));
  const others = besides(plane, id);
  const own = at((other) => other === id);
  const taken = own < 0 ? and(entering.guard, open(plane, returns(id))) : entering.guard;
  const met = own < 0 ? at((other) => others.includes(other)) : own;
  const alone = giveBackAlone(plane, id, inspection, entering, context);
  const last = crossings[met];
  if (last?.kind !== 'inspection') return alone;
  const by = inspection?.appliances.find((one) => one.interface === last.by);
  const given = { ...context, crossings: crossings.toSpliced(met, 1) };
  return [
    ...backBy(plane, id, inspection, by, { ...entering, guard: taken }, given),
    // It may come to another of them as well, and be counted there.
    ...(others.length === 0 ? [] : backBy(plane, id, inspection, by, { ...entering, guard: taken }, context)),
    ...alone,
  ];
}

/** Other endpoints that may lead to the same balancer. */
const besides = (plane: Plane, id: string): readonly string[] =>
  once(plane, `beside ${id}`, () =>
    [...plane.network.endpoints.values()].flatMap((other) =>
      other.id !== id &&
      other.endpointType === 'GatewayLoadBalancer' &&
      firewallAt(plane.network, other.id) === undefined &&
      mayShareBalancer(plane.network, id, other.id)
        ? [other.id]
        : [],
    ),
  );

/** Out of the endpoint again, if its appliance lets it. */
function backBy(
  plane: Plane,
  id: string,
  inspection: Inspection | undefined,
  by: Appliance | undefined,
  { guard, crosses }: Entering,
  context: Context,
): readonly Edge[] {
  const only = inspection?.balancers.length === 1 ? inspection.balancers[0]!.id : undefined;
  const own = inspection === undefined ? [] : namesBehind(plane, inspection, by, only);
  const passed = and(guard, passesBy(plane, id, by?.balancer.id ?? only));
  return edge(passed, { kind: 'firewall-endpoint', id }, context, [...crosses, ...own]);
}

/**
 * A reply that is to the balancer the first packet of a flow, and goes to any appliance: back out of the endpoint, or
 * sent on by the appliance, by whatever way.
 */
function giveBackAlone(
  plane: Plane,
  id: string,
  inspection: Inspection | undefined,
  { guard, crosses }: Entering,
  context: Context,
): readonly Edge[] {
  const alone = and(guard, open(plane, returns(id)), not(equals('protocol', 6)));
  const some = inspection?.appliances.filter((one) => plane.classOf.has(one.interface)) ?? [];
  const hidden = inspection === undefined || inspection.unread !== undefined;
  return [undefined, ...some].flatMap((by) => {
    const entering: Entering = { guard: alone, crosses };
    const given = backBy(plane, id, inspection, by, entering, context);
    const sender = by?.interface ?? (hidden ? id : undefined);
    if (sender === undefined) return given;
    const sentOn = and(open(plane, forwards(sender)), open(plane, handsOver(sender)));
    return [
      ...given,
      ...given.map((one) => ({ ...one, to: { kind: 'replied' } as const, guard: and(one.guard, sentOn) })),
    ];
  });
}

function namesBehind(
  plane: Plane,
  { service }: Inspection,
  by: Appliance | undefined,
  only: string | undefined,
): readonly string[] {
  if (by === undefined) return only === undefined ? [service.id] : [service.id, only];
  return [service.id, by.balancer.id, by.group.id, ...idsOf(plane.network, plane.classOf.get(by.interface)!)];
}

/** Ids that a packet crosses that an appliance gives back through the endpoint. */
export function crossedBack(plane: Plane, id: string, by: string): readonly string[] {
  const inspection = inspectionAt(plane, id);
  const appliance = inspection?.appliances.find((one) => one.interface === by);
  return inspection === undefined ? [id] : [id, ...namesBehind(plane, inspection, appliance, undefined)];
}
