/** Resource gateways: what is asked of a shared resource comes to it from an interface of the gateway (semantics 9.27 to 9.29, 2.44). */
import { families } from '../net/address.ts';
import type { SharedResource } from '../network/resource-configuration.ts';
import { passes } from '../network/unknown.ts';
import { areComparable } from '../network/zone.ts';
import { working } from './condition.ts';
import { crossedAs } from './anew.ts';
import { type Turn, turnOf } from './choice.ts';
import type { Context } from './context.ts';
import { type Edge, edge } from './edge.ts';
import { type Header, bitsOf } from './header.ts';
import { type InterfaceClass, idsOf } from './interface-class.ts';
import { picked, proxied, unmade } from './load-balancer.ts';
import { goesRound, owing } from './owing.ts';
import type { Place } from './place.ts';
import { type Plane, handsOnTo, once, open } from './plane.ts';
import { type Predicate, and, no, yes } from './predicate.ts';

type AtResource = Extract<Place, { readonly kind: 'lattice' }>;

/** Out of each interface of the gateway that may send it, as the interface's own flow. */
export function leaveResourceGateway(plane: Plane, place: AtResource, context: Context): readonly Edge[] {
  const resource = resourcesById(plane).get(place.id)!;
  const gateway = plane.network.resourceGateways.get(resource.gateway)!;
  const works = working(plane, gateway.id, gateway.state);
  const ways = gateway.interfaces.flatMap((nic) => {
    const of = plane.classOf.get(nic);
    const guard = of === undefined ? no : reaches(plane, place, of);
    return of === undefined || guard.kind === 'false' ? [] : [{ of, guard }];
  });
  const turn = turnOf(plane, context, 'sends', resource.id);
  const name = `${resource.id}${turn.mark} ${place.endpoint ?? ''} ${place.back.kind === 'subnet' ? place.back.id : ''}`;
  return picked(plane, context, ways, name, resource.id).flatMap(({ one: { of }, guard }) =>
    send(plane, resource, of, place, context, turn).map((each) => ({
      ...each,
      guard: and(turn.guard, works, guard, each.guard),
      crosses: [gateway.id, ...idsOf(plane.network, of), ...each.crosses],
    })),
  );
}

const resourcesById = (plane: Plane): ReadonlyMap<string, SharedResource> =>
  once(
    plane,
    'shared resources',
    () =>
      new Map(
        [...plane.network.resourceConfigurations.values()].flatMap(({ resources }) =>
          resources.map((one) => [one.id, one] as const),
        ),
      ),
  );

/** An endpoint's interface sends within its zone; by an association any interface may (semantics 9.29). */
function reaches(plane: Plane, { back, endpoint }: AtResource, of: InterfaceClass): Predicate {
  if (endpoint === undefined || back.kind !== 'subnet') return yes;
  const [here, there] = [back.id, of.subnet].map((id) => plane.network.subnets.get(id)!);
  return areComparable(here!, there!) && here!.zone === there!.zone ? yes : open(plane, passes(endpoint));
}

/** To the resource, where its address is told, or else perhaps to anything. */
function send(
  plane: Plane,
  { id, address }: SharedResource,
  of: InterfaceClass,
  { back }: AtResource,
  context: Context,
  turn: Turn,
): readonly Edge[] {
  const { symbols } = plane;
  const nic = of.interfaces[0]!;
  return families.flatMap((family) => {
    const own = of.addresses[family];
    if (own.length === 0 || (address !== undefined && address.family !== family)) return [];
    const bits = bitsOf('dst', family);
    const { forger: _, stranger: __, inspected: ___, transit: ____, balancer: _____, ...kept } = turn.after;
    const sent = { ...kept, vpc: of.vpc, imaginary: false, clean: true, owes: false, middlebox: false, natted: false };
    const told = address === undefined ? undefined : symbols.constant(address.value, bits);
    const stays = {
      ...unmade(plane, family, context.header),
      dstPort: context.header.dstPort,
      ...(told === undefined ? {} : { dst: told }),
    };
    const { mark: crossed, depth } = crossedAs(plane, id, { way: of.id, header: stays, context: sent });
    const mark = `${turn.mark}${crossed}`;
    const after: Header = {
      ...stays,
      dst: told ?? symbols.variable(`shared.${id}${mark}.${family}`, bits, undefined, depth),
      ...proxied(plane, `${id}.${nic.id}${mark}`, depth),
      src: symbols.variable(`lb.${id}.${nic.id}${mark}.src.${family}`, bits, own, depth),
    };
    const guest = { holder: nic.id, subnet: of.subnet, back };
    const crossing = { kind: 'translator', id, guest, mark, before: context.header, after } as const;
    if (goesRound(context, crossing)) return [];
    const onward: Context = { ...sent, header: after, crossings: owing(plane, context, crossing) };
    return edge(address === undefined ? handsOnTo(plane, id) : yes, { kind: 'leaving', of }, onward);
  });
}
