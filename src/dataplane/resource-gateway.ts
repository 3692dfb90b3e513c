/** Resource gateways: what is asked of a shared resource comes to it from an interface of the gateway (semantics 9.27 to 9.29, 2.44). */
import { families } from '../net/address.ts';
import type { SharedResource } from '../network/resource-configuration.ts';
import { passes } from '../network/unknown.ts';
import { areComparable } from '../network/zone.ts';
import { working } from './condition.ts';
import type { Context, Crossing } from './context.ts';
import { type Edge, edge } from './edge.ts';
import { type Header, bitsOf } from './header.ts';
import { type InterfaceClass, idsOf } from './interface-class.ts';
import { isRepeated, picked, proxied } from './load-balancer.ts';
import { owing } from './owing.ts';
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
  const name = `${resource.id} ${place.endpoint ?? ''} ${place.back.kind === 'subnet' ? place.back.id : ''}`;
  return picked(plane, context, ways, name, resource.id).flatMap(({ one: { of }, guard }) =>
    send(plane, resource, of, place, context).map((each) => ({
      ...each,
      guard: and(works, guard, each.guard),
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
): readonly Edge[] {
  const { symbols } = plane;
  const nic = of.interfaces[0]!;
  return families.flatMap((family) => {
    const own = of.addresses[family];
    if (own.length === 0 || (address !== undefined && address.family !== family)) return [];
    const bits = bitsOf('dst', family);
    const after: Header = {
      ...proxied(plane, `${id}.${nic.id}`, family, context.header),
      src: symbols.variable(`lb.${id}.${nic.id}.src.${family}`, bits, own),
      dst:
        address === undefined
          ? symbols.variable(`shared.${id}.${family}`, bits)
          : symbols.constant(address.value, bits),
      dstPort: context.header.dstPort,
    };
    const guest = { holder: nic.id, subnet: of.subnet, back };
    const crossing: Crossing = { kind: 'translator', id, guest, before: context.header, after };
    if (isRepeated(context, crossing)) return [];
    const { forger: _, inspected: __, transit: ___, balancer: ____, ...kept } = context;
    const sent: Context = {
      ...kept,
      header: after,
      vpc: of.vpc,
      imaginary: false,
      clean: true,
      owes: false,
      middlebox: false,
      natted: false,
      crossings: owing(plane, context, crossing),
    };
    return edge(address === undefined ? handsOnTo(plane, id) : yes, { kind: 'leaving', of }, sent);
  });
}
