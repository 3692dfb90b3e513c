/** Routes as candidates: those that lead a packet astray, and those by which it would get where it is meant to (semantics section 4). */
import type { Address } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import { type Prefix, parsePrefix, prefixContains } from '../net/prefix.ts';
import { publicUnicast } from '../net/special.ts';
import type { Network } from '../network/network.ts';
import type { RouteTable } from '../network/route-table.ts';
import type { Question } from '../policy/question.ts';
import { type Candidate, candidate, everywhere, named, ofPrefix, peerOf, peerText, subnetWith } from './candidate.ts';
import type { Step } from './step.ts';

interface Way {
  readonly target: string;
  readonly weight: number;
}

/** The route goes; another leads the packet by what it is meant to cross; the sender's subnet uses another table. */
export function closingRoutes(network: Network, step: Step, question: Question, sender: string): readonly Candidate[] {
  const table = network.routeTables.get(step.resource);
  if (table === undefined) return [];
  return [
    ...removals(table, step, 0.3),
    ...reroutes(network, table, step, meant(network, table, question), 0),
    ...otherTables(network, table, sender, 0.2),
  ];
}

/** No route leads on: one that does. */
export function missingRoutes(network: Network, step: Step, question: Question, sender: string): readonly Candidate[] {
  const table = network.routeTables.get(step.resource);
  if (table === undefined) return [];
  const { dst } = step.after;
  return [
    ...reroutes(network, table, step, meant(network, table, question), 0),
    ...waysTo(network, table, dst).flatMap(({ target, weight }) =>
      blocksOf(network, table, step, question).map((block, i) =>
        candidate({ kind: 'set-route', table: table.id, destination: ofPrefix(block), target }, weight + i / 50),
      ),
    ),
    ...removals(table, step, 0.25),
    ...otherTables(network, table, sender, 0.3),
  ];
}

/** The way by this route comes to a stop later: another way for the same destination. */
export function otherRoutes(network: Network, step: Step, question: Question, sender: string): readonly Candidate[] {
  const table = network.routeTables.get(step.resource);
  if (table === undefined) return [];
  const ways = waysTo(network, table, step.after.dst).map(({ target, weight }) => ({ target, weight: weight + 0.2 }));
  return [
    ...reroutes(network, table, step, meant(network, table, question), 0.05),
    ...reroutes(network, table, step, ways, 0.1),
    ...removals(table, step, 0.45),
    ...otherTables(network, table, sender, 0.4),
  ];
}

/** What the rule says: `10.0.0.0/8 -> tgw-1`. */
function ruleOf({ rule = '' }: Step): {
  readonly block: Prefix | undefined;
  readonly name: string;
  readonly target: string;
} {
  const [name = '', target = ''] = rule.split(' -> ');
  return { name, block: parsePrefix(name), target };
}

function removals(table: RouteTable, step: Step, weight: number): readonly Candidate[] {
  const { name, block, target } = ruleOf(step);
  const found = table.routes.find(
    ({ destination, target: to, origin }) =>
      origin === 'static' &&
      to.kind !== 'local' &&
      to.kind !== 'gateway-endpoint' &&
      to.id === target &&
      peerText(peerOf(destination)) === name,
  );
  if (found === undefined) return [];
  const destination = block === undefined ? named(name) : ofPrefix(block);
  return [candidate({ kind: 'remove-route', table: table.id, destination }, weight)];
}

/** The same destination, or where the local route decided the subnet's block, to another target. */
function reroutes(
  network: Network,
  table: RouteTable,
  step: Step,
  ways: readonly Way[],
  more: number,
): readonly Candidate[] {
  const { name, block, target: now } = ruleOf(step);
  const { dst } = step.after;
  const subnet = subnetWith(network, dst);
  const far = subnet === undefined || subnet.vpc === table.vpc ? undefined : network.vpcs.get(subnet.vpc);
  const narrow = (far ?? subnet)?.cidrs.find((cidr) => prefixContains(cidr, dst));
  const own = block === undefined ? (name === '' ? [] : [named(name)]) : [ofPrefix(block)];
  const destinations = now === 'local' ? [] : own;
  const specific =
    narrow === undefined || (block !== undefined && block.length >= narrow.length) ? [] : [ofPrefix(narrow)];
  return ways
    .filter(({ target }) => target !== now)
    .flatMap(({ target, weight }) =>
      [...destinations, ...specific].map((destination, i) =>
        candidate({ kind: 'set-route', table: table.id, destination, target }, weight + more + i / 50),
      ),
    );
}

/** What the question wants crossed, as targets of routes of that table; those in a zone of its subnets first. */
function meant(network: Network, table: RouteTable, { via, viaBoth, except }: Question): readonly Way[] {
  const ids = new Set([...via, ...viaBoth, ...except.flatMap((one) => one.via ?? [])].flatMap((one) => [...one.ids]));
  if (ids.size === 0) return [];
  const targets = targetsIn(network, table);
  const here = targets.filter(({ target }) => ids.has(target));
  // It may stand in another VPC.
  const onward = targets.filter(
    ({ target }) => network.transitGateways.has(target) || network.opaqueGateways.has(target),
  );
  return here.length > 0
    ? here.map(({ target, weight }) => ({ target, weight: Math.max(0, weight - 0.05) }))
    : onward.map(({ target }) => ({ target, weight: 0.01 }));
}

/** Everything in the table's VPC to which a route can lead, but gateways. */
function targetsIn(network: Network, table: RouteTable): readonly Way[] {
  const zones = zonesOf(network, table);
  const isNear = (subnets: readonly string[]): boolean =>
    subnets.some((id) => zones.has(network.subnets.get(id)?.zone ?? ''));
  const at = (id: string, subnets: readonly string[], weight: number): Way => ({
    target: id,
    weight: weight + (isNear(subnets) ? 0 : 0.05),
  });
  return [
    ...[...network.endpoints.values()].flatMap(({ id, vpc, endpointType, subnets }) =>
      vpc === table.vpc && endpointType === 'GatewayLoadBalancer' ? [at(id, subnets, 0.05)] : [],
    ),
    ...[...network.natGateways.values()].flatMap(({ id, vpc, subnet }) =>
      vpc === table.vpc ? [at(id, subnet === undefined ? [] : [subnet], 0.1)] : [],
    ),
    ...[
      ...network.transitGateways.values(),
      ...network.vpcPeerings.values(),
      ...network.opaqueGateways.values(),
    ].flatMap(({ id, vpcs }) =>
      (vpcs as readonly string[]).includes(table.vpc) ? [{ target: id, weight: 0.25 }] : [],
    ),
  ];
}

const zonesOf = ({ subnets }: Network, table: RouteTable): ReadonlySet<string> =>
  new Set([...subnets.values()].flatMap(({ routeTable, zone }) => (routeTable === table.id ? [zone] : [])));

/** The targets by which the address could be reached from the table's VPC. */
function waysTo(network: Network, table: RouteTable, dst: Address): readonly Way[] {
  const subnet = subnetWith(network, dst);
  const inside = targetsIn(network, table);
  if (subnet !== undefined) {
    const far = subnet.vpc;
    if (far === table.vpc) return [{ target: 'local', weight: 0.1 }];
    const joined = [
      ...network.transitGateways.values(),
      ...network.vpcPeerings.values(),
      ...network.opaqueGateways.values(),
    ];
    const both = new Set(joined.filter(({ vpcs }) => (vpcs as readonly string[]).includes(far)).map(({ id }) => id));
    return inside.filter(({ target }) => both.has(target));
  }
  const gateways = [
    ...[...network.internetGateways.values()].map((one) => ({ ...one, weight: 0.2 })),
    ...[...network.egressOnlyInternetGateways.values()].map((one) => ({ ...one, weight: 0.1 })),
    ...[...network.vpnGateways.values()].map((one) => ({ ...one, weight: 0.2 })),
  ].flatMap(({ id, vpc, weight }) => (vpc === table.vpc ? [{ target: id, weight }] : []));
  return [...inside.filter(({ target }) => !network.vpcPeerings.has(target)), ...gateways].filter(
    ({ target }) => isPublic(dst) || !network.internetGateways.has(target),
  );
}

const isPublic = ({ family, value }: Address): boolean => contains(publicUnicast[family], value);

/** What the new route would be for. */
function blocksOf(network: Network, table: RouteTable, step: Step, { to, traffic }: Question): readonly Prefix[] {
  const { dst } = step.after;
  const { block } = ruleOf(step);
  if (block !== undefined) return [block];
  const subnet = subnetWith(network, dst);
  const vpc = subnet === undefined ? undefined : network.vpcs.get(subnet.vpc);
  const held =
    subnet === undefined || subnet.vpc === table.vpc ? undefined : vpc?.cidrs.find((cidr) => prefixContains(cidr, dst));
  if (held !== undefined) return [held];
  const asked = [
    ...to.members.flatMap((one) => (one.kind === 'cidr' ? [one.prefix] : [])),
    ...traffic.flatMap((one) => one.dst ?? []),
  ].find((prefix) => prefixContains(prefix, dst));
  if (asked !== undefined) return isPublic(dst) ? [asked, everywhere(dst.family)] : [asked];
  return [everywhere(dst.family)];
}

/** The sender's subnet uses this table, and could use one of those that other subnets of its VPC do. */
function otherTables(network: Network, table: RouteTable, sender: string, weight: number): readonly Candidate[] {
  const own = network.subnets.get(network.interfaces.get(sender)?.subnet ?? sender.replace(/^potential:/, ''));
  if (own === undefined || own.routeTable !== table.id) return [];
  const near = [...network.subnets.values()].filter(({ vpc, id }) => vpc === own.vpc && id !== own.id);
  const alike = (one: (typeof near)[number]): number =>
    (one.zone === own.zone ? 0 : 1) +
    (Object.entries(own.tags).some(([key, value]) => key !== 'Name' && one.tags[key] === value) ? 0 : 2);
  const tables = near
    .toSorted((a, b) => alike(a) - alike(b))
    .flatMap(({ routeTable }) => (typeof routeTable === 'string' && routeTable !== table.id ? [routeTable] : []));
  return [...new Set(tables)]
    .slice(0, 3)
    .map((id, i) => candidate({ kind: 'associate-table', subnet: own.id, table: id }, weight + i / 50));
}
