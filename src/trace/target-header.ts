/** The header of what a load balancer's node sends: as from the client, or as from itself (semantics 12.12 to 12.17, 12.22). */
import { type Address, formatAddress, sameAddress } from '../net/address.ts';
import type { Packet } from '../net/packet.ts';
import { prefixContains } from '../net/prefix.ts';
import { protocols } from '../net/protocol.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { LoadBalancer } from '../network/load-balancer.ts';
import type { Network } from '../network/network.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import type { TargetGroup } from '../network/target-group.ts';
import { farSide } from '../network/vpc-peering.ts';
import { type Refusal, nameOf } from './listener.ts';
import { type Trip, isFact, side } from './trip.ts';

/** Whether targets of the group may see the client's address; both ways where that was not read and is taken either way. */
export function keepings(
  trip: Trip,
  { balancerType }: LoadBalancer,
  { preservesClientIp }: TargetGroup,
  taken: Packet,
  sent: Packet,
): readonly boolean[] {
  // A proxy's connection to its target is its own; so is what changes families (semantics 12.1, 12.14).
  if (balancerType !== 'network' || taken.src.family !== sent.dst.family) return [false];
  if (!isUnread(preservesClientIp)) return [preservesClientIp];
  return side(trip, unreadKey(preservesClientIp)) ? [true, false] : [];
}

/** Why the node does not send such a packet for the one it took, destination aside. */
export function whyNotSo(
  trip: Trip,
  balancer: LoadBalancer,
  node: NetworkInterface,
  taken: Packet,
  sent: Packet,
  kept: boolean,
): Refusal | undefined {
  const name = `\`${nameOf(balancer)}\``;
  const whole = sent.icmpType === taken.icmpType && sent.icmpCode === taken.icmpCode;
  if (sent.protocol !== taken.protocol || sent.src.family !== sent.dst.family || !whole)
    return { code: 'PROTOCOL_RESTRICTION', detail: `${name} sends on the very protocol that it took` };
  return kept ? whyNotKept(trip, balancer, taken, sent) : whyNotOwn(name, node, sent);
}

function whyNotKept(trip: Trip, balancer: LoadBalancer, taken: Packet, sent: Packet): Refusal | undefined {
  const name = `\`${nameOf(balancer)}\``;
  const code = 'ELBV2_SOURCE_ADDRESS_PRESERVATION';
  if (!sameAddress(sent.src, taken.src) || sent.srcPort !== taken.srcPort || sent.fragment !== taken.fragment)
    return {
      code,
      detail: `${name} keeps the client's address and port, ${formatAddress(taken.src)}:${taken.srcPort}`,
    };
  if (sameAddress(sent.src, sent.dst))
    return { detail: `${formatAddress(sent.dst)} cannot reach itself by way of ${name}, which keeps its address` };
  // A target further away gets UDP, which it cannot answer (semantics 12.16).
  if (sent.protocol === protocols.udp || !isFact(trip, '12.13')) return undefined;
  if (isDirectlyReached(trip.network, balancer.vpc, sent.dst)) return undefined;
  return {
    code,
    detail: `${name} keeps the client's address, and does so only on the way into \`${balancer.vpc}\` and the VPCs peered with it: ${formatAddress(sent.dst)} is in none of them`,
  };
}

/** In the VPC itself, or in one that a peering connection within the Region joins to it, read or not (fact 12.13). */
function isDirectlyReached({ vpcs, vpcPeerings, opaqueGateways }: Network, vpc: string, address: Address): boolean {
  if ([...opaqueGateways.values()].some(({ kind, vpcs: ends }) => kind === 'vpc-peering' && ends.includes(vpc)))
    return true;
  const peers = [...vpcPeerings.values()].flatMap((each) => (each.sameRegion ? (farSide(each, vpc) ?? []) : []));
  return [vpc, ...peers].some((id) => vpcs.get(id)?.cidrs.some((cidr) => prefixContains(cidr, address)) === true);
}

function whyNotOwn(name: string, node: NetworkInterface, sent: Packet): Refusal | undefined {
  if (!node.addresses.some(({ address }) => sameAddress(address, sent.src)))
    return {
      code: 'ENI_ADDRESS_RESTRICTION',
      detail: `${name} sends as from its node \`${node.id}\`, and ${formatAddress(sent.src)} is no address of that`,
    };
  if (sent.srcPort < 1024)
    return { code: 'REMAP_EPHEMERAL_PORT', detail: `${name} sends from ports 1024 to 65535, not from ${sent.srcPort}` };
  return sent.fragment ? { detail: `${name} puts fragments together, and sends none` } : undefined;
}
