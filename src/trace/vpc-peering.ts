/** VPC peering connections: what is addressed to the other VPC arrives there, and nothing goes further (semantics section 6). */
import { formatAddress, sameAddress } from '../net/address.ts';
import { prefixContains } from '../net/prefix.ts';
import type { Subnet } from '../network/subnet.ts';
import type { VpcPeering } from '../network/vpc-peering.ts';
import type { Ended, From, Place } from './place.ts';
import { loseReference } from './security-group.ts';
import { type Peered, type Trip, drop, note, works } from './trip.ts';

const stepAt = (peering: VpcPeering) =>
  ({ resource: peering.id, kind: 'vpc-peering', source: peering.source }) as const;

/** What came out of a transit gateway goes into no peering connection: its source is not of this side (semantics 7.17). */
export const refuseTransited = (trip: Trip, id: string): Ended | undefined =>
  trip.transited
    ? drop(trip, {
        resource: id,
        kind: 'vpc-peering',
        detail: `\`${id}\` takes nothing that came in by a transit gateway, and ${formatAddress(trip.packet.src)} did`,
      })
    : undefined;

/** A route leads to the connection. */
export function routeToPeering(trip: Trip, peering: VpcPeering, from: From): Place {
  const step = stepAt(peering);
  const { dst } = trip.packet;
  const [requester, accepter] = peering.vpcs;
  if (from.vpc !== requester && from.vpc !== accepter)
    return drop(trip, { ...step, code: 'BAD_STATE_ROUTE', detail: `\`${peering.id}\` does not join \`${from.vpc}\`` });
  if (!works(trip, peering.id, peering.state ?? 'active'))
    return drop(trip, { ...step, code: 'BAD_STATE', detail: `\`${peering.id}\` is ${peering.state ?? 'active'}` });
  const other = from.vpc === requester ? accepter : requester;
  const blocks = trip.network.vpcs.get(other)?.cidrs ?? [];
  if (!blocks.some((block) => prefixContains(block, dst)))
    return drop(trip, {
      ...step,
      code: 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR',
      detail: `\`${peering.id}\` leads to addresses of \`${other}\` alone, and ${formatAddress(dst)} is none`,
    });
  if (!peering.sameRegion) {
    if (!loseReference(trip, peering.id)) return { kind: 'ended' };
    trip.identified = false;
  }
  sentByNat(trip, peering, from.vpc);
  note(trip, { ...step, action: 'forward', detail: `\`${peering.id}\` carries the packet into \`${other}\`` });
  return { kind: 'local', vpc: other, subnet: undefined };
}

/** The reply to what a NAT gateway sends finds its way back by itself (semantics 5.21). */
function sentByNat(trip: Trip, peering: VpcPeering, vpc: string): void {
  const last = trip.flow.translations.at(-1);
  if (trip.direction === 'return' || !trip.sentByNat || last === undefined) return;
  if (trip.network.natGateways.get(last.id)?.vpc === vpc)
    trip.flow.peered.push({ peering, vpc, address: last.after.src });
}

/** The peering connection by which a reply leaves the subnet, whatever its route table says; none if routes decide. */
export function wayBackToNat({ direction, flow, packet }: Trip, subnet: Subnet): Peered | undefined {
  const way = flow.peered.at(-1);
  if (direction === 'forward' || way === undefined || !sameAddress(way.address, packet.dst)) return undefined;
  return subnet.vpc !== way.vpc && way.peering.vpcs.includes(subnet.vpc) ? way : undefined;
}

/** By that connection, into the NAT gateway's VPC. */
export function returnToNat(trip: Trip, { peering, vpc }: Peered): Place {
  trip.flow.peered.pop();
  note(trip, {
    ...stepAt(peering),
    action: 'forward',
    detail: `\`${peering.id}\` returns the reply to the NAT gateway that sent the flow`,
  });
  return { kind: 'local', vpc, subnet: undefined };
}
