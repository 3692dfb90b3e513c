/** NAT gateways, zonal and regional, and their NAT64 (semantics 5.11 to 5.31). */
import { type Intervals, single, subtract, unionAll } from '../net/interval.ts';
import { nat64 } from '../net/special.ts';
import type { NatAddress, NatGateway } from '../network/gateway.ts';
import { passes, up } from '../network/unknown.ts';
import { crossedAs } from './anew.ts';
import { turnOf } from './choice.ts';
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import { type Edge, edge } from './edge.ts';
import { type Header, echoProtocol } from './header.ts';
import { working } from './condition.ts';
import { acl, aclId } from './network-acl.ts';
import { owing, translatedBy } from './owing.ts';
import { addressesOf } from './interface-class.ts';
import { type Plane, blocksOf, once, open } from './plane.ts';
import { type Predicate, and, anyOf, equals, hasPorts, isIn, yes } from './predicate.ts';
import type { Symbol } from './symbol.ts';

/** Through the boundary of its subnet, for a packet that it can carry. */
export function enterNatGateway(plane: Plane, id: string, from: Departure, context: Context): readonly Edge[] {
  const nat = plane.network.natGateways.get(id);
  if (nat === undefined || nat.vpc !== from.vpc || context.phase === 'reply') return [];
  // Its own packets, routed back into it, go nowhere (semantics 5.14).
  if (translatedBy(plane, context, id)) return [];
  const { family } = context.header;
  const inbound =
    nat.subnet === undefined || nat.subnet === from.subnet ? yes : acl(plane, nat.subnet, 'inbound', family);
  const guard = and(from.leaves(nat.subnet), inbound, working(plane, nat.id, nat.state), carries);
  const own = nat.addresses.flatMap((address) => address.interface ?? []);
  const boundaryIds = nat.subnet === undefined ? [] : [nat.subnet, ...aclId(plane, nat.subnet)];
  const crosses = [...from.crosses, id, ...own, ...boundaryIds];
  const zone = nat.subnet === undefined && from.zone !== undefined ? { zone: from.zone } : {};
  return edge(guard, { kind: 'nat-gateway', id, ...zone }, context, crosses);
}

/** TCP, UDP and ICMP; fragments of UDP alone (semantics 5.11, 5.23). */
const carries: Predicate = anyOf([
  equals('protocol', 17),
  and(anyOf([equals('protocol', 6), equals('protocol', 1), equals('protocol', 58)]), equals('fragment', 0)),
]);

/** Translated, and on from its subnet or by a regional gateway's own table. */
export function leaveNatGateway(plane: Plane, id: string, zone: string | undefined, context: Context): readonly Edge[] {
  const nat = plane.network.natGateways.get(id)!;
  if (nat.subnet !== undefined) {
    const subnet = { kind: 'subnet', id: nat.subnet } as const;
    // A gateway in the making may show no address yet: any of its subnet's.
    const unseen = [anyAddress(plane, nat, open(plane, up(nat.id)))];
    return (nat.addresses.length > 0 ? sourcesOf(plane, nat, 'private', zone) : unseen).flatMap((source) =>
      translations(plane, nat, source, context).flatMap((one) => edge(one.guard, subnet, one.context)),
    );
  }
  const table = nat.routeTable;
  if (table === undefined) return [];
  // Behind its internet gateway it is seen by its public address, elsewhere by a private one if it has any (5.30).
  const hidden = nat.addresses.every(({ privateIp }) => privateIp === undefined);
  return (['public', 'private'] as const).flatMap((side) => {
    // Which private address it has is not shown: it may be any of the VPC (semantics 5.30).
    const branch = side === 'public' ? 'to-internet' : 'inside';
    const sources = side === 'private' && hidden ? unshownSources(plane, nat, zone) : sourcesOf(plane, nat, side, zone);
    return sources.flatMap((source) =>
      translations(plane, nat, source, context).flatMap((one) =>
        edge(one.guard, { kind: 'gateway-table', table, vpc: nat.vpc, branch }, one.context),
      ),
    );
  });
}

/**
 * Of a regional gateway whose table leads elsewhere than to an internet gateway: which private address it has is not shown.
 * Behind a firewall, say, the way may go on to the internet, and out there as its public one.
 */
function unshownSources(plane: Plane, nat: NatGateway, zone: string | undefined): readonly Source[] {
  const taken = open(plane, passes(nat.id));
  const outside = sourcesOf(plane, nat, 'public', zone).map((one) => ({ ...one, taken: and(one.taken, taken) }));
  return [anyAddress(plane, nat, taken), ...outside];
}

interface Translated {
  readonly guard: Predicate;
  readonly context: Context;
}

/** The packet with one of the gateway's addresses and a fresh port, protocol by protocol (semantics 5.17, 5.24, 5.25). */
function translations(
  plane: Plane,
  nat: NatGateway,
  { name, values, taken }: Source,
  context: Context,
): readonly Translated[] {
  const { header } = context;
  const { symbols } = plane;
  const { mark: turn, guard: certain, after: onward } = turnOf(plane, context, 'nat', nat.id);
  const { inspected: _, transit: __, ...own } = { ...onward, clean: false, natted: true };
  const embedded = header.family === 'ipv4' ? yes : isIn('dst', [nat64]);
  const echo = equals('protocol', echoProtocol(header.family));
  const across = (guard: Predicate, made: 'port' | 'no port', changed: Partial<Header> = {}): Translated => {
    const dst = header.family === 'ipv4' ? header.dst : symbols.embeddedIpv4(header.dst);
    const { src: ___, srcPort, ...rest } = { ...header, ...changed, family: 'ipv4', dst } as const;
    const stays = made === 'port' ? rest : { ...rest, srcPort };
    const crossed = crossedAs(plane, nat.id, { way: name, header: stays, context: own });
    const mark = `${turn}${crossed.mark}`;
    const port = symbols.variable(`nat.${nat.id}${mark}.port`, 16, [{ lo: 1024n, hi: 65535n }], crossed.depth);
    const after: Header = {
      ...rest,
      src: addressAmong(plane, `nat.${nat.id}${mark}.${name}`, values, crossed.depth),
      srcPort: made === 'port' ? port : srcPort,
    };
    const crossings = owing(plane, context, { kind: 'translator', id: nat.id, mark, before: header, after });
    return { guard: and(certain, taken, embedded, guard), context: { ...own, header: after, crossings } };
  };
  if (header.family === 'ipv4') return [across(hasPorts, 'port'), across(echo, 'no port')];
  const asIcmp = (icmpType: bigint) =>
    ({ protocol: symbols.constant(1n, 8), icmpType: symbols.constant(icmpType, 8) }) as const;
  return [
    across(hasPorts, 'port'),
    across(and(echo, equals('icmpType', 128)), 'no port', asIcmp(8n)),
    across(and(echo, equals('icmpType', 129)), 'no port', asIcmp(0n)),
  ];
}

/** One that nobody else is shown to have. */
const anyAddress = (plane: Plane, nat: NatGateway, taken: Predicate): Source => ({
  name: 'hidden',
  values: subtract(blocksOf(plane, nat.subnet ?? nat.vpc, 'ipv4'), shownElsewhere(plane, nat.vpc)),
  taken,
});

const shownElsewhere = (plane: Plane, vpc: string): Intervals =>
  once(plane, `shown in ${vpc}`, () => {
    const others = [...plane.network.interfaces.values()].filter(
      (each) => each.vpc === vpc && each.role !== 'nat-gateway' && each.imaginary === undefined,
    );
    return unionAll(others.map((each) => addressesOf(each, 'ipv4')));
  });

/** Addresses of the gateway, one of which it takes. */
interface Source {
  /** Tells them from its others. */
  readonly name: string;
  readonly values: Intervals;
  /** What it takes for the gateway to have them. */
  readonly taken: Predicate;
}

/**
 * The address seen behind the gateway: its only one, or any of several, as AWS chooses (semantics 5.24); one that is
 * being associated or given up is there on the may side alone.
 */
function sourcesOf(
  plane: Plane,
  nat: NatGateway,
  side: 'public' | 'private',
  zone: string | undefined,
): readonly Source[] {
  const inZone = nat.addresses.filter((address) => address.zone === zone);
  const usable = inZone.length > 0 ? inZone : nat.addresses;
  const changing = usable.filter(({ state }) => state !== undefined);
  const steady = usable.filter(({ state }) => state === undefined);
  const name = `${side}.${zone ?? ''}`;
  return [
    { name, values: addressesAt(steady, side), taken: yes },
    { name: `${name}.changing`, values: addressesAt(changing, side), taken: open(plane, up(nat.id)) },
  ].filter(({ values }) => values.length > 0);
}

const addressesAt = (of: readonly NatAddress[], side: 'public' | 'private'): Intervals =>
  unionAll(
    of.flatMap(({ privateIp, publicIp }) => (side === 'public' ? publicIp : privateIp)?.value ?? []).map(single),
  );

const addressAmong = ({ symbols }: Plane, name: string, values: Intervals, depth: number): Symbol =>
  values.length === 1 && values[0]!.lo === values[0]!.hi
    ? symbols.constant(values[0]!.lo, 32)
    : symbols.variable(name, 32, values, depth);
