/** VPC Block Public Access at the internet gateways (semantics 4.35 to 4.39). */
import type { Subnet } from '../network/subnet.ts';
import type { InternetGatewayBlockMode } from '../network/vpc.ts';
import type { Holder } from './holder.ts';
import type { From } from './place.ts';
import { type Trip, refused, subnetOf } from './trip.ts';

/**
 * Whether an internet gateway takes the packet out: the subnet that it left last counts, the VPC where it left none.
 * `block-ingress` lets out what a NAT gateway sent; a reply of a flow that started outside needs `off`.
 */
export const leaveByInternetGateway = (trip: Trip, from: From): boolean =>
  judge(trip, from.vpc, from.subnet, 'out', (mode) => mode === 'block-ingress' && trip.sentByNat && isForward(trip));

/** The same of an egress-only gateway, whose flows all start inside. */
export const leaveByEgressOnlyGateway = (trip: Trip, from: From): boolean =>
  judge(trip, from.vpc, from.subnet, 'out', (mode) => mode === 'block-ingress');

/** Whether a packet from the internet comes in, by the subnet of its receiver. A reply does: its flow was let out. */
export function comeIn(trip: Trip, vpc: string, holder: Holder): boolean {
  if (!isForward(trip)) return true;
  const subnet = holder.kind === 'interface' ? holder.interface.subnet : holder.nat.subnet;
  return judge(trip, vpc, subnet === undefined ? undefined : subnetOf(trip, subnet), 'in', () => false);
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
