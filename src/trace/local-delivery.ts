/** Local delivery: the VPC's router hands a packet to whoever holds its destination (semantics 1.13, 4.6, 4.11). */
import { formatAddress } from '../net/address.ts';
import { prefixContains } from '../net/prefix.ts';
import type { Subnet } from '../network/subnet.ts';
import { deliverToClients } from './client-vpn-client.ts';
import { enterSubnet } from './network-acl.ts';
import type { Place } from './place.ts';
import { passGroups } from './security-group.ts';
import { type Trip, drop, subnetOf } from './trip.ts';

const end: Place = { kind: 'ended' };

/** `from` is the subnet that the packet left; the holder's network ACL is asked unless it is that one. */
export function deliverLocally(trip: Trip, vpc: string, from: Subnet | undefined): Place {
  const { dst } = trip.packet;
  const client = deliverToClients(trip, vpc, from);
  if (client !== undefined) return client;
  const holder = trip.atlas.holder(vpc, dst, trip.request.choices);
  if (holder === undefined) {
    const within = trip.network.vpcs.get(vpc)?.cidrs.some((cidr) => prefixContains(cidr, dst)) === true;
    return drop(trip, {
      resource: vpc,
      kind: 'subnet',
      code: within ? 'NO_POSSIBLE_DESTINATION' : 'VPC_LOCAL_ROUTE_CIDR_RESTRICTION',
      detail: `no interface of \`${vpc}\` holds ${formatAddress(dst)}`,
    });
  }
  const id = holder.kind === 'interface' ? holder.interface.subnet : holder.nat.subnet;
  if (!enterSubnet(trip, id === undefined ? undefined : subnetOf(trip, id), from)) return end;
  if (holder.kind === 'nat') return { kind: 'at-nat', nat: holder.nat };
  return passGroups(trip, holder.interface, 'ingress') ? { kind: 'arrived', interface: holder.interface } : end;
}
