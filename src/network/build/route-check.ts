/** Routes that AWS refuses to make: their presence means that the input is not what AWS has (semantics 4.7, 4.10, 4.13, 4.21). */
import { groupBy } from '../../base/group.ts';
import type { Problem } from '../../base/problem.ts';
import { invariant } from '../../base/invariant.ts';
import { formatPrefix, lastOf, parsePrefix, type Prefix, includesPrefix } from '../../net/prefix.ts';
import type { Network } from '../network.ts';
import type { Provenance } from '../resource.ts';
import type { Route, RouteTable, RouteTarget } from '../route-table.ts';

export const prefixOfRoute = ({ destination }: Route): Prefix | undefined =>
  destination.kind === 'prefix' ? destination.prefix : undefined;

type Parts = Pick<
  Network,
  | 'vpcs'
  | 'subnets'
  | 'routeTables'
  | 'internetGateways'
  | 'natGateways'
  | 'egressOnlyInternetGateways'
  | 'endpoints'
  | 'interfaces'
  | 'vpnGateways'
  | 'carrierGateways'
  | 'opaqueGateways'
>;

export function checkRoutes(network: Parts): readonly Problem[] {
  const subnets = groupBy(network.subnets.values(), ({ vpc }) => vpc);
  const edges = new Set(
    [...network.internetGateways.values(), ...network.vpnGateways.values(), ...network.opaqueGateways.values()].flatMap(
      (one) => one.routeTable ?? [],
    ),
  );
  const problems: Problem[] = [];
  for (const table of network.routeTables.values()) {
    const { cidrs: blocks = [], subnetsUnread } = network.vpcs.get(table.vpc) ?? {};
    const whole = subnetsUnread ? undefined : (subnets.get(table.vpc) ?? []).flatMap(({ cidrs }) => cidrs);
    for (const route of table.routes) {
      const why = edges.has(table.id)
        ? whyNotAtEdge(route, blocks, whole)
        : (whyNotMoreSpecific(route, blocks, whole) ?? whyNotForPrefixList(route));
      const wrong = why ?? whyReserved(route) ?? whyElsewhere(route, table, network);
      if (wrong !== undefined) problems.push(invalid(table, route, wrong));
    }
    problems.push(...twice(table));
  }
  return problems;
}

const invalid = (table: RouteTable, route: Route, why: string): Problem => ({
  code: 'invalid-route',
  ...placeOf(route.source),
  message: `\`${table.id}\` has the route ${textOf(route)}: ${why}.`,
  hint: 'AWS refuses such a route; correct the destination or the target.',
});

const placeOf = ({ file, place }: Provenance): Pick<Problem, 'file' | 'place'> => ({ file, place });

const textOf = ({ destination, target }: Route): string =>
  `${destination.kind === 'prefix' ? formatPrefix(destination.prefix) : destination.id} -> ${target.kind === 'local' ? 'local' : target.id}`;

const inside = (inner: Prefix, outer: Prefix): boolean =>
  inner.family === outer.family && inner.base >= outer.base && lastOf(inner) <= lastOf(outer);

/** Targets of routes that are more specific than the local route (semantics 4.7). */
const inlineTargets: ReadonlySet<RouteTarget['kind']> = new Set([
  'local',
  'nat-gateway',
  'network-interface',
  'firewall-endpoint',
  'local-gateway',
  'unknown',
]);

/** `subnets` are the blocks of all there are, where that is known. */
function whyNotMoreSpecific(route: Route, blocks: readonly Prefix[], subnets?: readonly Prefix[]): string | undefined {
  const prefix = prefixOfRoute(route);
  if (route.origin !== 'static' || prefix === undefined) return undefined;
  const local = blocks.find((block) => inside(prefix, block) && block.length < prefix.length);
  if (local === undefined) return undefined;
  if (subnets !== undefined && subnets.length > 0 && !includesPrefix(subnets, prefix))
    return `it is more specific than the local route ${formatPrefix(local)} and is not the whole CIDR block of a subnet`;
  return inlineTargets.has(route.target.kind)
    ? undefined
    : 'a route more specific than the local one leads to a NAT gateway, a network interface or a firewall endpoint only';
}

const edgeTargets: ReadonlySet<RouteTarget['kind']> = new Set([
  'local',
  'network-interface',
  'firewall-endpoint',
  'unknown',
]);

function whyNotAtEdge(route: Route, blocks: readonly Prefix[], subnets?: readonly Prefix[]): string | undefined {
  const prefix = prefixOfRoute(route);
  if (prefix === undefined) return 'a gateway route table has no routes for prefix lists';
  if (subnets !== undefined && !includesPrefix([...blocks, ...subnets], prefix))
    return 'a gateway route table has routes for the CIDR blocks of the VPC and of whole subnets only';
  return edgeTargets.has(route.target.kind)
    ? undefined
    : 'a gateway route table leads to local, a network interface or a firewall endpoint only';
}

const whyNotForPrefixList = ({ destination, target }: Route): string | undefined =>
  destination.kind === 'prefix-list' && target.kind === 'firewall-endpoint'
    ? 'a prefix list cannot lead to a Gateway Load Balancer endpoint'
    : undefined;

/** What AWS calls the target of the routes that it makes in a VPC which is associated with a service network. */
export const lattice = 'VpcLattice';

export const isToLattice = ({
  target,
}: {
  readonly target: { readonly kind: string; readonly id?: string };
}): boolean => target.kind === 'unknown' && target.id === lattice;

const reserved = ['169.254.168.0/22', 'fd00:ec2::/32'].map((text) => {
  const prefix = parsePrefix(text);
  invariant(prefix !== undefined, `${text} is a CIDR block`);
  return prefix;
});

/** Routes into the ranges of the hypervisor's services, but for those that AWS makes to VPC Lattice (semantics 1.24, 14.1). */
function whyReserved(route: Route): string | undefined {
  const prefix = isToLattice(route) ? undefined : prefixOfRoute(route);
  const range = prefix && reserved.find((block) => inside(prefix, block));
  return range && `${formatPrefix(range)} is AWS's own`;
}

/** A gateway serves the VPC that it is attached to. */
function whyElsewhere({ state, target }: Route, table: RouteTable, network: Parts): string | undefined {
  if (state === 'blackhole') return undefined;
  const vpc = vpcOf(target, network);
  return vpc === undefined || vpc === table.vpc
    ? undefined
    : `\`${'id' in target ? target.id : ''}\` belongs to \`${vpc}\`, the table to \`${table.vpc}\``;
}

function vpcOf(target: RouteTarget, network: Parts): string | undefined {
  switch (target.kind) {
    case 'internet-gateway':
      return network.internetGateways.get(target.id)?.vpc;
    case 'egress-only-internet-gateway':
      return network.egressOnlyInternetGateways.get(target.id)?.vpc;
    case 'nat-gateway':
      return network.natGateways.get(target.id)?.vpc;
    case 'gateway-endpoint':
    case 'firewall-endpoint':
      return network.endpoints.get(target.id)?.vpc;
    case 'network-interface':
      return network.interfaces.get(target.id)?.vpc;
    case 'carrier-gateway':
      return network.carrierGateways.get(target.id)?.vpc;
    case 'local':
    case 'transit-gateway':
    case 'vpc-peering':
    case 'vpn-gateway':
    case 'local-gateway':
    case 'core-network':
    case 'odb-network':
    case 'unknown':
      return undefined;
  }
}

/** One table has one static route for a destination. */
function twice(table: RouteTable): readonly Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const route of table.routes) {
    if (route.origin === 'propagated' || route.origin === 'advertised') continue;
    const { destination } = route;
    const text = destination.kind === 'prefix' ? formatPrefix(destination.prefix) : destination.id;
    if (seen.has(text)) problems.push(invalid(table, route, 'the table has another route for this destination'));
    seen.add(text);
  }
  return problems;
}
