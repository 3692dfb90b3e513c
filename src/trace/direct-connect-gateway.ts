/**
 * Direct Connect gateways: what they carry between on premises and gateways of AWS, by what each side is told, and what
 * may turn round at their location (semantics 8.10, 8.11). A packet to what is not advertised may come by static routes on
 * premises (semantics 8.12): it is carried where the line is taken to.
 */
import { formatAddress } from '../net/address.ts';
import { type Prefix, formatPrefix, prefixContains } from '../net/prefix.ts';
import type { DirectConnectGateway } from '../network/direct-connect-gateway.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import type { TransitGatewayAttachment } from '../network/transit-gateway.ts';
import { declaredOnPremises, passes, transitBy, up } from '../network/unknown.ts';
import type { VpnGateway } from '../network/vpn-gateway.ts';
import { type Step, type Trip, side } from './trip.ts';
import type { Way } from './vpn-connection.ts';

type Said = Pick<Step, 'rule' | 'detail'> & { readonly carried: boolean };

/** By an attachment of a transit gateway, with the allowed prefix or propagated route that decides. */
export function carryByDirectConnect(
  trip: Trip,
  attachment: TransitGatewayAttachment,
  gateway: DirectConnectGateway,
  way: Way,
): Said {
  const { id } = gateway;
  const { dst } = trip.packet;
  const around = (prefix: Prefix): boolean => prefixContains(prefix, dst);
  const learnt = propagatedBy(trip, attachment);
  if (way === 'inward') {
    const alive = learnt.some(({ family }) => family === dst.family) || hasSession(trip, id);
    if (!alive && !side(trip, up(id)))
      return { carried: false, detail: `no virtual interface of \`${id}\` is known to be up` };
  }
  const known = way === 'inward' ? allowedOf(gateway, attachment.gateway) : learnt;
  const declared = way === 'outward' ? declaredOnPremises(trip.request.sides, [attachment.id, id]) : [];
  const prefix = [...known, ...declared].find(around);
  if (prefix !== undefined) {
    const rule = formatPrefix(prefix);
    return { carried: true, rule, detail: `\`${id}\` carries the packet: ${rule} is advertised to it` };
  }
  const associated = gateway.associations.some((one) => one.gateway === attachment.gateway);
  const key =
    way === 'inward' && !associated && gateway.unread !== undefined ? unreadKey(gateway.unread) : passes(attachment.id);
  return side(trip, key)
    ? { carried: true, detail: `\`${id}\` is taken to carry the packet, though nothing shows that it knows the way` }
    : { carried: false, detail: `nothing shows that \`${id}\` knows the way to ${formatAddress(dst)}` };
}

/** An active route that the attachment propagated shows a prefix that came by BGP. */
function propagatedBy({ network }: Trip, { id, gateway }: TransitGatewayAttachment): readonly Prefix[] {
  const out: Prefix[] = [];
  for (const table of network.transitGatewayRouteTables.values()) {
    if (table.gateway !== gateway || isUnread(table.routes)) continue;
    for (const { origin, state, attachments, destination } of table.routes)
      if (origin === 'propagated' && state === 'active' && destination.kind === 'prefix' && attachments.includes(id))
        out.push(destination.prefix);
  }
  return out;
}

/** A virtual interface that leads there has a BGP session of the packet's family. */
const hasSession = ({ network, packet }: Trip, gateway: string): boolean =>
  [...network.virtualInterfaces.values()].some(
    (one) => one.gateway === gateway && one.up !== undefined && one.up.includes(packet.dst.family),
  );

const allowedOf = ({ associations }: DirectConnectGateway, to: string): readonly Prefix[] =>
  associations.flatMap(({ gateway, allowed }) => (gateway === to ? allowed : []));

/**
 * Whether Direct Connect brings the packet to a virtual private gateway: to a block of its VPC that the allowed prefixes
 * let through, or to any where none filter. `alive`: something shows that it is at work.
 */
export function bringsByDirectConnect(trip: Trip, { id, vpc }: VpnGateway, alive: boolean): boolean {
  if (hasSession(trip, id)) return true;
  const joined = associatedWith(trip, id);
  if (joined.length === 0) return alive;
  for (const gateway of joined) {
    if (!alive && !hasSession(trip, gateway.id)) continue;
    for (const block of trip.network.vpcs.get(vpc ?? '')?.cidrs ?? []) {
      if (!prefixContains(block, trip.packet.dst)) continue;
      // A block goes through where an allowed prefix is the same or wider (DX guide, allowed-to-prefixes).
      const first = { family: block.family, value: block.base };
      if (allowedOf(gateway, id).some((one) => one.length <= block.length && prefixContains(one, first))) return true;
    }
  }
  return false;
}

function associatedWith({ network }: Trip, line: string): readonly DirectConnectGateway[] {
  const found: DirectConnectGateway[] = [];
  for (const one of network.directConnectGateways.values())
    if (one.associations.some(({ gateway }) => gateway === line)) found.push(one);
  return found;
}

/** The Direct Connect gateway at whose location the packet is taken to turn from one line to the other; `unread` stands for one that nobody asked for. */
export function turnsRound(trip: Trip, out: string, into: string): DirectConnectGateway | 'unread' | undefined {
  const from = directConnectOf(trip, out);
  const to = directConnectOf(trip, into);
  if (from !== undefined && to !== undefined)
    return from.id === to.id && side(trip, transitBy(from.id)) ? from : undefined;
  if (out === into) return undefined;
  const first = unreadFor(trip, out, from);
  const second = unreadFor(trip, into, to);
  if (first === undefined || second === undefined) return undefined;
  return side(trip, from === undefined ? first : second) ? 'unread' : undefined;
}

function directConnectOf(trip: Trip, line: string): DirectConnectGateway | undefined {
  const behind = trip.network.transitGatewayAttachments.get(line)?.behind;
  if (behind?.kind === 'on-premises') return trip.network.directConnectGateways.get(behind.id);
  return associatedWith(trip, line)[0];
}

/** By which unknown a virtual private gateway is joined to another in an answer that nobody read. */
function unreadFor({ network }: Trip, line: string, joined: DirectConnectGateway | undefined): string | undefined {
  if (network.transitGatewayAttachments.has(line)) return undefined;
  if (joined !== undefined) return joined.unread && unreadKey(joined.unread);
  const gateway = network.vpnGateways.get(line);
  if (gateway !== undefined) return gateway.unreadAssociation && unreadKey(gateway.unreadAssociation);
  const other = network.opaqueGateways.get(line);
  if (other?.kind !== 'vpn-gateway') return undefined;
  // What nobody read is no second virtual private gateway of a VPC (semantics 8.1).
  for (const { vpc } of network.vpnGateways.values())
    if (other.unread === true && vpc !== undefined && other.vpcs.includes(vpc)) return undefined;
  return passes(line);
}
