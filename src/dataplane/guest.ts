/** Routes to an interface: delivery to a guest that is not addressed, and what the guest may do (semantics 1.14 to 1.18, 4.27). */
import { crossedAs } from './anew.ts';
import { turnOf } from './choice.ts';
import { forwards, forwardsNat, passes } from '../network/unknown.ts';
import type { NetworkInterface } from '../network/interface.ts';
import { routedToClients } from './clients.ts';
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import { returnToForger } from './reply.ts';
import { type Edge, edge } from './edge.ts';
import { crossedBack } from './gateway-load-balancer-reply.ts';
import { type InterfaceClass, idsOf } from './interface-class.ts';
import { deliver } from './local-delivery.ts';
import { acl, aclId } from './network-acl.ts';
import { goesRound, metAs, owedAt, owing, owingTo } from './owing.ts';
import { type Plane, open, sideOf } from './plane.ts';
import { type Predicate, and, at, hasPorts, isIn, no, not, yes } from './predicate.ts';
import { egressOf, ingressOf } from './security-group.ts';

export function enterGuest(plane: Plane, id: string, from: Departure, context: Context): readonly Edge[] {
  const of = plane.classOf.get(id);
  if (of === undefined) return [];
  const { family } = context.header;
  if (from.edge === true && family === 'ipv4' && !of.interfaces[0]!.addresses.some(({ publicIp }) => publicIp))
    return [];
  const sameSubnet = of.subnet === from.subnet;
  const boundary = and(from.leaves(of.subnet), sameSubnet ? yes : acl(plane, of.subnet, 'inbound', family));
  const crosses = [...from.crosses, ...(sameSubnet ? [] : [of.subnet, ...aclId(plane, of.subnet)]), id];
  const addressed = isIn('dst', of.addresses[family]);
  const beyond = routedToClients(plane, of, context).map((one) => ({
    ...one,
    guard: and(boundary, one.guard),
    crosses: [...crosses, ...one.crosses],
  }));
  const here = [...deliver(plane, [of], context, () => ({ guard: boundary, crosses })), ...beyond];
  if (of.sourceDestCheck) return here;
  const works = of.health === undefined ? yes : open(plane, of.health);
  const known = context.phase === 'reply' && context.guests.includes(id);
  const admitted = known ? yes : ingressOf(plane, of, context);
  const guard = and(boundary, not(addressed), works, admitted);
  const begun = and(boundary, not(addressed), works, returnToForger(plane, id, context));
  if (begun.kind !== 'false') return [...here, ...edge(begun, { kind: 'replied' }, context, crosses)];
  return context.owes ? here : [...here, ...edge(guard, { kind: 'guest', of }, context, crosses)];
}

/**
 * What a guest may hand on: the packet as it is, or with its own address as source. So does an appliance behind a Gateway
 * Load Balancer `endpoint`, whose own interface was addressed, and which gives replies back through that endpoint.
 */
export function leaveGuest(plane: Plane, of: InterfaceClass, context: Context, endpoint?: string): readonly Edge[] {
  const nic = of.interfaces[0]!;
  const given = giveBack(plane, nic, context);
  if (given !== undefined) return given;
  const { inspected } = context;
  const passed = inspected === undefined ? {} : ({ inspected: 'appliance' } as const);
  // What its interface sends is sent in its VPC, whatever source it bears: a peering connection takes it (semantics 6.4).
  const { transit: _, ...arrived } = context;
  const handed: Context = { ...arrived, clean: false, middlebox: true, natted: false, ...passed };
  const seen = context.guests.includes(nic.id) ? context.guests : [...context.guests, nic.id];
  const forward = context.phase === 'forward';
  const plain = { ...handed, guests: forward && plane.replies ? seen : context.guests };
  const ways =
    endpoint === undefined
      ? [{ guard: yes, context: plain }]
      : owingTo(plane, { kind: 'inspection', id: endpoint, ...metAs(context), by: nic.id, onward: true }, plain);
  const asItIs = and(guestSide(plane, nic, forwards(nic.id)), not(guestSide(plane, nic, forwardsNat(nic.id))));
  const transparent = exits(plane, nic).flatMap((out) =>
    ways.flatMap((way) => emit(plane, out, way.context, context, and(asItIs, way.guard))),
  );
  if (!forward) return transparent;
  const side = guestSide(plane, nic, forwardsNat(nic.id));
  const translated = exits(plane, nic).flatMap((out) => {
    const holders = [...new Set([out.interfaces[0]!, nic])];
    return holders.flatMap((holder) =>
      translations(plane, nic, holder, out, handed, endpoint).flatMap((one) =>
        emit(plane, out, one.context, context, and(side, one.guard)),
      ),
    );
  });
  return [...transparent, ...translated];
}

/** The reply to what an appliance sent on, handed to its instance by a route: out of the endpoint by which it came. */
function giveBack(plane: Plane, nic: NetworkInterface, context: Context): readonly Edge[] | undefined {
  const { crossings, phase } = context;
  if (phase !== 'reply') return undefined;
  const isOwn = (id: string): boolean =>
    id === nic.id || (nic.instance !== undefined && plane.network.interfaces.get(id)!.instance === nic.instance);
  const index = owedAt(
    crossings,
    (one) => one.kind === 'inspection' && one.onward === true && one.by !== undefined && isOwn(one.by),
  );
  const last = crossings[index];
  if (last?.kind !== 'inspection' || last.by === undefined) return undefined;
  const appliance = plane.network.interfaces.get(last.by)!;
  const back = { ...context, clean: false, middlebox: true, crossings: crossings.toSpliced(index, 1) };
  const crosses = crossedBack(plane, last.id, last.by);
  return edge(
    guestSide(plane, appliance, forwards(last.by)),
    { kind: 'firewall-endpoint', id: last.id },
    back,
    crosses,
  );
}

const guestSide = (plane: Plane, nic: NetworkInterface, key: string): Predicate => {
  const side = plane.sides.get(key);
  if (side !== undefined) return sideOf(plane, key, side);
  // A guest declared to do the one does not do the other.
  const other = key === forwards(nic.id) ? forwardsNat(nic.id) : forwards(nic.id);
  if (plane.sides.get(other) === true) return no;
  return plane.sides.get(passes(nic.id)) === false ? no : open(plane, key);
};

/** The interface itself, and the other interfaces of the same instance (semantics 1.17, 1.18). */
function exits(plane: Plane, nic: NetworkInterface): readonly InterfaceClass[] {
  const ids = nic.instance === undefined ? [] : (plane.network.instances.get(nic.instance)?.interfaces ?? []);
  return [...new Set([nic.id, ...ids])].flatMap((id) => plane.classOf.get(id) ?? []);
}

/** Out of an interface that did not originate the packet: its check, its groups, its subnet. */
function emit(plane: Plane, out: InterfaceClass, context: Context, before: Context, side: Predicate): readonly Edge[] {
  const { family } = context.header;
  const own = isIn('src', out.addresses[family]);
  const checked = out.sourceDestCheck ? own : yes;
  const { guests, phase } = before;
  const known = phase === 'reply' && out.interfaces.some(({ id }) => guests.includes(id));
  const { byAddress, byReference } = egressOf(plane, out, family);
  const sent = (allowed: Predicate, after: Context): readonly Edge[] => {
    const guard = and(side, at(after.header, and(checked, allowed)));
    return edge(guard, { kind: 'subnet', id: out.subnet }, after, idsOf(plane.network, out));
  };
  // A reference counts for what the guest sends as for what it starts (semantics 4.27).
  return known ? sent(yes, context) : [...sent(byAddress, context), ...sent(byReference, { ...context, owes: true })];
}

interface Translated {
  readonly guard: Predicate;
  readonly context: Context;
}

/** The source becomes the primary address of one of the guest's interfaces, the port a free one (`forwards:ENI,nat`). */
function translations(
  plane: Plane,
  entered: NetworkInterface,
  holder: NetworkInterface,
  out: InterfaceClass,
  context: Context,
  endpoint: string | undefined,
): readonly Translated[] {
  const { header } = context;
  const primary = holder.addresses.find(({ address }) => address.family === header.family);
  if (primary === undefined) return [];
  const src = plane.symbols.constant(primary.address.value, header.family === 'ipv4' ? 32 : 128);
  const { mark: turn, guard: certain, after: onward } = turnOf(plane, context, 'guest', entered.id);
  // What it sends as from its own address is its own, in its own groups (semantics 2.16).
  const { forger: _, stranger: __, balancer: ___, ...own } = onward;
  const sent = { ...own, imaginary: false, vpc: holder.vpc, clean: true, middlebox: false };
  const returns = endpoint === undefined ? undefined : plane.network.endpoints.get(endpoint)!.subnets[0]!;
  const through = endpoint === undefined ? {} : { through: endpoint };
  const across = (guard: Predicate, made: 'port' | 'no port'): readonly Translated[] => {
    const { srcPort, ...rest } = { ...header, src };
    const stays = made === 'port' ? rest : { ...rest, srcPort };
    const way = `${holder.id} ${out.id} ${made} ${endpoint ?? ''}`;
    const crossed = crossedAs(plane, entered.id, { way, header: stays, context: sent });
    const mark = `${turn}${crossed.mark}`;
    const name = `guest.${entered.id}${mark}.port`;
    const port = plane.symbols.variable(name, 16, [{ lo: 1024n, hi: 65535n }], crossed.depth);
    const after = { ...rest, srcPort: made === 'port' ? port : srcPort };
    const guest = { holder: holder.id, subnet: returns ?? entered.subnet, ...through };
    const crossing = { kind: 'translator', id: entered.id, guest, mark, before: header, after } as const;
    if (goesRound(context, crossing)) return [];
    const crossings = owing(plane, context, crossing);
    return [{ guard: and(certain, guard), context: { ...sent, header: after, crossings } }];
  };
  return [...across(hasPorts, 'port'), ...across(not(hasPorts), 'no port')];
}
