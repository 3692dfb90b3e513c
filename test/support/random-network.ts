/**
 * Small networks full of traps, from fast-check: few addresses, so that rules, routes and translations meet. The
 * shapes hold indices into what the network turns out to have, and shrink towards less of everything.
 */
import * as fc from 'fast-check';
import { policies } from './random-firewall.ts';
import { specOf } from './network-of-shape.ts';
import type { Spec } from './spec.ts';

/** What picks an element of whatever list the network turns out to have. */
export const index = fc.nat({ max: 63 });
export const rarely = fc.nat({ max: 5 }).map((n) => n === 5);
export const mostly = fc.nat({ max: 5 }).map((n) => n !== 5);
export const halves = fc.boolean();

/** Present once in `n` times. */
export const once = <T>(n: number, of: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: n - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: of });

const rule = fc.record({ what: index, peer: index });

const group = fc.record({
  openIn: halves,
  openOut: mostly,
  in: fc.array(rule, { maxLength: 3 }),
  out: fc.array(rule, { maxLength: 2 }),
});

const entries = fc.array(fc.record({ deny: halves, what: index, peer: index }), { maxLength: 3 });

const acl = fc.record({ in: entries, out: entries, restIn: mostly, restOut: halves });

const table = fc.record({
  default4: index,
  default6: index,
  specific: fc.array(fc.record({ to: index, target: index }), { maxLength: 2 }),
  elsewhere: fc.array(fc.record({ to: index, target: index, blackhole: rarely }), { maxLength: 2 }),
  nat64: halves,
  local: once(12, index),
});

const host = fc.record({
  subnet: index,
  groups: fc.array(index, { minLength: 1, maxLength: 2 }),
  second: halves,
  mapped: fc.constantFrom('none', 'none', 'first', 'second', 'both'),
  delegated: rarely,
  check: mostly,
  ipv6: mostly,
  denyAllIgw: rarely,
  /** In the subnet and groups of the host before it. */
  twin: once(3, fc.constant(true)),
  kind: fc.constantFrom('host', 'host', 'host', 'host', 'lambda', 'stopped', 'detached', 'shared'),
});

const transitRoutes = fc.oneof(
  { weight: 7, arbitrary: fc.array(fc.record({ to: index, by: index, word: index }), { minLength: 1, maxLength: 5 }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

export const shapes = fc.record({
  ipv6: halves,
  secondVpc: rarely,
  secondBlock: rarely,
  subnets: fc.array(fc.record({ table: fc.option(index, { freq: 4 }), acl: once(3, index), zone: index }), {
    minLength: 2,
    maxLength: 3,
  }),
  tables: fc.array(table, { minLength: 2, maxLength: 4 }),
  edge: once(4, fc.array(fc.record({ to: index, target: index }), { minLength: 1, maxLength: 2 })),
  acls: fc.array(acl, { maxLength: 2 }),
  groups: fc.array(group, { minLength: 1, maxLength: 3 }),
  hosts: fc.array(host, { minLength: 1, maxLength: 4 }),
  lists: fc.array(fc.array(index, { maxLength: 2 }), { maxLength: 2 }),
  nats: fc.array(
    fc.record({
      subnet: index,
      kind: fc.constantFrom('public', 'public', 'public', 'private', 'regional', 'pending'),
      second: rarely,
    }),
    {
      maxLength: 2,
    },
  ),
  firewalls: fc.array(fc.record({ subnet: index, named: halves }), { maxLength: 2 }),
  /** Of the firewall that is named, where there is one. */
  policy: once(2, policies),
  eigw: halves,
  gatewayEndpoint: once(2, fc.record({ tables: fc.array(index, { maxLength: 2 }), entry: index })),
  interfaceEndpoint: once(3, fc.record({ subnet: index, group: index })),
  balancer: once(5, fc.record({ subnet: index, group: once(2, index), mapped: halves })),
  balancing: once(
    3,
    fc.record({
      type: fc.constantFrom('alb' as const, 'nlb' as const, 'nlb' as const, 'clb' as const),
      at: fc.array(index, { minLength: 1, maxLength: 2 }),
      group: once(2, index),
      mapped: mostly,
      ipv6: halves,
      crossZone: halves,
      listeners: fc.array(fc.record({ what: index, to: index, from: once(3, index) }), { minLength: 1, maxLength: 2 }),
      byAddress: halves,
      /** Whether client addresses are kept, and zones crossed, where somebody said. */
      keeps: fc.option(fc.boolean()),
      zones: fc.option(fc.boolean(), { freq: 2 }),
      targets: fc.array(fc.record({ of: index, port: index, zone: once(2, index), sick: rarely }), {
        minLength: 1,
        maxLength: 3,
      }),
      inner: halves,
      /** An endpoint of a service of its own, in that subnet and group; whether groups filter what comes that way. */
      served: once(2, fc.record({ subnet: index, group: index, enforces: halves })),
    }),
  ),
  attachment: index,
  /** Between both VPCs: whether B has a route back, whether it is in another state, and the groups' words for each other. */
  peering: once(4, fc.record({ back: mostly, groups: index, tables: index })),
  /** A transit gateway between both VPCs. */
  transit: once(
    3,
    fc.record({
      a: fc.record({ subnet: index, one: rarely, table: index, loose: rarely }),
      b: fc.record({ one: halves, table: index, loose: rarely }),
      /** One without routes is unread. */
      tables: fc.tuple(transitRoutes, transitRoutes),
      /** Of one of them only static routes were asked for, and what propagates to it: all attachments, or all but one. */
      propagates: once(3, index),
      appliance: halves,
      referencing: index,
      /** Behind it a VPN connection, or Direct Connect, which is told of some blocks or of which nobody asked. */
      vpn: once(2, fc.record({ table: index, down: halves, direct: once(2, index) })),
      inspected: halves,
      home: mostly,
      towards: index,
      /** In its place a core network of Cloud WAN, with the routes that AWS computed or with a policy. */
      wan: once(3, fc.record({ policy: once(2, index) })),
    }),
  ),
  vpn: once(2, fc.record({ learns: halves, down: rarely })),
  /** Direct Connect at VPN gateways of A, and of B where there is one. */
  direct: once(2, fc.record({ allowed: index, b: index, up: halves, unread: rarely })),
  opaque: once(5, fc.constantFrom('pcx-ab', 'vgw-a', 'tgw-a')),
  block: once(
    5,
    fc.record({
      mode: fc.constantFrom('block-ingress' as const, 'block-bidirectional' as const),
      exclusion: once(2, fc.record({ resource: index, both: halves })),
    }),
  ),
  dns: mostly,
  /** A way that another service makes: the VPCs of a service network, or whose notebook has direct internet access. */
  other: once(5, fc.oneof(fc.constantFrom(['vpc-a'], ['vpc-a', 'vpc-b']), index)),
  /** Client VPN in one subnet or two, with blocks for its routes and rules; `loose` ones are of a group, or change. */
  clientVpn: once(
    4,
    fc.record({
      subnets: fc.array(index, { minLength: 1, maxLength: 2 }),
      group: index,
      routes: fc.array(fc.record({ to: index, by: index, loose: rarely }), { minLength: 1, maxLength: 3 }),
      rules: fc.array(fc.record({ to: index, loose: rarely }), { minLength: 1, maxLength: 3 }),
      /** Whether it can be told whose its interfaces are, and whether the answers about routes or rules are missing. */
      untold: rarely,
      unread: fc.option(fc.boolean(), { freq: 1, nil: undefined }),
      dual: rarely,
    }),
  ),
  /** A firewall at the transit gateway itself: whether an answer tells which, its zones, and which table is its own. */
  attachedFirewall: once(2, fc.record({ table: index, named: mostly, zones: index, loose: rarely })),
});

export type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

export const randomNetwork: fc.Arbitrary<Spec> = shapes.map(specOf);

/** Those with a load balancer whose listeners and targets are known. */
export const balancedNetwork: fc.Arbitrary<Spec> = shapes.filter(({ balancing }) => balancing !== null).map(specOf);

/** Those with a firewall whose policy was read. */
export const firewalledNetwork: fc.Arbitrary<Spec> = shapes
  .filter(({ policy, firewalls }) => policy !== null && firewalls.some(({ named }) => named))
  .map(specOf);

/** Without most of what else leads out of VPC A, so that questions about one construct more are answered in seconds. */
export const plainly = (shape: Shape): Shape => ({
  ...shape,
  secondVpc: true,
  hosts: shape.hosts.map((one, i) => (i === 0 ? one : { ...one, check: true })),
  nats: shape.nats.slice(0, 1),
  policy: null,
  balancer: null,
  balancing: null,
  peering: null,
  transit: null,
  opaque: null,
  other: null,
  clientVpn: null,
  attachedFirewall: null,
});
