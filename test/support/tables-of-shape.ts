/** From a shape's indices to route tables that AWS would have accepted. */
import { isIpv6 } from './lines.ts';
import { pick } from './random.ts';
import type { Shape } from './random-network.ts';
import type { Spec, TableSpec } from './spec.ts';
import { towards } from './transit-of-shape.ts';

/** Blocks outside the network that rules and routes speak of. */
export const outside = [
  '203.0.113.0/24',
  '203.0.113.128/25',
  '203.0.113.200/32',
  '192.0.2.0/24',
  '198.51.100.0/24',
  '172.16.0.0/12',
];

/** Every table's routes, each destination once a table; the last table is a spare one where no subnet names it. */
export function tablesOf(shape: Shape, spec: Spec): readonly TableSpec[] {
  const guests = spec.interfaces
    .filter(({ instance, type }) => instance !== 'none' && type === undefined)
    .map(({ id }) => id);
  const firewalls = spec.firewallEndpoints.map(({ id }) => id);
  const nats = spec.nats.map(({ id }) => id);
  const opaque = spec.opaque.map(({ id }) => id);
  const eigws = spec.eigws.map(({ id }) => id);
  const defaults4 = ['igw-a', ...nats, ...firewalls, 'igw-a', ...guests.slice(0, 1), 'none', ...nats, ...opaque];
  const defaults6 = ['igw-a', ...eigws, ...firewalls, 'none', ...guests.slice(0, 1), ...nats.slice(0, 1)];
  const inside4 = [...firewalls, ...nats, ...guests];
  const inside6 = [...firewalls, ...guests];
  const aside = ['igw-a', ...nats, ...firewalls, ...guests, ...opaque];
  const subnetBlocks = spec.subnets.flatMap(({ cidrs }) => cidrs);

  const tables = shape.tables.map((table, i): TableSpec => {
    const routes = new Map<string, string>();
    const put = (destination: string, target: string, word = ''): void => {
      if (target !== 'none' && !routes.has(destination)) routes.set(destination, `${destination} ${target}${word}`);
    };
    if (shape.transit !== null && (shape.transit.towards >> i) % 5 === 4) put('0.0.0.0/0', 'tgw-1');
    put('0.0.0.0/0', pick(defaults4, table.default4));
    if (shape.ipv6) put('::/0', pick(defaults6, table.default6));
    if (shape.ipv6 && table.nat64 && nats.length > 0) put('64:ff9b::/96', nats[0]!);
    for (const { to, target } of table.specific) {
      const block = pick(subnetBlocks, to);
      const targets = isIpv6(block) ? inside6 : inside4;
      if (targets.length > 0) put(block, pick(targets, target));
    }
    for (const { to, target, blackhole } of table.elsewhere) {
      const destination = pick([...outside, ...spec.lists.filter(({ id }) => id !== 'pl-s3').map(({ id }) => id)], to);
      const chosen = pick(aside, target);
      if (!(destination.startsWith('pl-') && chosen.startsWith('vpce-')))
        put(destination, chosen, blackhole ? ' blackhole' : '');
    }
    if (shape.transit !== null && (shape.transit.towards >> i) % 3 !== 0)
      put(pick(towards, shape.transit.towards + i), 'tgw-1');
    if (shape.peering !== null && (shape.peering.tables >> i) % 2 === 0) put('10.1.0.0/24', 'pcx-peers');
    if (table.local !== null && inside4.length > 0) put('10.0.0.0/24', pick(inside4, table.local));
    return { id: `rtb-${i}`, vpc: 'vpc-a', main: i === 0, routes: [...routes.values()] };
  });
  const edgeTargets = [...firewalls, ...guests];
  const edge = new Map(
    edgeTargets.length === 0
      ? []
      : (shape.edge ?? []).map(({ to, target }) => {
          const block = pick([...subnetBlocks, '10.0.0.0/24'], to);
          return [block, `${block} ${pick(edgeTargets, target)}`];
        }),
  );
  return [
    ...tables,
    ...(edge.size === 0 ? [] : [{ id: 'rtb-edge', vpc: 'vpc-a', edge: 'igw-a', routes: [...edge.values()] }]),
    ...spec.nats
      .filter(({ table }) => table !== undefined)
      .map(({ table }) => ({ id: table!, vpc: 'vpc-a', routes: ['0.0.0.0/0 igw-a'] })),
  ];
}
