/** VPC Block Public Access at the internet gateways (semantics 4.35 to 4.39). */
import type { Address } from '../net/address.ts';
import type { InternetGateway } from '../network/gateway.ts';
import type { RouteTarget } from '../network/route-table.ts';
import type { Subnet } from '../network/subnet.ts';
import type { InternetGatewayBlockMode } from '../network/vpc.ts';
import type { Holder } from './holder.ts';
import { isNetworkFirewalls } from './owed.ts';
import type { From } from './place.ts';
import { lookUp } from './route-table.ts';
import { type Trip, refused, subnetOf } from './trip.ts';

/**
 * Whether an internet gateway takes the packet out: the subnet that it left last counts, the VPC where it left none.
 * `block-ingress` lets out what a NAT gateway sent; a reply of a flow that started outside needs `off`.
 */
export const leaveByInternetGateway = (trip: Trip, from: From): boolean =>
  judge(trip, from.vpc, from.subnet, 'out', (mode) => mode === 'block-ingress' && trip.sentByNat && isForward(trip)) &&
  (!isForward(trip) || !isNetworkFirewall(trip, trip.passedBy?.id) || firewallPasses(trip, from.subnet, 'out'));

/** The same of an egress-only gateway, whose flows all start inside. */
export const leaveByEgressOnlyGateway = (trip: Trip, from: From): boolean =>
  judge(trip, from.vpc, from.subnet, 'out', (mode) => mode === 'block-ingress');

/**
 * Whether a packet from the internet comes in, by the subnet beside the gateway: where its edge table leads first, else
 * that of the receiver (semantics 4.39). A reply does: its flow was let out.
 */
export function comeIn(trip: Trip, gateway: InternetGateway, vpc: string, holder: Holder, inside: Address): boolean {
  if (!isForward(trip)) return true;
  const receiver = holder.kind === 'interface' ? holder.interface.subnet : holder.nat.subnet;
  const target = edgeTarget(trip, gateway, inside);
  const beside = standsIn(trip, target) ?? receiver;
  const subnet = beside === undefined ? undefined : subnetOf(trip, beside);
  if (!judge(trip, vpc, subnet, 'in', () => false)) return false;
  return (
    target?.kind !== 'firewall-endpoint' || !isNetworkFirewall(trip, target.id) || firewallPasses(trip, subnet, 'in')
  );
}

const isNetworkFirewall = (trip: Trip, endpoint: string | undefined): boolean =>
  endpoint !== undefined && isNetworkFirewalls(trip, endpoint);

/** No exclusion covers the traffic of a network firewall that stands in the subnet (semantics 4.38). */
function firewallPasses(trip: Trip, subnet: Subnet | undefined, way: 'in' | 'out'): boolean {
  if (subnet?.excludedFromBlock !== true) return true;
  return refused(trip, {
    resource: subnet.id,
    kind: 'block-public-access',
    code: 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED',
    detail: `VPC Block Public Access blocks what a network firewall in \`${subnet.id}\` passes on its way ${way}, excluded or not`,
    source: subnet.source,
  });
}

/** Whether a packet comes in by a carrier gateway, to an interface of the subnet (semantics 4.38). */
export const comeInByCarrier = (trip: Trip, vpc: string, subnet: Subnet): boolean =>
  judge(trip, vpc, subnet, 'in', () => false);

function edgeTarget(trip: Trip, { routeTable }: InternetGateway, inside: Address): RouteTarget | undefined {
  const table = routeTable === undefined ? undefined : trip.network.routeTables.get(routeTable);
  return table === undefined ? undefined : lookUp(trip, table, inside)?.route.target;
}

/** The subnet of the endpoint or interface to which the gateway's edge table leads; undefined where it leads home. */
function standsIn(trip: Trip, target: RouteTarget | undefined): string | undefined {
  if (target?.kind === 'network-interface') return trip.network.interfaces.get(target.id)?.subnet;
  return target?.kind === 'firewall-endpoint' ? trip.network.endpoints.get(target.id)?.subnets[0] : undefined;
}

const isForward = (trip: Trip): boolean => trip.direction === 'forward';

function judge(
  trip: Trip,
  vpc: string,
  subnet: Subnet | undefined,
  way: 'in' | 'out',
  passes: (mode: InternetGatewayBlockMode) => boolean,
): boolean {
  const place = subnet ?? trip.network.vpcs.get(vpc);
  const mode = place?.internetGatewayBlockMode ?? 'off';
  if (mode === 'off' || passes(mode)) return true;
  return refused(trip, {
    resource: place?.id ?? vpc,
    kind: 'block-public-access',
    code: 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED',
    detail: `VPC Block Public Access (\`${mode}\`) at \`${place?.id ?? vpc}\` blocks the packet on its way ${way}`,
    ...(place === undefined ? {} : { source: place.source }),
  });
}
