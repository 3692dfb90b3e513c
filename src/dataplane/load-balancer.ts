/** Load balancers: what a node takes, and what it sends on to the targets as a flow of its own (semantics section 12). */
import type { Family } from '../net/address.ts';
import { single, unionAll } from '../net/interval.ts';
import { intervalsOf } from '../net/prefix.ts';
import { isBalancing, transportOf } from '../network/balancing.ts';
import type { Listener, LoadBalancer } from '../network/load-balancer.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import type { TargetGroup } from '../network/target-group.ts';
import { passes } from '../network/unknown.ts';
import { crossedAs } from './anew.ts';
import { type Turn, chosen, turnOf } from './choice.ts';
import type { Context, Crossing } from './context.ts';
import { type Edge, edge } from './edge.ts';
import { type Header, bitsOf, echoProtocol } from './header.ts';
import type { InterfaceClass } from './interface-class.ts';
import { acl } from './network-acl.ts';
import { goesRound, owing } from './owing.ts';
import { balancerOf } from './owner.ts';
import { type Plane, blocksOf, fact, once, open } from './plane.ts';
import { type Predicate, and, anyOf, at, between, equals, isIn, not, or, same, yes } from './predicate.ts';
import type { Symbol } from './symbol.ts';
import { type Aim, aimsOf } from './target.ts';

/** The modelled balancer of which the class is a node; undefined where it is none, or not enough of it was read. */
export const modelled = (plane: Plane, { role, interfaces }: InterfaceClass): LoadBalancer | undefined => {
  const balancer = role === 'load-balancer' ? balancerOf(plane.network, interfaces[0]!.id) : undefined;
  return balancer !== undefined && once(plane, `balancing ${balancer.id}`, () => isBalancing(plane.network, balancer))
    ? balancer
    : undefined;
};

/** What its nodes take: what a listener is for, and at a proxy the pings that it answers itself (semantics 12.6, 12.11). */
export const taken = (plane: Plane, balancer: LoadBalancer, family: Family): Predicate =>
  once(plane, `taken ${balancer.id} ${family}`, () => {
    const answered = balancer.balancerType === 'network' ? [] : [equals('protocol', echoProtocol(family))];
    return anyOf([...listenersOf(balancer).map(matches), ...answered]);
  });

const listenersOf = ({ listeners }: Listening): readonly Listener[] => (isUnread(listeners) ? [] : listeners);

const matches = (listener: Listener): Predicate =>
  and(
    anyOf(transportOf(listener).map((number) => equals('protocol', number))),
    between('dstPort', listener.from, listener.to),
  );

/** What a node does with a packet that it has taken, and what becomes of the reply. */
export interface Taken {
  readonly of: InterfaceClass;
  readonly balancer: LoadBalancer;
  readonly context: Context;
  /** Where the reply leaves once the node has given it its client's address back. */
  readonly returnsBy: string;
  /** It came by PrivateLink, which hides the client (semantics 9.17, 12.14). */
  readonly hidden: boolean;
}

/** What is addressed to a node. */
export const balance = (plane: Plane, of: InterfaceClass, balancer: LoadBalancer, context: Context): readonly Edge[] =>
  context.phase === 'reply' ? [] : send(plane, { of, balancer, context, returnsBy: of.subnet, hidden: false });

/** From a node to its targets: those of a group share one edge, and which of them it is, AWS chooses flow by flow. */
export function send(plane: Plane, taking: Taken): readonly Edge[] {
  const { of, balancer, context } = taking;
  if (plane.sides.get(passes(balancer.id)) === false) return [];
  return forwardTo(plane, balancer, context, {
    name: of.id,
    aims: (group) => aimsOf(plane, balancer, of, group),
    sent: (group, aim, turn) => sent(plane, { ...taking, group, aim, turn }),
  });
}

/** What stands behind a listener: a balancer, or a service of VPC Lattice. */
type Listening = Pick<LoadBalancer, 'id' | 'listeners'>;

interface Forwarder {
  /** Whose choice of targets it is. */
  readonly name: string;
  readonly aims: (group: TargetGroup) => readonly Aim[];
  readonly sent: (group: TargetGroup, aim: Aim, turn: Turn) => readonly Edge[];
}

/** By the listener that takes it to one of the groups, and there to one of the aims. */
export function forwardTo(plane: Plane, listening: Listening, context: Context, by: Forwarder): readonly Edge[] {
  const { id } = listening;
  const turn = turnOf(plane, context, 'sends', id);
  return forwardsOf(plane, listening, context.header.family).flatMap(({ group, guard, among }) => {
    const shares = plane.exacting && among !== undefined;
    const sharing = shares
      ? oneOf(plane, context, `${id}${turn.mark} ${among.join(' ')}`, among.indexOf(group.id), among.length, id)
      : yes;
    const name = `${by.name}${turn.mark} ${group.id}`;
    return picked(plane, context, by.aims(group), name, id).flatMap(({ one: aim, guard: takes }) =>
      by.sent(group, aim, turn).map((each) => ({
        ...each,
        guard: and(turn.guard, guard, sharing, takes, each.guard),
      })),
    );
  });
}

/** Something that AWS may choose, where the guard holds. */
interface Choosable {
  readonly guard: Predicate;
  /** It is chosen where nothing better is there. */
  readonly ill?: boolean;
}

/**
 * Each with what it takes to be chosen. A requirement has to be met by all: also by what is perhaps there, which takes
 * flows away from what is there for certain, or does not.
 */
export function picked<T extends Choosable>(
  plane: Plane,
  context: Context,
  all: readonly T[],
  name: string,
  owner: string,
): readonly { readonly one: T; readonly guard: Predicate }[] {
  const certain = all.filter(({ guard }) => guard.kind === 'true');
  const perhaps =
    plane.exacting && certain.length > 0 ? all.filter(({ guard, ill }) => guard.kind !== 'true' && ill !== true) : [];
  const ways = [...certain, ...perhaps];
  const falls = (one: T): Predicate => oneOf(plane, context, name, ways.indexOf(one), ways.length, owner);
  return all.map((one) => {
    if (perhaps.includes(one)) return { one, guard: falls(one) };
    if (!certain.includes(one)) return { one, guard: one.guard };
    const instead = one === certain[0] ? perhaps.map((other) => and(falls(other), not(other.guard))) : [];
    return { one, guard: or(falls(one), ...instead) };
  });
}

interface Forwarding {
  readonly group: TargetGroup;
  /** What it takes for the balancer to forward to it, by a listener and its rules (semantics 12.8). */
  readonly guard: Predicate;
  readonly among?: readonly string[];
}

const forwardsOf = (plane: Plane, balancer: Listening, family: Family): readonly Forwarding[] =>
  once(plane, `forwards ${balancer.id} ${family}`, () =>
    listenersOf(balancer).flatMap((listener) =>
      (isUnread(listener.forwards) ? [] : listener.forwards).map(({ group, sources, unsure, among }): Forwarding => {
        const asked = sources === undefined ? yes : isIn('src', intervalsOf(sources, family));
        const some = open(plane, passes(balancer.id));
        const sure = unsure === undefined || unsure === 'all' ? yes : not(isIn('src', intervalsOf(unsure, family)));
        const guard = and(matches(listener), asked, unsure === 'all' ? some : or(sure, some));
        return { group: plane.network.targetGroups.get(group)!, guard, ...(among === undefined ? {} : { among }) };
      }),
    ),
  );

/** Of more ways than a choice can tell apart none is certain. */
const oneOf = (plane: Plane, context: Context, name: string, index: number, count: number, owner: string): Predicate =>
  count > 256 ? open(plane, passes(owner)) : chosen(plane, context, name, index, count);

interface Sending extends Taken {
  readonly group: TargetGroup;
  readonly aim: Aim;
  readonly turn: Turn;
}

/** To the targets of one aim, as from the client or as from the node (semantics 12.12 to 12.15). */
function sent(plane: Plane, sending: Sending): readonly Edge[] {
  const { balancer, group, aim, context, hidden } = sending;
  const { preservesClientIp } = group;
  const mayKeep =
    !hidden &&
    balancer.balancerType === 'network' &&
    aim.family === context.header.family &&
    preservesClientIp !== false;
  if (!mayKeep) return fromNode(plane, sending);
  const untold = isUnread(preservesClientIp) ? open(plane, unreadKey(preservesClientIp)) : yes;
  const either = preservesClientIp === true ? [] : fromNode(plane, sending);
  return [...fromClient(plane, sending), ...either].map((one) => ({ ...one, guard: and(untold, one.guard) }));
}

/** The client's own packet with another destination; never to the client itself, nor far beyond the VPC (12.13, 12.17). */
function fromClient(plane: Plane, sending: Sending): readonly Edge[] {
  const { of, balancer, aim, context } = sending;
  const { dst: _, dstPort: __, ...stays } = context.header;
  const made = madeUp(plane, sending, 'as from the client', stays);
  const after: Header = { ...stays, ...made.ends };
  const node = of.interfaces[0]!.id;
  const near = isBounded(plane, balancer)
    ? // Of UDP it is said that a target further away gets the packet, and cannot answer (semantics 12.16).
      or(isIn('dst', reachOf(plane, balancer, aim.family)), equals('protocol', 17))
    : yes;
  const guard = at(after, and(near, not(same(after.src, after.dst))));
  const home = { node, subnet: of.subnet, mark: made.mark };
  const crossing = { kind: 'kept-client', id: balancer.id, ...home, before: context.header, after } as const;
  return leave(plane, sending, after, guard, crossing);
}

/** It is known where its VPC is peered with others. */
const isBounded = (plane: Plane, { vpc }: LoadBalancer): boolean =>
  fact(plane, '12.13').kind === 'true' &&
  ![...plane.network.opaqueGateways.values()].some(({ kind, vpcs }) => kind === 'vpc-peering' && vpcs.includes(vpc));

/** The blocks of the balancer's VPC and of those that peering joins to it within its Region. */
const reachOf = (plane: Plane, { vpc }: LoadBalancer, family: Family) =>
  once(plane, `balancer's reach ${vpc} ${family}`, () => {
    const peers = [...plane.network.vpcPeerings.values()].filter(
      ({ vpcs, sameRegion }) => sameRegion && vpcs.includes(vpc),
    );
    return unionAll([vpc, ...peers.flatMap(({ vpcs }) => vpcs)].map((id) => blocksOf(plane, id, family)));
  });

/** A connection of the node's own: one of its addresses and a port of its choice (semantics 12.1, 12.6, 12.22). */
function fromNode(plane: Plane, sending: Sending): readonly Edge[] {
  const { of, balancer, aim, context, returnsBy } = sending;
  const [nic] = of.interfaces;
  const { family } = aim;
  const own = nic!.addresses.flatMap(({ address }) => (address.family === family ? [address.value] : []));
  if (own.length === 0) return [];
  const stays = unmade(plane, family, context.header);
  const { mark, depth, ends } = madeUp(plane, sending, 'as from the node', stays);
  const after: Header = {
    ...stays,
    ...proxied(plane, `${nic!.id}${mark}`, depth),
    ...ends,
    src: anyAddress(plane, `lb.${nic!.id}${mark}.src`, family, own, depth),
  };
  // A classic balancer's node passes its subnet's ACL on the way out even to a neighbour (semantics 3.18).
  const beside = isIn('dst', blocksOf(plane, of.subnet, family));
  const boundary =
    balancer.balancerType === 'classic' ? at(after, or(not(beside), acl(plane, of.subnet, 'outbound', family))) : yes;
  const guest = { holder: nic!.id, subnet: returnsBy };
  const crossing = { kind: 'translator', id: balancer.id, guest, mark, before: context.header, after } as const;
  return leave(plane, sending, after, boundary, crossing);
}

/** What a proxy takes over from what it took, or sets. */
export function unmade(
  { symbols }: Plane,
  family: Family,
  { protocol }: Header,
): Pick<Header, 'family' | 'protocol' | 'icmpType' | 'icmpCode' | 'fragment'> {
  const none = (field: 'icmpType' | 'icmpCode' | 'fragment') => symbols.constant(0n, bitsOf(field, family));
  return { family, protocol, icmpType: none('icmpType'), icmpCode: none('icmpCode'), fragment: none('fragment') };
}

/** What a proxy makes up, but for addresses: under that name, which tells its crossings apart. */
export function proxied(
  { symbols }: Plane,
  name: string,
  depth: number,
): Pick<Header, 'srcPort' | 'flags' | 'payload'> {
  const made = (field: 'flags' | 'payload'): Symbol =>
    symbols.variable(`lb.${name}.${field}`, bitsOf(field, 'ipv4'), undefined, depth);
  // What a proxy says to its target is its own: it may end the client's TLS.
  return {
    srcPort: symbols.variable(`lb.${name}.port`, 16, [{ lo: 1024n, hi: 65535n }], depth),
    flags: made('flags'),
    payload: made('payload'),
  };
}

/** The target that a node chooses, and the mark that what it makes up besides bears in its name. */
function madeUp(
  plane: Plane,
  sending: Sending,
  kind: string,
  stays: Partial<Header>,
): { readonly mark: string; readonly depth: number; readonly ends: Pick<Header, 'dst' | 'dstPort'> } {
  const { of, balancer, group, aim, turn } = sending;
  const { family, port, addresses } = aim;
  const way = `${of.id} ${group.id} ${family} ${port} ${aim.name} ${kind}`;
  const crossed = crossedAs(plane, balancer.id, { way, header: stays, context: ownContext(sending) });
  const { depth } = crossed;
  const mark = `${turn.mark}${crossed.mark}`;
  const name = `lb.${of.id}${mark}.${group.id}.${port}.${aim.name}.dst`;
  const dst = anyAddress(plane, name, family, addresses, depth);
  return { mark, depth, ends: { dst, dstPort: plane.symbols.constant(BigInt(port), 16) } };
}

export const anyAddress = (
  plane: Plane,
  name: string,
  family: Family,
  values: readonly bigint[],
  depth: number,
): Symbol => {
  const bits = bitsOf('src', family);
  return values.length === 1
    ? plane.symbols.constant(values[0]!, bits)
    : plane.symbols.variable(`${name}.${family}`, bits, unionAll(values.map(single)), depth);
};

/** Of a packet that the node sends in its groups, whatever source it bears (semantics 2.40). */
function ownContext({ of, turn }: Sending): Omit<Context, 'header' | 'crossings'> {
  const {
    forger: _,
    stranger: __,
    inspected: ___,
    transit: ____,
    header: _____,
    crossings: ______,
    ...kept
  } = turn.after;
  return {
    ...kept,
    vpc: of.vpc,
    balancer: of.interfaces[0]!.id,
    imaginary: false,
    clean: true,
    owes: false,
    middlebox: false,
    natted: false,
  };
}

/** Out of the node. */
function leave(
  plane: Plane,
  sending: Sending,
  after: Header,
  guard: Predicate,
  crossing: Extract<Crossing, { readonly mark: string }>,
): readonly Edge[] {
  const { of, context, group } = sending;
  if (goesRound(context, crossing)) return [];
  const own: Context = { ...ownContext(sending), header: after, crossings: owing(plane, context, crossing) };
  return edge(guard, { kind: 'leaving', of }, own, [group.id]);
}
