/** The meaning of a question on a plane: where its flows start, what ends them, what excuses them, what they must cross. */
import {
  type Context,
  type Header,
  type InterfaceClass,
  type Place as Spot,
  type Plane,
  type Predicate,
  addressesOf,
  endpointOf,
  idsOf,
  namesOf,
  leftTheNetwork,
  namesLeave,
  handsOn,
  modelled,
  open,
  wellFormed,
  predicate as p,
} from '../dataplane/index.ts';
import type { Family } from '../net/address.ts';
import { type Intervals, intersect, isEmpty, single, unionAll } from '../net/interval.ts';
import { prefixContains, rangeOf } from '../net/prefix.ts';
import { protocols } from '../net/protocol.ts';
import { bitsOfFlags, syn } from '../net/tcp-flags.ts';
import { type NetworkInterface, abilities } from '../network/interface.ts';
import clientPorts from '../../models/client-ports.json' with { type: 'json' };
import type { Network } from '../network/network.ts';
import { passes } from '../network/unknown.ts';
import type { Place, Places, Question, Traffic } from '../policy/question.ts';
import { addressesNamed, gatewayEndpointIds, interfaceIds, meant, names, serviceNames } from './named.ts';
import { payloadIn, sayable } from './payload.ts';
import { isService, published } from './service.ts';

/** A place of the product where a flow of the question may begin, and with which headers. */
export interface Start {
  readonly place: Spot;
  readonly context: Context;
  readonly guard: Predicate;
  /** Ids that stand for the source as a waypoint. */
  readonly ids: readonly string[];
}

/** Splits classes by everything that the question names, so that a class is in or out of each name as a whole. */
export function labelOf(network: Network, question: Question): (nic: NetworkInterface) => string {
  const places = [
    question.from,
    question.to,
    ...question.except.flatMap(({ from, to }) => [from ?? [], to ?? []].flat()),
  ];
  const sets = places.map(interfaceIds);
  const waypoints = [
    ...question.via,
    ...question.avoid,
    ...question.viaBoth,
    ...question.except.flatMap(({ via }) => (via === undefined ? [] : [via])),
  ].map(({ ids }) => ids);
  return (nic) => {
    const ids = namesOf(network, nic);
    return [
      ...sets.map((set) => (set.has(nic.id) ? '1' : '0')),
      ...waypoints.map((set) => (ids.some((id) => set.has(id)) ? '1' : '0')),
    ].join('');
  };
}

/** Whether delivery to the class can end a flow of the question. */
export function wantedOf(network: Network, question: Question): (of: InterfaceClass) => boolean {
  const targets = interfaceIds(question.to);
  const anywhere = names(question.to, 'cidr');
  const services = serviceNames(question.to);
  const endpoints = new Set(
    [...network.endpoints.values()].flatMap((endpoint) =>
      isService(services, endpoint.serviceName) ? endpoint.interfaces : [],
    ),
  );
  const known = new Map<InterfaceClass, boolean>();
  return (of) => {
    let wanted = known.get(of);
    if (wanted === undefined) {
      wanted = anywhere || of.interfaces.some(({ id }) => targets.has(id) || endpoints.has(id));
      known.set(of, wanted);
    }
    return wanted;
  };
}

/** Every place where a flow may begin, for packets of that family. */
export function startsOf(plane: Plane, question: Question, first: Header): readonly Start[] {
  const base = {
    header: first,
    first,
    imaginary: false,
    clean: false,
    owes: false,
    middlebox: false,
    natted: false,
    phase: 'forward',
    kept: [],
    crossings: [],
    guests: [],
  } as const;
  const headers = p.and(
    wellFormed(first.family),
    sendable(question),
    trafficOf(plane, question, question.traffic, first.family),
    sayable(plane, question),
    carriedBy(question),
  );
  const starts: Start[] = [];
  const internet = (within: Intervals): void => {
    const src = intersect(plane.internet[first.family], within);
    const guard = p.and(headers, p.isIn('src', src));
    starts.push({
      place: { kind: 'internet' },
      context: { ...base, root: 'internet', origin: 'internet' },
      guard,
      ids: ['internet'],
    });
  };
  const onprem = (guard: Predicate): void => {
    starts.push({
      place: { kind: 'onprem' },
      context: { ...base, root: 'onprem', origin: 'onprem' },
      guard,
      ids: ['on-premises'],
    });
  };
  const leaving = (of: InterfaceClass, within?: Intervals): void => {
    const own = within === undefined ? of.addresses[first.family] : intersect(of.addresses[first.family], within);
    const place = { kind: 'leaving', of } as const;
    const context = {
      ...base,
      root: 'interface',
      origin: 'interface',
      home: of.vpc,
      vpc: of.vpc,
      clean: true,
      imaginary: of.imaginary,
      ...selfOf(of),
    } as const;
    const ids = idsOf(plane.network, of);
    starts.push({ place, context, guard: p.and(headers, p.isIn('src', own)), ids });
    // A guest without the source/destination check may write any source; only a hostile one does (semantics 1.15).
    if (!of.sourceDestCheck && question.kind === 'forbid' && within === undefined) {
      const forged = p.and(headers, p.not(p.isIn('src', of.addresses[first.family])));
      starts.push({ place, context: { ...context, forger: of.interfaces[0]!.id }, guard: forged, ids });
    }
  };
  const named = interfaceIds(question.from);
  for (const of of plane.classes) if (of.interfaces.some(({ id }) => named.has(id))) leaving(of);
  if (names(question.from, 'internet')) internet(plane.internet[first.family]);
  if (names(question.from, 'onprem')) onprem(headers);
  for (const one of question.from.members) {
    if (one.kind !== 'cidr' || one.prefix.family !== first.family) continue;
    const range = [rangeOf(one.prefix)];
    internet(range);
    onprem(p.and(headers, p.isIn('src', range)));
    for (const of of plane.classes) {
      if (!abilities[of.role].starts) continue;
      // Its public address names an interface too, which sends as its private one.
      const behind = of.interfaces.flatMap(({ addresses }) =>
        addresses.flatMap(({ address, publicIp, carrierIp }) =>
          [publicIp, carrierIp].some((own) => own !== undefined && prefixContains(one.prefix, own))
            ? [single(address.value)]
            : [],
        ),
      );
      const own = intersect(of.addresses[first.family], unionAll([range, ...behind]));
      if (!isEmpty(own)) leaving(of, own);
    }
  }
  return starts.filter(({ guard }) => guard.kind !== 'false');
}

const selfOf = ({ sourceDestCheck, interfaces }: InterfaceClass): Pick<Context, 'self'> =>
  sourceDestCheck ? {} : { self: interfaces[0]!.id };

/**
 * What a well-meaning sender emits: `ask` and `require` mean a flow's first, unfragmented packet, and `ask` one from a
 * client port; a `forbid` means whatever can be written (`interfaces.md`, modes).
 */
function sendable({ kind, traffic }: Question): Predicate {
  if (kind === 'forbid') return p.yes;
  const fragments = traffic.some(({ fragment }) => fragment !== undefined);
  const ports = traffic.some(({ srcPorts }) => srcPorts !== undefined);
  const flags = traffic.some(({ tcpFlags }) => tcpFlags !== undefined);
  const { from, to } = clientPorts.managed;
  return p.and(
    flags ? p.yes : p.or(p.not(overTcp), p.equals('flags', syn)),
    fragments ? p.yes : p.equals('fragment', 0),
    kind === 'ask' && !ports ? p.or(p.not(p.hasPorts), p.between('srcPort', from, to)) : p.yes,
  );
}

const overTcp = p.equals('protocol', protocols.tcp);

const carriedBy = ({ carrier }: Question): Predicate =>
  carrier === undefined ? p.yes : carrier === 'tcp' ? overTcp : p.not(overTcp);

/** The union of the traffic named, in the question or in what it excuses; none named is all. */
export function trafficOf(plane: Plane, question: Question, traffic: readonly Traffic[], family: Family): Predicate {
  if (traffic.length === 0) return p.yes;
  return p.anyOf(traffic.map((one) => p.and(oneTraffic(one, family), payloadIn(plane, question, one))));
}

function oneTraffic(t: Traffic, family: Family): Predicate {
  const address = (field: 'src' | 'dst', prefix: Traffic['src']): Predicate =>
    prefix === undefined ? p.yes : p.isIn(field, meant(field, prefix, family));
  return p.and(
    t.protocol === undefined ? p.yes : p.equals('protocol', t.protocol),
    t.ports === undefined ? p.yes : p.between('dstPort', t.ports.from, t.ports.to),
    t.srcPorts === undefined ? p.yes : p.between('srcPort', t.srcPorts.from, t.srcPorts.to),
    t.icmpType === undefined ? p.yes : p.equals('icmpType', t.icmpType),
    t.icmpCode === undefined ? p.yes : p.equals('icmpCode', t.icmpCode),
    address('src', t.src),
    address('dst', t.dst),
    t.fragment === undefined ? p.yes : p.equals('fragment', t.fragment ? 1 : 0),
    t.tcpFlags === undefined ? p.yes : p.equals('flags', bitsOfFlags(t.tcpFlags)),
  );
}

/** What it takes for a packet delivered at the spot to have arrived at one of the places; false where it never has. */
export function arrivalAt(plane: Plane, { kind, from }: Question, to: Places, spot: Spot, context: Context): Predicate {
  const strict = kind !== 'forbid';
  const cidrs = addressed(to, 'dst', context.first);
  // Where `any` is written, one place outside with another is not meant.
  const between = from.any || to.any;
  switch (spot.kind) {
    case 'arrived': {
      const elsewhere = notItself(spot.of, context);
      const named = interfaceIds(to);
      const endpoint = endpointOf(plane.network, spot.of.interfaces[0]!.id);
      const wanted =
        spot.of.interfaces.some(({ id }) => named.has(id)) ||
        (endpoint !== undefined && isService(serviceNames(to), endpoint.serviceName));
      return p.and(elsewhere, wanted ? p.yes : cidrs);
    }
    case 'internet': {
      if (context.root === 'internet' || (between && context.root === 'onprem')) return p.no;
      const reached = names(to, 'internet')
        ? p.or(p.isIn('dst', plane.internet[context.header.family]), cidrs)
        : p.or(cidrs, published(plane, to, context.header.family));
      return p.and(leftTheNetwork(plane, context), reached);
    }
    case 'onprem':
      if (between && context.root !== 'interface') return p.no;
      return names(to, 'onprem') ? p.yes : cidrs;
    case 'service': {
      const { serviceName } = plane.network.endpoints.get(spot.endpoint)!;
      const named = gatewayEndpointIds(to).has(spot.endpoint);
      return named || isService(serviceNames(to), serviceName) ? p.yes : cidrs;
    }
    case 'dns':
      return names(to, 'dns') ? p.yes : cidrs;
    case 'link-local':
      return cidrs;
    // AWS hands the guest what is routed to it, whatever the guest does with it (semantics 1.15); that is no arrival at
    // the address that the packet bears, but where harm is asked about.
    case 'guest': {
      const { id } = spot.of.interfaces[0]!;
      if (context.self === id) return p.no;
      return interfaceIds(to).has(id) ? p.yes : strict ? p.no : cidrs;
    }
    case 'leaving':
    case 'subnet':
    case 'local':
    case 'nat-gateway':
    case 'firewall-endpoint':
    // What an appliance inspects has not arrived there, any more than at the endpoint (semantics 11.2).
    case 'appliance':
    case 'network-function':
    case 'client-vpn':
    case 'opaque':
    case 'lattice':
    case 'gateway-table':
    case 'transit-gateway':
    case 'replied':
      return p.no;
  }
}

/**
 * On premises is no place with itself; but of the addresses there some stand behind one line, some behind another, so
 * that a flow from or to named ones counts.
 */
export function leftPremises({ from, to }: Question, spot: Spot, { root, origin, first }: Context): Predicate {
  if (spot.kind !== 'onprem' || root !== 'onprem') return p.yes;
  // Where it sets out it has not arrived.
  if (origin === 'onprem' && spot.line === undefined) return p.no;
  return p.or(addressed(from, 'src', first), addressed(to, 'dst', first));
}

/**
 * Whether what receives the packet takes it: a balancer's listeners are not modelled, and AWS's endpoints are known to
 * listen on 443 alone (semantics 9.13). A `forbid` counts what is delivered, listened to or not, but for names that are
 * not looked up.
 */
export function listens(plane: Plane, { kind }: Question, spot: Spot): Predicate {
  if (spot.kind === 'dns') return namesLeave(plane, spot.vpc);
  if (kind === 'forbid' || spot.kind !== 'arrived') return p.yes;
  const { role, interfaces } = spot.of;
  const balancer = modelled(plane, spot.of);
  // Only what is declared speaks against one that is modelled.
  if (balancer !== undefined) return p.constant(plane.sides.get(passes(balancer.id)) !== false);
  if (role === 'load-balancer') return open(plane, passes(handsOn(plane, spot.of)!));
  if (role !== 'interface-endpoint') return p.yes;
  const { id } = interfaces[0]!;
  return p.or(p.equals('dstPort', 443), open(plane, passes(endpointOf(plane.network, id)?.id ?? id)));
}

/** The packet as it was sent has one of the CIDR blocks named as its source or destination. */
const addressed = (places: Places, field: 'src' | 'dst', first: Header): Predicate =>
  p.at(first, p.isIn(field, addressesNamed(places, field, first.family)));

/** Whether a flow that began there comes from one of the places. */
export function departureFrom(from: Places, { place, context }: Start): Predicate {
  const named = interfaceIds(from);
  const member = place.kind === 'leaving' && place.of.interfaces.some(({ id }) => named.has(id));
  if (member || names(from, place.kind as Place['kind'])) return p.yes;
  // A forged source comes from no block.
  return context.forger === undefined ? addressed(from, 'src', context.first) : p.no;
}

/** An interface never counts as reached by itself, not even round the internet gateway. */
function notItself(of: InterfaceClass, context: Context): Predicate {
  if (of.interfaces.some(({ id }) => id === context.self)) return p.no;
  // Whose source may be forged is known by its interface, not by its address.
  if (context.origin !== 'interface' || context.home !== of.vpc || context.self !== undefined) return p.yes;
  const { family } = context.first;
  return p.not(
    p.anyOf(
      of.interfaces.map((nic) => {
        // An unread interface stands for as many as there may be, one of which may reach another.
        if (nic.unread !== undefined)
          return family === context.header.family ? p.same(context.first.src, context.header.dst) : p.no;
        const own = addressesOf(nic, family);
        return p.and(p.at(context.first, p.isIn('src', own)), p.isIn('dst', addressesOf(nic, context.header.family)));
      }),
    ),
  );
}
