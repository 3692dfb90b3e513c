/** Route tables: every target resolved to something that is there, or to one that is not known. */
import type { VpcEndpoint } from '../endpoint.ts';
import type { Resource } from '../resource.ts';
import type { Route, RouteTable, RouteTarget } from '../route-table.ts';
import type { Vpc } from '../vpc.ts';
import { isToLattice, lattice, prefixOfRoute } from './route-check.ts';
import { samePrefix } from '../../net/prefix.ts';
import { formatPrefix } from '../../net/prefix.ts';
import { blameDangling, type Building, wasRead } from './building.ts';
import type { RouteFinding, RouteTableFinding } from './findings.ts';

/** What routes can lead to, by kind of target. */
export interface Targets {
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly endpoints: ReadonlyMap<string, VpcEndpoint>;
  readonly resources: Readonly<Partial<Record<RouteTarget['kind'], ReadonlyMap<string, Resource>>>>;
  /** Gateways that carry nothing: peering connections that are not active. */
  readonly inactive: ReadonlySet<string>;
}

/** The call that tells of a kind of target, and AWS's word for it. */
const calls: Readonly<Partial<Record<RouteTarget['kind'], readonly [call: string, what: string]>>> = {
  'internet-gateway': ['describe-internet-gateways', 'internet gateway'],
  'egress-only-internet-gateway': ['describe-egress-only-internet-gateways', 'egress-only internet gateway'],
  'nat-gateway': ['describe-nat-gateways', 'NAT gateway'],
  'network-interface': ['describe-network-interfaces', 'network interface'],
};

export function buildRouteTables(building: Building, targets: Targets): Map<string, RouteTable> {
  const tables = new Map<string, RouteTable>();
  for (const found of building.findings.routeTables) {
    const { subnets: _, gateways: __, impliesLocal: ___, routes, ...table } = found;
    const resolved = routes.map((route) => resolve(building, found, route, targets));
    tables.set(table.id, { ...table, routes: [...missingLocals(building, found, resolved, targets), ...resolved] });
  }
  return tables;
}

function resolve(building: Building, table: RouteTableFinding, found: RouteFinding, targets: Targets): Route {
  const { target, targetOwner, ...route } = found;
  // By it nothing is forwarded: associations lead to VPC Lattice, whatever routes say (semantics 14.1).
  if (isToLattice(found)) return { ...route, target: { kind: 'unknown', id: lattice }, state: 'blackhole' };
  const known = target.kind === 'local' ? target : findTarget(building, table, found, targets);
  if (known !== undefined)
    return 'id' in known && targets.inactive.has(known.id)
      ? { ...route, target: known, state: 'blackhole' }
      : { ...route, target: known };
  const id = target.kind === 'local' ? 'local' : target.id;
  const own = targetOwner === undefined || table.account === undefined || targetOwner === table.account;
  const [call, what] =
    target.kind === 'vpc-endpoint' ? ['describe-vpc-endpoints', 'VPC endpoint'] : (calls[target.kind] ?? []);
  if (found.state !== 'blackhole' && own && call !== undefined && what !== undefined && wasRead(building, call, table))
    blameDangling(building, { ...table, source: route.source }, what, id, call);
  return { ...route, target: { kind: 'unknown', id: id === '' ? `${table.id} ${destinationText(found)}` : id } };
}

/** The target as it is, or undefined when the input does not hold it. */
function findTarget(
  building: Building,
  table: RouteTableFinding,
  { target, destination, source }: RouteFinding,
  { endpoints, resources }: Targets,
): RouteTarget | undefined {
  if (target.kind === 'local') return target;
  if (target.kind !== 'vpc-endpoint') return resources[target.kind]?.has(target.id) === true ? target : undefined;
  const { id } = target;
  const endpoint = endpoints.get(id);
  if (endpoint === undefined) return undefined;
  if (endpoint.endpointType === 'Gateway') return { kind: 'gateway-endpoint', id };
  // Where the endpoint stands is where its traffic comes out again; untold, it could come out anywhere.
  if (endpoint.endpointType === 'GatewayLoadBalancer')
    return endpoint.subnets.length === 0 ? undefined : { kind: 'firewall-endpoint', id };
  building.problems.push({
    code: 'invalid-route',
    file: source.file,
    place: source.place,
    message: `\`${table.id}\` routes ${destination.kind === 'prefix' ? formatPrefix(destination.prefix) : destination.id} to \`${id}\`, an endpoint of type ${endpoint.endpointType}.`,
    hint: 'Routes lead to gateway endpoints and Gateway Load Balancer endpoints only.',
  });
  return undefined;
}

const destinationText = ({ destination }: Pick<Route, 'destination'>): string =>
  destination.kind === 'prefix' ? formatPrefix(destination.prefix) : destination.id;

/** Local routes are in every table, shown or not, unless another route took the block over (semantics 4.6, 4.8). */
function missingLocals(
  building: Building,
  table: RouteTableFinding,
  routes: readonly Route[],
  { vpcs }: Targets,
): readonly Route[] {
  const cidrs = vpcs.get(table.vpc)?.cidrs ?? [];
  const missing = cidrs.filter(
    (cidr) => !routes.some((route) => samePrefix(prefixOfRoute(route) ?? neverMatches, cidr)),
  );
  return missing.map((prefix) => {
    if (table.impliesLocal !== true)
      building.warnings.push(
        `\`${table.id}\` shows no local route for ${formatPrefix(prefix)} of \`${table.vpc}\`; it is taken to be there.`,
      );
    return {
      destination: { kind: 'prefix', prefix },
      target: { kind: 'local' },
      state: 'active',
      origin: 'local',
      source: table.source,
    };
  });
}

const neverMatches = { family: 'ipv4', base: -1n, length: -1 } as const;
