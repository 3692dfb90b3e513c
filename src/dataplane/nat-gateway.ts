/** NAT gateways, zonal and regional, and their NAT64 (semantics 5.11 to 5.31). */
import { single, unionAll } from '../net/interval.ts';
import { nat64 } from '../net/special.ts';
import type { NatAddress, NatGateway } from '../network/gateway.ts';
import { passes, up } from '../network/unknown.ts';
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import { type Edge, edge } from './edge.ts';
import { type Header, echoProtocol } from './header.ts';
import { working } from './condition.ts';
import { acl, aclId } from './network-acl.ts';
import { owing } from './owing.ts';
import { type Plane, blocksOf, open } from './plane.ts';
import { type Predicate, and, anyOf, equals, hasPorts, isIn, yes } from './predicate.ts';
import type { Symbol } from './symbol.ts';

/** Through the boundary of its subnet, for a packet that it can carry. */
export function enterNatGateway(plane: Plane, id: string, from: Departure, context: Context): readonly Edge[] {
  const nat = plane.network.natGateways.get(id);
  if (nat === undefined || nat.vpc !== from.vpc || context.phase === 'reply') return [];
  // Its own packets, routed back into it, go nowhere (semantics 5.14).
  if (context.crossings.some((crossing) => crossing.kind === 'translator' && crossing.id === id)) return [];
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
    const unseen = [{ src: anyAddress(plane, nat), taken: open(plane, up(nat.id)) }];
    return (nat.addresses.length > 0 ? sourcesOf(plane, nat, 'private', zone) : unseen).flatMap(({ src, taken }) =>
      translations(plane, nat, src, context).flatMap((one) => edge(and(taken, one.guard), subnet, one.context)),
    );
  }
  const table = nat.routeTable;
  if (table === undefined) return [];
  // Behind its internet gateway it is seen by its public address, elsewhere by a private one if it has any (5.30).
  const hidden = nat.addresses.every(({ privateIp }) => privateIp === undefined);
  return (['public', 'private'] as const).flatMap((side) => {
    // Which private address it has is not shown: it may be any of the VPC (semantics 5.30).
    const branch = side === 'public' ? 'to-internet' : 'inside';
    const sources =
      side === 'private' && hidden
        ? [{ src: anyAddress(plane, nat), taken: open(plane, passes(nat.id)) }]
        : sourcesOf(plane, nat, side, zone);
    return sources.flatMap(({ src, taken }) =>
      translations(plane, nat, src, context).flatMap((one) =>
        edge(and(taken, one.guard), { kind: 'gateway-table', table, vpc: nat.vpc, branch }, one.context),
      ),
    );
  });
}

interface Translated {
  readonly guard: Predicate;
  readonly context: Context;
}

/** The packet with one of the gateway's addresses and a fresh port, protocol by protocol (semantics 5.17, 5.24, 5.25). */
function translations(plane: Plane, nat: NatGateway, src: Symbol, context: Context): readonly Translated[] {
  const { header } = context;
  const { symbols } = plane;
  const port = symbols.variable(`nat.${nat.id}.port`, 16, [{ lo: 1024n, hi: 65535n }]);
  const v4: Header =
    header.family === 'ipv4'
      ? { ...header, src }
      : { ...header, family: 'ipv4', src, dst: symbols.embeddedIpv4(header.dst) };
  const embedded = header.family === 'ipv4' ? yes : isIn('dst', [nat64]);
  const echo = equals('protocol', echoProtocol(header.family));
  const { inspected: _, transit: __, ...own } = context;
  const across = (guard: Predicate, after: Header): Translated => ({
    guard: and(embedded, guard),
    context: {
      ...own,
      header: after,
      clean: false,
      natted: true,
      crossings: owing(plane, context, { kind: 'translator', id: nat.id, before: header, after }),
    },
  });
  if (header.family === 'ipv4') return [across(hasPorts, { ...v4, srcPort: port }), across(echo, v4)];
  const icmp = { ...v4, protocol: symbols.constant(1n, 8) };
  return [
    across(hasPorts, { ...v4, srcPort: port }),
    across(and(echo, equals('icmpType', 128)), { ...icmp, icmpType: symbols.constant(8n, 8) }),
    across(and(echo, equals('icmpType', 129)), { ...icmp, icmpType: symbols.constant(0n, 8) }),
  ];
}

const anyAddress = (plane: Plane, nat: NatGateway): Symbol =>
  plane.symbols.variable(`nat.${nat.id}.hidden`, 32, blocksOf(plane, nat.subnet ?? nat.vpc, 'ipv4'));

interface Source {
  readonly src: Symbol;
  /** What it takes for the gateway to have it. */
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
  return [
    ...oneOf(plane, `nat.${nat.id}.${side}.${zone ?? ''}`, addressesAt(steady, side), yes),
    ...oneOf(
      plane,
      `nat.${nat.id}.${side}.${zone ?? ''}.changing`,
      addressesAt(changing, side),
      open(plane, up(nat.id)),
    ),
  ];
}

const addressesAt = (of: readonly NatAddress[], side: 'public' | 'private'): readonly bigint[] =>
  of.flatMap(({ privateIp, publicIp }) => (side === 'public' ? publicIp : privateIp)?.value ?? []);

function oneOf(plane: Plane, name: string, values: readonly bigint[], taken: Predicate): readonly Source[] {
  const [only] = values;
  if (only === undefined) return [];
  const src =
    values.length === 1
      ? plane.symbols.constant(only, 32)
      : plane.symbols.variable(name, 32, unionAll(values.map(single)));
  return [{ src, taken }];
}
