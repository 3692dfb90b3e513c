/** Replies: from the place of delivery back through exactly the translations and firewalls of the way out (semantics 2.30, 10.6). */
import type { Family } from '../net/address.ts';
import { linkLocal } from '../net/special.ts';
import type { Context, Crossing } from './context.ts';
import { type Edge, edge } from './edge.ts';
import { type Header, echoProtocol, reversed } from './header.ts';
import type { InterfaceClass } from './interface-class.ts';
import { crossedBack } from './gateway-load-balancer-reply.ts';
import { throughService } from './lattice-service.ts';
import { acl, aclId } from './network-acl.ts';
import { comeBack } from './opaque-gateway.ts';
import { skippable } from './owing.ts';
import type { Place } from './place.ts';
import { type Plane, blocksOf, fact } from './plane.ts';
import { someRoute } from './route-table.ts';
import { egressOf } from './security-group.ts';
import { type Predicate, and, at, equals, isIn, no, not, or, same, yes } from './predicate.ts';

/** The delivered packet answered: an echo by its reply, other ICMP by nothing, the rest with ends swapped. */
export function answer(plane: Plane, from: Place, context: Context): readonly Edge[] {
  if (context.anew !== undefined)
    return [...edge(yes, { kind: 'replied' }, context), ...comeBack(plane, context.anew, yes, context)];
  const { header } = context;
  const icmp = equals('protocol', echoProtocol(header.family));
  const echo = and(
    equals('protocol', echoProtocol(header.family)),
    equals('icmpType', header.family === 'ipv4' ? 8 : 128),
  );
  return [
    ...start(plane, from, { ...context, header: reversed(plane.symbols, header, false), phase: 'reply' }, not(icmp)),
    ...start(plane, from, { ...context, header: reversed(plane.symbols, header, true), phase: 'reply' }, echo),
  ];
}

/** Where the answer sets out; the groups of the answering interface let it pass by state. */
function start(plane: Plane, from: Place, context: Context, guard: Predicate): readonly Edge[] {
  const { transit: _, chose: __, ...answering } = context;
  const reply = { ...answering, owes: false };
  switch (from.kind) {
    case 'arrived':
    case 'guest': {
      const kept = context.crossings.at(-1);
      if (kept?.kind === 'kept-client') return throughKeeper(plane, from.of.subnet, kept, reply, guard);
      if (kept?.kind === 'lattice') {
        const addressed = at(kept.after, isIn('dst', from.of.addresses[kept.after.family]));
        return throughService(plane, from.of.subnet, kept, reply, and(guard, addressed));
      }
      return [
        ...edge(guard, { kind: 'subnet', id: from.of.subnet }, reply),
        ...byOthers(plane, from.of, reply).map((one) => ({ ...one, guard: and(guard, one.guard) })),
      ];
    }
    case 'internet':
      return edge(guard, { kind: 'internet' }, reply);
    case 'onprem':
      return edge(guard, { kind: 'onprem', answers: true }, reply);
    case 'service': {
      const { vpc } = plane.network.endpoints.get(from.endpoint)!;
      const back = at(context.header, isIn('dst', blocksOf(plane, vpc, context.header.family)));
      return edge(and(guard, back), { kind: 'local', vpc }, reply);
    }
    case 'dns':
    case 'link-local':
      return edge(yes, { kind: 'replied' }, reply);
    case 'leaving':
    case 'subnet':
    case 'local':
    case 'nat-gateway':
    case 'firewall-endpoint':
    case 'appliance':
    case 'network-function':
    case 'client-vpn':
    case 'opaque':
    case 'lattice':
    case 'gateway-table':
    case 'transit-gateway':
    case 'replied':
      return [];
  }
}

/**
 * Not by the routes of the target's subnet: the node that kept the client's address takes the reply and gives it back,
 * past the ACLs between them (semantics 12.15, 12.16).
 */
function throughKeeper(
  plane: Plane,
  from: string,
  { id, node, subnet, before }: Extract<Crossing, { kind: 'kept-client' }>,
  reply: Context,
  guard: Predicate,
): readonly Edge[] {
  const { family } = reply.header;
  const apart = from !== subnet;
  const boundary = apart ? and(acl(plane, from, 'outbound', family), acl(plane, subnet, 'inbound', family)) : yes;
  const { subnets } = plane.network;
  const known = subnets.get(from)!.vpc === subnets.get(subnet)!.vpc ? routed(plane, from, family) : no;
  const back = and(guard, at(reply.header, and(boundary, or(known, fact(plane, '12.16')))));
  const given = { ...reply, header: reversed(plane.symbols, before, false), crossings: reply.crossings.slice(0, -1) };
  const between = apart ? [from, subnet].flatMap((one) => [one, ...aclId(plane, one)]) : [];
  return givenBack(plane, subnet, given).map((one) => ({
    ...one,
    guard: and(back, one.guard),
    crosses: [id, node, ...between, ...one.crosses],
  }));
}

/** Of what bears an address of VPC Lattice it is not told whether any route does (semantics 12.16, 14.1). */
const routed = (plane: Plane, from: string, family: Family): Predicate =>
  and(someRoute(plane, from, family), not(isIn('dst', linkLocal[family])));

/** Out of a node that was the target of another, which may have kept its client's address (semantics 12.18), or of Lattice. */
function givenBack(plane: Plane, subnet: string, reply: Context): readonly Edge[] {
  const kept = reply.crossings.at(-1);
  if (kept?.kind === 'lattice') return throughService(plane, subnet, kept, reply, yes);
  return kept?.kind === 'kept-client'
    ? throughKeeper(plane, subnet, kept, reply, yes)
    : edge(yes, { kind: 'subnet', id: subnet }, reply);
}

/** By another interface of the instance, whose groups and check see a flow that they do not know (semantics 1.17). */
function byOthers(plane: Plane, of: InterfaceClass, reply: Context): readonly Edge[] {
  const nic = of.interfaces[0]!;
  const ids = of.interfaces.length > 1 ? [] : (plane.network.instances.get(nic.instance ?? '')?.interfaces ?? []);
  return ids.flatMap((id) => {
    const out = plane.classOf.get(id);
    if (out === undefined || id === nic.id) return [];
    const { family } = reply.header;
    const checked = out.sourceDestCheck ? isIn('src', out.addresses[family]) : yes;
    const { byAddress, byReference } = egressOf(plane, out, family);
    const sent = (allowed: Predicate, after: Context): readonly Edge[] => {
      const guard = and(fact(plane, '1.17'), at(reply.header, and(checked, allowed)));
      return edge(guard, { kind: 'subnet', id: out.subnet }, after, [id]);
    };
    return [...sent(byAddress, reply), ...sent(byReference, { ...reply, owes: true })];
  });
}

/** A reply reaches an interface: the translator that it is owed to, or the interface where the flow began. */
export function arriveReply(plane: Plane, of: InterfaceClass, context: Context): readonly Edge[] {
  const here = isIn('dst', of.addresses[context.header.family]);
  const { owed, rest } = nextTranslator(plane, context);
  if (owed !== undefined) {
    if (!of.interfaces.some(({ id }) => id === owed.guest?.holder)) return [];
    const guests = [...new Set([...context.guests, owed.id])];
    const restored = { ...context, header: restore(plane, context.header, owed), crossings: rest, guests };
    const expected = and(here, isReverse(context.header, owed.after));
    // Clients are outside, where the flow began.
    if (plane.network.clientVpnEndpoints.has(owed.id))
      return rest.length > 0 ? [] : edge(expected, { kind: 'replied' }, restored, [owed.id]);
    const subnet = owed.guest?.subnet ?? of.subnet;
    if (!plane.network.loadBalancers.has(owed.id)) {
      const through = owed.guest?.through;
      const crosses = through === undefined ? [owed.id] : [owed.id, ...crossedBack(plane, through, owed.id)];
      return edge(expected, owed.guest?.back ?? { kind: 'subnet', id: subnet }, restored, crosses);
    }
    return givenBack(plane, subnet, restored).map((one) => ({
      ...one,
      guard: and(expected, one.guard),
      crosses: [owed.id, ...one.crosses],
    }));
  }
  const { self, home } = context;
  const begun =
    context.origin === 'interface' &&
    of.vpc === home &&
    (self === undefined || of.interfaces.some(({ id }) => id === self));
  if (rest.length > 0 || !begun) return [];
  const crosses = of.interfaces.length === 1 ? [of.interfaces[0]!.id] : [];
  return edge(and(here, isReverse(context.header, context.first)), { kind: 'replied' }, context, crosses);
}

/** A reply routed to the interface that began the flow under a source that is not its own (semantics 1.15). */
export function returnToForger(plane: Plane, id: string, context: Context): Predicate {
  const { phase, self, header, first } = context;
  const owes = nextTranslator(plane, context);
  if (phase !== 'reply' || self !== id || owes.owed !== undefined || owes.rest.length > 0) return no;
  return isReverse(header, first);
}

/**
 * A reply at a zonal NAT gateway that it is owed to, into the subnet where it stands; its interface need not
 * have been read.
 */
export function returnToNat(plane: Plane, vpc: string, context: Context): readonly Edge[] {
  if (context.phase !== 'reply') return [];
  const { owed, rest } = nextTranslator(plane, context);
  const nat = owed?.guest === undefined ? plane.network.natGateways.get(owed?.id ?? '') : undefined;
  if (owed === undefined || nat?.subnet === undefined || nat.vpc !== vpc) return [];
  const restored = { ...context, header: restore(plane, context.header, owed), crossings: rest };
  return edge(isReverse(context.header, owed.after), { kind: 'subnet', id: nat.subnet }, restored, [nat.id]);
}

/** A reply at the internet gateway that a regional NAT gateway is owed; undefined where none is. */
export function returnToRegional(plane: Plane, context: Context): readonly Edge[] | undefined {
  if (context.phase !== 'reply') return undefined;
  const { owed, rest } = nextTranslator(plane, context);
  const nat = owed && plane.network.natGateways.get(owed.id);
  if (owed === undefined || nat === undefined || nat.subnet !== undefined || nat.routeTable === undefined)
    return undefined;
  const restored = { ...context, header: restore(plane, context.header, owed), crossings: rest };
  const table = { kind: 'gateway-table', table: nat.routeTable, vpc: nat.vpc, branch: 'inside' } as const;
  return edge(at(context.header, isReverse(context.header, owed.after)), table, restored, [nat.id]);
}

/** The reply is back outside, where the flow began, and owes nothing. */
export function finishOutside(plane: Plane, context: Context): readonly Edge[] {
  const { owed, rest } = nextTranslator(plane, context);
  if (rest.length > 0 || plane.network.clientVpnEndpoints.has(owed?.id ?? '')) return [];
  return edge(isReverse(context.header, context.first), { kind: 'replied' }, context);
}

type Translator = Extract<Crossing, { kind: 'translator' }>;

/** The translator that must come next, and what is owed after it; firewalls are skipped only where fact 4.24 is denied. */
function nextTranslator(
  plane: Plane,
  { crossings }: Context,
): { owed: Translator | undefined; rest: readonly Crossing[] } {
  const index = crossings.findLastIndex((crossing) => !(crossing.kind === 'firewall' && skippable(plane)));
  const last = crossings[index];
  return last?.kind === 'translator'
    ? { owed: last, rest: crossings.slice(0, index) }
    : { owed: undefined, rest: crossings.slice(0, index + 1) };
}

/** The header is that one with its ends swapped. */
const isReverse = (header: Header, sent: Header): Predicate =>
  header.family !== sent.family
    ? no
    : and(
        same(header.src, sent.dst),
        same(header.dst, sent.src),
        same(header.srcPort, sent.dstPort),
        same(header.dstPort, sent.srcPort),
      );

/** The reply as the sender before the translation expects it; an echo stays an echo in the other family. */
const restore = (plane: Plane, header: Header, { before, after }: Translator): Header =>
  reversed(plane.symbols, before, header.icmpType !== after.icmpType);
